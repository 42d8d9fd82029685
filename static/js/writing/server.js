// Requests to the server. Every outcome becomes an answer with a kind: ok, conflict, refused,
// signed_out, another_person, or offline (it is unknown whether the request was handled).
import { page } from "./page.js";

const PATIENCE = 20_000;
const KINDS = { 401: "signed_out", 409: "conflict" };
let csrf = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

const ask = (url, options) =>
  fetch(url, { redirect: "error", cache: "no-store", signal: AbortSignal.timeout(PATIENCE), ...options });

const post = (url, body, options) =>
  ask(url, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": csrf }, ...options });

// Who is signed in in this browser now: {id, name}, or null. Renews the token of the whole page.
export const whoIsSignedIn = async () => {
  const answer = await ask(page.token, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const { csrf: fresh, person } = await answer.json();
  csrf = fresh;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = fresh;
  if (document.body.hasAttribute("hx-headers")) {
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": fresh }));
  }
  return person;
};

export const isMine = (person) => person?.id === page.person;

export const notMine = (person) => person
  ? { kind: "another_person", message: `今は${person.name}さんとしてログインしているため、この画面の文章は送っていません。` }
  : { kind: "signed_out" };

const formOf = (fields) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    for (const each of [value].flat()) form.append(name, each);
  }
  return form;
};

const answerTo = async (url, form, options, isSecond) => {
  const answer = await post(url, form, options);
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return { kind: "ok", ...told };
  if (told.code === "csrf" && !isSecond) {
    // The token is of another session: perhaps the same person's, signed in again elsewhere.
    const person = await whoIsSignedIn();
    return isMine(person) ? answerTo(url, form, options, true) : notMine(person);
  }
  if (told.code === "another_person") return { kind: "another_person", ...told };
  if (answer.status >= 500 || answer.status === 429) return { kind: "offline" };
  const kind = KINDS[answer.status] ?? "refused";
  return { kind, message: "サーバーが受け付けませんでした。文章を控えてから、画面を読み込み直してください。", ...told };
};

// Post fields (a list is sent as several of one name) and return the answer. Never throws.
export const send = (url, fields, options = {}) =>
  answerTo(url, formOf(fields), options, false).catch(() => ({ kind: "offline" }));

// Sign in; returns the error message, or "" if the person of this page is signed in again.
export const signIn = async (login, password) => {
  try {
    const before = await whoIsSignedIn();
    if (isMine(before)) return "";
    if (before) await post(page.signOut, new FormData()).then(whoIsSignedIn);
    const answer = await post(page.signIn, formOf({ login, password }));
    if (answer.status === 429) {
      return "ログインが短い時間に集中しています。1分ほど待ってから、もう一度お試しください。";
    }
    const { form } = await answer.json();
    const person = await whoIsSignedIn();
    if (isMine(person)) return "";
    if (person) {
      return `${person.name}さんとしてログインしました。この画面の文章は${page.personName}さんのものなので、`
        + `送っていません。${page.personName}さんのユーザー名とパスワードでログインしてください。`;
    }
    const errors = [form?.errors, ...Object.values(form?.fields ?? {}).map((field) => field.errors)];
    return errors.flat().filter(Boolean).join(" ")
      || "この画面からはログインできません。別のタブでログインしてから、もう一度保存してください。";
  } catch {
    return "サーバーにつながりません。しばらくしてから、もう一度お試しください。";
  }
};

// Whether this page's person is signed in, as when they did so in another tab.
export const isSignedIn = () => whoIsSignedIn().then(isMine, () => false);
