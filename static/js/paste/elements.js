// What the elements of the clipboard's HTML stand for.
import { markerFrom, markerOfItem } from "./markers.js";
import { marginOf, points, styleOf } from "./markup.js";

const STEP = 21; // points: how far Word and browsers set in one level
export const BLOCKS = new Set(
  ("address article aside blockquote body caption center dd details div dl dt fieldset figcaption " +
   "figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section td th tr ul").split(" "),
);
const DROPPED = new Set(
  ("audio button canvas del embed img input meta link rp rt rtc select svg template textarea " +
   "video").split(" "),
);
const DROPPED_CLASS = /\b(?:msoDel|MsoCommentReference|msocomanchor|msocomoff)\b/;
const NOTE_CLASS = /\b(?:Mso(?:Footnote|Endnote)Reference|sd(?:foot|end)note(?:anc|sym))\b/;

export const isHidden = (element) =>
  styleOf(element, "display") === "none" || styleOf(element, "mso-hide") === "all";

const isMarker = (element) => styleOf(element, "mso-list") === "ignore";

export const isDropped = (element) =>
  DROPPED.has(element.localName) || DROPPED_CLASS.test(element.className) || isHidden(element) ||
  isMarker(element) || styleOf(element, "mso-element") === "comment-list" ||
  styleOf(element, "mso-special-character") === "comment";

// Returns the number of the footnote or endnote that ``element`` is the mark of.
export const noteNumber = (element) => {
  const id = styleOf(element, "mso-footnote-id") || styleOf(element, "mso-endnote-id");
  if (id) return /\d+$/.exec(id)?.[0];
  if (!NOTE_CLASS.test(element.className)) return undefined;
  return /^\s*\[?(\d{1,2})\]?\s*$/.exec(element.textContent)?.[1];
};

const listOf = (element) => {
  const [, list, level] = /\b(l\d+)\s+level(\d)/.exec(styleOf(element, "mso-list")) ?? [];
  return list && { list, level: Number(level) };
};

const markerIn = (element, otherwise) => {
  const holder = [...element.querySelectorAll("[data-style*='mso-list' i]")].find(isMarker);
  return holder ? markerFrom(holder) : otherwise();
};

// A paragraph of Word's that is drawn as a list item.
export const itemOfParagraph = (element) => {
  const place = listOf(element);
  if (!place) return null;
  const margin = marginOf(element);
  const offset = margin + points(styleOf(element, "text-indent"));
  return { ...place, margin, offset, marker: markerIn(element, () => "・") };
};

const listsAround = (element) => {
  const lists = [];
  let list = element.parentElement?.closest("ul, ol");
  for (; list; list = list.parentElement?.closest("ul, ol")) lists.push(list);
  return lists;
};

export const itemOfList = (element) => {
  const lists = listsAround(element);
  const margin = [element, ...lists].reduce((sum, each) => sum + marginOf(each), 0);
  const told = element.getAttribute("data-aria-level") ?? element.getAttribute("aria-level");
  const level = listOf(element)?.level ?? (Number(told) || Math.max(lists.length, 1));
  // Word on the web makes a list of every item, whose margin says the same as its level.
  const offset = (told ? 0 : margin) + (level - 1) * STEP;
  const marker = markerIn(element, () => markerOfItem(element));
  return { list: lists.at(-1) ?? null, level, margin, offset, marker };
};
