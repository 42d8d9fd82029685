"""The verbs that keep the register: every change once on record, and no secret in it."""

from datetime import date

import pytest
from django.db import models, transaction

from accounts.enums import Role
from accounts.models import Division, Membership
from audit.models import AuditEntry
from audit.records import delete_record, fields_of, save_record
from audit.trail import Verification, verify
from tests.factories import ContributionFactory, UserFactory, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return make_person(Role.COORDINATOR)


def told():
    """Return what the record says, oldest first."""
    return [
        (entry.action, entry.object_type, entry.before, entry.after)
        for entry in AuditEntry.objects.order_by("sequence")
    ]


def test_a_new_record_is_told_whole(coordinator):
    division = Division(name="人道支援室", name_kana="じんどうしえんしつ")
    save_record(division, actor=coordinator)
    assert told() == [
        (
            "register.add",
            "accounts.division",
            {},
            {"id": division.pk, "name": "人道支援室", "name_kana": "じんどうしえんしつ"},
        )
    ]
    assert AuditEntry.objects.get().actor == coordinator


def test_a_change_is_told_by_what_changed(coordinator):
    division = Division.objects.create(name="人道支援室", name_kana="じんどうしえんしつ")
    division.name = "人の安全室"
    save_record(division, actor=coordinator)
    assert told() == [
        ("register.change", "accounts.division", {"name": "人道支援室"}, {"name": "人の安全室"})
    ]
    assert Division.objects.get().name == "人の安全室"


def test_no_change_leaves_no_entry(coordinator):
    division = Division.objects.create(name="人道支援室")
    save_record(division, actor=coordinator)
    save_record(Division.objects.get(), actor=coordinator)
    assert told() == []


def test_dates_are_told_as_they_are_stored_not_as_they_were_given():
    membership = Membership(user=UserFactory(), role=Role.VIEWER, valid_from="2026-04-01")
    save_record(membership, actor=None)
    membership.valid_until = date(2027, 3, 31)
    save_record(membership, actor=None)
    added, changed = AuditEntry.objects.order_by("sequence")
    assert (added.after["valid_from"], added.after.get("valid_until")) == ("2026-04-01", None)
    assert (changed.before, changed.after) == (
        {"valid_until": None},
        {"valid_until": "2027-03-31"},
    )


def test_a_deleted_record_is_told_as_it_was(coordinator):
    division = Division.objects.create(name="人道支援室", name_kana="")
    pk = division.pk
    delete_record(division, actor=coordinator)
    assert told() == [
        (
            "register.delete",
            "accounts.division",
            {
                "id": pk,
                "name": "人道支援室",
                "name_kana": "",
                "valid_from": None,
                "valid_until": None,
            },
            {},
        )
    ]
    assert list(Division.objects.all()) == []


def test_what_two_people_delete_is_told_once(coordinator):
    division = Division.objects.create(name="人道支援室", name_kana="")
    same = Division.objects.get(pk=division.pk)
    delete_record(division, actor=coordinator)
    delete_record(same, actor=coordinator)
    assert AuditEntry.objects.count() == 1


def test_what_cannot_be_deleted_leaves_no_entry(coordinator):
    division = ContributionFactory().responsible_division
    with pytest.raises(models.ProtectedError), transaction.atomic():
        delete_record(division, actor=coordinator)
    assert told() == []
    assert verify() == Verification(0)


def test_that_a_password_changed_is_told_and_the_password_is_not(coordinator):
    person = UserFactory()
    person.set_password("himitsu-no-aikotoba")
    save_record(person, actor=coordinator)
    entry = AuditEntry.objects.get()
    assert (set(entry.before), set(entry.after)) == ({"password"}, {"password"})
    assert entry.before != entry.after
    assert [len(entry.after["password"]), person.password in str(told())] == [12, False]
    assert "himitsu" not in str(told())


def test_signing_in_is_no_change_of_the_register():
    assert "last_login" not in fields_of(UserFactory())
