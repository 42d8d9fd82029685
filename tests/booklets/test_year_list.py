"""The 一覧表: every sheet once, sums that are right, whatever a sheet is called."""

import logging
from datetime import UTC, datetime

import pypdfium2
import pytest

from booklets.paper.year_list import year_list, year_list_html, year_list_pdf
from booklets.queries.year_list import YearLine, group_by_year, lines_of
from contributions.models import YearlyAmount
from evaluations.access.visibility import sheets_visible_to
from evaluations.domain.revisions import freeze
from evaluations.enums import State
from tests.booklets.conftest import text_of

CREATED = datetime(2020, 4, 1, 3, 30, tzinfo=UTC)


def line(number, **changes):
    values = {
        "sheet_id": number,
        "year": "某年度",
        "contribution": f"第{number:03}拠出金" + "（とても長い名称の事業）" * (number % 5),
        "organization": f"国際試験機関{number}（ITO{number}）",
        "division": "国際安全・治安対策協力室",
        "type": "任意拠出金",
        "budget_thousand_yen": 1000 * number,
        "grade": "B",
        "state": "公表",
        "is_draft": False,
    }
    return YearLine(**(values | changes))


def test_three_hundred_and_five_sheets_each_once_under_repeated_headings(caplog):
    lines = [line(number) for number in range(1, 306)]
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        pdf = year_list_pdf(lines, ["年度：某年度"], CREATED)
    assert caplog.text == ""
    words = text_of(pdf)
    assert {n: words.count(f"第{n:03}拠出金") for n in range(1, 306)} == dict.fromkeys(
        range(1, 306), 1
    )
    assert words.count(f"{1000 * 305 * 306 // 2:,}") == 1
    with pypdfium2.PdfDocument(pdf) as document:
        pages = ["".join(p.get_textpage().get_text_range().split()) for p in document]
        assert {(round(p.get_width()), round(p.get_height())) for p in document} == {(842, 595)}
    assert len(pages) > 5
    for number, page in enumerate(pages, 1):
        assert f"{number}／{len(pages)}" in page
        assert page.count("分担金・拠出金名") == 1
        assert page.count("予算額（千円）") == 1


def test_nothing_is_cut_off_at_the_right():
    long = "極めて長い名称の国際機関に対する拠出金" * 10
    words = text_of(year_list_pdf([line(1, contribution=long, organization=long)], [], CREATED))
    assert words.count(long) == 2


def test_several_years_have_a_sum_each_and_unknown_amounts_are_told():
    lines = [line(1), line(2, budget_thousand_yen=None), line(3, year="前の年度")]
    groups = group_by_year(lines)
    assert [(g.year, g.total_thousand_yen, g.without_amount) for g in groups] == [
        ("某年度", 1000, 1),
        ("前の年度", 3000, 0),
    ]
    html = year_list_html(year_list(lines, [], CREATED))
    assert "合計（2件。予算額の記録がない1件を除く。）" in html
    assert "合計（1件）" in html


def test_names_are_escaped():
    html = year_list_html(year_list([line(1, contribution="<b>&")], ["検索語：<i>"], CREATED))
    assert "&lt;b&gt;&amp;" in html
    assert "<i>" not in html


@pytest.mark.django_db
def test_a_decided_sheet_is_told_of_as_it_was_decided(ministry, django_assert_num_queries):
    sheet = ministry.put(State.APPROVED)
    freeze(sheet, occasion="approve", actor=ministry.people["judge"])
    YearlyAmount.objects.update(budget_amount_thousand_yen=99)
    sheet.contribution.name = "後で改めた名称"
    sheet.contribution.save()
    sheets = list(sheets_visible_to(ministry.people["reviewer"].roles))
    with django_assert_num_queries(2):
        lines = {each.sheet_id: each for each in lines_of(sheets)}
    told, now = lines[sheet.pk], lines[ministry.other_sheet.pk]
    assert (told.budget_thousand_yen, told.contribution) == (23_100, "国際移住機関（IOM）拠出金")
    assert (now.budget_thousand_yen, now.is_draft, told.is_draft) == (99, True, False)
