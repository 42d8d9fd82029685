"""People and divisions change under everybody's hands: one is first, the others are told."""

import pytest
from django.utils import timezone

from accounts.audit import Verification, verify
from accounts.domain.deputies import appoint_deputy
from accounts.enums import SuccessionKind
from accounts.models import AuditEntry, Deputyship, Division
from evaluations.domain.entries import save_entry
from evaluations.domain.reorganisation import Choices, Plan, affected_by, reorganise
from evaluations.models import Sheet
from tests.evaluations.scene import make_ministry
from tests.evaluations.test_races import at_once, kinds
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ministry():
    return make_ministry()


def whole():
    return verify() == Verification(AuditEntry.objects.count())


def test_of_ten_who_appoint_a_deputy_for_one_role_one_does(ministry):
    head, people = ministry.people["head"], [UserFactory() for _ in range(10)]
    today = timezone.localdate()

    def appoint(place):
        lent = Deputyship(
            membership=head.memberships.get(),
            deputy=people[place],
            valid_from=today,
            valid_until=today,
            reason="出張のため",
        )
        appoint_deputy(lent, actor=head)
        return lent

    assert kinds(at_once(10, appoint)) == {"Deputyship": 1, "ValidationError": 9}
    assert Deputyship.objects.count() == 1
    assert whole()


def test_a_division_is_renamed_once_while_everybody_writes_on(ministry):
    """Two administrators press at once, amid people who write in the sheets that move."""
    sheet, other = ministry.sheet, ministry.other_sheet
    plan = Plan(
        SuccessionKind.MERGE,
        timezone.localdate(),
        (sheet.division, other.division),
        (Division(name="統合課"),),
    )
    shown = affected_by(plan)
    choices = Choices(
        {each.pk: 0 for each in shown.contributions}, {each.pk: 0 for each in shown.memberships}
    )
    keys = [item.key for item in sheet.edition.definition.text_items][:4]

    def act(place):
        if place < 2:
            fresh = Plan(plan.kind, plan.on, plan.old, (Division(name="統合課"),))
            reorganise(fresh, choices, actor=ministry.people["superuser"])
            return "renamed"
        key, mine = keys[place - 2], place % 2
        version = 1 if mine else 2
        return save_entry(
            sheet if mine else other,
            key,
            f"・{place}番の文章。",
            version=version,
            actor=ministry.people["officer" if mine else "other_officer"],
        )

    outcomes = at_once(6, act)
    assert [type(o).__name__ for o in outcomes[:2]].count("str") == 1
    assert "OperationalError" not in kinds(outcomes)
    assert Division.objects.filter(name="統合課").count() == 1
    moved = Sheet.objects.filter(pk__in=[sheet.pk, other.pk]).select_related("division")
    assert {each.division.name for each in moved} == {"統合課"}
    assert whole()
