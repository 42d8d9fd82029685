"""The text of one real official sheet, where it lies beside the checkout; it is never copied."""

import re
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
SEED = SHARED / "seed" / "h30-iom-trafficking-return.txt"

needs_seed = pytest.mark.skipif(
    not SEED.exists(), reason="公式シートの文字列（../shared/seed）がこの環境にありません"
)


def squeezed(text: str) -> str:
    """Return ``text`` without white space and the marks the extraction added."""
    return re.sub(r"<[^>]*>|\s", "", text)


def lines_by_row(labels: list[str]) -> dict[str, list[str]]:
    """Return the lines of the seed, squeezed, by the label of their row.

    ``labels`` are the squeezed labels of the rows. The text before the first row is the title.
    """
    rows: dict[str, list[str]] = {"": []}
    current = ""
    for line in SEED.read_text(encoding="utf-8").splitlines():
        line = re.sub(r"<[^>]*>", "\n", re.sub(r"^\s*- ", "", line))
        for piece in re.split(r"[\t\n]| (?=・)", line):
            text = squeezed(piece)
            label = next((each for each in labels if text.startswith(each)), "")
            if label:
                current = label
                text = text.removeprefix(label)
            if text:
                rows.setdefault(current, []).append(text)
    return rows
