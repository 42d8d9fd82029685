// The forms with text fields, and their unsent values. Entries, which save themselves (writing/),
// and sign-in forms are not among them.
const BOXES = ["textarea", ...["text", "search", "number", "date", "email", "url"].map((type) => `input[type=${type}]`)].join();
const OTHERS = "[data-autosave], #sign-in form, :has([type=password]):not([data-holds-words])";
const ERRORS = ".error-summary, .field--error, .errorlist";

const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";

export class WordsForm {
  constructor(form) {
    this.form = form;
    this.boxes = [...form.querySelectorAll(BOXES)].filter((box) => box.name && !box.readOnly);
    // The values of a refused form are not stored.
    const isRefused = form.hasAttribute("data-unsent") || form.querySelector(ERRORS) !== null;
    this.atServer = (box) => (isRefused ? "" : box.defaultValue);
    // Values that the browser restores on Back were sent, unless they are among the kept ones.
    const before = (box) => (isBack && !isRefused ? box.value : this.atServer(box));
    this.stored = new Map(this.boxes.map((box) => [box, before(box)]));
  }

  // The URL of the form; form.action would be a field named "action".
  get address() {
    const { pathname, search } = new URL(this.form.getAttribute("action") || location.href, location.href);
    return pathname + search;
  }

  get typed() {
    return this.boxes.filter((box) => box.value !== this.stored.get(box));
  }

  get isUnsent() {
    return this.form.hasAttribute("data-holds-words") || this.typed.length > 0;
  }
}

export const forms = [...document.querySelectorAll(`form[method=post]:not(${OTHERS})`)]
  .map((form) => new WordsForm(form))
  .filter(({ form, boxes }) => boxes.length || form.hasAttribute("data-holds-words"));

export const wordsOf = (form) => forms.find((each) => each.form === form);
