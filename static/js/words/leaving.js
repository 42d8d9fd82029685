// Warns before a page with unsent values is left. The values of the form that is being sent do not
// count; those of every other form do.
import { forms } from "./forms.js";

let onItsWay = null;

// On window: after every listener that may have stopped the form.
window.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) onItsWay = event.target;
});

window.addEventListener("beforeunload", (event) => {
  if (forms.some((each) => each.form !== onItsWay && each.isUnsent)) event.preventDefault();
  onItsWay = null;
});
