// Before a page is left with words that are not sent, the browser asks. The words of the form that
// is on its way are sent; those of every other form are not.
import { forms } from "./forms.js";

let onItsWay = null;

// On window: after every listener that may have held the form back.
window.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) onItsWay = event.target;
});

window.addEventListener("beforeunload", (event) => {
  if (forms.some((each) => each.form !== onItsWay && each.isUnsent)) event.preventDefault();
  onItsWay = null;
});
