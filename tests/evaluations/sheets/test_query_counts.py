"""How often each page asks the database: the same number for one sheet and for many."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import DivisionSuccession
from contributions.models import Contribution
from evaluations.domain.comments import add_remark
from evaluations.enums import CommentKind, State
from evaluations.models import Sheet
from evaluations.workflow import perform
from tests.evaluations.review import comment, rewrite, wording
from tests.factories import (
    YEAR,
    ContributionFactory,
    DivisionFactory,
    complete,
    edition_of,
    make_person,
    make_sheet,
    open_year,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

# Session, person, roles and unread messages are asked for by every page behind the sign-in: four of
# these, and three in the admin.
# fmt: off
BUDGET = """
page                               role         sheets in  queries
/                                  officer      draft      8
/                                  officer      returned   8
/                                  head         division_check 5
/                                  reviewer     review     7
/                                  coordinator  approved   7
/                                  viewer       published  5
/sheets/                           officer      draft      8
/sheets/                           reviewer     review     8
/sheets/?q=着実&state=review&division={division} reviewer review 8
/queue/                            head         division_check 9
/queue/                            reviewer     review     9
/booklets/                         reviewer     review     5
/booklets/new/                     reviewer     review     8
/published/                        viewer       published  6
/workflow/                         officer      draft      4
/help/                             officer      draft      4
/help/officer/                     officer      draft      4
/sheets/{sheet}/                   officer      draft      17
/sheets/{sheet}/                   reviewer     review     19
/sheets/{sheet}/timeline/          officer      draft      8
/sheets/{sheet}/sections/pdca/     officer      draft      15
/sheets/{sheet}/sections/pdca/     reviewer     review     16
/sheets/{sheet}/sections/overview/ officer      draft      15
/sheets/{sheet}/comments/          reviewer     review     9
/sheets/{sheet}/preview/           officer      draft      13
/sheets/{sheet}/compare/           officer      draft      8
/sheets/{sheet}/compare/           reviewer     published  10
/sheets/{sheet}/staffing/          officer      draft      8
/sheets/{sheet}/act/submit/        officer      draft      19
/sheets/{sheet}/grade/             reviewer     review     17
/sheets/{sheet}/why/               officer      draft      9
/sheets/{sheet}/why/               reviewer     review     9
/accounts/deputies/                officer      draft      11
/sheets/{sheet}/improvement-points/add/ reviewer review 8
/calibration/                      reviewer     review     8
/improvement-points/               coordinator  approved   6
/admin/evaluations/sheet/          reviewer     review     8
/admin/contributions/contribution/ coordinator  draft      6
"""
# fmt: on
ROWS = [line.split() for line in BUDGET.strip().splitlines()[1:]]
MOST = {"section": 20, "list": 8, "sheet": 20}


def test_the_budget_itself_is_modest():
    asked = {page: int(number) for page, _, _, number in ROWS}
    assert max(n for page, n in asked.items() if "/sections/" in page) <= MOST["section"]
    assert max(n for page, n in asked.items() if page.startswith("/sheets/?")) <= MOST["list"]
    assert asked["/sheets/"] <= MOST["list"]
    assert max(int(n) for page, _, _, n in ROWS if page == "/sheets/{sheet}/") < MOST["sheet"]


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
    assert asked == [8, 8, 8] * 2


def test_a_thousand_sheets_are_listed_like_ten(ministry, client):
    client.force_login(ministry.people["reviewer"])
    asked = []
    for more in (8, 990):
        many_more_sheets(ministry.sheet, more)
        for url in ("/sheets/", "/sheets/?page=1&state=draft"):
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(url)
            asked.append((answer.context["page"].paginator.count, len(queries)))
    assert asked == [(10, 8), (10, 8), (1_000, 8), (1_000, 8)]


def many_more_sheets(sheet, number):
    """Make this many more sheets of the year at once, with nothing in them."""
    contributions = Contribution.objects.bulk_create(
        ContributionFactory.build(
            organization=sheet.contribution.organization, responsible_division=sheet.division
        )
        for _ in range(number)
    )
    Sheet.objects.bulk_create(
        Sheet(cycle=sheet.cycle, contribution=each, edition=sheet.edition, division=sheet.division)
        for each in contributions
    )


def stand_beside_others(sheet):
    """Let ``sheet`` stand beside last year's and beside another one of the same organisation."""
    complete(make_sheet(ContributionFactory(organization=sheet.contribution.organization)))
    rewrite(sheet, diplomatic_relevance="・詳しくは、[[同機関拠出金]]のシートを参照。")
    before = YEAR - 1
    open_year(edition_of(before), before)
    complete(Sheet.objects.get(contribution=sheet.contribution, cycle__fiscal_year=before))


def test_the_dearest_page_to_write_in_keeps_to_the_budget(ministry, client):
    sheet = ministry.sheet
    stand_beside_others(sheet)
    client.force_login(ministry.people["officer"])
    asked = {}
    for section in ("overview", "pdca", "japanese_staff_and_posts"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/sheets/{sheet.pk}/sections/{section}/").status_code == 200
        asked[section] = len(queries)
    assert asked == dict.fromkeys(asked, 19)
    assert MOST["section"] >= 19


def test_the_dearest_page_to_review_asks_nothing_twice(ministry, client):
    """It was returned once, is graded, and its register's figures are those of last year's too."""
    sheet, people = ministry.sheet, ministry.people
    stand_beside_others(sheet)
    ministry.put(State.REVIEW)
    comment(sheet, people["reviewer"], "根拠を示してください。")
    sheet.refresh_from_db()
    perform(sheet, "return", actor=people["reviewer"], comment="根拠。", version=sheet.version)
    Sheet.objects.filter(pk=sheet.pk).update(overall_grade="B", overall_grade_reason="着実。")
    ministry.put(State.REVIEW)
    client.force_login(people["reviewer"])
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/sheets/{sheet.pk}/").status_code == 200
    # Three of them are the texts of three sheets, and one is what was returned.
    assert len(queries) == 26
    register = [q["sql"] for q in queries if re.search('FROM "(contributions|staffing)_', q["sql"])]
    # Amounts, reports, snapshots, posts, and the names of the organisations.
    assert len(register) == 5


def test_whose_past_a_division_has_taken_over_is_asked_once(ministry, client):
    """The page asks of a dozen things whether its reader takes part in the sheet."""
    sheet = ministry.put(State.PUBLISHED)
    reader = make_person(Role.OFFICER, successor := DivisionFactory())
    DivisionSuccession.objects.create(
        predecessor=sheet.division, successor=successor, kind="split", on=date(2018, 4, 1)
    )
    client.force_login(reader)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/sheets/{sheet.pk}/")
    assert page.context["is_inside"]
    # With the sheet itself, and the next one, which are looked for among those the person may see.
    assert len([q for q in queries if "accounts_divisionsuccession" in q["sql"]]) == 3
    assert len(queries) == 18


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


@pytest.mark.parametrize(
    "path", ["/sheets/{}/", "/sheets/{}/timeline/", "/admin/evaluations/sheet/{}/change/"]
)
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


def test_many_comments_and_suggestions_are_shown_in_three_queries_more(ministry, client):
    sheet, reviewer = ministry.put(State.REVIEW), ministry.people["reviewer"]
    client.force_login(reviewer)
    asked = []
    for number in (1, 9):
        for turn in range(number):
            thread = comment(sheet, reviewer, f"{number}の{turn}件目。")
            add_remark(sheet, thread.pk, CommentKind.ANSWER, "続き。", actor=reviewer)
            wording(sheet, reviewer, f"・{number}の{turn}件目の案。")
        for page in ("sections/pdca/", "comments/", ""):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/sheets/{sheet.pk}/{page}").status_code == 200
            asked.append(len(queries))
    # Of the section and the list, one for the remarks, which are asked for where there are threads.
    assert asked == [17, 10, 19] * 2


def test_a_step_asks_no_more_for_many_authors(ministry):
    asked = []
    for more in (1, 8):
        sheet = ministry.put(State.DRAFT)
        for _ in range(more):
            sheet.authorships.create(user=make_person(Role.OFFICER, sheet.division))
        with CaptureQueriesContext(connection) as queries:
            perform(sheet, "submit", actor=ministry.people["officer"], version=sheet.version)
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
    assert asked == [29, 26]
    # What is searched is folded with the entry itself: the sheet's row is not written at all.
    assert [q["sql"] for q in queries if q["sql"].startswith('UPDATE "evaluations_sheet"')] == []
