"""Last year's text stands beside this year's, and follows its item through a renumbering."""

from pathlib import Path

import pytest
from django.urls import reverse

from accounts.enums import Role
from editions.domain.load import load_edition
from evaluations.domain.entries import fill_entries
from evaluations.models import Sheet
from evaluations.queries.last_year import earlier_sheet
from tests.factories import YEAR, ContributionFactory, h30, make_person, make_sheet, open_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def years():
    """The same contribution's sheets of two years; the first has its texts."""
    sheet = make_sheet()
    fill_entries(sheet, {"act": "改善を求めた。", "results_and_influence": "・一つ。\n・二つ。"})
    open_year(h30(), YEAR + 1)
    return sheet, sheet.contribution.sheets.get(cycle__fiscal_year=YEAR + 1)


def places(client, sheet, section):
    client.force_login(make_person(Role.OFFICER, sheet.division))
    page = client.get(reverse("sheet_section", args=[sheet.pk, section]))
    return {place["item"].key: place for place in page.context["places"]}, page.content.decode()


def test_last_years_text_stands_beside_the_entry_line_by_line(years, client):
    _, now = years
    found, page = places(client, now, "results_and_influence")
    assert found["results_and_influence"]["last_year"] == {
        "year_label": "平成30年度",
        "text": "・一つ。\n・二つ。",
        "lines": ["・一つ。", "・二つ。"],
        "unchanged": False,
    }
    assert page.count("この行を引き継ぐ") == 2
    assert "全文を引き継ぐ" in page


def test_a_text_that_was_only_taken_over_is_marked(years, client):
    _, now = years
    fill_entries(now, {"results_and_influence": "・一つ。\n・二つ。"})
    _, page = places(client, now, "results_and_influence")
    assert "今年度の記載は前年度と同じです" in page


def test_where_nothing_stood_there_is_nothing_beside(years, client):
    first, now = years
    found, _ = places(client, now, "pdca")
    assert {key: bool(place["last_year"]) for key, place in found.items()} == {
        "plan": False,
        "do": False,
        "check": False,
        "act": True,
        "financial_report": False,
    }
    assert earlier_sheet(first) is None


def test_the_lineage_of_a_key_leads_to_last_years_text():
    sheet = make_sheet(ContributionFactory())
    fill_entries(sheet, {"act": "改善を求めた。"})
    toml = (Path(__file__).parents[1] / "another_year.toml").read_text(encoding="utf-8")
    edition = load_edition(toml).edition
    open_year(edition, edition.definition.fiscal_year)
    now = Sheet.objects.get(edition=edition)
    assert earlier_sheet(now).content.texts["plan"] == "改善を求めた。"


def test_another_divisions_reader_sees_neither_year(years, client):
    _, now = years
    client.force_login(make_person(Role.OFFICER, ContributionFactory().responsible_division))
    assert client.get(reverse("sheet_section", args=[now.pk, "pdca"])).status_code == 404
