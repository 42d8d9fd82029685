"""Explicit header references for cells whose headers the scopes alone do not determine."""

import hashlib
from collections.abc import Iterator
from itertools import count

import pikepdf

from printing.finishing.nodes import Node


def name_headers(document: Node, pdf: pikepdf.Pdf) -> None:
    """Set ``Headers`` of each value to the label before it in rows with several labels.

    In 「種別｜任意拠出金｜総合評価｜Ａ」 the scope of 種別 would cover all cells to its right.
    """
    rows = [node for node in document.descendants() if node.role == "TR"]
    crowded = [row for row in rows if sum(map(_is_label, row.nodes)) > 1]
    if crowded:
        names = _names(pdf)
        for row in crowded:
            _bind(row, names)


def _is_label(cell: Node) -> bool:
    return cell.attributes.get("Scope") == "/Row"


def _bind(row: Node, names: Iterator[str]) -> None:
    label: Node | None = None
    for cell in row.nodes:
        if _is_label(cell):
            label = cell
            label.id = next(names)
        elif label:
            cell.attributes["Headers"] = [label.id]


def _names(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield ids in alphabetical order, as the IDTree requires."""
    pages = hashlib.sha256(b"".join(page.Contents.read_bytes() for page in pdf.pages))
    return (f"{pages.hexdigest()[:12]}-{number:06}" for number in count(1))
