"""Reproducible ZIP archive of single PDFs, with an index and portable file names."""

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.utils import timezone

from booklets.queries.year_list import YearLine
from core.file_names import file_name
from core.spreadsheet import csv_lines

INDEX = "目録.csv"
LIST = "一覧表.pdf"
HEADINGS = (
    "番号",
    "ファイル名",
    "年度",
    "分担金・拠出金名",
    "拠出先国際機関名",
    "担当課室",
    "種別",
    "予算額（千円）",
    "総合評価",
    "状態",
    "SHA-256",
)
_LONGEST_STEM = 75  # a path of Windows holds 260 characters, folders included


@dataclass(frozen=True)
class ArchivedSheet:
    """A sheet in the archive, with its line in the index and the hash of its PDF."""

    line: YearLine
    sha256: str


def file_names_of(leaves: Sequence[ArchivedSheet]) -> list[str]:
    """Return a name for each of ``leaves``: numbered in their order, so that none is twice."""
    width = max(3, len(str(len(leaves))))
    return [
        file_name(f"{number:0{width}}_{_stem(leaf.line)}", ".pdf", longest=_LONGEST_STEM)
        for number, leaf in enumerate(leaves, 1)
    ]


def write_archive(
    leaves: Sequence[ArchivedSheet],
    pdfs: Iterable[bytes],
    overview: bytes,
    target: BinaryIO,
    created: datetime,
) -> None:
    """Write a ZIP of ``pdfs``, one for each of ``leaves``, to ``target``, all dated ``created``.

    ``overview`` is the PDF of the list of sheets. The PDFs are consumed one at a time.
    """
    names = file_names_of(leaves)
    with zipfile.ZipFile(target, "w") as archive:
        index = index_of(leaves, names).encode()
        archive.writestr(_entry(INDEX, created), index, zipfile.ZIP_DEFLATED)
        archive.writestr(_entry(LIST, created), overview)
        for name, pdf in zip(names, pdfs, strict=True):
            # PDFs are already compressed.
            archive.writestr(_entry(name, created), pdf)


def index_of(leaves: Sequence[ArchivedSheet], names: Sequence[str]) -> str:
    """Return the index as CSV for Excel."""
    numbered = enumerate(zip(leaves, names, strict=True), 1)
    rows = (_cells(number, leaf, name) for number, (leaf, name) in numbered)
    return "".join(csv_lines(HEADINGS, rows))


def _cells(number: int, leaf: ArchivedSheet, name: str) -> tuple[object, ...]:
    line = leaf.line
    return (
        number,
        name,
        line.year,
        line.contribution,
        line.organization,
        line.division,
        line.type,
        "" if line.budget_thousand_yen is None else line.budget_thousand_yen,
        line.grade,
        line.state,
        leaf.sha256,
    )


def _entry(name: str, created: datetime) -> zipfile.ZipInfo:
    day = timezone.localtime(created)
    entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, day.hour, day.minute, day.second))
    # Fixed permissions and system, so that the bytes are the same on every machine.
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry


def _stem(line: YearLine) -> str:
    return f"{line.year}{'（案）' if line.is_draft else ''}_{line.contribution}"
