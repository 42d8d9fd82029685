"""Why can't I? Every refusal names the rule and whom to ask, by name, as of today."""

import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.domain.deputies import appoint_deputy, end_deputyship
from accounts.enums import Role
from accounts.models import Deputyship, Membership, User
from accounts.roles import acting_as
from core.refusals import NotAllowed
from evaluations.access.rules import can_edit
from evaluations.access.whom_to_ask import asked_in_words
from evaluations.enums import State
from evaluations.models import Authorship, Sheet
from evaluations.workflow import WORKFLOW, perform
from tests.evaluations.scene import shown
from tests.factories import UserFactory, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

TODAY = "2018-07-10 09:00 +0900"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TODAY, tick=False) as clock:
        yield clock


def lend(holder, deputy, last=date(2018, 7, 20)):
    """Let ``deputy`` act for ``holder`` from today on."""
    lent = Deputyship(
        membership=holder.memberships.get(),
        deputy=deputy,
        valid_from=date(2018, 7, 10),
        valid_until=last,
        reason="出張のため",
    )
    appoint_deputy(lent, actor=holder)
    return lent


# --- the table of refusals -----------------------------------------------------------------------
REFUSALS = """
officer draft grade
  総合評価は、審査中のシートに審査担当が付けます。
  審査担当（執筆・提出・確認した本人を除く）は、今は 審査 一郎さんです。
officer draft act/exclude
  取りまとめの担当が行います。
  取りまとめは、今は 取纏 良子さんです。
head draft act/submit
  人の安全協力室の担当官が行います。
  担当課室の担当官は、今は 担当 花子さんです。
officer division_check act/confirm
  人の安全協力室の課室長が行います。
  担当課室の課室長（提出した本人を除く）は、今は 課室 太郎さんです。
officer division_check staffing
  提出済みのため編集できません。直すときは、いったん取り下げてください。
  担当課室の担当官は、今は 担当 花子さんです。
officer review budget
  審査中のため編集できません。直すときは、審査担当に差戻しを依頼してください。
  審査担当は、今は 審査 一郎さんです。
head review act/approve
  審査担当が行います。
  審査担当（執筆・提出・確認した本人を除く）は、今は 審査 一郎さんです。
reviewer draft staffing
  編集は人の安全協力室の担当官が行います。
  担当課室の担当官は、今は 担当 花子さんです。
reviewer approved act/publish
  取りまとめの担当が行います。
  取りまとめは、今は 取纏 良子さんです。
officer published staffing
  公表済みのため編集できません。訂正は取りまとめの担当に依頼してください。
  取りまとめは、今は 取纏 良子さんです。
"""
ROWS = re.findall(r"(\S+) (\S+) (\S+)\n  (.+)\n  (.+)\n", REFUSALS)


@pytest.mark.parametrize(("role", "state", "page", "reason", "ask"), ROWS)
def test_a_refusal_names_the_rule_and_whom_to_ask(
    ministry, sign_in, role, state, page, reason, ask
):
    sheet = ministry.put(State(state))
    answer = sign_in(role).get(f"/sheets/{sheet.pk}/{page}/")
    shown = re.findall(r"<p[^>]*>([^<]+)</p>", answer.content.decode())
    assert answer.status_code == 403
    assert shown[shown.index(reason) + 1] == ask
    assert reverse("sheet_why", args=[sheet.pk]) in answer.content.decode()


def test_a_step_that_the_state_does_not_have_leads_to_the_reasons_too(ministry, sign_in):
    answer = sign_in("officer").get(f"/sheets/{ministry.sheet.pk}/act/approve/")
    assert "「作成中」のシートに「確定」はできません。" in answer.content.decode()
    assert reverse("sheet_why", args=[ministry.sheet.pk]) in answer.content.decode()


def test_a_sheet_without_a_pen_says_who_holds_it(ministry, sign_in):
    sheet = ministry.put(State.REVIEW)
    page = sign_in("officer").get(f"/sheets/{sheet.pk}/").content.decode()
    assert "審査担当に差戻しを依頼してください。審査担当は、今は 審査 一郎さんです。" in page
    assert reverse("sheet_why", args=[sheet.pk]) in page


def test_the_table_of_refusals_is_read_whole():
    assert len(ROWS) == len(REFUSALS.strip().splitlines()) / 3


# --- the names -----------------------------------------------------------------------------------
def asked_about(ministry, role="head"):
    sheet = Sheet.objects.get(pk=ministry.sheet.pk)
    person = User.objects.get(pk=ministry.people[role].pk)
    return asked_in_words(can_edit(acting_as(person), sheet).whom_to_ask)


def test_what_is_required_is_refused_with_its_reason_and_whom_to_ask(ministry):
    people, sheet = ministry.people, ministry.sheet
    against = can_edit(acting_as(people["head"]), sheet)
    with pytest.raises(NotAllowed) as refused:
        against.require()
    assert (refused.value.message, refused.value.whom_to_ask) == (
        against.reason,
        against.whom_to_ask,
    )
    assert against.reason
    assert against.whom_to_ask
    can_edit(acting_as(people["officer"]), sheet).require()


def test_the_deputy_is_named_as_one(ministry):
    lend(ministry.people["officer"], UserFactory(display_name="鈴木 一郎"))
    named = "担当課室の担当官は、今は 担当 花子さん、代行 鈴木 一郎さんです。"
    assert asked_about(ministry) == named


def test_only_who_holds_the_role_today_is_named(ministry, clock):
    lent = lend(ministry.people["officer"], UserFactory(display_name="鈴木 一郎"))
    blocked = make_person(Role.OFFICER, ministry.sheet.division, is_active=False)
    Membership.objects.create(
        user=UserFactory(display_name="来月 六郎"),
        role=Role.OFFICER,
        division=ministry.sheet.division,
        valid_from=date(2018, 8, 1),
    )
    assert str(blocked) not in asked_about(ministry)
    end_deputyship(lent, actor=ministry.people["officer"])
    assert asked_about(ministry) == "担当課室の担当官は、今は 担当 花子さんです。"
    clock.move_to("2018-08-01 09:00 +0900")
    assert asked_about(ministry) == "担当課室の担当官は、今は 担当 花子さん、来月 六郎さんです。"


def test_where_nobody_holds_the_role_the_way_out_is_told(ministry):
    ministry.people["officer"].memberships.update(valid_until=date(2018, 7, 9))
    assert asked_about(ministry) == (
        "担当課室の担当官は、今はだれもいません。システム管理者に役割の登録を依頼してください。"
    )


def test_of_many_the_first_are_named(ministry):
    for n in range(2, 8):
        make_person(Role.OFFICER, ministry.sheet.division, display_name=f"担当 {n}号")
    assert asked_about(ministry) == (
        "担当課室の担当官は、今は 担当 花子さん、担当 2号さん、担当 3号さん、担当 4号さん、"
        "担当 5号さん、ほか2人です。"
    )


def test_who_is_barred_from_an_act_is_not_sent_for(ministry, sign_in):
    """A reviewer who wrote in the sheet holds the role, and still cannot approve."""
    sheet = ministry.put(State.REVIEW)
    make_person(Role.REVIEWER, display_name="審査 二郎")
    Authorship.objects.create(sheet=sheet, user=ministry.people["reviewer"])
    page = sign_in("reviewer").get(f"/sheets/{sheet.pk}/act/approve/").content.decode()
    assert "シートを執筆した本人は確定できません。" in page
    assert "今は 審査 二郎さんです。" in page


# --- the page ------------------------------------------------------------------------------------
def rights(client, sheet):
    page = client.get(reverse("sheet_why", args=[sheet.pk]))
    return {(right.label, right.states): right for right in page.context["rights"]}, page


@pytest.mark.parametrize(
    ("role", "state", "can"),
    [
        ("officer", State.DRAFT, {"記入", "提出"}),
        ("officer", State.DIVISION_CHECK, {"取下げ"}),
        ("officer", State.REVIEW, set()),
        ("head", State.DRAFT, set()),
        ("head", State.DIVISION_CHECK, {"確認", "差戻し"}),
        ("reviewer", State.REVIEW, {"総合評価", "差戻し", "確定"}),
        ("reviewer", State.APPROVED, {"確定の取消し"}),
        ("coordinator", State.DRAFT, {"評価対象外とする"}),
        ("coordinator", State.APPROVED, {"公表", "訂正"}),
        ("coordinator", State.PUBLISHED, {"訂正"}),
        ("coordinator", State.EXCLUDED, {"対象に戻す"}),
        ("viewer", State.PUBLISHED, set()),
    ],
)
def test_the_page_lists_every_action_with_yes_or_the_reason(ministry, sign_in, role, state, can):
    sheet = ministry.put(state)
    found, _ = rights(sign_in(role), sheet)
    assert len(found) == 2 + len(WORKFLOW)
    assert {right.label for right in found.values() if right.allowed} == can
    assert all(bool(right.reason) != right.allowed for right in found.values())
    assert all(bool(right.url) == right.allowed for right in found.values())


def test_what_cannot_be_done_now_says_when_and_by_whom(ministry, sign_in):
    found, page = rights(sign_in("officer"), ministry.sheet)
    right = found["確定", (State.REVIEW,)]
    assert (right.reason, right.names) == (
        "今は「作成中」のためできません。「審査中」のときに行います。審査担当が行います。",
        "審査 一郎さん",
    )
    assert "担当 花子さん（人の安全協力室 担当官）" in page.content.decode()


@pytest.mark.parametrize(
    ("state", "action", "actor", "named"),
    [
        (State.DIVISION_CHECK, "return", "head", "課室 太郎さん"),
        (State.REVIEW, "return", "reviewer", "審査 一郎さん"),
        (State.APPROVED, "reopen", "coordinator", ""),
        (State.DRAFT, None, "", ""),
    ],
)
@pytest.mark.parametrize("role", ["officer", "head", "reviewer"])
def test_the_side_that_returned_is_named_for_undoing_it(
    ministry, sign_in, role, state, action, actor, named
):
    """A head's return is the head's to undo, a reviewer's the reviewers'; a correction nobody's."""
    sheet = ministry.put(state)
    if action:
        person = ministry.people[actor]
        perform(sheet, action, actor=person, comment="至急。", version=sheet.version)
    found, _ = rights(sign_in(role), sheet)
    right = found["差戻しの取消し", (State.RETURNED,)]
    assert (right.names, right.allowed) == (named, bool(named) and role == actor)
    refused = sign_in(role).get(f"/sheets/{sheet.pk}/act/undo_return/")
    told = re.findall(r"は、今は ([^<]+)です。", refused.content.decode())
    assert told == ([named] if named and not right.allowed else [])


def test_many_people_are_asked_for_like_one(ministry, sign_in):
    client, asked = sign_in("officer"), []
    for number in (0, 6):
        for _ in range(number):
            person = make_person(Role.OFFICER, ministry.sheet.division)
            lend(person, UserFactory())
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("sheet_why", args=[ministry.sheet.pk]))
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_sheet_one_may_not_see_tells_rules_and_no_names(ministry, sign_in):
    page = sign_in("officer").get(f"/sheets/{ministry.other_sheet.pk}/why/")
    text = page.content.decode()
    assert page.status_code == 404
    assert "担当官・課室長：自分の課室のシート。" in text
    assert "担当 花子さんの今の役割は「人の安全協力室 担当官」です。" in text
    assert not re.search("環境|ゼータ", text)


# --- a deputy at work ----------------------------------------------------------------------------
@pytest.fixture
def deputy():
    return UserFactory(display_name="鈴木 一郎")


def test_a_deputy_confirms_and_the_record_says_for_whom(ministry, deputy, client):
    sheet, people = ministry.sheet, ministry.people
    perform(sheet, "submit", actor=people["officer"], version=sheet.version)
    lend(people["head"], deputy)
    client.force_login(deputy)
    url = reverse("sheet_act", args=[sheet.pk, "confirm"])
    assert client.post(url, {"version": sheet.version, "shown": shown(sheet)}).status_code == 302
    done = sheet.transitions.first()
    assert (done.actor, done.role) == (
        deputy,
        "人の安全協力室 課室長（代行：課室 太郎の代わり）",
    )
    sheet.refresh_from_db()
    assert (sheet.state, sheet.confirmed_by) == ("review", deputy)


def test_who_submitted_cannot_confirm_as_a_deputy_either(ministry):
    sheet, people = ministry.sheet, ministry.people
    lend(people["head"], people["officer"])
    perform(sheet, "submit", actor=people["officer"], version=sheet.version)
    with pytest.raises(NotAllowed, match="提出した本人は確認できません。"):
        perform(sheet, "confirm", actor=people["officer"], version=sheet.version)
    perform(sheet, "confirm", actor=people["head"], version=sheet.version)


@pytest.mark.parametrize("part", ["wrote", "submitted", "confirmed"])
def test_who_took_part_cannot_approve_as_a_reviewers_deputy(ministry, deputy, part):
    sheet, people = ministry.put(State.REVIEW), ministry.people
    Sheet.objects.filter(pk=sheet.pk).update(overall_grade="B", overall_grade_reason="着実。")
    if part == "wrote":
        Authorship.objects.create(sheet=sheet, user=deputy)
    else:
        Sheet.objects.filter(pk=sheet.pk).update(**{f"{part}_by": deputy})
    lend(people["reviewer"], deputy)
    with pytest.raises(NotAllowed, match="本人は確定できません。"):
        perform(sheet, "approve", actor=deputy, version=sheet.version)
    perform(sheet, "approve", actor=people["reviewer"], version=sheet.version)


# --- a right that goes while the page is open ----------------------------------------------------
def take_away_deputy(people, deputy):
    end_deputyship(Deputyship.objects.get(), actor=people["head"])


def take_away_role(people, deputy):
    people["head"].memberships.update(valid_until=date(2018, 7, 9))


def block(people, deputy):
    User.objects.filter(pk=people["head"].pk).update(is_active=False)


@pytest.mark.parametrize("revoke", [take_away_deputy, take_away_role, block])
def test_a_right_revoked_between_opening_and_pressing_is_refused(ministry, deputy, client, revoke):
    sheet, people = ministry.sheet, ministry.people
    perform(sheet, "submit", actor=people["officer"], version=sheet.version)
    lend(people["head"], deputy)
    # So that the page itself stays in sight, and the step alone is refused.
    make_person_officer(deputy, sheet)
    client.force_login(deputy)
    url = reverse("sheet_act", args=[sheet.pk, "confirm"])
    assert client.get(url).status_code == 200
    revoke(people, deputy)
    answer = client.post(url, {"version": sheet.version})
    assert answer.status_code == 403
    assert "人の安全協力室の課室長が行います。" in answer.content.decode()
    assert Sheet.objects.get(pk=sheet.pk).state == State.DIVISION_CHECK


def make_person_officer(person, sheet):
    Membership.objects.create(
        user=person, role=Role.OFFICER, division=sheet.division, valid_from=date(2000, 1, 1)
    )


def test_the_last_day_ends_at_midnight_even_with_the_page_open(ministry, deputy, client, clock):
    sheet, people = ministry.sheet, ministry.people
    perform(sheet, "submit", actor=people["officer"], version=sheet.version)
    lend(people["head"], deputy, last=date(2018, 7, 10))
    clock.move_to("2018-07-10 23:59:00 +0900")
    client.force_login(deputy)
    url = reverse("sheet_act", args=[sheet.pk, "confirm"])
    assert client.get(url).status_code == 200
    clock.move_to("2018-07-11 00:00:00 +0900")
    assert client.post(url, {"version": sheet.version}).status_code == 404
    assert Sheet.objects.get(pk=sheet.pk).state == State.DIVISION_CHECK
