// Lets words be chosen for a comment: select them in the text of an entry, press the button, and
// they stand in the form. Without this module they are typed or pasted there.
const HINT = "上の文章の語句を選んでから、このボタンを押してください。";
let chosen = null;

const holder = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);

// What is selected without the notes that stand in the text.
const textOf = (range) => {
  const copy = range.cloneContents();
  for (const note of copy.querySelectorAll("[data-note]")) note.remove();
  return copy.textContent;
};

const characters = (text) => [...text].length;

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const text = holder(range.commonAncestorContainer).closest("[data-commentable]");
  if (!text) return;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const words = textOf(range);
  const blanks = words.length - words.trimStart().length;
  chosen = {
    key: text.dataset.commentable,
    words: words.trim(),
    start: characters(textOf(before) + words.slice(0, blanks)),
  };
});

const fieldOf = (form, name) => form.querySelector(`[name="${name}"]`);

const fill = (key) => {
  const form = document.querySelector(`[data-comment-form="${CSS.escape(key)}"]`);
  fieldOf(form, "quote").value = chosen.words;
  fieldOf(form, "start").value = chosen.start;
  form.open = true;
  fieldOf(form, "text").focus();
};

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-comments-on]");
  if (!button) return;
  const key = button.dataset.commentsOn;
  const isChosen = chosen?.key === key && chosen.words !== "";
  document.querySelector(`[data-comment-hint="${CSS.escape(key)}"]`).textContent = isChosen ? "" : HINT;
  if (isChosen) fill(key);
});

// Words typed by hand are looked for in the text: the place of other words is none of theirs.
document.addEventListener("input", ({ target }) => {
  if (target.name !== "quote") return;
  const start = fieldOf(target.form, "start");
  if (start) start.value = "";
});

for (const button of document.querySelectorAll("[data-comments-on]")) {
  button.hidden = document.querySelector(`[data-commentable="${button.dataset.commentsOn}"]`) === null;
}
