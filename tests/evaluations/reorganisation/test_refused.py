"""A reorganisation that cannot be changes nothing; one that can is on record once."""

from datetime import date

import pytest

from accounts.enums import Role
from accounts.models import Division, DivisionSuccession, Membership
from audit.models import AuditEntry
from audit.trail import Verification, verify
from core.refusals import Invalid, NotAllowed, Stale
from evaluations.domain.reorganisation import reorganise
from tests.evaluations.plans import all_to_the_first
from tests.evaluations.reorganisation.carrying_out import BEFORE, ON, carry_out, plan_of
from tests.factories import DivisionFactory, UserFactory, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

# fmt: off
FLAWS = """
rename own+other  甲        改称では
rename own        甲,乙     改称では
rename own        other     改称では
merge  own        甲        統合では
merge  own+other  甲,乙     統合では
merge  own+other  own       後の課室には
split  own+other  甲,乙     分割では
split  own        甲        分割では
split  own        甲,甲     後の課室には
merge  ended+own  甲        廃止課は、既に終わっているか
merge  own        ended     廃止課は、既に終わっているか
rename young      甲        新設課は、施行日より前に設置されていません
"""
# fmt: on


@pytest.mark.parametrize("row", FLAWS.strip().splitlines())
def test_a_plan_that_is_none_changes_nothing(ministry, administrator, row):
    kind, old, new, message = row.split()
    known = {
        "own": ministry.sheet.division,
        "other": ministry.other_sheet.division,
        "ended": DivisionFactory(name="廃止課", valid_until=date(2010, 3, 31)),
        "young": DivisionFactory(name="新設課", valid_from=ON),
    }
    before = AuditEntry.objects.count()
    plan = plan_of(
        kind, [known[name] for name in old.split("+")], *(known.get(n, n) for n in new.split(","))
    )
    with pytest.raises(Invalid, match=message):
        carry_out(plan, administrator)
    assert (AuditEntry.objects.count(), DivisionSuccession.objects.count()) == (before, 0)


def test_nothing_moves_before_the_day(ministry, administrator, clock):
    plan = plan_of("rename", [ministry.sheet.division], "人間の安全保障室")
    clock.move_to(BEFORE)
    with pytest.raises(Invalid, match="施行日（2019年4月1日）になってから"):
        carry_out(plan, administrator)
    assert not Division.objects.filter(name="人間の安全保障室").exists()


def test_a_day_long_ago_is_a_slip_of_the_keyboard(ministry, administrator, clock):
    plan = plan_of("rename", [ministry.sheet.division], "人間の安全保障室")
    clock.move_to("2020-04-02 09:00 +0900")
    with pytest.raises(Invalid, match="施行日は、今日から1年前までの日にしてください。"):
        carry_out(plan, administrator)
    clock.move_to("2020-04-01 09:00 +0900")
    carry_out(plan, administrator)
    assert Division.objects.get(name="人間の安全保障室").valid_from == ON


def test_a_role_begun_since_the_day_keeps_the_days_in_which_it_was_held(
    ministry, administrator, clock
):
    """The reorganisation is noted late: what was done until today was done under the old name."""
    person = UserFactory()
    for first, last in ((date(2019, 4, 10), None), (date(2019, 4, 5), date(2019, 4, 8))):
        Membership.objects.create(
            user=person,
            role=Role.OFFICER,
            division=ministry.sheet.division,
            valid_from=first,
            valid_until=last,
        )
    clock.move_to("2019-04-20 09:00 +0900")
    carry_out(plan_of("rename", [ministry.sheet.division], "甲課"), administrator)
    held = person.memberships.order_by("valid_from")
    assert [(m.division.name, m.valid_from.day, m.valid_until) for m in held] == [
        ("人の安全協力室", 5, date(2019, 4, 8)),
        ("人の安全協力室", 10, date(2019, 4, 19)),
        ("甲課", 20, None),
    ]


def test_what_the_register_does_not_take_is_told_and_nothing_is_half_done(ministry, administrator):
    DivisionFactory(name="移住室", valid_until=date(2010, 3, 31))
    plan = plan_of("split", [ministry.sheet.division], "移住室", "人道室")
    before = AuditEntry.objects.count()
    with pytest.raises(Invalid, match="課室名が同じ課室が、既に登録されています。"):
        carry_out(plan, administrator)
    assert AuditEntry.objects.count() == before
    assert not Division.objects.filter(name="人道室").exists()


@pytest.mark.parametrize("role", ["officer", "head", "reviewer", "coordinator", "nobody"])
def test_only_the_administrator_reorganises(ministry, role):
    with pytest.raises(NotAllowed):
        carry_out(plan_of("rename", [ministry.sheet.division], "甲"), ministry.people[role])
    assert not DivisionSuccession.objects.exists()


def test_what_changed_since_it_was_shown_is_shown_again_and_nothing_is_half_done(
    ministry, administrator
):
    plan = plan_of("rename", [ministry.sheet.division], "甲課")
    choices = all_to_the_first(plan)
    make_person(Role.OFFICER, ministry.sheet.division)
    before = AuditEntry.objects.count()
    with pytest.raises(Stale):
        reorganise(plan, choices, actor=administrator)
    assert not Division.objects.filter(name="甲課").exists()
    assert AuditEntry.objects.count() == before


def test_all_of_it_is_on_record_once(ministry, administrator):
    before = AuditEntry.objects.count()
    carry_out(plan_of("rename", [ministry.sheet.division], "甲課"), administrator)
    entries = AuditEntry.objects.order_by("sequence")[before:]
    assert [(entry.action, entry.object_type.split(".")[1]) for entry in entries] == [
        ("register.add", "division"),
        ("register.change", "contribution"),
        ("register.change", "membership"),
        ("register.add", "membership"),
        ("register.change", "membership"),
        ("register.add", "membership"),
        ("sheet.hand_over", "sheet"),
        ("register.change", "division"),
        ("register.add", "divisionsuccession"),
    ]
    assert verify() == Verification(before + 9)
