"""How often the pages of bulk steps ask the database: for many sheets as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bulk_steps.models import BulkStep
from evaluations.domain.revisions import freeze
from evaluations.enums import State
from evaluations.models import Sheet
from tests.bulk_steps.conftest import ask, choose, page_of
from tests.factories import (
    YEAR,
    ContributionFactory,
    complete,
    edition_of,
    make_sheet,
    open_year,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

# What is asked before each step with many sheets, of which each has a year before it and has been
# confirmed and returned once.
CONFIRMATION = {"submit": 22, "confirm": 22, "return": 13, "approve": 22, "publish": 13}


@pytest.mark.parametrize(
    ("action", "role", "state"),
    [
        ("submit", "officer", State.DRAFT),
        ("confirm", "head", State.DIVISION_CHECK),
        ("return", "reviewer", State.REVIEW),
        ("approve", "reviewer", State.REVIEW),
        ("publish", "coordinator", State.APPROVED),
    ],
)
def test_the_confirmation_asks_for_many_sheets_at_once(ministry, client, action, role, state):
    people, before, own = ministry.people, YEAR - 1, ministry.sheet.division
    for _ in range(5):
        complete(make_sheet(ContributionFactory(responsible_division=own)))
    sheets = list(Sheet.objects.filter(division=own).order_by("pk"))
    open_year(edition_of(before), before)
    for sheet in sheets:
        earlier = complete(sheet.contribution.sheets.get(cycle__fiscal_year=before))
        ministry.put(State.PUBLISHED, earlier)
        for occasion in ("confirm", "return"):
            freeze(sheet, occasion=occasion, actor=people["clerk"])
        ministry.put(state, sheet)
    client.force_login(people[role])
    asked = {}
    for number in (1, 6):
        with CaptureQueriesContext(connection) as queries:
            page = choose(client, action, sheets[:number])
        assert len(page.context["lines"]) == number
        asked[number] = len(queries)
    assert asked == {1: CONFIRMATION[action], 6: CONFIRMATION[action]}


def test_the_progress_the_results_and_the_list(eight, ministry, sign_in):
    reviewer, client = ministry.people["reviewer"], sign_in("reviewer")
    asked = {}
    for number in (6, 8):
        bulk_step = ask(reviewer, "return", eight[:number], "直してください。")
        for name, path in (
            ("progress", f"{page_of(bulk_step)}progress/"),
            ("waiting", page_of(bulk_step)),
            ("list", "/bulk-steps/"),
        ):
            asked[name, number] = count(client, path)
        bulk_step.results.update(status="refused", message="理由。")
        BulkStep.objects.filter(pk=bulk_step.pk).update(finished_at=bulk_step.requested_at)
        asked["results", number] = count(client, page_of(bulk_step))
    expected = {"progress": 4, "waiting": 6, "results": 8, "list": 6}
    assert asked == {(name, n): expected[name] for n in (6, 8) for name in expected}


def count(client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)
