// Lets words be chosen for a comment: select them in the text of an entry, press the button, and
// they stand in the form. Without this module they are typed or pasted there.
const HINT = "上の文章の語句を選んでから、このボタンを押してください。";
let selected = [];

const holder = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);

// The selected text without the notes inside it.
const textOf = (range) => {
  const copy = range.cloneContents();
  for (const note of copy.querySelectorAll("[data-note]")) note.remove();
  return copy.textContent;
};

const characters = (text) => [...text].length;

// The part of a selection that lies in the text; a selection that ends in a note ends before it.
const within = (text, range) => {
  const part = document.createRange();
  part.selectNodeContents(text);
  if (!range.intersectsNode(text)) return null;
  if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) {
    part.setStart(range.startContainer, range.startOffset);
  }
  if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) {
    part.setEnd(range.endContainer, range.endOffset);
  }
  const first = holder(part.startContainer).closest("[data-note]");
  const last = holder(part.endContainer).closest("[data-note]");
  if (first) part.setStartAfter(first);
  if (last && !part.collapsed) part.setEndBefore(last);
  return part.collapsed ? null : part;
};

const chosenIn = (text) => {
  const part = selected.map((range) => within(text, range)).find(Boolean);
  if (!part) return null;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(part.startContainer, part.startOffset);
  const words = textOf(part);
  const blanks = words.length - words.trimStart().length;
  return { words: words.trim(), start: characters(textOf(before) + words.slice(0, blanks)) };
};

const isWriting = () => document.activeElement?.matches("input, textarea, select") ?? false;

// Remember the current selection only. A caret in a text box is not a new selection, since a
// focused box always has one.
document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (selection.isCollapsed && isWriting()) return;
  selected = [];
  for (let n = 0; !selection.isCollapsed && n < selection.rangeCount; n += 1) {
    selected.push(selection.getRangeAt(n).cloneRange());
  }
});

// Some browsers clear the selection on mousedown, before the click event.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest("[data-comments-on]")) event.preventDefault();
});

const fieldOf = (form, name) => form.querySelector(`[name="${name}"]`);

const textFor = (key) => document.querySelector(`[data-commentable="${CSS.escape(key)}"]`);

const fill = (key, chosen) => {
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
  const chosen = chosenIn(textFor(key));
  document.querySelector(`[data-comment-hint="${CSS.escape(key)}"]`).textContent = chosen?.words ? "" : HINT;
  if (chosen?.words) fill(key, chosen);
});

// For words typed by hand, the server searches the text: the offset of a selection does not apply.
document.addEventListener("input", ({ target }) => {
  if (target.name !== "quote") return;
  const start = fieldOf(target.form, "start");
  if (start) start.value = "";
});

for (const button of document.querySelectorAll("[data-comments-on]")) {
  button.hidden = textFor(button.dataset.commentsOn) === null;
}
