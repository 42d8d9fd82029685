"""Sheets made by hand, and ways to look at the PDF made of them."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pypdfium2
import pytest

from evaluations.paper.document import Cell, FormRow, PrintDocument, RowPart, StaffingHeading
from evaluations.paper.rendering import render_pdf
from tests.weasyprint_log import no_warning_of_weasyprint  # noqa: F401 -- used by every test
from texts.notation import parse

CREATED = datetime(2020, 4, 1, 3, 30, tzinfo=UTC)


def text(body: str, label: str = "", *, run_in: bool = False) -> RowPart:
    return RowPart("text", "text", label, blocks=parse(body), run_in=run_in)


def row(label: str, *parts: RowPart) -> FormRow:
    return FormRow("row", tuple(label.split("\n")), parts)


def sheet(*rows: FormRow, **changes: Any) -> PrintDocument:
    values = {
        "title": "見本のシート",
        "template": "evaluations/paper/h30.html",
        "first_row": (
            Cell("contribution_name", ("分担金・", "拠出金名"), "架空機関拠出金（井戸を掘る事業）"),
            Cell("contribution_type", ("種別",), "任意拠出金"),
            Cell("budget_amount", ("今年度", "予算額"), "1,234,567千円"),
            Cell("overall_grade", ("総合", "評価"), "A"),
        ),
        "rows": rows,
    }
    return PrintDocument(**(values | changes))


def staffing() -> RowPart:
    columns = (
        (("加盟国等の数",), (), "87"),
        (("全職員数",), ("(専門職以上。以下同じ。)", "(2019年12月末時点)"), "2,345"),
        (("うち、", "日本人", "幹部職員数"), ("(前年同時期)",), "6"),
    )
    return RowPart("staffing", staffing=tuple(StaffingHeading("", *column) for column in columns))


def pdca(*bodies: str) -> RowPart:
    labels = ("PLAN", "DO", "CHECK", "ACT")
    return RowPart(
        "pdca", steps=tuple((n, n, parse(b)) for n, b in zip(labels, bodies, strict=True))
    )


@pytest.fixture
def make() -> Any:
    """The builders above, by name."""

    class Make:
        text, row, sheet = staticmethod(text), staticmethod(row), staticmethod(sheet)
        staffing, pdca = staticmethod(staffing), staticmethod(pdca)

    return Make


def sheet_with_everything() -> PrintDocument:
    """A sheet with everything a sheet can have, in words of no real one."""
    return sheet(
        row("拠出先\n国際機関名", RowPart("value", value="架空機関（KKK）")),
        row(
            "国際機関等の概要及び成果目標",
            text("・1900年に設立。\n　・本部は海の上。\n（注）船は3隻。", "（1）設立経緯等・目的"),
            text(
                "本件は、[[井戸]]を掘る。\n第二の段落。", "（2）拠出の概要及び成果目標", run_in=True
            ),
        ),
        row("1 専門分野における活動の成果・影響力", text("（1）成果\n・水が出た。\n※1　塩辛い。")),
        row("4 日本人職員・ポストの状況等", staffing(), text("・一人いる。", "その他特記事項")),
        row(
            "5 PDCAサイクルの確保等",
            pdca("計画した。", "掘った。", "確かめた。", "直した。"),
            RowPart("bullet", label="財政状況の報告", value="2020年3月(2018年度)"),
        ),
        row("担当課室名", RowPart("value", value="井戸課")),
        draft_note="案（2020年4月1日 12:30時点）",
    )


@pytest.fixture
def whole_sheet() -> PrintDocument:
    return sheet_with_everything()


@pytest.fixture
def created() -> datetime:
    return CREATED


@pytest.fixture
def render() -> Callable[[PrintDocument], bytes]:
    return lambda document: render_pdf(document, created=CREATED)


@pytest.fixture
def pages_of() -> Callable[[bytes], list[str]]:
    """The text of each page, in the order it is written, without any white space."""

    def read(pdf: bytes) -> list[str]:
        with pypdfium2.PdfDocument(pdf) as document:
            texts = [page.get_textpage().get_text_range() for page in document]
        return [re.sub(r"\s", "", page) for page in texts]

    return read
