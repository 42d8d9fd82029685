// Moves the focus to the first [data-autofocus] of a new page or fragment.
const focusFirst = (root) => {
  const target = root.matches?.("[data-autofocus]") ? root : root.querySelector("[data-autofocus]");
  target?.focus();
};

focusFirst(document);
document.addEventListener("htmx:afterSettle", (event) => focusFirst(event.target));
