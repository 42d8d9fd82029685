// Saves one entry. At most one request is under way; what is typed meanwhile is sent with the
// next. States: see status.js.
import { keepAgain } from "./buffer.js";
import { Conflict, replaceText } from "./conflict.js";
import { Draft } from "./draft.js";
import { page } from "./page.js";
import { send } from "./server.js";
import { askToSignIn } from "./sign_in.js";
import { announce, Status } from "./status.js";
import { nextTurn, showSurroundings } from "./surroundings.js";

const PAUSE = 1200;
const RETRY = { first: 2000, longest: 60_000 };
// In these, typing alone sends nothing: a person is missing, or the next try is due by itself.
const HELD_UP = new Set(["signed_out", "another_person", "offline"]);

export class Entry {
  constructor(article) {
    this.article = article;
    this.form = article.querySelector("form[data-autosave]");
    this.draft = new Draft(article);
    this.status = new Status(article);
    this.conflict = new Conflict(article.querySelector("[data-conflict]"));
    this.state = "clean";
    this.sequence = 0;
    this.failures = 0;
    this.#listen();
    if (this.draft.restore()) {
      announce(this.status.label, "前回保存できなかった文章を、記入欄に戻しました");
    }
    if (this.isUnsent) this.#changed();
  }

  get isUnsent() {
    return this.draft.isUnsent;
  }

  // Save now. isAsked: the person asked for it, and not the clock.
  async save({ isAsked = false } = {}) {
    clearTimeout(this.timer);
    if (this.isComposing) {
      this.isDue = true;
    } else if (this.state === "conflict") {
      if (isAsked) this.conflict.focus();
    } else if (this.request) {
      await this.request;
      if (this.isUnsent && this.state === "dirty") await this.save({ isAsked });
    } else if (this.isUnsent) {
      this.request = this.#send(isAsked).finally(() => { this.request = null; });
      await this.request;
      if (this.state === "dirty") this.#saveLater(PAUSE);
    } else if (this.state === "offline" || (isAsked && this.state === "clean")) {
      this.#show("same");
    }
  }

  // Try again what could not be sent: the person is back, or the network.
  resume() {
    if (this.isUnsent) this.save();
  }

  async #send(isAsked) {
    const { text, version } = this.draft;
    const number = ++this.sequence;
    const turn = nextTurn();
    this.#show("saving");
    const unanswered = this.draft.leave(text);
    const fields = { text, version, unanswered, person: page.person };
    const answer = await send(this.form.dataset.autosave, fields);
    if (number !== this.sequence) return;
    if (answer.kind !== "offline") {
      this.failures = 0;
      this.draft.answered();
    }
    if (answer.kind === "ok") this.#accept(answer, text, turn);
    else this.#explain(answer, isAsked);
  }

  #accept(answer, text, turn) {
    keepAgain();
    this.draft.accept(answer.version, text);
    this.article.querySelector("[data-count]").textContent = answer.characters.toLocaleString("ja");
    showSurroundings(turn, answer);
    if (this.isUnsent) this.#show("dirty");
    else this.#show("saved", answer.saved_at);
  }

  #explain(answer, isAsked) {
    const { kind, message } = answer;
    if (kind === "conflict") {
      this.#show("conflict");
      this.conflict.show(answer.html, (choice) => this.#decide(choice, answer));
      if (isAsked) this.conflict.focus();
    } else if (kind === "offline") {
      this.#show("offline");
      this.#saveLater(Math.min(RETRY.longest, RETRY.first * 2 ** this.failures++));
    } else if (kind === "refused") {
      this.#show("refused", message);
    } else {
      const run = () => askToSignIn(message);
      this.#show(kind, kind === "another_person" ? message : "", { label: "ログインし直す", run });
      if (isAsked) run();
    }
  }

  // Both texts have been seen: go on from what is stored, with it or with what is in the box.
  #decide(choice, { text, version }) {
    this.conflict.hide();
    if (choice === "theirs") replaceText(this.draft.box, text);
    else this.draft.box.focus();
    clearTimeout(this.timer);
    this.draft.accept(version, text);
    this.#show("same");
    if (this.isUnsent) this.save({ isAsked: true });
  }

  #listen() {
    const { box } = this.draft;
    box.addEventListener("input", () => this.#changed());
    box.addEventListener("compositionstart", () => { this.isComposing = true; });
    box.addEventListener("compositionend", () => {
      this.isComposing = false;
      if (this.isDue) this.#saveLater(0);
      this.isDue = false;
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save({ isAsked: true });
    });
  }

  #changed() {
    this.draft.keep();
    if (this.request || this.state === "conflict") return;
    if (this.isUnsent && HELD_UP.has(this.state)) return;
    clearTimeout(this.timer);
    this.#show(this.isUnsent ? "dirty" : "same");
    if (this.isUnsent) this.#saveLater(PAUSE);
  }

  #saveLater(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  #show(kind, detail, action) {
    this.state = kind === "same" ? "clean" : kind;
    this.status.show(kind, detail, action);
  }
}
