"""Reading the sheet data attached to a PDF from any source.

Imports no models and does not set up Django, so that a worker process can do it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from core.canonical_json import canonical_json, sha256_of
from evaluations.paper.rendering import ATTACHMENT
from evaluations.paper.schema import problems_in
from printing.attachments import UnreadablePdf, attachments_in

FORMAT = "contribution-evaluation-sheet"
VERSION = 1
ISSUED = "issued"
DRAFT = "draft"


class NotOurs(ValueError):
    """A PDF without a sheet's data; the message is for the person."""


class BadData(ValueError):
    """A sheet's data that cannot be used; the message gives the fault and its place in Japanese."""


@dataclass(frozen=True)
class SheetData:
    """The data attached to a PDF. ``sheet``: as ``content.to_json`` wrote it, without reasons.

    ``revision`` is None for a draft; ``at``: when that revision was made, a draft last changed.
    """

    revision: int | None
    at: datetime
    sheet: Mapping[str, Any]
    sheet_sha256: str

    @property
    def is_intact(self) -> bool:
        """Whether the sheet matches its hash."""
        return sha256_of(self.sheet) == self.sheet_sha256


def is_pdf(content: bytes) -> bool:
    """Return whether ``content`` claims to be a PDF."""
    return b"%PDF-" in content[:1024]


def data_inside(pdf: bytes) -> SheetData:
    """Return the sheet's data that ``pdf`` carries, hash compared or not.

    Raises NotOurs where there is none, or no PDF at all, and BadData where it breaks the schema.
    """
    try:
        attached = attachments_in(pdf).get(ATTACHMENT)
    except UnreadablePdf as error:
        raise NotOurs(
            "PDFとして読めません。壊れているか、パスワードが付いているか、大きすぎます。"
        ) from error
    if attached is None:
        raise NotOurs(
            "このPDFには、シートのデータがありません。本システムから取得したPDFを、印刷や変換を"
            "せずにそのまま指定してください。ほかのPDFは、抜き出した文字列のファイルを指定します。"
        )
    return parse_sheet_data(attached)


def parse_sheet_data(data: bytes) -> SheetData:
    """Return the data written by this module, or raise BadData."""
    try:
        value = json.loads(data, parse_float=_refuse, parse_constant=_refuse)
        canonical_json(value)  # some of what JSON can write is no text
    except (ValueError, RecursionError) as error:
        raise BadData("添付されたデータ（sheet.json）をJSONとして読めません。") from error
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise BadData("添付されたデータ（sheet.json）は、評価シートのデータではありません。")
    if value.get("version") != VERSION:
        raise BadData(
            "添付されたデータ（sheet.json）は、この版のソフトウェアでは読めない形式です。"
            "新しい版で読み込んでください。"
        )
    problems = problems_in(value)
    if not problems and (value["status"] == ISSUED) != (value["revision"] is not None):
        problems = ["revision：確定したPDFにだけ、版の番号があります。"]
    if problems:
        raise BadData(f"添付されたデータ（sheet.json）に誤りがあります。{''.join(problems)}")
    try:
        at = datetime.fromisoformat(value["at"])
    except ValueError as error:
        raise BadData(
            "添付されたデータ（sheet.json）に誤りがあります。at：実在する日時でなければなりません。"
        ) from error
    return SheetData(value["revision"], at, value["sheet"], value["sheet_sha256"])


def _refuse(number: str) -> NoReturn:
    """No number of a sheet has a fraction; 23100.0 would be stored as it is nowhere else."""
    raise ValueError(number)
