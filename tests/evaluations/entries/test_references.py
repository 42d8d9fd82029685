"""「〇〇シートを参照」 is a link on the page, and stays as typed on paper."""

from datetime import UTC, datetime

import pypdfium2
import pytest
from django.urls import reverse

from accounts.enums import Role
from contributions.enums import ContributionType
from evaluations.paper.build import document_of
from evaluations.paper.document import FormRow, PrintDocument, RowPart
from evaluations.paper.links import linked
from evaluations.paper.rendering import render_pdf
from tests.evaluations.finding_answers.test_answers import say
from tests.factories import (
    ContributionFactory,
    DivisionFactory,
    OrganizationFactory,
    complete,
    make_person,
    make_sheet,
)
from texts.notation import Run, parse

pytestmark = pytest.mark.django_db

WORDS = "詳しくは、IOM分担金の[[シート]]を参照。"


@pytest.fixture
def sheets():
    """The sheet that refers, and the one it refers to, each of its own division."""
    iom = OrganizationFactory(name_ja="国際移住機関", abbreviation="IOM")
    meant = make_sheet(
        ContributionFactory(
            name="国際移住機関（IOM）分担金",
            organization=iom,
            contribution_type=ContributionType.ASSESSED,
            responsible_division=DivisionFactory(name="人道支援課"),
        )
    )
    sheet = make_sheet(
        ContributionFactory(
            name="国際移住機関（IOM）拠出金",
            organization=iom,
            responsible_division=DivisionFactory(name="人の移動課"),
        )
    )
    complete(meant)
    return say(complete(sheet), organizational_financial_management=WORDS), meant


def test_the_reference_leads_to_the_place_that_is_meant(sheets, client):
    sheet, meant = sheets
    client.force_login(make_person(Role.REVIEWER))
    place = reverse("sheet_place", args=[meant.pk, "organizational_financial_management"])
    preview = client.get(reverse("sheet_preview", args=[sheet.pk])).content.decode()
    assert f'詳しくは、<a href="{place}">IOM分担金</a>の<u>シート</u>を参照。' in preview
    assert f'<a href="{place}">' in client.get(reverse("sheet_printed", args=[sheet.pk])).text
    section = sheet.edition.definition.section_of("organizational_financial_management")
    page = client.get(reverse("sheet_section", args=[sheet.pk, section.key])).content.decode()
    assert f'<a href="{place}">国際移住機関（IOM）分担金</a>' in page
    elsewhere = client.get(reverse("sheet_section", args=[sheet.pk, "pdca"])).content.decode()
    assert "参照しているシート" not in elsewhere


def test_nobody_is_led_to_a_sheet_they_may_not_see(sheets, client):
    sheet, meant = sheets
    client.force_login(make_person(Role.OFFICER, sheet.division))
    preview = client.get(reverse("sheet_preview", args=[sheet.pk])).content.decode()
    assert "詳しくは、IOM分担金の<u>シート</u>を参照。" in preview
    assert f"/sheets/{meant.pk}/" not in preview


def test_paper_keeps_the_words_as_typed(sheets):
    sheet, _ = sheets
    pdf = pypdfium2.PdfDocument(render_pdf(document_of(sheet), created=datetime.now(UTC)))
    text = "".join(each.get_textpage().get_text_range() for each in pdf)
    assert "詳しくは、IOM分担金のシートを参照。" in "".join(text.split())
    links = [
        each
        for each in pdf
        for link in [pypdfium2.raw.FPDFLink_LoadWebLinks(each.get_textpage())]
        if link and pypdfium2.raw.FPDFLink_CountWebLinks(link)
    ]
    assert links == []


@pytest.mark.parametrize(
    ("text", "words", "runs"),
    [
        ("甲のシートを参照", ["甲"], [Run("甲", href="/甲"), Run("のシートを参照")]),
        ("前に甲", ["甲"], [Run("前に"), Run("甲", href="/甲")]),
        ("甲と甲乙", ["甲", "甲乙"], [Run("甲", href="/甲"), Run("と"), Run("甲乙", href="/甲乙")]),
        ("[[甲]]乙", ["甲"], [Run("甲", True, "/甲"), Run("乙")]),
        ("a.c と abc", ["a.c"], [Run("a.c", href="/a.c"), Run(" と abc")]),
        ("丙", ["甲"], [Run("丙")]),
    ],
)
def test_words_become_links_wherever_they_stand(text, words, runs):
    part = RowPart("text", "plan", blocks=parse(text))
    document = PrintDocument("", "", (), (FormRow("pdca", (), (part,)),))
    made = linked(document, {"plan": {each: f"/{each}" for each in words}})
    assert list(made.rows[0].parts[0].blocks[0].runs) == runs
    assert made.rows[0].parts[0].blocks[0].text == part.blocks[0].text
