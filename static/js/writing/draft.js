// The text of one box, the version it is based on, and what the server has stored of it.
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

  // Call after every change of the text.
  keep() {
    if (this.isUnsent) {
      this.buffer.keep(this.version, this.text, this.unanswered);
      return;
    }
    this.version = this.storedVersion;
    this.buffer.forget();
  }

  // Call when a text is sent: until the answer, it may or may not be stored.
  // Returns the earlier texts without an answer, which are sent along.
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

  // The server has stored this text as this version, on which the box is based from now on.
  accept(version, text) {
    this.version = this.storedVersion = version;
    this.field.value = version;
    this.stored = text;
    this.keep();
  }
}
