"""How often each page asks the database: the same number for one sheet and for many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from evaluations.enums import State
from tests.evaluations.scene import Ministry, make_ministry
from tests.factories import ContributionFactory, complete, make_person, make_sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

# Session, person and roles are asked for by every page behind the sign-in: three of these.
# fmt: off
BUDGET = """
page                               role         sheets in  queries
/                                  officer      draft      5
/                                  officer      returned   5
/                                  head         division_check 4
/                                  reviewer     review     6
/                                  coordinator  approved   6
/                                  viewer       published  3
/sheets/                           officer      draft      7
/sheets/                           reviewer     review     7
/sheets/?q=着実&state=review&division={division} reviewer review 8
/published/                        viewer       published  5
/workflow/                         officer      draft      3
/sheets/{sheet}/                   officer      draft      18
/sheets/{sheet}/                   reviewer     review     22
/sheets/{sheet}/sections/pdca/     officer      draft      15
/sheets/{sheet}/sections/pdca/     reviewer     review     16
/sheets/{sheet}/sections/overview/ officer      draft      15
/sheets/{sheet}/preview/           officer      draft      10
/sheets/{sheet}/staffing/          officer      draft      7
/sheets/{sheet}/act/submit/        officer      draft      14
/sheets/{sheet}/grade/             reviewer     review     9
/sheets/{sheet}/improvement-points/add/ reviewer review 7
/calibration/                      reviewer     review     7
/improvement-points/               coordinator  approved   5
/admin/evaluations/sheet/          reviewer     review     8
/admin/contributions/contribution/ coordinator  draft      6
"""
# fmt: on
ROWS = [line.split() for line in BUDGET.strip().splitlines()[1:]]
MOST = {"section": 20, "list": 8}


def test_the_budget_itself_is_modest():
    asked = {page: int(number) for page, _, _, number in ROWS}
    assert max(n for page, n in asked.items() if "/sections/" in page) <= MOST["section"]
    assert max(n for page, n in asked.items() if page.startswith("/sheets/?")) <= MOST["list"]
    assert asked["/sheets/"] <= MOST["list"]


@pytest.fixture
def ministry() -> Ministry:
    return make_ministry()


def more_sheets(ministry, number, state):
    """Make this many more sheets of the division, each of an organisation of its own."""
    for _ in range(number):
        sheet = make_sheet(ContributionFactory(responsible_division=ministry.sheet.division))
        ministry.put(state, complete(sheet))


@pytest.mark.parametrize(("pattern", "role", "state", "budget"), ROWS)
def test_a_page_asks_no_more_for_many_sheets_than_for_one(
    ministry, client, pattern, role, state, budget
):
    ministry.put(State(state))
    client.force_login(ministry.people[role])
    url = pattern.format(sheet=ministry.sheet.pk, division=ministry.sheet.division_id)
    asked = {}
    for more in (0, 2):
        more_sheets(ministry, more, State(state))
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(url)
        assert answer.status_code == 200
        asked[1 + more] = len(queries)
    assert asked == {1: int(budget), 3: int(budget)}


def test_thirty_sheets_are_asked_for_like_ten(ministry, client):
    """Ten fill the pile on the desk, whose size is then asked for: one query more than for one."""
    client.force_login(ministry.people["reviewer"])
    ministry.put(State.REVIEW)
    asked = []
    for more in (9, 20):
        more_sheets(ministry, more, State.REVIEW)
        for url in ("/", "/sheets/", "/admin/evaluations/sheet/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            asked.append(len(queries))
    assert asked == [7, 7, 8] * 2


def test_thirty_sheets_of_one_organisation_are_named_in_one_query(ministry, client):
    client.force_login(ministry.people["officer"])
    url = f"/sheets/{ministry.sheet.pk}/staffing/"
    asked = []
    for number in (1, 29):
        for _ in range(number):
            make_sheet(ContributionFactory(organization=ministry.sheet.contribution.organization))
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        asked.append(len(queries))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("path", ["/sheets/{}/", "/admin/evaluations/sheet/{}/change/"])
def test_many_transitions_are_told_in_one_query(ministry, client, path):
    sheet = ministry.put(State.REVIEW)
    client.force_login(ministry.people["reviewer"])
    client.get(path.format(sheet.pk))  # the admin learns its content types once in a process
    asked = []
    for number in (1, 20):
        for _ in range(number):
            sheet.transitions.create(
                action="submit",
                from_state="draft",
                to_state="review",
                actor=make_person(Role.REVIEWER),
                role="審査担当",
            )
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path.format(sheet.pk)).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_saving_one_entry_stays_cheap(ministry, client):
    client.force_login(ministry.people["officer"])
    url = f"/sheets/{ministry.sheet.pk}/entries/plan/autosave/"
    person = ministry.people["officer"].pk
    asked = []
    for version, more in ((1, 0), (2, 8)):
        more_sheets(ministry, more, State.DRAFT)
        with CaptureQueriesContext(connection) as queries:
            fields = {"text": f"・第{version}稿。", "version": version, "person": person}
            answer = client.post(url, fields)
        assert answer.status_code == 200
        asked.append(len(queries))
    # The first time, the author is noted: a savepoint and an insert.
    assert asked == [38, 35]
