// Words are sent as the person whose page it is. Before they go, the page asks the server who is
// signed in, which renews its token; a person who is signed out signs in on the page.
import { keepAgain } from "../writing/buffer.js";
import { isMine, notMine, whoIsSignedIn } from "../writing/server.js";
import { waitForPerson } from "../writing/sign_in.js";
import { wordsOf } from "./forms.js";
import { beforeSending } from "./sending.js";

const OFFLINE = "サーバーにつながらないため、送信していません。文章はこの画面に残っています。しばらくしてから、もう一度押してください。";

const tell = (form, text) => {
  form.querySelector("[data-not-sent]")?.remove();
  if (!text) return;
  const line = document.createElement("p");
  Object.assign(line, { className: "field__error", textContent: `＊${text}` });
  line.setAttribute("role", "alert");
  line.dataset.notSent = "";
  form.append(line);
};

const mayGo = async (form) => {
  tell(form, "");
  try {
    const person = await whoIsSignedIn();
    const isThere = isMine(person) || await waitForPerson(notMine(person).message);
    if (isThere) keepAgain();
    return isThere;
  } catch {
    tell(form, OFFLINE);
    return false;
  }
};

beforeSending((form) => (wordsOf(form) ? () => mayGo(form) : null));
