"""The looks in which the text of a sheet comes out of a PDF.

Each function of ``LOOKS`` renders a ``MadeSheet`` as one kind of extraction does.
"""

import random
import re
import unicodedata

from editions.definition import Item, Section
from editions.enums import ItemKind
from tests.evaluations.exchange.official_corpus import Line, MadeSheet

# The looks
_NO_START = "。、）)」％%・（(※-ー〜：0123456789,."
_NO_END = "（(「"


def wrap(text: str, columns: int) -> list[str]:
    """Return ``text`` broken as a word processor does: not within words, nor before ``。``."""
    lines, start = [], 0
    while start < len(text):
        end, width = start, 0
        while end < len(text) and width < columns:
            width += 2 if unicodedata.east_asian_width(text[end]) in "WFH" else 1
            end += 1
        while end < len(text) and end > start + 1 and not _may_break(text, end):
            end -= 1
        lines.append(text[start:end])
        start = end
    return [line.strip(" ") for line in lines]


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if before == " ":
        return True
    if after in _NO_START or before in _NO_END or after == " ":
        return False
    return not (before.isascii() and after.isascii())


def _first_row(sheet: MadeSheet) -> list[tuple[Item, str]]:
    row = next(section for section in sheet.edition.sections if section.first_row)
    return [(item, sheet.first_row_cell(item)) for item in row.items]


def _rows(sheet: MadeSheet) -> list[Section]:
    return [section for section in sheet.edition.sections if not section.first_row]


def _is_short(item: Item) -> bool:
    return item.kind in (ItemKind.ORGANIZATION, ItemKind.DIVISION, ItemKind.FINANCIAL_REPORT)


def _as_ocr(text: str) -> str:
    """Return ``text`` with a space between Latin and Japanese, as character recognition gives."""
    text = re.sub(r"(?<=[A-Za-z0-9%])(?=[ぁ-んァ-ヶ一-龠々])", " ", text)
    return re.sub(r"(?<=[ぁ-んァ-ヶ一-龠々])(?=[A-Za-z0-9(])", " ", text)


def _cut(label: str, rng: random.Random) -> str:
    """Return a label broken as in a narrow cell."""
    flat = label.replace("\n", " ")
    at = rng.randint(1, max(1, len(flat) - 1))
    return flat[:at].rstrip() + " " + flat[at:].lstrip()


def tagged_cells(sheet: MadeSheet) -> str:
    """Cells parted by tabs, a whole text in each, several bullets on a line, stray tags."""
    rng = sheet.rng
    out = ["", sheet.edition.title, ""]
    out.append("\t".join(f"{i.label.replace(chr(10), ' ')}\t{v}" for i, v in _first_row(sheet)))
    for section in _rows(sheet):
        label = _cut(" ".join(filter(None, (section.number, section.label))), rng)
        for item in section.items:
            if item.kind == ItemKind.STAFFING:
                out.append("\t".join([label, *sheet.staffing_headings(item)]))
                out.append("\t".join(["", *sheet.staffing_row(item)]))
            elif _is_short(item):
                cell = sheet.first_row_cell(item)
                cell = f"・ {item.label}：{cell}" if item.label else cell
                out.append("\t".join([label, cell, "", ""]))
            elif item.kind == ItemKind.PDCA:
                out.append("\t".join([label, item.label, _tagged(sheet.texts[item.key], "")]))
            else:
                colon = f"{item.number}{item.label}：" if item.label else ""
                out.append("\t".join([label, _tagged(sheet.texts[item.key], colon), "", ""]))
            label = ""
    return "\n".join(out)


def _tagged(lines: list[Line], label: str) -> str:
    out, in_list = (f"<p>{label}" if label else ""), False
    for index, line in enumerate(lines):
        if line.mark == "・" and line.depth == 0:
            if not in_list:
                out += ("</p> " if label else "") + '<ul style="list-style-type: none">'
            out += f" ・{line.words}"
            in_list = True
        else:
            out += ("</ul>" if in_list else "") + (
                f"<p>{line.stored}</p>" if index or not label else line.stored
            )
            in_list = False
    return out


def recognised(sheet: MadeSheet) -> str:
    """Lines with '- ・' and with spaces around Latin; page numbers between blank lines."""
    out, page = ["1", "", sheet.edition.title.replace("度", "度 "), ""], 1
    out += [f"{i.label.replace(chr(10), '')} {value}" for i, value in _first_row(sheet)]
    for section in _rows(sheet):
        label = f"{section.number} {section.label}".strip().replace("\n", "")
        out += ["", label] if not _is_short(section.items[0]) else ["", label + " "]
        for item in section.items:
            if item.kind == ItemKind.STAFFING:
                out[-1] += "\t" + "\t".join(map(_as_ocr, sheet.staffing_headings(item)))
                out.append("\t" + "\t".join(sheet.staffing_row(item)))
            elif _is_short(item):
                cell = _as_ocr(sheet.first_row_cell(item))
                if item.label:
                    out += ["", f"・ {item.label}：{cell}"]
                else:
                    out[-1] += cell
            elif item.kind == ItemKind.PDCA:
                out.append(f"\t{item.label}\t{_as_ocr(sheet.texts[item.key][0].words)}")
            else:
                if item.label:
                    out += ["", f"{item.number}{item.label}：", ""]
                for line in sheet.texts[item.key]:
                    mark = ("  - " if line.depth else "- ・ ") if line.mark == "・" else line.mark
                    out.append(
                        f"{mark} {_as_ocr(line.words)}".strip(" ")
                        if not line.depth
                        else mark + _as_ocr(line.words)
                    )
                    if not line.mark:
                        out.append("")
                    if sheet.rng.random() < 0.1:
                        page += 1
                        out += ["", str(page), ""]
    return "\n".join(out)


def flowing(sheet: MadeSheet) -> str:
    """Labels and cells on lines of their own, wrapped; form feeds, page furniture, no headings."""
    rng = sheet.rng
    out = [sheet.edition.title]
    for item, value in _first_row(sheet):
        out += [*item.label.split("\n"), *wrap(value, 40)]
    page = 1
    for section in _rows(sheet):
        label = "　".join(filter(None, (section.number, section.label.replace("\n", ""))))
        out += wrap(label, 10)
        for item in section.items:
            if item.kind == ItemKind.STAFFING:
                out += sheet.staffing_headings(item)[:2]
                out += sheet.staffing_row(item)
                continue
            if _is_short(item):
                cell = sheet.first_row_cell(item)
                out.append(f"・{item.label}：{cell}" if item.label else cell)
                continue
            if item.label:
                out.append(f"{item.number}{item.label}：")
            for line in sheet.texts[item.key]:
                first, *more = wrap(line.mark + line.words, 72)
                out += ["\u3000" * line.depth + first, *more]
                if not line.mark:
                    out.append("")
                if rng.random() < 0.1:
                    page += 1
                    out += rng.choice(
                        (
                            [f"- {page} -", "\f" + sheet.edition.title],
                            [str(page) + "\f"],
                            ["", f"{page}/99", ""],
                        )
                    )
    return "\r\n".join(out)


def laid_out(sheet: MadeSheet) -> str:
    """Columns kept by spaces: the wrapped label on the left, the wrapped text beside it."""
    out = [" " * 30 + sheet.edition.title, ""]
    tops, belows = [], []
    for item, value in _first_row(sheet):
        label, words = item.label.split("\n"), wrap(value, 30)
        tops += [label[0], words[0]]
        belows += ["".join(label[1:]), "".join(words[1:])]
    rows = ["", ""]
    for top, below in zip(tops, belows, strict=True):
        start = max(map(_width, rows)) + (3 if rows[0] else 0)
        rows = [
            row + " " * (start - _width(row)) + cell
            for row, cell in zip(rows, (top, below), strict=True)
        ]
    out += rows
    for section in _rows(sheet):
        body = []
        for item in section.items:
            if item.kind == ItemKind.STAFFING:
                heads = [wrap(head, 14) for head in sheet.staffing_headings(item)]
                for index in range(max(map(len, heads))):
                    body.append(
                        "  ".join(_padded(h[index] if index < len(h) else "", 16) for h in heads)
                    )
                body.append("  ".join(_padded(cell, 16) for cell in sheet.staffing_row(item)))
            elif _is_short(item):
                cell = sheet.first_row_cell(item)
                body.append(f"・{item.label}：{cell}" if item.label else cell)
            elif item.kind == ItemKind.PDCA:
                first, *more = wrap(sheet.texts[item.key][0].words, 60)
                body += [_padded(item.label, 8) + first, *(" " * 8 + line for line in more)]
            else:
                if item.label:
                    body.append(f"{item.number}{item.label}：")
                for line in sheet.texts[item.key]:
                    indent = "  " * line.depth
                    first, *more = wrap(line.mark + line.words, 70)
                    body += [indent + first, *(indent + "  " * bool(line.mark) + m for m in more)]
                    if not line.mark:
                        body.append("")
        label = " ".join(filter(None, (section.number, section.label)))
        parts = [part for each in label.split("\n") for part in wrap(each, 10)]
        for index in range(max(len(parts), len(body))):
            left = parts[index] if index < len(parts) else ""
            right = body[index] if index < len(body) else ""
            out.append((_padded(left, 14) + right).rstrip())
    return "\n".join(out)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFHA" else 1 for c in text)


def _padded(text: str, columns: int) -> str:
    return text + " " * max(0, columns - _width(text))


def marked_up(sheet: MadeSheet) -> str:
    """A table with lists, in tags and entities throughout."""
    out = [f"<h1>{sheet.edition.title}</h1>", "<table>"]
    cells = [
        f"<td>{i.label.replace(chr(10), '<br>')}</td><td>{v}</td>" for i, v in _first_row(sheet)
    ]
    out += ["<tr>", *cells, "</tr>"]
    for section in _rows(sheet):
        label = f"{section.number}.{section.label}" if section.number else section.label
        out.append(f"<tr><td>{label.replace(chr(10), '<br />')}</td>")
        for item in section.items:
            if item.kind == ItemKind.STAFFING:
                for row in (sheet.staffing_headings(item), sheet.staffing_row(item)):
                    out.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>")
            elif _is_short(item):
                label = f"<p>・{item.label}：" if item.label else "<td>"
                out.append(label + sheet.first_row_cell(item))
            else:
                if item.label:
                    out.append(f"<p>{item.number}{item.label}&nbsp;：</p>")
                out.append(_listed(sheet.texts[item.key]))
        out.append("</tr>")
    return "\n".join([*out, "</table>"])


def _listed(lines: list[Line]) -> str:
    out = ""
    for line in lines:
        words = line.words.replace("・", "&#12539;")
        if line.mark != "・":
            out += f"<p>{line.mark}{words}</p>"
        elif line.depth:
            out += f"<ul><li><ul><li>{words}</li></ul></li></ul>"
        else:
            out += f"<ul>\n<li>{words}</li>\n</ul>"
    return out


def full_width(sheet: MadeSheet) -> str:
    """Full-width figures, decomposed kana, round bullets, colons behind the labels, a BOM."""
    out = [sheet.edition.title.translate(_WIDE), ""]
    out += ["　　".join(f"{i.label.replace(chr(10), '')}：{v}" for i, v in _first_row(sheet))]
    for section in _rows(sheet):
        number = section.number.translate(_WIDE)
        label = section.label.replace("\n", "")
        out.append(f"{number}　{label}：" if number else f"{label}：")
        for item in section.items:
            if item.kind == ItemKind.STAFFING:
                out += sheet.staffing_headings(item)
                out.append("　".join(sheet.staffing_row(item)).translate(_WIDE))
            elif _is_short(item):
                out.append(f"・{item.label}：" if item.label else "")
                out[-1] += sheet.first_row_cell(item).translate(_WIDE_DIGITS)
            else:
                if item.label:
                    number = item.number.replace("（", "(").replace("）", ")")
                    out.append(f"{number} {item.label}:")
                for line in sheet.texts[item.key]:
                    mark = ("　◦ " if line.depth else "• ") if line.mark == "・" else line.mark
                    out.append(mark + line.words)
                    if not line.mark:
                        out.append("")
    return "\ufeff" + unicodedata.normalize("NFD", "\r".join(out))


_WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_WIDE = str.maketrans("0123456789,.%", "０１２３４５６７８９，．％")

LOOKS = (tagged_cells, recognised, flowing, laid_out, marked_up, full_width)
