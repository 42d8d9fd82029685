"""Who somebody is today: roles have a first and a last day, and add up."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.models import Membership
from accounts.roles import Acting, Roles, acting_as, roles_of
from tests.factories import DivisionFactory, UserFactory, make_person

pytestmark = pytest.mark.django_db

TODAY = "2026-04-01 09:00 +0900"

# fmt: off
PERIODS = """
from        until       on 2026-04-01
2026-03-31  -           held
2026-04-01  -           held
2026-04-02  -           not yet
2000-01-01  2026-03-31  over
2000-01-01  2026-04-01  held
2000-01-01  2026-04-02  held
2026-04-01  2026-04-01  held
2026-04-02  2026-04-02  not yet
"""
# fmt: on


@pytest.mark.parametrize("row", PERIODS.strip().splitlines()[1:])
def test_a_role_is_held_from_its_first_day_to_its_last(row):
    first, last, *outcome = row.split()
    person = UserFactory()
    Membership.objects.create(
        user=person,
        role=Role.REVIEWER,
        valid_from=date.fromisoformat(first),
        valid_until=None if last == "-" else date.fromisoformat(last),
    )
    with time_machine.travel(TODAY, tick=False):
        assert roles_of(person).is_reviewer == (outcome == ["held"])


def test_the_day_changes_at_midnight_in_tokyo():
    person = UserFactory()
    Membership.objects.create(user=person, role=Role.REVIEWER, valid_from=date(2026, 4, 1))
    with time_machine.travel("2026-03-31 23:59:59 +0900", tick=False):
        assert roles_of(person) == Roles()
    with time_machine.travel("2026-04-01 00:00:00 +0900", tick=False):
        assert roles_of(person) == Roles(titles=("審査担当",), is_reviewer=True)


def test_roles_add_up():
    person, humanitarian, climate = UserFactory(), DivisionFactory(), DivisionFactory()
    for role, division in (
        (Role.OFFICER, humanitarian),
        (Role.OFFICER, climate),
        (Role.HEAD, climate),
        (Role.VIEWER, None),
    ):
        Membership.objects.create(
            user=person, role=role, division=division, valid_from=date(2000, 1, 1)
        )
    assert roles_of(person) == Roles(
        titles=(f"{humanitarian} 担当官", f"{climate} 担当官", f"{climate} 課室長", "閲覧者"),
        officer_of=frozenset({humanitarian.pk, climate.pk}),
        head_of=frozenset({climate.pk}),
        is_viewer=True,
    )
    assert roles_of(person).divisions == {humanitarian.pk, climate.pk}


@pytest.mark.parametrize(
    ("role", "sees_all", "uses_admin"),
    [
        (Role.OFFICER, False, True),
        (Role.HEAD, False, True),
        (Role.REVIEWER, True, True),
        (Role.COORDINATOR, True, True),
        (Role.VIEWER, False, False),
        (Role.AUDITOR, False, True),
    ],
)
def test_what_a_role_opens(role, sees_all, uses_admin):
    division = DivisionFactory() if role in (Role.OFFICER, Role.HEAD) else None
    roles = make_person(role, division).roles
    assert (roles.sees_all_divisions, roles.may_use_admin) == (sees_all, uses_admin)


def test_a_page_reads_the_roles_once_and_a_write_reads_them_again(django_assert_num_queries):
    person = make_person(Role.REVIEWER)
    with django_assert_num_queries(1):
        assert person.acting == person.acting == Acting(person, person.roles)
    Membership.objects.filter(user=person).update(valid_until=date(2001, 1, 1))
    assert person.acting.roles.is_reviewer
    with django_assert_num_queries(1):
        assert acting_as(person) == Acting(person, Roles())


def test_a_blocked_account_holds_no_role_at_all():
    person = make_person(Role.COORDINATOR, is_active=False, is_superuser=True)
    assert roles_of(person) == Roles()


def test_an_administrator_has_no_part_in_the_sheets():
    assert roles_of(UserFactory(is_superuser=True)) == Roles(is_administrator=True)


def test_the_roles_of_one_do_not_rub_off_on_another():
    make_person(Role.COORDINATOR)
    assert roles_of(UserFactory()) == Roles()


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("with_division", [True, False])
def test_officers_and_heads_belong_to_a_division_and_nobody_else_does(role, with_division):
    membership = Membership(
        user=UserFactory(), role=role, division=DivisionFactory() if with_division else None
    )
    if (role in (Role.OFFICER, Role.HEAD)) == with_division:
        membership.full_clean()
        membership.save()
        return
    with pytest.raises(ValidationError) as refusal:
        membership.full_clean()
    assert refusal.value.messages == [
        "担当官と課室長には課室を指定し、それ以外の役割では課室を空にしてください。"
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        membership.save()


def test_a_role_cannot_end_before_it_begins():
    membership = Membership(
        user=UserFactory(),
        role=Role.VIEWER,
        valid_from=date(2026, 4, 2),
        valid_until=date(2026, 4, 1),
    )
    with pytest.raises(ValidationError) as refusal:
        membership.full_clean()
    assert refusal.value.messages == ["終了日は開始日以後にしてください。"]
    with pytest.raises(IntegrityError), transaction.atomic():
        membership.save()


def test_titles_are_what_people_say():
    division = DivisionFactory(name="人道支援室")
    person = make_person(Role.OFFICER, division, display_name="外務 花子")
    membership = person.memberships.get()
    assert membership.title == "人道支援室 担当官"
    assert str(membership) == "外務 花子（人道支援室 担当官）"
    assert str(UserFactory(username="gaimu", display_name="")) == "gaimu"
