// Writing without fear: every entry of the page saves itself, and nothing typed is lost.
// entry.js is the heart; the others each do one thing for it.
import { Entry } from "./entry.js";
import { guard } from "./leaving.js";
import { startPresence } from "./presence.js";
import { lookForPerson, onceBack } from "./sign_in.js";

const SIGNED_OUT = new Set(["signed_out", "another_person"]);
const articles = [...document.querySelectorAll("#writing .entry")];
const entries = articles.filter((article) => article.querySelector("form[data-autosave]"))
  .map((article) => new Entry(article));

guard(entries);
startPresence();

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
  event.preventDefault();
  const here = entries.find((entry) => entry.article.contains(document.activeElement));
  here?.save({ isAsked: true });
  for (const entry of entries) if (entry !== here && entry.isUnsent) entry.save();
});

onceBack(() => entries.forEach((entry) => entry.resume()));
// After a sign-out elsewhere nothing is kept in the tab, until somebody writes here again.
document.addEventListener("input", () => {
  delete document.documentElement.dataset.signedOut;
}, { capture: true });
window.addEventListener("online", () => {
  for (const entry of entries) if (entry.state === "offline") entry.resume();
});
window.addEventListener("focus", () => {
  if (entries.some((entry) => SIGNED_OUT.has(entry.state))) lookForPerson();
});
