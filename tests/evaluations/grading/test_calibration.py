"""The year's grades by number and by money, before they are fixed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contributions.models import YearlyAmount
from evaluations.enums import State
from evaluations.models import Sheet
from evaluations.queries.calibration import distribution_of
from tests.factories import YEAR, ContributionFactory, edition_of, make_sheet, open_year

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]


@pytest.fixture
def graded(ministry):
    """A year of A 1,000 and B 3,000 in one division, B 500 and one ungraded in the other."""
    YearlyAmount.objects.all().delete()
    own, other = ministry.sheet.division, ministry.other_sheet.division
    grades = [("A", own, 1_000), ("B", own, 3_000), ("B", other, 500), ("", other, None)]
    Sheet.objects.filter(pk__in=[ministry.sheet.pk, ministry.other_sheet.pk]).update(
        state=State.EXCLUDED
    )
    for grade, division, amount in grades:
        sheet = make_sheet(ContributionFactory(responsible_division=division))
        Sheet.objects.filter(pk=sheet.pk).update(overall_grade=grade)
        if amount:
            for kind in ("initial", "supplementary"):  # the form prints the initial budget alone
                YearlyAmount.objects.create(
                    contribution=sheet.contribution,
                    fiscal_year=YEAR,
                    kind=kind,
                    budget_amount_thousand_yen=amount,
                )
    return ministry


def test_the_numbers_of_a_year(graded):
    found = distribution_of(graded.sheet.cycle)
    assert [
        (s.grade, s.count, s.count_percent, s.amount_thousand_yen, s.amount_percent)
        for s in found.shares
    ] == [
        ("A", 1, 25, 1_000, 22),
        ("B", 2, 50, 3_500, 78),
        ("C", 0, 0, 0, 0),
        ("D", 0, 0, 0, 0),
        ("未評価", 1, 25, 0, 0),
    ]
    assert (found.count, found.amount_thousand_yen, found.without_amount) == (4, 4_500, 1)
    assert {d.division: (d.counts, d.total, d.amount_thousand_yen) for d in found.divisions} == {
        "人の安全協力室": ((1, 1, 0, 0, 0), 2, 4_000),
        "地球環境協力課": ((0, 1, 0, 0, 1), 2, 500),
    }


def test_another_years_sheets_and_money_do_not_count(graded):
    before = distribution_of(graded.sheet.cycle)
    contribution = graded.sheet.contribution
    open_year(edition_of(YEAR + 1), YEAR + 1)
    contribution.sheets.filter(cycle__fiscal_year=YEAR + 1).update(overall_grade="D")
    YearlyAmount.objects.create(
        contribution=contribution, fiscal_year=YEAR + 1, budget_amount_thousand_yen=9
    )
    assert distribution_of(graded.sheet.cycle) == before


def test_a_year_without_sheets_has_no_shares(graded):
    Sheet.objects.update(state=State.EXCLUDED)
    found = distribution_of(graded.sheet.cycle)
    assert {(s.count, s.count_percent, s.amount_percent) for s in found.shares} == {(0, 0, 0)}


def test_the_grade_page_marks_its_own_sheet(graded, client):
    sheet = graded.put(State.REVIEW)
    Sheet.objects.filter(pk=sheet.pk).update(overall_grade="B")
    client.force_login(graded.people["reviewer"])
    page = client.get(f"/sheets/{sheet.pk}/grade/")
    shares = page.context["distribution"].shares
    assert [(s.grade, s.count) for s in shares if s.is_own] == [("B", 3)]
    assert page.content.decode().count("◀ このシート") == 1


def test_the_page_shows_the_chosen_year_and_by_default_the_newest(graded, client):
    client.force_login(graded.people["coordinator"])
    newest = open_year(edition_of(YEAR + 1), YEAR + 1)
    first = graded.sheet.cycle
    for query, cycle in (("", newest), (f"?cycle={first.pk}", first), ("?cycle=x", newest)):
        assert client.get(f"/calibration/{query}").context["cycle"] == cycle


def test_before_the_first_year_it_says_so(client, ministry):
    Sheet.objects.all().delete()
    ministry.sheet.cycle.delete()
    client.force_login(ministry.people["coordinator"])
    assert "評価年度がまだ始まっていません" in client.get("/calibration/").content.decode()


def test_it_asks_for_many_sheets_like_for_few(graded, client):
    client.force_login(graded.people["reviewer"])
    asked = []
    for more in (0, 20):
        for _ in range(more):
            make_sheet()
        with CaptureQueriesContext(connection) as queries:
            client.get("/calibration/")
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 8
