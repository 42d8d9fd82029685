"""Who reads how a sheet came about: one rule, wherever it is told."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from accounts.roles import roles_of
from evaluations.access.visibility import (
    reads_history,
    sheets_visible_to,
    sheets_with_history_for,
    taken_part_in_with,
    takes_part,
)
from evaluations.domain.reorganisation import reorganise
from evaluations.enums import State
from evaluations.models import Sheet
from tests.evaluations.plans import all_to_the_first, renamed_today
from tests.evaluations.scene import also, make_ministry
from tests.factories import ContributionFactory, DivisionFactory, make_person, make_sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

REASON = "差し戻した理由の文である。"

# fmt: off
# The sheets: of the division that was renamed, decided; of the other one, a draft; of one that has
# ended without a successor, its contribution being the other division's, decided, and open.
TABLE = """
                renamed  others  left  left-open
officer         ○        ×       ×     ×
head            ○        ×       ×     ×
other_officer   ×        ○       ○     ○
other_head      ×        ○       ○     ○
reviewer        ○        ○       ○     ○
coordinator     ○        ○       ○     ○
auditor         ○        ○       ○     ○
viewer          ×        ×       ×     ×
officer_viewer  ×        ×       ×     ×
nobody          ×        ×       ×     ×
superuser       ×        ×       ×     ×
"""
# fmt: on
HEADS, *ROWS = [line.split() for line in TABLE.strip().splitlines()]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2019-04-01 09:00 +0900", tick=False) as clock:
        yield clock


@pytest.fixture
def ministry():
    ministry = make_ministry()
    people, other = ministry.people, ministry.other_sheet.division
    people["officer_viewer"] = also(make_person(Role.OFFICER, DivisionFactory()), Role.VIEWER)
    plan = renamed_today(ministry.put(State.PUBLISHED).division)
    reorganise(plan, all_to_the_first(plan), actor=people["superuser"])
    ended = DivisionFactory(valid_until=date(2019, 3, 31))
    for state in (State.PUBLISHED, State.RETURNED):
        sheet = make_sheet(ContributionFactory(responsible_division=ended))
        ministry.put(state, sheet)
        sheet.contribution.responsible_division = other
        sheet.contribution.save()
    for sheet in Sheet.objects.all():
        sheet.transitions.create(
            action="return",
            from_state="review",
            to_state="returned",
            actor=people["reviewer"],
            comment=REASON,
        )
    return ministry


def sheets():
    return dict(zip(HEADS, Sheet.objects.order_by("pk"), strict=True))


def marks(seen):
    return ["○" if each else "×" for each in seen]


@pytest.mark.parametrize(("who", "expected"), [(row[0], row[1:]) for row in ROWS])
def test_whoever_reads_the_history_reads_it_everywhere(ministry, who, expected):
    person = ministry.people[who]
    roles = roles_of(User.objects.get(pk=person.pk))
    client = Client(raise_request_exception=False)
    client.force_login(person)

    def tells(name, sheet):
        answer = client.get(reverse(name, args=[sheet.pk]))
        return REASON in answer.content.decode()

    told = set(sheets_with_history_for(roles))
    seen = set(sheets_visible_to(roles))
    assert marks(sheet in told for sheet in sheets().values()) == expected
    assert marks(reads_history(roles, sheet) for sheet in sheets().values()) == expected
    assert marks(tells("sheet_timeline", sheet) for sheet in sheets().values()) == expected
    visible = [sheet for sheet in sheets().values() if sheet in seen]
    for page in ("sheet_detail", "admin:evaluations_sheet_change"):
        if page.startswith("admin") and not roles.may_use_admin:
            continue
        found = {sheet: tells(page, sheet) for sheet in visible}
        assert found == {sheet: sheet in told for sheet in visible}


@pytest.mark.parametrize("who", [row[0] for row in ROWS])
def test_a_condition_and_a_single_sheet_are_judged_alike(ministry, who):
    roles = roles_of(ministry.people[who])
    inside = set(Sheet.objects.filter(taken_part_in_with(roles)))
    assert inside == {sheet for sheet in sheets().values() if takes_part(roles, sheet)}
