"""異動: a person leaves a division on one day and begins in another the day after."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.domain.transfers import Post, transfer
from accounts.enums import Role
from accounts.models import Membership
from accounts.roles import Roles, roles_of
from audit.models import AuditEntry
from audit.trail import Verification, verify
from tests.factories import DivisionFactory, UserFactory, make_person

pytestmark = pytest.mark.django_db

LAST = date(2026, 3, 31)
BEFORE, ON_THE_DAY = "2026-03-31 23:59:59 +0900", "2026-04-01 00:00:00 +0900"


@pytest.fixture(autouse=True)
def in_march():
    with time_machine.travel("2026-03-20 09:00 +0900", tick=False) as clock:
        yield clock


@pytest.fixture
def old():
    return DivisionFactory(name="人道課")


@pytest.fixture
def new():
    return DivisionFactory(name="環境課")


@pytest.fixture
def officer(old):
    return make_person(Role.OFFICER, old, display_name="外務 花子")


@pytest.fixture
def administrator():
    return UserFactory(is_superuser=True)


def moved(person, actor, *posts, last_day=LAST):
    leave = list(person.memberships.filter(valid_until=None))
    transfer(person, last_day=last_day, leave=leave, posts=posts, actor=actor)


def post_only(person, actor, *posts, last_day=LAST):
    transfer(person, last_day=last_day, leave=[], posts=posts, actor=actor)


def test_a_person_changes_divisions_overnight(officer, administrator, old, new, in_march):
    moved(officer, administrator, Post(Role.HEAD, new))
    in_march.move_to(BEFORE)
    assert roles_of(officer) == Roles(titles=("人道課 担当官",), officer_of=frozenset({old.pk}))
    in_march.move_to(ON_THE_DAY)
    assert roles_of(officer) == Roles(titles=("環境課 課室長",), head_of=frozenset({new.pk}))
    # The past is still there, to the day.
    periods = officer.memberships.order_by("pk").values_list("role", "valid_from", "valid_until")
    assert list(periods) == [
        ("officer", date(2000, 1, 1), LAST),
        ("head", date(2026, 4, 1), None),
    ]


def test_a_transfer_between_the_ministrys_own_roles(administrator, in_march):
    person = make_person(Role.REVIEWER)
    moved(person, administrator, Post(Role.COORDINATOR))
    in_march.move_to(ON_THE_DAY)
    assert roles_of(person) == Roles(titles=("取りまとめ",), is_coordinator=True)


def test_each_part_of_it_is_on_record(officer, administrator, new):
    moved(officer, administrator, Post(Role.OFFICER, new))
    entries = AuditEntry.objects.order_by("sequence")
    assert [(entry.action, entry.object_type) for entry in entries] == [
        ("register.change", "accounts.membership"),
        ("register.add", "accounts.membership"),
        ("person.transfer", "accounts.user"),
    ]
    last = entries.last()
    assert (last.before, last.after) == (
        {"roles": ["人道課 担当官"], "last_day": "2026-03-31"},
        {"roles": ["環境課 担当官"]},
    )
    assert verify() == Verification(3)


def test_what_was_done_before_keeps_its_role(officer, administrator, new, in_march):
    from audit.records import save_record  # noqa: PLC0415 -- of use here alone

    new.name_kana = "かんきょうか"
    save_record(new, actor=officer)
    moved(officer, administrator, Post(Role.OFFICER, new))
    in_march.move_to(ON_THE_DAY)
    new.name_kana = "かんきょう"
    save_record(new, actor=officer)
    told = AuditEntry.objects.filter(object_type="accounts.division").order_by("sequence")
    assert [entry.role for entry in told] == ["人道課 担当官", "環境課 担当官"]


def test_half_of_a_transfer_never_happens(officer, administrator, old, new):
    """The second post is held already: then neither does the first begin, nor the old one end."""
    Membership.objects.create(
        user=officer, role=Role.REVIEWER, valid_from=date(2000, 1, 1), valid_until=date(2030, 1, 1)
    )
    with pytest.raises(ValidationError, match="「審査担当」の役割は、既にお持ちです。"):
        moved(officer, administrator, Post(Role.HEAD, new), Post(Role.REVIEWER))
    assert officer.memberships.filter(valid_until=None).count() == 1
    assert AuditEntry.objects.count() == 0


def test_what_somebody_ended_meanwhile_is_told(officer, administrator):
    leave = list(officer.memberships.all())
    officer.memberships.update(valid_until=date(2026, 3, 25))
    with pytest.raises(ValidationError, match="「人道課 担当官」は、この日に終えられません。"):
        transfer(officer, last_day=LAST, leave=leave, posts=[], actor=administrator)


def test_what_is_pressed_twice_is_told_to_have_happened(officer, administrator):
    post_only(officer, administrator, Post(Role.REVIEWER))
    known = "「審査担当」の役割が2026年4月1日に始まることは、既に登録されています。"
    with pytest.raises(ValidationError, match=known):
        post_only(officer, administrator, Post(Role.REVIEWER))
    assert officer.memberships.filter(role=Role.REVIEWER).count() == 1

    leave = list(officer.memberships.filter(role=Role.OFFICER))
    transfer(officer, last_day=LAST, leave=leave, posts=[], actor=administrator)
    with pytest.raises(
        ValidationError, match="2026年3月31日に終わることが、既に登録されています。"
    ):
        transfer(officer, last_day=LAST, leave=leave, posts=[], actor=administrator)
    assert AuditEntry.objects.filter(action="person.transfer").count() == 2


def test_a_role_that_will_begin_anyway_is_not_begun_before_that_as_well(officer, administrator):
    post_only(officer, administrator, Post(Role.REVIEWER), last_day=date(2026, 4, 5))
    with pytest.raises(ValidationError, match="2026年4月6日に始まることは"):
        post_only(officer, administrator, Post(Role.REVIEWER))
    assert officer.memberships.filter(role=Role.REVIEWER).count() == 1


def test_one_post_is_begun_once(officer, administrator, new):
    with pytest.raises(ValidationError, match="同じものが二つあります。"):
        post_only(officer, administrator, Post(Role.HEAD, new), Post(Role.HEAD, new))
    assert officer.memberships.count() == 1


def test_a_role_that_begins_later_is_not_ended_before_it_begins(officer, administrator):
    post_only(officer, administrator, Post(Role.REVIEWER))
    later = officer.memberships.get(role=Role.REVIEWER)
    with pytest.raises(ValidationError, match="2026年4月1日に始まる役割です。"):
        transfer(officer, last_day=LAST, leave=[later], posts=[], actor=administrator)


def test_nobody_begins_in_a_division_that_has_ended(officer, administrator, new):
    new.valid_until = LAST
    new.save()
    with pytest.raises(ValidationError, match="環境課は2026年3月31日に終わりました。"):
        moved(officer, administrator, Post(Role.OFFICER, new))
    assert officer.memberships.get().valid_until is None


def test_a_transfer_of_nothing_is_none(officer, administrator):
    with pytest.raises(ValidationError, match="終える役割又は始める役割を選んでください。"):
        transfer(officer, last_day=LAST, leave=[], posts=[], actor=administrator)


# --- the page ------------------------------------------------------------------------------------
def fields_for(officer, new):
    return {
        "last_day": "2026-03-31",
        "leave": [officer.memberships.get().pk],
        "role_1": "head",
        "division_1": new.pk,
    }


def test_the_page_shows_what_changes_and_then_changes_it(
    client, officer, administrator, new, in_march
):
    client.force_login(administrator)
    person = client.get(reverse("admin:accounts_user_change", args=[officer.pk]))
    url = reverse("admin:accounts_user_transfer", args=[officer.pk])
    assert url in person.content.decode()
    assert "人道課 担当官（2000年1月1日から）" in client.get(url).content.decode()

    shown = client.post(url, fields_for(officer, new)).content.decode()
    assert "「人道課 担当官」は2026年3月31日で終わります。" in shown
    assert "「環境課 課室長」がその翌日に始まります。" in shown
    assert AuditEntry.objects.count() == 0

    done = client.post(url, fields_for(officer, new) | {"confirmed": "yes"}, follow=True)
    assert "外務 花子さんの異動を登録しました。" in done.content.decode()
    in_march.move_to(ON_THE_DAY)
    assert roles_of(officer).titles == ("環境課 課室長",)


@pytest.mark.parametrize(
    ("slip", "message"),
    [
        ({"last_day": ""}, "最後の日を記入してください。"),
        ({"division_1": ""}, "担当官と課室長には課室を選んでください。"),
        ({"role_1": "reviewer"}, "課室を選ぶのは、担当官と課室長だけです。"),
        (
            {"leave": [], "role_1": "", "division_1": ""},
            "終える役割又は始める役割を選んでください。",
        ),
    ],
)
def test_a_slip_is_told(client, officer, administrator, new, slip, message):
    client.force_login(administrator)
    url = reverse("admin:accounts_user_transfer", args=[officer.pk])
    answer = client.post(url, fields_for(officer, new) | slip)
    assert answer.status_code == 422
    assert message in answer.content.decode()


def test_what_ended_before_today_is_told_when_it_is_pressed_again(
    client, officer, administrator, new
):
    client.force_login(administrator)
    url = reverse("admin:accounts_user_transfer", args=[officer.pk])
    fields = fields_for(officer, new) | {"last_day": "2026-03-10", "confirmed": "yes"}
    assert client.post(url, fields).status_code == 302
    again = client.post(url, fields)
    assert again.status_code == 422
    assert "選んだ役割は、既に終わっています。" in again.content.decode()
    assert officer.memberships.count() == 2


def test_what_the_verb_refuses_is_told_on_the_page(client, officer, administrator, new):
    """The division ends between the first page and the second."""
    new.valid_until = LAST
    new.save()
    client.force_login(administrator)
    url = reverse("admin:accounts_user_transfer", args=[officer.pk])
    answer = client.post(url, fields_for(officer, new) | {"confirmed": "yes"})
    assert answer.status_code == 422
    assert "環境課は2026年3月31日に終わりました。" in answer.content.decode()
    assert officer.memberships.get().valid_until is None


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.COORDINATOR])
def test_the_page_is_the_administrators(client, officer, new, role):
    client.force_login(make_person(role))
    url = reverse("admin:accounts_user_transfer", args=[officer.pk])
    fields = fields_for(officer, new) | {"confirmed": "yes"}
    assert (client.get(url).status_code, client.post(url, fields).status_code) == (403, 403)
    assert officer.memberships.get().valid_until is None
