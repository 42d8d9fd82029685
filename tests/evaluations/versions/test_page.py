"""The page and the 新旧対照表 that compare two versions of a sheet, and who may see them."""

import io
import re

import pdfplumber
import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pdfminer.pdftypes import resolve1

from accounts.enums import Role
from evaluations.domain.entries import fill_entries
from evaluations.domain.revisions import freeze
from evaluations.enums import State
from evaluations.models import Sheet
from tests.evaluations.scene import Ministry, make_ministry
from tests.factories import YEAR, DivisionFactory, complete, edition_of, make_person, open_year

pytestmark = pytest.mark.django_db

BULLETS = [
    "・日本の意見が行動計画に反映された。",
    "・会計報告の時期を早めさせた。",
    "・職員を三名派遣した。",
]


@pytest.fixture
def ministry() -> Ministry:
    """The sheet has two versions; since the second, a text was edited and a line moved."""
    made = make_ministry()
    for number in (1, 2):
        texts = {"act": f"・第{number}稿。", "results_and_influence": "\n".join(BULLETS)}
        fill_entries(made.sheet, texts)
        freeze(made.sheet, occasion="submit", actor=made.people["officer"])
    bullets = [BULLETS[1], BULLETS[2], BULLETS[0].replace("計画", "計面")]
    fill_entries(made.sheet, {"act": "・第3稿。", "results_and_influence": "\n".join(bullets)})
    return made


def look(ministry, who="officer", name="sheet_compare", sheet=None, **query):
    client = Client()
    client.force_login(ministry.people[who])
    return client.get(reverse(name, args=[(sheet or ministry.sheet).pk]), query)


def shown(answer):
    """Return what the page says, as somebody hears it read aloud."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def approve_with_reason(ministry):
    ministry.sheet.overall_grade = "B"
    ministry.sheet.overall_grade_reason = "理由は着実な成果である。"
    ministry.sheet.save()
    ministry.put(State.APPROVED)


def test_the_page_opens_on_the_last_version_beside_the_present(ministry):
    words = shown(look(ministry))
    assert "18項目のうち、2項目が異なります。" in words
    assert "・第［削除：2］［追加：3］稿。" in words
    assert "移動元・日本の意見が行動計［削除：画］に反映された。" in words
    assert "移動先・日本の意見が行動計［削除：画］［追加：面］に反映された。" in words
    assert words.count("変更なし") == 16


def test_any_two_versions_can_be_chosen(ministry):
    words = shown(look(ministry, new="2", old="1"))
    assert "・第［削除：1］［追加：2］稿。" in words
    assert "移動元" not in words
    assert "変更はありません。" in shown(look(ministry, new="2", old="2"))


def test_the_choices_say_what_when_and_who(ministry):
    keys = [key for key, _ in look(ministry).context["form"].fields["old"].choices]
    assert keys == ["now", "2", "1"]
    title = look(ministry).context["form"].fields["old"].choices[1][1]
    assert re.fullmatch(r"第2版　提出（\d{4}年\d+月\d+日 \d\d:\d\d、担当 花子）", title)


def test_without_versions_it_says_when_there_will_be_some(ministry):
    assert "比べられる版は、まだありません" in shown(
        look(ministry, "other_officer", sheet=ministry.other_sheet)
    )
    answer = look(ministry, "other_officer", "sheet_compare_pdf", ministry.other_sheet)
    assert answer.status_code == 422
    assert "新旧対照表にする版がありません。" in shown(answer)


# --- last year ----------------------------------------------------------------------------------


@pytest.fixture
def next_year(ministry):
    """The contribution's sheet of the year after, in the hands of another division."""
    fill_entries(ministry.sheet, {"plan": "・極秘でない計画。"})
    contribution = ministry.sheet.contribution
    contribution.responsible_division = DivisionFactory()
    contribution.save()
    open_year(edition_of(YEAR + 1), YEAR + 1)
    sheet = Sheet.objects.get(contribution=contribution, cycle__fiscal_year=YEAR + 1)
    ministry.people["heir"] = make_person(Role.OFFICER, sheet.division)
    return sheet


def test_this_year_and_last_year_are_compared(ministry, next_year):
    complete(next_year, "・極秘でない計画である。")
    words = shown(look(ministry, "reviewer", sheet=next_year, old="last-year"))
    assert "前年度（平成30年度）" in words
    assert "・極秘でない計画［追加：である］。" in words


def test_last_years_draft_stays_with_its_division_and_its_reason_for_ever(ministry, next_year):
    assert look(ministry, "heir", sheet=next_year).context["versions"].last_year is None
    assert look(ministry, "heir", sheet=next_year, old="last-year").status_code == 422
    approve_with_reason(ministry)
    heir = shown(look(ministry, "heir", sheet=next_year, old="last-year"))
    reviewer = shown(look(ministry, "reviewer", sheet=next_year, old="last-year"))
    assert "極秘でない計画" in heir
    assert "理由は着実な成果である。" not in heir
    assert "理由は着実な成果である。" in reviewer


def test_the_dearest_comparison_stays_within_its_budget(ministry, next_year):
    client = Client()
    client.force_login(ministry.people["reviewer"])
    url = reverse("sheet_compare", args=[next_year.pk])
    asked = []
    for _ in range(2):
        for _ in range(3):
            freeze(next_year, occasion="submit", actor=ministry.people["officer"])
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url, {"old": "last-year"}).status_code == 200
        asked.append(len(queries))
    assert asked == [16, 16]


# --- who may, and what is asked for ---------------------------------------------------------------


def test_a_reader_sees_what_was_decided_and_not_how(ministry):
    ministry.put(State.PUBLISHED)
    for name in ("sheet_compare", "sheet_compare_pdf"):
        answer = look(ministry, "viewer", name)
        assert answer.status_code == 403
        assert "作成の経過は、人の安全協力室と審査担当・取りまとめの担当が見ます。" in shown(answer)
    for name in ("sheet_detail", "sheet_preview"):
        link = reverse("sheet_compare", args=[ministry.sheet.pk])
        assert link not in look(ministry, "viewer", name).content.decode()
        assert link in look(ministry, "officer", name).content.decode()


@pytest.mark.parametrize("name", ["sheet_compare", "sheet_compare_pdf"])
def test_a_version_of_another_sheet_is_not_found(ministry, name):
    theirs = freeze(ministry.other_sheet, occasion="submit", actor=ministry.people["other_officer"])
    for key in (theirs.pk, 0, 3, "9" * 5000, "２", "٣"):
        assert look(ministry, name=name, old=key).status_code == 404
        assert look(ministry, name=name, new=key).status_code == 404
    assert look(ministry, "other_officer", name, old="1").status_code == 404


@pytest.mark.parametrize("key", ["nai", "-1", "1'--", "<script>", "last-year", "1,2", "²"])
def test_garbage_is_answered_in_words(ministry, key):
    for query in ({"old": key}, {"new": key}):
        answer = look(ministry, **query)
        assert answer.status_code == 422
        assert "選んだ版はありません。一覧から選び直してください。" in shown(answer)
        answer = look(ministry, name="sheet_compare_pdf", **query)
        assert answer.status_code == 422
        assert "比較の画面で選び直してください。" in shown(answer)


def test_what_is_typed_into_a_text_stays_text(ministry):
    fill_entries(ministry.sheet, {"act": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in look(ministry).content.decode()


# --- the 新旧対照表 -------------------------------------------------------------------------------


def pdf_of(answer):
    assert answer["Content-Type"] == "application/pdf"
    return pypdfium2.PdfDocument(answer.content)


def printed(document):
    """Return the words of the PDF without any space."""
    return "".join("".join(sheet.get_textpage().get_text_range().split()) for sheet in document)


def test_the_table_prints_what_differs_in_two_columns(ministry):
    answer = look(ministry, name="sheet_compare_pdf")
    with pdf_of(answer) as document:
        words = printed(document)
        assert [round(size) for size in document[0].get_size()] == [842, 595]
        assert document.get_metadata_value("Title") == (
            "平成30年度シート　新旧対照表　国際移住機関（IOM）拠出金"
        )
    assert "平成30年度シート新旧対照表国際移住機関（IOM）拠出金新今の内容（" in words
    assert "・第3稿。・第2稿。" in words
    assert "【移動】・日本の意見が行動計画に反映された。" in words
    assert "【移動】・日本の意見が行動計面に反映された。（別の位置から移動）" in words
    assert "変更のない項目：基本事項「分担金・拠出金名」、" in words
    assert "3 日本の外交課題".replace(" ", "") in words.split("変更のない項目")[1]


def test_the_table_is_tagged_and_in_japanese(ministry):
    pdf = look(ministry, name="sheet_compare_pdf").content
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        catalog = document.doc.catalog
        assert catalog["Lang"] == b"ja"
        assert resolve1(catalog["MarkInfo"])["Marked"] is True
        assert "StructTreeRoot" in catalog


def test_many_unchanged_lines_are_left_out_but_those_beside_a_change(ministry):
    lines = [f"・第{n}の取組を着実に進めた。" for n in range(30)]
    fill_entries(ministry.sheet, {"remarks": "\n".join(lines)})
    freeze(ministry.sheet, occasion="submit", actor=ministry.people["officer"])
    lines[15] = "・全く新しい行である。"
    fill_entries(ministry.sheet, {"remarks": "\n".join(lines)})
    with pdf_of(look(ministry, name="sheet_compare_pdf")) as document:
        words = printed(document)
    assert words.count("（略）") == 4
    assert [n for n in range(30) if f"・第{n}の取組" in words] == [14, 15, 16]


def test_the_reason_of_the_grade_is_not_printed(ministry):
    approve_with_reason(ministry)
    query = {"old": "1", "new": "3"}
    assert "理由は着実な成果である。" in shown(look(ministry, **query))
    with pdf_of(look(ministry, name="sheet_compare_pdf", **query)) as document:
        assert "理由は着実な成果である。" not in printed(document)


def test_a_sheet_as_long_as_may_be_is_compared(ministry):
    for letter in "甲乙":
        texts = {
            item.key: "\n".join(f"・{letter}{n}、" + "文を書く。" * 40 for n in range(27))
            for item in ministry.sheet.edition.definition.text_items
        }
        fill_entries(ministry.sheet, texts)
        freeze(ministry.sheet, occasion="submit", actor=ministry.people["officer"])
    assert "・［削除：甲］［追加：乙］26、" in shown(look(ministry, old="3", new="4"))
