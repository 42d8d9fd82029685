// Keeps unsent texts in the storage of the tab, until the server has stored them, so that they
// survive a crash or a reload. sign_out.js empties the storage when the person signs out.
import { page } from "./page.js";

// Once they have signed out in another tab, nothing is kept here either until they are back:
// until the server has answered them.
let isShut = false;
new BroadcastChannel("sign-out").addEventListener("message", () => { isShut = true; });
export const keepAgain = () => { isShut = false; };

export class Buffer {
  // place: of which text, on the whole site.
  constructor(place) {
    this.stem = `writing:${page.person}:${place}:`;
  }

  static forgetAll(stem) {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith(stem)) sessionStorage.removeItem(name);
  }

  // Keep a text, the version on which it was written, and texts sent without an answer.
  keep(version, text, unanswered) {
    if (isShut) return;
    const name = `${this.stem}${version}`;
    try {
      sessionStorage.setItem(name, JSON.stringify({ text, unanswered }));
    } catch {
      return; // The storage is full or shut: closing the tab still asks.
    }
    this.#forgetBut(name);
  }

  // Return what was kept: {version, text, unanswered}, or null.
  found() {
    const name = this.#names().at(-1);
    if (!name) return null;
    try {
      return { version: Number(name.slice(this.stem.length)), ...JSON.parse(sessionStorage.getItem(name)) };
    } catch {
      return null;
    }
  }

  forget() {
    this.#forgetBut("");
  }

  #names() {
    try {
      return Object.keys(sessionStorage).filter((name) => name.startsWith(this.stem));
    } catch {
      return [];
    }
  }

  #forgetBut(kept) {
    for (const name of this.#names()) if (name !== kept) sessionStorage.removeItem(name);
  }
}
