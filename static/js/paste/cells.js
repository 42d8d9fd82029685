// Cells of a spreadsheet as plain text: Excel puts a cell that holds a line break, a tab or a
// quotation mark between quotation marks, and doubles those in it.
const CELL = /"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*)/y;
const QUOTED_FOR = /[\t\n]|""/;

// Returns the rows of cells, or null where a quotation mark is not where a spreadsheet writes one.
const rowsOf = (text) => {
  const rows = [[]];
  for (let at = 0; at <= text.length; at += 1) {
    CELL.lastIndex = at;
    const [whole, quoted, bare] = CELL.exec(text);
    // A cell that begins with a quotation mark is quoted; one quoted without need is no cell's.
    if (quoted === undefined ? bare.startsWith('"') : !QUOTED_FOR.test(quoted)) return null;
    rows.at(-1).push(quoted?.replaceAll('""', '"') ?? bare);
    at += whole.length;
    if (text[at] === "\n") rows.push([]);
  }
  return rows;
};

// Returns ``plain`` with the quotation marks of cells taken off. Words that somebody put between
// quotation marks stay: a spreadsheet ends its last row, too, with a line end.
export const withoutCellQuotes = (plain) => {
  const text = plain.replace(/\r\n?/g, "\n");
  if (!text.endsWith("\n") || !text.includes('"')) return plain;
  const rows = rowsOf(text.slice(0, -1));
  return rows ? `${rows.map((cells) => cells.join("\t")).join("\n")}\n` : plain;
};
