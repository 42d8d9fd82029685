"""代行: a role is lent for a period, as a role and not as an identity, and all is on record."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.domain.deputies import appoint_deputy, end_deputyship
from accounts.enums import Role
from accounts.models import Deputyship, Membership
from accounts.roles import Roles, roles_of
from audit.models import AuditEntry
from audit.trail import Verification, verify
from tests.factories import DivisionFactory, UserFactory, make_person

pytestmark = pytest.mark.django_db

TODAY = "2026-04-01 09:00 +0900"


@pytest.fixture(autouse=True)
def on_the_first_of_april():
    with time_machine.travel(TODAY, tick=False) as clock:
        yield clock


@pytest.fixture
def division():
    return DivisionFactory(name="人道課")


@pytest.fixture
def head(division):
    return make_person(Role.HEAD, division, display_name="山田 太郎")


@pytest.fixture
def deputy():
    return UserFactory(display_name="鈴木 一郎")


def lend(head, deputy, first=date(2026, 4, 1), last=date(2026, 4, 10), *, actor=None, **fields):
    """Appoint ``deputy`` for the role of ``head``, and return the deputyship."""
    values = {"membership": head.memberships.get(), "deputy": deputy, "reason": "出張のため"}
    lent = Deputyship(valid_from=first, valid_until=last, **values | fields)
    appoint_deputy(lent, actor=actor or head)
    return lent


def test_a_deputy_acts_in_the_role_and_its_title_says_for_whom(division, head, deputy):
    lend(head, deputy)
    assert roles_of(deputy) == Roles(
        titles=("人道課 課室長（代行：山田 太郎の代わり）",), head_of=frozenset({division.pk})
    )
    # The holder keeps what was lent.
    assert roles_of(head) == Roles(titles=("人道課 課室長",), head_of=frozenset({division.pk}))


def test_what_is_lent_comes_after_what_is_ones_own(head, deputy):
    own = Membership.objects.create(user=deputy, role=Role.REVIEWER, valid_from=date(2000, 1, 1))
    lend(head, deputy)
    assert roles_of(deputy).titles == (own.title, "人道課 課室長（代行：山田 太郎の代わり）")


@pytest.mark.parametrize(
    ("day", "acts"),
    [
        ("2026-04-04 23:59:59 +0900", False),
        ("2026-04-05 00:00:00 +0900", True),
        ("2026-04-10 23:59:59 +0900", True),
        ("2026-04-11 00:00:00 +0900", False),
    ],
)
def test_a_deputy_acts_from_the_first_day_to_the_last(head, deputy, day, acts):
    lend(head, deputy, date(2026, 4, 5))
    with time_machine.travel(day, tick=False):
        assert bool(roles_of(deputy).head_of) == acts


def test_a_role_that_ends_takes_its_deputy_along(head, deputy):
    lend(head, deputy)
    head.memberships.update(valid_until=date(2026, 3, 31))
    assert roles_of(deputy) == Roles()


@pytest.mark.parametrize("who", ["head", "deputy"])
def test_a_blocked_account_neither_lends_nor_borrows(request, head, deputy, who):
    lend(head, deputy)
    blocked = request.getfixturevalue(who)
    blocked.is_active = False
    blocked.save()
    assert roles_of(deputy) == Roles()


def test_asking_for_roles_is_one_query(head, deputy, django_assert_num_queries):
    lend(head, deputy)
    with django_assert_num_queries(1):
        assert roles_of(deputy).titles


# --- what is refused -----------------------------------------------------------------------------
def refusal_of(*args, **kwargs):
    with pytest.raises(ValidationError) as refusal:
        lend(*args, **kwargs)
    return refusal.value.messages


def test_nobody_is_their_own_deputy(head):
    assert refusal_of(head, head) == ["本人に代行を頼むことはできません。"]


def test_a_blocked_account_cannot_be_asked(head):
    blocked = UserFactory(is_active=False)
    assert refusal_of(head, blocked) == ["この人の利用者登録は停止されています。"]


def test_nobody_becomes_a_deputy_of_yesterday(head, deputy):
    assert refusal_of(head, deputy, date(2026, 3, 31)) == ["代行の開始日は今日以後にしてください。"]


def test_a_reason_is_required(head, deputy):
    assert refusal_of(head, deputy, reason="") == ["この項目は、必ず入力してください。"]


# fmt: off
PERIODS = """
from        until       beside 2026-04-10 to 2026-04-20
2026-04-01  2026-04-09  free
2026-04-01  2026-04-10  taken
2026-04-15  2026-04-16  taken
2026-04-01  2026-04-30  taken
2026-04-20  2026-04-30  taken
2026-04-21  2026-04-30  free
"""
# fmt: on


@pytest.mark.parametrize("row", PERIODS.strip().splitlines()[1:])
def test_a_role_has_one_deputy_at_a_time(head, deputy, row):
    first, last, outcome = row.split()
    lend(head, deputy, date(2026, 4, 10), date(2026, 4, 20))
    period = (date.fromisoformat(first), date.fromisoformat(last))
    other = UserFactory()
    if outcome == "free":
        lend(head, other, *period)
        return
    assert refusal_of(head, other, *period) == [
        "この役割は、2026年4月10日から2026年4月20日まで鈴木 一郎さんが代行します。"
        "期間が重ならないようにするか、先に取りやめてください。"
    ]
    assert Deputyship.objects.count() == 1


def test_a_role_is_lent_within_its_own_period(head, deputy):
    head.memberships.update(valid_until=date(2026, 4, 5))
    assert refusal_of(head, deputy) == [
        "「人道課 課室長」の役割の期間（2000年1月1日から2026年4月5日まで）の中で頼んでください。"
    ]


def test_a_period_ends_after_it_begins(head, deputy):
    assert refusal_of(head, deputy, date(2026, 4, 5), date(2026, 4, 4)) == [
        "終了日は開始日以後にしてください。"
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        Deputyship.objects.create(
            membership=head.memberships.get(),
            deputy=deputy,
            valid_from=date(2026, 4, 5),
            valid_until=date(2026, 4, 4),
        )


def test_nobody_lends_a_role_for_ever(head, deputy):
    told = ["終了日は、今日から2年以内の日にしてください。"]
    assert refusal_of(head, deputy, last=date(2028, 4, 2)) == told
    assert refusal_of(head, deputy, date(9999, 1, 1), date(9999, 12, 31)) == told
    lend(head, deputy, last=date(2028, 4, 1))
    assert Deputyship.objects.count() == 1


def test_a_deputy_cannot_hand_the_role_on(head, deputy):
    lend(head, deputy, date(2026, 4, 1), date(2026, 4, 2))
    for actor in (deputy, UserFactory(), make_person(Role.COORDINATOR)):
        with pytest.raises(PermissionDenied):
            lend(head, UserFactory(), date(2026, 4, 3), date(2026, 4, 4), actor=actor)
    assert Deputyship.objects.count() == 1


def test_the_administrator_names_a_deputy_for_somebody_who_cannot(head, deputy):
    lend(head, deputy, actor=UserFactory(is_superuser=True))
    assert roles_of(deputy).head_of


# --- the end -------------------------------------------------------------------------------------
def test_what_is_called_off_ends_at_once_and_stays_on_record(head, deputy, on_the_first_of_april):
    lent = lend(head, deputy)
    on_the_first_of_april.move_to("2026-04-03 12:00 +0900")
    end_deputyship(lent, actor=head)
    assert roles_of(deputy) == Roles()
    lent.refresh_from_db()
    assert (lent.valid_from, lent.valid_until) == (date(2026, 4, 1), date(2026, 4, 3))
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.actor, entry.before["valid_until"], entry.after["valid_until"]) == (
        "register.change",
        head,
        "2026-04-10",
        "2026-04-03",
    )
    # Again is no change; and the days are free for somebody else.
    end_deputyship(lent, actor=head)
    lend(head, UserFactory(), date(2026, 4, 3), date(2026, 4, 10))
    assert AuditEntry.objects.count() == 3
    assert verify() == Verification(3)


def test_what_has_not_begun_can_be_called_off(head, deputy):
    lent = lend(head, deputy, date(2026, 4, 5))
    end_deputyship(lent, actor=head)
    with time_machine.travel("2026-04-05 09:00 +0900", tick=False):
        assert roles_of(deputy) == Roles()


def test_only_the_holder_and_the_administrator_call_it_off(head, deputy):
    lent = lend(head, deputy)
    for actor in (deputy, make_person(Role.COORDINATOR)):
        with pytest.raises(PermissionDenied):
            end_deputyship(lent, actor=actor)
    end_deputyship(lent, actor=UserFactory(is_superuser=True))
    assert roles_of(deputy) == Roles()


# --- the page ------------------------------------------------------------------------------------
def fields_for(head, deputy):
    return {
        "membership": head.memberships.get().pk,
        "deputy": deputy.pk,
        "valid_from": "2026-04-01",
        "valid_until": "2026-04-10",
        "reason": "出張のため",
    }


def test_a_head_asks_for_a_deputy_and_calls_it_off(client, head, deputy):
    client.force_login(head)
    url = reverse("deputies")
    shown = client.get(url).content.decode()
    assert "鈴木 一郎（" in shown
    assert "山田 太郎（" not in shown  # nobody is offered as their own deputy
    answer = client.post(url, fields_for(head, deputy), follow=True).content.decode()
    assert "鈴木 一郎さんに代行を頼みました。" in answer
    lent = Deputyship.objects.get()

    client.force_login(deputy)
    page = client.get("/").content.decode()
    assert "人道課 課室長（代行：山田 太郎の代わり）" in page  # the header says so on every page
    assert client.post(reverse("deputy_end", args=[lent.pk])).status_code == 404

    client.force_login(head)
    answer = client.post(reverse("deputy_end", args=[lent.pk]), follow=True).content.decode()
    assert "鈴木 一郎さんの代行を取りやめました。" in answer
    assert roles_of(deputy) == Roles()


def test_a_deputy_finds_nothing_of_it_to_lend(client, head, deputy):
    lend(head, deputy)
    client.force_login(deputy)
    assert "頼める役割をお持ちではありません。" in client.get(reverse("deputies")).content.decode()
    answer = client.post(reverse("deputies"), fields_for(head, UserFactory()))
    assert (answer.status_code, Deputyship.objects.count()) == (422, 1)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("valid_until", "", "終了日を記入してください。"),
        ("valid_until", "x", "日付として読めません。「2026-04-01」のように記入してください。"),
        ("valid_until", "2026-03-01", "終了日は開始日以後にしてください。"),
        ("valid_from", "2026-03-01", "代行の開始日は今日以後にしてください。"),
        ("deputy", "", "代行する人を選んでください。"),
        ("reason", " ", "理由を記入してください。"),
    ],
)
def test_a_slip_is_told_beside_the_field(client, head, deputy, field, value, message):
    client.force_login(head)
    answer = client.post(reverse("deputies"), fields_for(head, deputy) | {field: value})
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Deputyship.objects.exists()


def test_the_admin_adds_and_ends_and_alters_nothing(client, head, deputy):
    client.force_login(UserFactory(is_superuser=True))
    add = reverse("admin:accounts_deputyship_add")
    wrong = client.post(add, fields_for(head, head))
    assert "本人に代行を頼むことはできません。" in wrong.content.decode()
    assert client.post(add, fields_for(head, deputy)).status_code == 302
    lent = Deputyship.objects.get()
    change = reverse("admin:accounts_deputyship_change", args=[lent.pk])
    assert client.post(change, fields_for(head, deputy) | {"reason": "x"}).status_code == 403
    chosen = {"action": "end", "_selected_action": [lent.pk]}
    client.post(reverse("admin:accounts_deputyship_changelist"), chosen)
    assert roles_of(deputy) == Roles()
    assert AuditEntry.objects.count() == 2


def test_a_coordinator_sees_the_deputies_and_ends_none(client, head, deputy):
    lent = lend(head, deputy)
    client.force_login(make_person(Role.COORDINATOR))
    url = reverse("admin:accounts_deputyship_changelist")
    assert "鈴木 一郎" in client.get(url).content.decode()
    client.post(url, {"action": "end", "_selected_action": [lent.pk]})
    assert roles_of(deputy).head_of
