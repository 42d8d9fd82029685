// Keeps unsent values of forms in the tab, as for entries, until the form was accepted. They are
// put back after a crash, a reload or a refusal.
import { Buffer } from "../writing/buffer.js";
import { forms, wordsOf } from "./forms.js";

const SENT = "words-sent";
const CAME_BACK = "前回送信していない文章を、記入欄に戻しました。まだ送信していません。";
const CHANGED = "この間に、保存されている内容も変わりました。見比べてから送信してください。";

const bufferOf = (words) => new Buffer(`form:${words.address}`);

// The page that answers the form tells whether it was accepted. Any other page, such as an error
// page after a failed connection, tells nothing.
const forgetWhatWasTaken = () => {
  const { stem, from } = JSON.parse(sessionStorage.getItem(SENT) ?? "{}");
  sessionStorage.removeItem(SENT);
  const [{ type, responseStatus }] = performance.getEntriesByType("navigation");
  const isAnswer = from === document.referrer && type === "navigate";
  if (isAnswer && !(responseStatus >= 400)) Buffer.forgetAll(stem);
};

const keep = (words, buffer) => {
  if (!words.typed.length) {
    buffer.forget();
    return;
  }
  const typed = words.typed.map((box) => [box.name, { text: box.value, was: words.stored.get(box) }]);
  buffer.keep(0, Object.fromEntries(typed));
};

const made = (tag, fields, ...inside) => {
  const element = Object.assign(document.createElement(tag), fields);
  element.append(...inside);
  return element;
};

const tell = (words, buffer, isChanged) => {
  const discard = made("button", { type: "button", className: "button button--small" }, "この文章を破棄");
  const body = made(
    "div",
    { className: "notification__body" },
    made("p", {}, isChanged ? CAME_BACK + CHANGED : CAME_BACK),
    made("p", {}, discard),
  );
  const notice = made("div", { className: "notification notification--info" }, body);
  notice.setAttribute("role", "status");
  words.form.prepend(notice);
  discard.addEventListener("click", () => {
    for (const box of words.boxes) box.value = words.stored.get(box);
    buffer.forget();
    notice.remove();
  });
};

const restore = (words, buffer) => {
  const kept = buffer.found()?.text;
  const unsent = words.boxes.filter((box) => kept?.[box.name]);
  for (const box of unsent) words.stored.set(box, words.atServer(box));
  const boxes = unsent.filter((box) => kept[box.name].text !== box.value);
  for (const box of boxes) box.value = kept[box.name].text;
  if (!boxes.length) return;
  for (let around = words.form.closest("details"); around; around = around.parentElement.closest("details")) {
    around.open = true;
  }
  tell(words, buffer, boxes.some((box) => kept[box.name].was !== words.stored.get(box)));
};

try {
  forgetWhatWasTaken();
  for (const words of forms) {
    const buffer = bufferOf(words);
    restore(words, buffer);
    words.form.addEventListener("input", () => keep(words, buffer));
    if (words.typed.length) keep(words, buffer);
  }
  window.addEventListener("submit", (event) => {
    const words = wordsOf(event.target);
    if (!words || event.defaultPrevented) return;
    keep(words, bufferOf(words));
    const [from] = location.href.split("#");
    sessionStorage.setItem(SENT, JSON.stringify({ stem: bufferOf(words).stem, from }));
  });
} catch {
  // Without storage nothing is kept: leaving the page still asks.
}
