// Autosave: every entry of the page saves itself, and nothing typed is lost.
// entry.js is the centre; the other modules each do one thing for it.
import { keepAgain } from "./buffer.js";
import { Entry } from "./entry.js";
import { showLeftover } from "./leftover.js";
import { guard } from "./leaving.js";
import { startPresence } from "./presence.js";
import { lookForPerson, onceBack } from "./sign_in.js";

const SIGNED_OUT = new Set(["signed_out", "another_person"]);
const articles = [...document.querySelectorAll("#writing .entry[data-key]")];
const isOpen = (article) => article.querySelector("form[data-autosave]") !== null;
const entries = articles.filter(isOpen).map((article) => new Entry(article));
articles.filter((article) => !isOpen(article)).forEach(showLeftover);

guard(entries);
startPresence();

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
  event.preventDefault();
  const here = entries.find((entry) => entry.article.contains(document.activeElement));
  here?.save({ isAsked: true });
  for (const entry of entries) if (entry !== here && entry.isUnsent) entry.save();
});

onceBack(() => {
  keepAgain();
  entries.forEach((entry) => entry.resume());
});
window.addEventListener("online", () => {
  for (const entry of entries) if (entry.state === "offline") entry.resume();
});
window.addEventListener("focus", () => {
  if (entries.some((entry) => SIGNED_OUT.has(entry.state))) lookForPerson();
});
