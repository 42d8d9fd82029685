// Takes over last year's text, or a line of it, at the end of this year's. It is typed in as the
// person would type it, so that undo works and the entry knows that it has changed.
const takeOver = (box, text) => {
  const gap = box.value && !box.value.endsWith("\n") ? "\n" : "";
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
  document.execCommand("insertText", false, gap + text);
};

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-takes-over]");
  const box = button?.closest(".entry")?.querySelector("textarea");
  if (box) takeOver(box, button.dataset.takesOver);
});

// The buttons need this module, so it is this module that shows them.
for (const button of document.querySelectorAll("[data-takes-over]")) button.hidden = false;
