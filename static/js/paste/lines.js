// Makes one line of what was gathered for it. U+0001 and U+0002 stand for the begin and the end of
// an underline, a plain space or "\n" for white space of the HTML, U+00A0 for a space as typed.
import { cleaned } from "./cleaning.js";

export const BEGIN = "\u0001";
export const END = "\u0002";

const WIDE = "[\\u2e80-\\ua4cf\\uac00-\\ud7af\\uf900-\\ufaff\\uff00-\\uff60\\uffe0-\\uffe6]";
const BREAK_IN_JAPANESE = new RegExp(`(?<=${WIDE}[\\x01\\x02]?)\\n(?=[\\x01\\x02]?${WIDE})`, "g");
const MARKER = "(?:・|※[0-9０-９]{0,2}|[（(]注?[0-9０-９]{1,2}[）)]|（注）)";
const UNDERLINED_MARKER = new RegExp(`^([ \\u3000]*)\\[\\[(${MARKER}[ \\u3000]*)`);

// The server finds an underline by its brackets: other brackets beside them would mislead it.
const bracketed = (text) =>
  text.replace(/(\[?)\u0001([^\u0002]*)\u0002/g, (_, open, words) =>
    open || /\[\[|\]\]|\]$/.test(words) ? open + words : `[[${words}]]`);

// A marker is one only at the very start of its line, so it cannot be inside an underline.
const hoisted = (text) => text.replace(UNDERLINED_MARKER, "$1$2[[").replace("[[]]", "");

export const tidy = (text) => {
  const joined = text
    .replaceAll(END + BEGIN, "")
    .replace(/\u0001([ \n\u00a0\u3000]+)/g, "$1\u0001")
    .replace(/([ \n\u00a0\u3000]+)\u0002/g, "\u0002$1")
    .replaceAll(BEGIN + END, "");
  const spaced = joined
    .replace(/ *\n[ \n]*/g, "\n")
    .replace(/ +/g, " ")
    .replace(BREAK_IN_JAPANESE, "")
    .replaceAll("\n", " ")
    .replace(/^ | $/g, "")
    .replaceAll("\u00a0", " ");
  return cleaned(hoisted(bracketed(spaced))).replace(/[ \u3000]+$/, "");
};

export const joinLines = (lines) =>
  lines.join("\n").replace(/\n{3,}/g, "\n\n").replace(/^\n+|\n+$/g, "");

// Word's plain text has the bullet as a letter of its symbol font, and a tab behind it.
const plainBullet = (line) =>
  line.replace(/^([ \t\u3000]*)(?:[·•‣◦▪\uf000-\uf0ff][ \t\u3000]*|[●○■□◆◇lnuüoØv§\-*]\t)/, "$1・");

// Without HTML nothing says what a line break means, so each of them stays.
export const tidyPlain = (plain) => {
  const lines = cleaned(plain).split("\n");
  return lines.map((line) => plainBullet(line).replaceAll("\t", "\u3000")).join("\n");
};
