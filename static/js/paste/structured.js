// Converts the clipboard's HTML to structured plain text: one line is one block.
//
// What belongs to a list item but stands on a line of its own (Shift+Enter, a second paragraph) is
// set one level deeper than the item: there it is printed below the words of the item.
import { withoutInvisible } from "./cleaning.js";
import { makeDepths } from "./depths.js";
import * as elements from "./elements.js";
import { BEGIN, END, joinLines, tidy } from "./lines.js";
import * as markers from "./markers.js";
import { marginOf, parse, points, styleOf } from "./markup.js";
import { tableLines } from "./tables.js";

const INDENT = "\u3000";
// A line feed is white space of the HTML; these are line ends wherever they stand.
const LINE_END = /[\v\f\u0085\u2028\u2029]/;
const PRINTED_INDENT = /\bprint-indent-(\d)\b/; // of our own preview

class Reader {
  constructor(underlined) {
    this.underlinedClasses = underlined;
    this.depthOf = makeDepths();
    this.lines = [];
    this.line = null;
    this.lastItem = null;
  }

  read(node, context) {
    if (node.nodeType === Node.TEXT_NODE) this.readText(node.data, context);
    if (node.nodeType !== Node.ELEMENT_NODE || elements.isDropped(node)) return;
    const note = elements.noteNumber(node);
    const tabs = styleOf(node, "mso-tab-count");
    if (node.localName === "br") this.endLine(context, true);
    else if (note) this.add(`（注${note}）`, { ...context, underlined: false });
    else if (tabs) this.add(INDENT.repeat(Math.min(Number(tabs) || 1, 9)), context);
    else if (node.localName === "table") this.readTable(node, context);
    else if (elements.BLOCKS.has(node.localName)) this.readBlock(node, context);
    else this.readChildren(node, context);
  }

  readChildren(element, context) {
    const own = {
      ...context,
      isLink: context.isLink || (element.localName === "a" && element.hasAttribute("href")),
      underlined: context.underlined || this.isUnderlined(element),
      symbolic: markers.isSymbolic(element, context.symbolic),
      preserved: this.isPreserved(element, context.preserved),
    };
    for (const child of element.childNodes) this.read(child, own);
  }

  readBlock(element, context) {
    this.endLine(context);
    const own = { ...context, paragraph: this.paragraphOf(element, context.paragraph) };
    this.readChildren(element, own);
    this.endLine(own);
  }

  readTable(table, context) {
    this.endLine(context);
    const linesOf = (cell) => {
      const reader = new Reader(this.underlinedClasses);
      reader.read(cell, { ...context, paragraph: {} });
      return joinLines(reader.lines).split("\n");
    };
    this.lines.push(...tableLines(table, linesOf, elements.isHidden));
  }

  readText(data, context) {
    data.split(LINE_END).forEach((piece, index) => {
      if (index) this.endLine(context, true);
      this.readWords(withoutInvisible(piece), context);
    });
  }

  readWords(words, context) {
    let text = words;
    if (context.symbolic) text = markers.symbolsOf(text);
    if (!context.preserved) {
      const collapsed = text.replace(/[ \t\n]+/g, (space) => (space.includes("\n") ? "\n" : " "));
      return this.add(collapsed, context);
    }
    text.replaceAll(" ", "\u00a0").replaceAll("\t", INDENT).split("\n").forEach((piece, index) => {
      if (index) this.endLine(context, true);
      this.add(piece, context);
    });
  }

  add(text, context) {
    if (!text || (this.line === null && /^[ \n]*$/.test(text))) return;
    const underlined = context.underlined && !context.isLink;
    this.line = (this.line ?? "") + (underlined ? BEGIN + text + END : text);
  }

  endLine({ paragraph }, isBreak = false) {
    if (this.line === null && !isBreak) return;
    const text = tidy(this.line ?? "");
    this.line = null;
    this.lines.push(text && this.asBlock(text, paragraph));
  }

  asBlock(text, paragraph) {
    const { item } = paragraph;
    if (item && !item.begun) {
      item.begun = true;
      return INDENT.repeat(item.depth) + markers.withMarker(item.marker, text);
    }
    const typed = item && !item.isTyped ? null : markers.typedBullet(text, paragraph.isList);
    if (typed) return this.asTypedBullet(typed, paragraph);
    if (item) return INDENT.repeat(item.depth + 1) + text.replace(/^[ \u3000]+/, "");
    return INDENT.repeat(paragraph.printed ?? 0) + text.replace(/^(（注\d+）)[ \u3000]+/, "$1");
  }

  // Its further lines stand below its words only where the paragraph was made to hang.
  asTypedBullet({ indent, words }, paragraph) {
    paragraph.depth ??= this.depthOf({ list: null, level: 1, offset: paragraph.offset ?? 0 });
    const depth = paragraph.depth + indent.length;
    if (paragraph.hangs) paragraph.item = { depth, begun: true, isTyped: true };
    return `${INDENT.repeat(paragraph.depth)}${indent}・${words}`;
  }

  paragraphOf(element, around) {
    if (element.localName === "li") return this.begin(elements.itemOfList(element));
    const item = elements.itemOfParagraph(element);
    if (item) return this.begin(item);
    if (around.item && !around.item.isTyped) return around;
    const margin = marginOf(element);
    const indent = points(styleOf(element, "text-indent"));
    const isList = /^MsoListParagraph/.test(element.className);
    if (isList && this.lastItem && margin && Math.abs(margin - this.lastItem.margin) < 3 && !indent) {
      return { item: { depth: this.lastItem.depth, begun: true } };
    }
    const printed = Number(PRINTED_INDENT.exec(element.className)?.[1] ?? 0);
    return { isList, printed, offset: margin + indent, hangs: !printed && indent < 0 };
  }

  begin(item) {
    this.lastItem = { ...item, depth: this.depthOf(item), begun: false };
    return { item: this.lastItem };
  }

  isUnderlined(element) {
    if (element.localName === "u") return true;
    if ([...element.classList].some((name) => this.underlinedClasses.has(name))) return true;
    return ["text-decoration", "text-decoration-line"].some((property) =>
      styleOf(element, property).includes("underline"));
  }

  isPreserved(element, inherited) {
    const space = styleOf(element, "white-space") || styleOf(element, "white-space-collapse");
    if (!space) return inherited || element.localName === "pre";
    return /^(?:pre|preserve|pre-wrap|break-spaces)\b(?!-)/.test(space);
  }
}

// Returns "" where there is nothing to read.
export const structured = (html) => {
  if (!html.includes("<")) return "";
  const { body, underlined } = parse(html.slice(html.indexOf("<")));
  const reader = new Reader(underlined);
  reader.read(body, { paragraph: {} });
  return joinLines(reader.lines);
};
