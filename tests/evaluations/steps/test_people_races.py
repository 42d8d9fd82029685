"""People and divisions change under everybody's hands: one is first, the others are told."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.domain.deputies import appoint_deputy
from accounts.domain.transfers import Post, transfer
from accounts.enums import Role, SuccessionKind
from accounts.models import Deputyship, Division, Membership, User
from audit import trail
from audit.models import AuditEntry
from audit.trail import Verification, verify
from contributions.models import Contribution, YearlyAmount
from core.refusals import Stale
from evaluations.domain.entries import save_entry
from evaluations.domain.figures import save_figures
from evaluations.domain.reorganisation import Plan, reorganise
from evaluations.models import Sheet
from tests.evaluations.pages import change_url, filled_in
from tests.evaluations.plans import all_to_the_first, renamed_today
from tests.factories import UserFactory
from tests.threads import at_once, kinds, pause_first_call

pytestmark = pytest.mark.django_db(transaction=True)

# Stored, or refused by the form (200); refused by the database while it was stored (409).
ANSWERED = {200, 409}


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
    """Two administrators press at once, while people write in the sheets that move."""
    sheet, other = ministry.sheet, ministry.other_sheet
    plan = Plan(
        SuccessionKind.MERGE,
        timezone.localdate(),
        (sheet.division, other.division),
        (Division(name="統合課"),),
    )
    choices = all_to_the_first(plan)
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


def lent_by(head, membership):
    today = timezone.localdate()
    return Deputyship(
        membership=membership,
        deputy=UserFactory(),
        valid_from=today,
        valid_until=today,
        reason="出張のため",
    )


def two_roles_of(ministry):
    """Return the head with a second role, in the other division."""
    head = ministry.people["head"]
    second = Membership.objects.create(
        user=head,
        role=Role.HEAD,
        division=ministry.other_sheet.division,
        valid_from=date(2000, 1, 1),
    )
    return head, second


def signed_in(person):
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def test_a_transfer_waits_for_whoever_appoints_a_deputy_meanwhile(ministry, monkeypatch):
    head, second = two_roles_of(ministry)
    lent = lent_by(head, second)
    leave, today = list(head.memberships.order_by("pk")), timezone.localdate()
    appointing = pause_first_call(monkeypatch, Deputyship, "full_clean")

    def act(place):
        if place == 0:
            return appoint_deputy(lent, actor=head)
        appointing.wait(10)
        administrator = ministry.people["superuser"]
        return transfer(head, last_day=today, leave=leave, posts=[], actor=administrator)

    assert at_once(2, act) == [None, None]
    assert Deputyship.objects.count() == 1
    assert set(head.memberships.values_list("valid_until", flat=True)) == {today}
    assert whole()


def test_a_deputy_is_appointed_within_the_role_as_a_transfer_leaves_it(ministry, monkeypatch):
    """The page was opened before; the second person sees what the first has done."""
    head = ministry.people["head"]
    membership, yesterday = head.memberships.get(), date(2020, 1, 1)
    lent = lent_by(head, membership)
    assert str(lent.membership.period_in_words) == "2000年1月1日から"
    transferring = pause_first_call(monkeypatch, trail, "record")

    def act(place):
        if place == 0:
            return transfer(
                head,
                last_day=yesterday,
                leave=[head.memberships.get()],
                posts=[],
                actor=ministry.people["superuser"],
            )
        transferring.wait(10)
        return appoint_deputy(lent, actor=ministry.people["superuser"])

    assert kinds(at_once(2, act)) == {"NoneType": 1, "ValidationError": 1}
    assert not Deputyship.objects.exists()


def test_the_page_of_a_person_waits_for_whoever_appoints_a_deputy_meanwhile(ministry, monkeypatch):
    head, second = two_roles_of(ministry)
    client, lent = signed_in(ministry.people["superuser"]), lent_by(head, second)
    url = change_url(head)
    fields = filled_in(client.get(url)) | {
        "display_name": "課室 太一",
        "memberships-1-valid_until": "2030-03-31",
    }
    appointing = pause_first_call(monkeypatch, Deputyship, "full_clean")

    def act(place):
        if place == 0:
            return appoint_deputy(lent, actor=head)
        appointing.wait(10)
        return client.post(url, fields).status_code

    assert at_once(2, act) == [None, 302]
    assert User.objects.get(pk=head.pk).display_name == "課室 太一"
    second.refresh_from_db()
    assert second.valid_until == date(2030, 3, 31)
    assert whole()


def test_a_transfer_pressed_five_times_at_once_is_one(ministry):
    person, today = ministry.people["officer"], timezone.localdate()

    def press(place):
        transfer(
            person,
            last_day=today,
            leave=[],
            posts=[Post(Role.REVIEWER)],
            actor=ministry.people["superuser"],
        )

    assert kinds(at_once(5, press)) == {"NoneType": 1, "ValidationError": 4}
    assert person.memberships.filter(role=Role.REVIEWER).count() == 1
    assert whole()


def shown_to_both(ministry, coordinator):
    """Return two acts on what both have on their screens now.

    In the browser ``coordinator`` the contribution is renamed, by the administrator its division.
    """
    url = change_url(ministry.sheet.contribution)
    fields = filled_in(coordinator.get(url)) | {"name": "改めた名称の拠出金"}
    plan = renamed_today(ministry.sheet.division)
    choices = all_to_the_first(plan)

    def edit():
        return coordinator.post(url, fields).status_code

    def rename():
        return reorganise(plan, choices, actor=ministry.people["superuser"])

    return edit, rename


def test_a_reorganisation_waits_for_whoever_edits_a_contribution_meanwhile(ministry, monkeypatch):
    edit, rename = shown_to_both(ministry, signed_in(ministry.people["coordinator"]))
    editing = pause_first_call(monkeypatch, trail, "record")

    def act(place):
        if place == 0:
            return edit()
        editing.wait(10)
        return rename()

    assert at_once(2, act) == [302, None]
    stored = Contribution.objects.get(pk=ministry.sheet.contribution_id)
    assert (stored.name, stored.responsible_division.name) == ("改めた名称の拠出金", "改称課")
    assert whole()


def test_whoever_edits_a_contribution_amid_a_reorganisation_does_not_undo_it(ministry, monkeypatch):
    coordinator = signed_in(ministry.people["coordinator"])
    edit, rename = shown_to_both(ministry, coordinator)
    reorganising = pause_first_call(monkeypatch, trail, "record")

    def act(place):
        if place == 0:
            return rename()
        reorganising.wait(10)
        return edit()

    assert at_once(2, act) == [None, 409]
    stored = Contribution.objects.get(pk=ministry.sheet.contribution_id)
    assert stored.responsible_division.name == "改称課"
    assert stored.name == "国際移住機関（IOM）拠出金"
    assert whole()


def test_an_entry_is_saved_amid_a_reorganisation_in_the_sheet_as_it_is_then(ministry, monkeypatch):
    """The sheet that was waited for belongs to another division by then: it is read again."""
    sheet, key = ministry.sheet, ministry.sheet.edition.definition.text_items[0].key
    plan = renamed_today(sheet.division)
    choices = all_to_the_first(plan)
    reorganising = pause_first_call(monkeypatch, trail, "record")

    def act(place):
        if place == 0:
            return reorganise(plan, choices, actor=ministry.people["superuser"])
        reorganising.wait(10)
        officer = ministry.people["officer"]
        return save_entry(sheet, key, "・書いた。", version=1, actor=officer).text

    assert at_once(2, act) == [None, "・書いた。"]
    assert Sheet.objects.get(pk=sheet.pk).division.name == "改称課"
    assert whole()


def test_of_five_who_appoint_in_the_admin_one_does_and_the_others_are_told(ministry):
    head, today = ministry.people["head"], timezone.localdate()
    membership = head.memberships.get()
    people = [UserFactory() for _ in range(5)]
    clients = [signed_in(ministry.people["superuser"]) for _ in people]
    url = reverse("admin:accounts_deputyship_add")

    def press(place):
        fields = {
            "membership": membership.pk,
            "deputy": people[place].pk,
            "valid_from": today,
            "valid_until": today,
            "reason": "出張のため",
        }
        answer = clients[place].post(url, fields, follow=True)
        assert answer.status_code in ANSWERED
        return "この役割は、" in answer.content.decode()

    assert sorted(at_once(5, press)) == [False, *[True] * 4]
    assert Deputyship.objects.count() == 1
    assert whole()


def test_of_five_who_register_the_same_division_one_does_and_the_others_are_told(ministry):
    clients = [signed_in(ministry.people["coordinator"]) for _ in range(5)]
    url = reverse("admin:accounts_division_add")

    def press(place):
        answer = clients[place].post(url, {"name": "新設課"}, follow=True)
        words = answer.content.decode()
        assert answer.status_code in ANSWERED
        return "ほかの人が同時に登録した" in words or "同じ課室が、既に登録されています" in words

    assert sorted(at_once(5, press)) == [False, *[True] * 4]
    assert Division.objects.filter(name="新設課").count() == 1
    assert whole()


def test_a_budget_registered_on_two_pages_at_once_is_registered_once(ministry, monkeypatch):
    """On the sheet's page, and on the contribution's, whose row is stored before its budgets."""
    sheet = ministry.sheet
    YearlyAmount.objects.all().delete()
    client = signed_in(ministry.people["coordinator"])
    url = change_url(sheet.contribution)
    fields = filled_in(client.get(url)) | {
        "name": "改めた名称の拠出金",
        "amounts-TOTAL_FORMS": "1",
        "amounts-0-fiscal_year": sheet.cycle.fiscal_year,
        "amounts-0-kind": "initial",
        "amounts-0-budget_amount_thousand_yen": "2000",
    }
    editing = pause_first_call(monkeypatch, YearlyAmount, "save")

    def act(place):
        if place == 0:
            return client.post(url, fields).status_code
        editing.wait(10)
        amount = YearlyAmount(
            contribution=sheet.contribution,
            fiscal_year=sheet.cycle.fiscal_year,
            budget_amount_thousand_yen=1000,
        )
        return save_figures(sheet, amount, seen="", actor=ministry.people["officer"])

    answered, outcome = at_once(2, act)
    assert (answered, type(outcome)) == (302, Stale)
    assert YearlyAmount.objects.get().budget_amount_thousand_yen == 2000
    assert whole()
