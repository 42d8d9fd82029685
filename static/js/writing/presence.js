// Who else is editing which entry. The page sends a heartbeat while it is visible, also when the
// cursor moves to another entry, and a last one when it is closed.
import { keepAgain } from "./buffer.js";
import { page } from "./page.js";
import { send } from "./server.js";
import { announce } from "./status.js";

const BEAT = 10_000;
const SETTLING = 300;
// Not in the tab's storage, which a duplicated tab would copy.
const tab = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

const lines = new Map([...document.querySelectorAll("#writing .entry[data-key]")]
  .map((article) => [article.dataset.key, article]));
let timer;
let told = "";

const here = () => document.activeElement?.closest?.("#writing .entry")?.dataset.key ?? "";

const show = (others) => {
  for (const [key, article] of lines) {
    const line = article.querySelector("[data-presence]");
    if (!line) continue;
    const words = others[key] ?? "";
    if (line.textContent === words) continue;
    line.textContent = words;
    line.hidden = !words;
    if (words && key === here()) announce(article.dataset.label, words);
  }
};

const beat = async () => {
  clearTimeout(timer);
  timer = setTimeout(beat, BEAT);
  if (document.hidden) return;
  told = here();
  const answer = await send(page.presence, { key: told, tab, person: page.person });
  show(answer.kind === "ok" ? answer.others : {});
  if (answer.kind === "ok") keepAgain();
  // A person who cannot edit any more is not shown as editing.
  if (answer.kind === "refused") clearTimeout(timer);
};

export const startPresence = () => {
  if (!page.presence) return;
  const beatSoon = () => {
    if (here() === told) return;
    clearTimeout(timer);
    timer = setTimeout(beat, SETTLING);
  };
  document.addEventListener("focusin", beatSoon);
  document.addEventListener("focusout", beatSoon);
  document.addEventListener("visibilitychange", beat);
  window.addEventListener("pageshow", (event) => { if (event.persisted) beat(); });
  window.addEventListener("pagehide", () => {
    send(page.presence, { key: "", tab, person: page.person }, { keepalive: true });
  });
  beat();
};
