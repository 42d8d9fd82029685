// A text box prints only its visible part, on one page. For printing, a copy of the whole text
// replaces it; base.css shows one or the other. Without this module, base.css makes the boxes as
// high as their text.
const remove = () => {
  for (const copy of document.querySelectorAll(".print-copy")) copy.remove();
};

window.addEventListener("beforeprint", () => {
  remove();
  for (const box of document.querySelectorAll("textarea, input[type=text]")) {
    if (box.localName === "input" && box.scrollWidth <= box.clientWidth) continue;
    const copy = document.createElement("div");
    copy.className = "print-copy";
    copy.textContent = box.value;
    box.after(copy);
  }
});

window.addEventListener("afterprint", remove);
