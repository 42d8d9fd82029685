// What stands in one box, on which version it was written, and what of it the server has.
import { Buffer } from "./buffer.js";
import { page } from "./page.js";

const MOST_UNANSWERED = 3;

export class Draft {
  constructor(article) {
    this.box = article.querySelector("textarea");
    this.field = this.box.form.elements.version;
    this.version = Number(this.field.value);
    // A page that came back with an error holds a text that is not stored.
    this.stored = article.classList.contains("entry--error") ? null : this.box.defaultValue;
    this.storedVersion = this.version;
    this.unanswered = [];
    this.buffer = new Buffer(`${page.sheet}:${article.dataset.key}`);
  }

  get text() {
    return this.box.value;
  }

  get isUnsent() {
    return this.text !== this.stored;
  }

  // Put back what was left unsent before a crash or a reload; true if there was something. It goes
  // with its own version: the server decides whether it is stored, or both texts have to be seen.
  restore() {
    const kept = this.buffer.found();
    if (!kept || kept.text === this.stored) {
      this.buffer.forget();
      return false;
    }
    this.version = kept.version;
    this.unanswered = kept.unanswered ?? [];
    this.box.value = kept.text;
    return true;
  }

  // Take note that something was typed.
  keep() {
    if (this.isUnsent) {
      this.buffer.keep(this.version, this.text, this.unanswered);
      return;
    }
    this.version = this.storedVersion;
    this.buffer.forget();
  }

  // A text leaves; until it is answered, nobody knows whether it was stored.
  // Returns what goes along with it: the texts before it of which the same is true.
  leave(text) {
    const before = this.unanswered;
    this.unanswered = [...new Set([...before, text])].slice(-MOST_UNANSWERED);
    this.keep();
    return before;
  }

  answered() {
    this.unanswered = [];
    this.keep();
  }

  // The server has this text as this version; whatever else is in the box goes on from there.
  accept(version, text) {
    this.version = this.storedVersion = version;
    this.field.value = version;
    this.stored = text;
    this.keep();
  }
}
