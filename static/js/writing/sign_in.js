// Signing in again on the page, so that nothing that was typed is lost.
import { isSignedIn, signIn } from "./server.js";

document.body.append(document.getElementById("sign-in-dialog").content);
const dialog = document.getElementById("sign-in");
const form = dialog.querySelector("form");
const error = dialog.querySelector("[role=alert]");
const button = form.querySelector("[type=submit]");
const listeners = [];
let areThere = false;

const tell = (words) => {
  error.textContent = words ? `＊${words}` : "";
  error.hidden = !words;
};

// Call run whenever the person of this page is signed in again.
export const onceBack = (run) => listeners.push(run);

const areBack = () => {
  areThere = true;
  if (dialog.open) dialog.close();
  listeners.forEach((run) => run());
};

// Open the dialog; words: the reason, if it is not obvious.
export const askToSignIn = (words = "") => {
  if (dialog.open) return;
  areThere = false;
  tell(words);
  dialog.showModal();
};

// Open the dialog and wait: true once the person is signed in, false if they close it.
export const waitForPerson = (words) => new Promise((done) => {
  askToSignIn(words);
  dialog.addEventListener("close", () => done(areThere), { once: true });
});

// Perhaps they signed in again in another tab.
export const lookForPerson = async () => {
  if (await isSignedIn()) areBack();
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  const { login, password } = form.elements;
  const problem = await signIn(login.value, password.value);
  button.ariaBusy = null;
  password.value = "";
  tell(problem);
  if (problem) password.focus();
  else areBack();
});

dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
