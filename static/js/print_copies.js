// A text box prints what is in sight of it, and cannot go on on the next page. For printing, a copy
// of its whole text stands in its place; base.css shows the one or the other. Where this module does
// not run, base.css makes the boxes as high as their text.
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
