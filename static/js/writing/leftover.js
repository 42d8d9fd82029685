// Shows an unsent text of an entry that cannot be edited any more, since the sheet was submitted
// meanwhile, so that nobody has to write it again.
import { Buffer } from "./buffer.js";
import { page } from "./page.js";

const WORDS = "この項目は編集できなくなりました。保存できなかったあなたの文章が残っていますので、必要なところを控えてください。";

const made = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text });

export const showLeftover = (article) => {
  const buffer = new Buffer(`${page.sheet}:${article.dataset.key}`);
  const kept = buffer.found();
  const notice = article.querySelector("[data-notice]");
  if (!kept || !notice) return;
  const discard = made("button", "button button--small", "この文章を破棄");
  discard.type = "button";
  discard.addEventListener("click", () => {
    buffer.forget();
    notice.hidden = true;
  });
  notice.append(made("p", "", WORDS), made("div", "text-plain entry__leftover", kept.text), discard);
  notice.hidden = false;
};
