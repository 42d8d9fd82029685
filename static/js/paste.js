// Pastes and drops from Word, Excel, mail and the like as structured plain text: ・ for bullets, [[…]] for
// underline, one line for a row of a table. Goes in as if typed, so that Ctrl+Z takes it back.
// What cannot be read with certainty is left to the browser, which pastes the plain text.
import { withoutCellQuotes } from "./paste/cells.js";
import { structured } from "./paste/structured.js";
import { tidyPlain } from "./paste/lines.js";

const LIST_LINE = /^[ \u3000]*(?:・|※|[（(]注?[0-9０-９]{1,2}[）)])/;
const BARE_BULLET = /^[ \u3000]*・[ \u3000]*$/;

const holder = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);
const letters = (text) => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;

// A conversion that kept less than half the letters has misread something.
const isWhole = (text, plain) => text !== "" && letters(text) * 2 >= letters(plain);

// A line of a list begins a line of its own, and so does what stood behind the caret.
const fitted = (text, box, endsLine) => {
  const { value, selectionStart, selectionEnd } = box;
  const before = value.slice(0, selectionStart).split("\n").at(-1);
  const after = value.slice(selectionEnd).split("\n", 1)[0];
  const isList = LIST_LINE.test(text);
  const tail = after.trim() && (isList || (endsLine && text.includes("\n"))) ? "\n" : "";
  if (!isList || !before.trim()) return text + tail;
  if (BARE_BULLET.test(before)) return text.replace(/^[ \u3000]*・/, "") + tail;
  return `\n${text}${tail}`;
};

const textFor = (box, clipboard) => {
  const plain = clipboard.getData("text/plain");
  const html = clipboard.getData("text/html");
  const text = html && structured(html);
  if (text && isWhole(text, plain)) return fitted(text, box, /[\r\n]$/.test(plain));
  const tidied = tidyPlain(withoutCellQuotes(plain));
  return tidied === plain.replace(/\r\n?/g, "\n") ? "" : tidied;
};

const insert = (event, box, clipboard) => {
  try {
    const text = textFor(box, clipboard);
    if (text && document.execCommand("insertText", false, text)) event.preventDefault();
  } catch (error) {
    console.warn("貼り付けを変換できなかったため、そのまま貼り付けました。", error.name);
  }
};

const isEntry = (box) => box.matches?.(".entry textarea") && !box.readOnly;

document.addEventListener("paste", (event) => {
  if (isEntry(event.target) && event.clipboardData) insert(event, event.target, event.clipboardData);
});

// Text dragged within a box is left to the browser, which removes it from its old place.
let isOwn = false;
document.addEventListener("dragstart", ({ target }) => {
  isOwn = holder(target)?.closest("textarea, input") != null;
});
document.addEventListener("dragend", () => {
  isOwn = false;
});

document.addEventListener("drop", (event) => {
  const box = event.target;
  if (!isEntry(box) || isOwn || !event.dataTransfer) return;
  // A browser that cannot say where in the box that is drops the plain text itself.
  const place = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  if (place?.offsetNode !== box) return;
  box.focus();
  box.setSelectionRange(place.offset, place.offset);
  insert(event, box, event.dataTransfer);
});
