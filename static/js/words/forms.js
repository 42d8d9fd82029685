// The forms in which a person types words, and what of them is not sent. An entry that saves
// itself (writing/) is none of them, nor is a sign-in.
const BOXES = ["textarea", ...["text", "search", "number", "date", "email", "url"].map((type) => `input[type=${type}]`)].join();
const OTHERS = "[data-autosave], #sign-in form, :has([type=password]):not([data-holds-words])";
const ERRORS = ".error-summary, .field--error, .errorlist";

const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";

export class WordsForm {
  constructor(form) {
    this.form = form;
    this.boxes = [...form.querySelectorAll(BOXES)].filter((box) => box.name && !box.readOnly);
    // What a refused form holds is stored nowhere.
    const isRefused = form.hasAttribute("data-unsent") || form.querySelector(ERRORS) !== null;
    this.atServer = (box) => (isRefused ? "" : box.defaultValue);
    // What the browser itself fills in, coming back, was sent, unless it is among what was kept.
    const before = (box) => (isBack && !isRefused ? box.value : this.atServer(box));
    this.stored = new Map(this.boxes.map((box) => [box, before(box)]));
  }

  // A person's own address, without what a field named "action" would make of form.action.
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
