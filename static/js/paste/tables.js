// Tables as readable lines: one for each row, with a full-width space between cells.
const GAP = "\u3000";
const LONG = 40;

const oneLine = (lines) => lines.map((line) => line.trim()).filter(Boolean).join(" ");

const NOTHING = { lines: [], isArticle: false };

// An article rather than a value: paragraphs, a list, a table of its own.
const contentOf = (cell, linesOf) => {
  const lines = linesOf(cell);
  const isLong = lines.some((line) => line.length > LONG || /^[ \u3000]*・/.test(line));
  return { lines, isArticle: lines.length > 1 && (isLong || cell.querySelector("table") !== null) };
};

const spanOf = (cell, name) => Math.max(Number.parseInt(cell.getAttribute(name), 10) || 1, 1);

// Below a cell that spans several rows the place stays empty, so that it shows whose they are.
const makePlaces = () => {
  const covered = new Map();
  return (cells) => {
    const places = [];
    let column = 0;
    const skipCovered = () => {
      for (; covered.get(column) > 0; column += 1) {
        covered.set(column, covered.get(column) - 1);
        places.push(null);
      }
    };
    for (const cell of cells) {
      skipCovered();
      places.push(cell);
      for (let rest = spanOf(cell, "colspan"); rest > 0 && column < 1000; rest -= 1, column += 1) {
        covered.set(column, spanOf(cell, "rowspan") - 1);
      }
    }
    skipCovered();
    return places;
  };
};

const rowLines = (contents) => {
  const filled = contents.filter(({ lines }) => oneLine(lines));
  if (contents.length === 1 && filled.length === 1) return filled[0].lines;
  if (filled.some(({ isArticle }) => isArticle)) {
    return filled.flatMap(({ lines, isArticle }) => (isArticle ? lines : [oneLine(lines)]));
  }
  if (!filled.length) return [];
  return [contents.map(({ lines }) => oneLine(lines)).join(GAP).replace(/[ \u3000]+$/, "")];
};

// linesOf returns the lines of a cell; isHidden is true for rows and cells that are not shown.
export const tableLines = (table, linesOf, isHidden) => {
  const placesOf = makePlaces();
  const lines = table.caption ? linesOf(table.caption) : [];
  for (const row of table.rows) {
    if (isHidden(row)) continue;
    const cells = [...row.cells].filter((cell) => !isHidden(cell));
    const contents = placesOf(cells).map((cell) => (cell ? contentOf(cell, linesOf) : NOTHING));
    lines.push(...rowLines(contents));
  }
  return lines;
};
