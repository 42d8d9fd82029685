"""Who is writing where: seen while it is so, and gone soon after. Nobody is kept out by it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.enums import Role
from audit.models import AuditEntry
from evaluations.enums import State
from evaluations.models import Presence
from tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

HERS, HIS = "0123456789abcdef01234567", "fedcba9876543210fedcba98"


class Desk:
    def __init__(self, sheet, person, tab):
        self.client = Client(headers={"Accept": "application/json"})
        self.client.force_login(person)
        self.person = person
        self.url, self.tab = f"/sheets/{sheet.pk}/presence/", tab

    def beat(self, key, tab=None):
        tab = self.tab if tab is None else tab
        return self.client.post(self.url, {"key": key, "tab": tab, "person": self.person.pk})

    def others(self, key):
        return self.beat(key).json()["others"]


@pytest.fixture
def hanako(ministry):
    return Desk(ministry.sheet, ministry.people["officer"], HERS)


@pytest.fixture
def taro(ministry):
    person = make_person(Role.OFFICER, ministry.sheet.division, display_name="担当 太郎")
    return Desk(ministry.sheet, person, HIS)


def test_each_is_told_of_the_other_by_division_and_name(hanako, taro):
    assert hanako.others("plan") == {}
    assert taro.others("do") == {"plan": "人の安全協力室 担当 花子さんが編集中"}
    assert hanako.others("plan") == {"do": "人の安全協力室 担当 太郎さんが編集中"}


def test_several_in_one_entry_are_named_together_and_oneself_as_you(ministry, hanako, taro):
    second = Desk(ministry.sheet, ministry.people["officer"], "a" * 16)
    second.beat("plan")
    taro.beat("plan")
    assert hanako.others("plan") == {
        "plan": "あなた（別の画面）、人の安全協力室 担当 太郎さんが編集中"
    }


def test_a_tab_is_in_one_entry_at_a_time_and_in_none_when_it_has_left(hanako, taro):
    for key in ("plan", "do", "check"):
        taro.beat(key)
    assert set(hanako.others("")) == {"check"}
    taro.beat("")
    assert (hanako.others(""), Presence.objects.count()) == ({}, 0)


@pytest.mark.parametrize(("silence", "shown"), [(29, {"plan"}), (31, set())])
def test_who_is_silent_for_half_a_minute_has_gone(hanako, taro, silence, shown):
    taro.beat("plan")
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=silence))
    assert set(hanako.others("do")) == shown


def test_rows_of_yesterday_are_cleared_away_once_a_day(hanako, taro):
    taro.beat("plan")
    Presence.objects.update(seen_at=timezone.now() - timedelta(hours=25))
    hanako.beat("plan")
    assert {each.tab for each in Presence.objects.all()} == {HERS, HIS}
    call_command("daily", stdout=StringIO())
    assert [each.tab for each in Presence.objects.all()] == [HERS]


def test_other_sheets_are_none_of_it(ministry, hanako):
    theirs = Desk(ministry.other_sheet, ministry.people["other_officer"], HIS)
    theirs.beat("plan")
    assert hanako.others("plan") == {}
    # A tab that goes on to another sheet is in that one alone.
    assert Presence.objects.filter(sheet=ministry.other_sheet).count() == 1


@pytest.mark.parametrize("key", ["nai", "staffing", "budget_amount"])
def test_a_place_that_holds_no_text_is_no_place_to_be(hanako, taro, key):
    taro.beat(key)
    assert hanako.others("plan") == {}


@pytest.mark.parametrize(
    ("key", "tab"), [("plan", ""), ("plan", "x" * 16), ("k" * 61, HERS), ("plan", HERS * 2)]
)
def test_what_is_no_heartbeat_is_refused(hanako, key, tab):
    assert hanako.beat(key, tab).status_code == 422
    assert Presence.objects.count() == 0


def test_nobody_is_seen_on_a_page_that_somebody_else_opened(hanako, taro):
    hanako.client.force_login(taro.person)
    answer = hanako.beat("plan")
    assert (answer.status_code, answer.json()["code"]) == (403, "another_person")
    assert Presence.objects.count() == 0


def test_who_cannot_write_is_not_seen_writing(ministry, hanako):
    ministry.put(State.DIVISION_CHECK)
    answer = hanako.beat("plan")
    assert answer.status_code == 403
    assert answer.json()["message"].startswith("提出済みのため編集できません。")
    assert Presence.objects.count() == 0


def test_it_is_cheap_and_no_part_of_the_record(hanako, taro):
    taro.beat("do")
    entries = AuditEntry.objects.count()
    asked = {}
    for key in ("plan", "", ""):
        with CaptureQueriesContext(connection) as queries:
            hanako.beat(key)
        statements = [query["sql"].split()[0] for query in queries]
        asked.setdefault(key, []).append((len(queries), statements.count("DELETE")))
    # Session, person, roles, sheet; roles afresh; an upsert, or a look whether there is a row to
    # delete; the others.
    assert asked == {"plan": [(7, 0)], "": [(8, 1), (7, 0)]}
    assert AuditEntry.objects.count() == entries
