// Reads the clipboard's HTML into a document in which nothing loads, runs or styles.

const MARKUP = /<!--(?:-?>|[\s\S]*?(?:--!?>|$))|<[!?][^>]*>|<\/[^>]*>|<([a-z][^\s\/>]*)/gi;
const ATTRIBUTE = /[\s\/]*([^\s\/>][^\s\/>=]*)(\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>][^\s>]*))?/y;
const UNREAD = new Set(["script", "style", "xml", "title", "noscript", "iframe", "object"]);
const KEPT = new Set([
  "aria-level", "class", "colspan", "data-aria-level", "data-leveltext", "face", "href", "name",
  "rowspan", "start", "type", "value",
]);

// Even in a document that is never shown, style="" is a breach of the content security policy.
const kept = (name, value) => {
  if (name === "style") return ` data-style${value}`;
  return KEPT.has(name) ? ` ${name}${value}` : "";
};

const attributesFrom = (html, start) => {
  let attributes = "";
  ATTRIBUTE.lastIndex = start;
  let end = start;
  for (let found; (found = ATTRIBUTE.exec(html)); end = ATTRIBUTE.lastIndex) {
    attributes += kept(found[1].toLowerCase(), found[2] ?? "");
  }
  const close = html.indexOf(">", end);
  return { attributes, end: close < 0 ? html.length : close + 1 };
};

const endOfUnread = (html, name, start) => {
  const close = html.slice(start).search(new RegExp(`</${name}[\\s>/]`, "i"));
  return close < 0 ? start : html.indexOf(">", start + close) + 1 || html.length;
};

// Walks from tag to tag as a parser does, so that a quoted ">" or "style=" is no mistake.
const harmless = (html) => {
  let text = "";
  let end = 0;
  MARKUP.lastIndex = 0;
  for (let found; (found = MARKUP.exec(html)); MARKUP.lastIndex = end) {
    text += html.slice(end, found.index);
    const name = found[1]?.toLowerCase();
    if (!name) {
      if (found[0].startsWith("</")) text += found[0];
      end = MARKUP.lastIndex;
      continue;
    }
    const tag = attributesFrom(html, MARKUP.lastIndex);
    end = UNREAD.has(name) ? endOfUnread(html, name, tag.end) : tag.end;
    if (!UNREAD.has(name)) text += `<${name}${tag.attributes}>`;
  }
  return text + html.slice(end);
};

// Excel says in its style sheet, not in the cell, that a cell is underlined.
const underlinedClasses = (html) => {
  const rules = html.matchAll(/\.((?:xl|font)\d+)\s*\{[^}]*text-decoration:\s*underline/g);
  return new Set([...rules].map((rule) => rule[1]));
};

export const parse = (html) => {
  let markup = harmless(html);
  // Some browsers hand over rows without their table, in which the parser would see no cells.
  if (/<tr[\s>]/i.test(markup) && !/<table[\s>]/i.test(markup)) markup = `<table>${markup}</table>`;
  const { body } = new DOMParser().parseFromString(markup, "text/html");
  return { body, underlined: underlinedClasses(html) };
};

const DECLARATIONS = new Map();

export const styleOf = (element, property) => {
  const style = element.getAttribute("data-style");
  if (!style) return "";
  if (!DECLARATIONS.has(property)) {
    DECLARATIONS.set(property, new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([^;]*)`, "i"));
  }
  return DECLARATIONS.get(property).exec(style)?.[1].trim().toLowerCase() ?? "";
};

const POINTS = { pt: 1, px: 0.75, in: 72, cm: 28.35, mm: 2.835, pc: 12, em: 10.5 };

export const points = (length) => {
  const [, number, unit] = /^(-?[\d.]+)(pt|px|in|cm|mm|pc|em)/.exec(length) ?? [];
  return unit ? Number(number) * POINTS[unit] : 0;
};

export const marginOf = (element) =>
  points(styleOf(element, "margin-left") || (styleOf(element, "margin").split(/\s+/)[3] ?? ""));
