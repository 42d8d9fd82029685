"""How far the years are, on the home page of those who see all divisions; and what was decided."""

from datetime import date

import pytest
from django.urls import reverse

from evaluations.enums import State
from evaluations.models import Cycle, Sheet
from evaluations.queries.cycles import DivisionProgress, progress_of_years
from tests.evaluations.scene import make_ministry
from tests.factories import YEAR, edition_of, open_year

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]


@pytest.fixture
def ministry():
    return make_ministry()


def test_each_division_is_told_with_what_is_decided_and_what_is_late(ministry):
    ministry.put(State.APPROVED)
    Cycle.objects.update(
        submission_deadline=date(2000, 1, 1), review_deadline=None, publication_date=None
    )
    [year] = progress_of_years()
    assert year.divisions == (
        DivisionProgress("地球環境協力課", 1, 0, 1),
        DivisionProgress("人の安全協力室", 1, 1, 0),
    )
    assert dict(year.counts)[State.APPROVED] == dict(year.counts)[State.DRAFT] == 1
    assert year.total == 2


def test_an_earlier_year_is_told_until_nothing_is_left_in_it(ministry):
    open_year(edition_of(YEAR - 1), YEAR - 1)
    assert [each.cycle.fiscal_year for each in progress_of_years()] == [YEAR, YEAR - 1]
    for sheet in Sheet.objects.filter(cycle__fiscal_year=YEAR - 1):
        ministry.put(State.PUBLISHED, sheet)
    assert [each.cycle.fiscal_year for each in progress_of_years()] == [YEAR]


def test_what_is_out_of_the_evaluation_is_no_work_of_its_division(ministry):
    ministry.put(State.EXCLUDED)
    [year] = progress_of_years()
    assert [each.division for each in year.divisions] == ["地球環境協力課"]
    assert year.total == 2


def home(client, person):
    client.force_login(person)
    return client.get(reverse("home")).content.decode()


def test_readers_find_what_was_decided_last(ministry, client):
    for who in ("viewer", "auditor"):
        assert "最近確定したシート" not in home(client, ministry.people[who])
    ministry.put(State.APPROVED)
    for who in ("viewer", "auditor"):
        page = home(client, ministry.people[who])
        assert "最近確定したシート" in page
        assert ministry.sheet.contribution.name in page
    assert "最近確定したシート" not in home(client, ministry.people["officer"])
    assert "課室ごとの進み具合" in home(client, ministry.people["coordinator"])
