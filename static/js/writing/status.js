// The state of an entry in words: always beside its title, below its box if something has to be
// done, and announced to screen readers when it matters (never at a keystroke).
const announcements = document.getElementById("announcements");
const said = new Map();

const LABELS = {
  dirty: ["unsaved", "未保存"],
  saving: ["saving", "保存中"],
  saved: ["saved", "保存済み"],
  same: ["saved", "保存されている文章と同じです"],
  conflict: ["error", "未保存：ほかの変更と重なりました"],
  refused: ["error", "未保存：保存できませんでした"],
  signed_out: ["error", "未保存：ログインし直してください"],
  another_person: ["error", "未保存：別の人がログインしています"],
  offline: ["error", "未保存：サーバーにつながりません"],
};
const NOTICES = {
  signed_out: "ログインの有効時間が過ぎたため、保存できていません。文章はこの画面に残っています。",
  offline: "文章はこの画面に残っています。つながり次第、自動で保存します。",
};
const QUIET = new Set(["dirty", "saving", "same"]);

// Announce something once: the same words about the same entry are not repeated.
export const announce = (about, words) => {
  if (said.get(about) === words) return;
  said.set(about, words);
  announcements.textContent = `${about}：${words}`;
};

export class Status {
  constructor(article) {
    this.label = article.dataset.label;
    this.state = article.querySelector(".entry__state");
    this.notice = article.querySelector("[data-notice]");
    this.box = article.querySelector("textarea");
    this.described = this.box.getAttribute("aria-describedby");
  }

  // kind: see LABELS. detail: the time for "saved", the reason for "refused".
  // action: {label, run} of a button beneath the box.
  show(kind, detail = "", action = null) {
    const [modifier, label] = LABELS[kind];
    const words = kind === "saved" ? `${label} ${detail}` : label;
    if (this.state.textContent !== words) this.state.textContent = words;
    this.state.className = `entry__state entry__state--${modifier}`;
    const notice = kind === "saved" ? "" : detail || NOTICES[kind] || "";
    this.#tell(notice, action);
    if (kind === "refused") this.box.setAttribute("aria-invalid", "true");
    else this.box.removeAttribute("aria-invalid");
    if (!QUIET.has(kind)) announce(this.label, notice ? `${words}。${notice}` : words);
  }

  #tell(words, action) {
    this.notice.replaceChildren();
    this.notice.hidden = !words;
    const ids = words ? [this.described, this.notice.id] : [this.described];
    this.box.setAttribute("aria-describedby", ids.filter(Boolean).join(" "));
    if (!words) return;
    const line = document.createElement("p");
    line.textContent = words;
    this.notice.append(line);
    if (!action) return;
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button button--small", textContent: action.label });
    button.addEventListener("click", action.run);
    this.notice.append(button);
  }
}
