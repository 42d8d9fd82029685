// Bullets and numbers: what stands before the words of a list item.
import { styleOf } from "./markup.js";

const SYMBOL_FONT = /^["']?(?:wingdings|webdings|symbol|zapf ?dingbats|opensymbol)/;
const NUMBER = /[0-9０-９a-zａ-ｚ①-⓿❶-➓㈠-㉃㊀-㊰一二三四五六七八九十〇ぁ-ゖァ-ヶｦ-ﾟⅠ-ⅿ]/iu;
const LETTER_BULLET = /^[lnuüoØv§q]$/;
const SURE_BULLET = "[・·•‣⁃◦▪▫\\uf000-\\uf0ff]";
const LIKELY_BULLET = "(?:[●○■□◆◇◎▶►➢➤✓✔✦❖–—\\-*o])";
const TYPED = new RegExp(`^([ \\u3000]*)${SURE_BULLET}[ \\u3000]*`);
const TYPED_IN_LIST = new RegExp(
  `^([ \\u3000]*)(?:${SURE_BULLET}[ \\u3000]*|${LIKELY_BULLET}[ \\u3000]+)`,
);

// Letters of the font Wingdings that people meet: arrows by autocorrection, ticks, boxes.
const WINGDINGS = {
  "à": "→", "ß": "←", "á": "↑", "â": "↓", "è": "➔", "ð": "⇨", "l": "●", "m": "○", "n": "■",
  "o": "□", "p": "□", "q": "❑", "r": "❒", "t": "◆", "u": "◆", "v": "❖", "w": "◆", "§": "▪",
  "ü": "✓", "û": "✗", "þ": "☑", "¨": "□", "Ø": "➢", "«": "★", "J": "☺",
};

const fontOf = (element) => styleOf(element, "font-family") || element.getAttribute("face") || "";

export const isSymbolic = (element, inherited) => {
  const font = fontOf(element).toLowerCase();
  return font ? SYMBOL_FONT.test(font) : inherited;
};

export const symbolsOf = (text) =>
  text.replace(/\S/gu, (letter) => {
    const code = letter.codePointAt(0);
    const name = code >= 0xf020 && code <= 0xf0ff ? String.fromCodePoint(code - 0xf000) : letter;
    return WINGDINGS[name] ?? letter;
  });

const isDrawn = (holder) => {
  const element = holder.closest("[data-style*='font-family' i], [face]");
  return element !== null && isSymbolic(element, false);
};

// Returns the marker as it will be written; every bullet is ・, whatever its shape.
export const markerFrom = (holder) => {
  const text = holder.textContent.replace(/[\s\u00a0]+/g, "");
  if (text === "※") return text;
  const isBullet = LETTER_BULLET.test(text) || !NUMBER.test(text);
  return isBullet || (text.length === 1 && isDrawn(holder)) ? "・" : text;
};

const roman = (number) => {
  const tens = "x".repeat(Math.floor(number / 10));
  return tens + ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"][number % 10];
};
const letterOf = (letters) => (number) => [...letters][(number - 1) % [...letters].length];
const latin = letterOf("abcdefghijklmnopqrstuvwxyz");
const katakana = letterOf("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン");

const COUNTERS = {
  "a": latin, "lower-alpha": latin, "lower-latin": latin,
  "A": (number) => latin(number).toUpperCase(),
  "upper-alpha": (number) => latin(number).toUpperCase(),
  "upper-latin": (number) => latin(number).toUpperCase(),
  "i": roman, "lower-roman": roman,
  "I": (number) => roman(number).toUpperCase(),
  "upper-roman": (number) => roman(number).toUpperCase(),
  "katakana": katakana, "katakana-iroha": letterOf("イロハニホヘトチリヌルヲ"),
};

const numberOf = (item, list) => {
  const start = Number.parseInt(list.getAttribute("start") ?? "1", 10);
  let number = (Number.isNaN(start) ? 1 : start) - 1;
  for (const child of list.children) {
    if (child.localName !== "li") continue;
    number = child.value || number + 1;
    if (child === item) break;
  }
  return number;
};

// Returns the marker of an <li>, which is not among its words.
export const markerOfItem = (item) => {
  const list = item.closest("ul, ol");
  const kind = styleOf(item, "list-style-type") || (list && styleOf(list, "list-style-type"));
  const type = kind || list?.getAttribute("type") || "";
  if (type === "none") return "";
  if (list?.localName !== "ol" || /^(?:disc|circle|square)$/i.test(type)) return "・";
  const number = numberOf(item, list);
  if (/circle/.test(type) && number > 0 && number <= 20) return String.fromCodePoint(0x245f + number);
  const words = String((COUNTERS[type] ?? String)(number));
  const pattern = item.getAttribute("data-leveltext") ?? "";
  return /^[^%]*%\d[^%]*$/.test(pattern) ? pattern.replace(/%\d/, words) : `${words}.`;
};

export const withMarker = (marker, words) => {
  if (marker === "・") return marker + words.replace(TYPED_IN_LIST, "");
  return /[\x21-\x7e]$/.test(marker) ? `${marker} ${words}` : marker + words;
};

// Splits a line that somebody began with a bullet of their own.
export const typedBullet = (line, inList) => {
  const [found, indent] = (inList ? TYPED_IN_LIST : TYPED).exec(line) ?? [];
  return found && { indent, words: line.slice(found.length) };
};
