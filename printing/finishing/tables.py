"""Say which header a cell has where the scopes alone would give it too many."""

import hashlib
from collections.abc import Iterator
from itertools import count

import pikepdf

from printing.finishing.nodes import Node


def name_headers(document: Node, pdf: pikepdf.Pdf) -> None:
    """Bind each value to the label before it in rows of several labels. Changes the tree.

    In 「種別｜任意拠出金｜総合評価｜Ａ」 the label 種別 would head everything to its right.
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
    """Yield identifiers in their alphabetical order, as the tree of them wants it."""
    pages = hashlib.sha256(b"".join(page.Contents.read_bytes() for page in pdf.pages))
    return (f"{pages.hexdigest()[:12]}-{number:06}" for number in count(1))
