// Both texts of one entry, differences marked, beneath the box that keeps the person's own.
export class Conflict {
  constructor(slot) {
    this.slot = slot;
  }

  // Show the server's panel. take: what to do with "mine" or "theirs".
  show(html, take) {
    const hadFocus = this.slot.contains(document.activeElement);
    this.slot.innerHTML = html;
    for (const button of this.slot.querySelectorAll("[data-take]")) {
      button.addEventListener("click", () => take(button.dataset.take));
    }
    if (hadFocus) this.focus();
  }

  focus() {
    this.slot.firstElementChild?.focus();
  }

  hide() {
    this.slot.replaceChildren();
  }
}

// Put a text into a box so that the browser's undo brings back what stood there.
export const replaceText = (box, text) => {
  box.focus();
  box.select();
  if (!text) document.execCommand("delete");
  else if (!document.execCommand("insertText", false, text)) box.value = text;
  if (box.value !== text) box.value = text;
};
