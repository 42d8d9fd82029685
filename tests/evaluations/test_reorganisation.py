"""Divisions are renamed, merged and split: what is open moves, what is decided stays as it was."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.audit import Verification, verify
from accounts.domain.deputies import appoint_deputy
from accounts.enums import Role, SuccessionKind
from accounts.models import AuditEntry, Deputyship, Division, DivisionSuccession, Membership
from accounts.roles import roles_of
from contributions.models import Contribution
from evaluations.domain.entries import fill_entries, save_entry
from evaluations.domain.reorganisation import Choices, Plan, reorganise
from evaluations.enums import State
from evaluations.models import ImprovementPoint, Sheet
from evaluations.printing.build import document_of
from evaluations.queries import content_of, find_sheets, sheets_visible_to
from evaluations.queries.desk import piles_of
from evaluations.queries.earlier import earlier_sheet
from evaluations.queries.improvement import points_visible_to
from evaluations.refusals import Invalid, NotAllowed, Stale
from evaluations.workflow import perform
from tests.evaluations.plans import all_to_the_first
from tests.factories import (
    ContributionFactory,
    DivisionFactory,
    UserFactory,
    edition_of,
    make_person,
    make_sheet,
    open_year,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

ON = date(2019, 4, 1)
BEFORE, AFTER = "2019-03-31 17:00 +0900", "2019-04-01 09:00 +0900"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AFTER, tick=False) as clock:
        yield clock


@pytest.fixture
def administrator(ministry):
    return ministry.people["superuser"]


def plan_of(kind, old, *new):
    """Return a plan in which names stand for new divisions."""
    after = tuple(each if isinstance(each, Division) else Division(name=each) for each in new)
    return Plan(SuccessionKind(kind), ON, tuple(old), after)


def carry_out(plan, administrator, contributions=None, memberships=None):
    """Carry a plan out; whatever is not chosen passes to the first of the new divisions."""
    first = all_to_the_first(plan)
    chosen = Choices(
        first.contributions | (contributions or {}), first.memberships | (memberships or {})
    )
    reorganise(plan, chosen, actor=administrator)


def titles(person):
    return roles_of(person).titles


# --- renamed -------------------------------------------------------------------------------------
def test_a_division_is_renamed_and_its_work_goes_on(ministry, administrator, clock):
    officer, sheet = ministry.people["officer"], ministry.sheet
    old = sheet.division
    carry_out(plan_of("rename", [old], "人間の安全保障室"), administrator)

    assert titles(officer) == ("人間の安全保障室 担当官",)
    sheet = Sheet.objects.get(pk=sheet.pk)
    assert (sheet.division.name, content_of(sheet).division) == ("人間の安全保障室",) * 2
    assert sheet.contribution.responsible_division == sheet.division
    save_entry(sheet, "plan", "・続ける。", version=1, actor=officer)
    assert set(find_sheets(sheets_visible_to(roles_of(officer)), "人間の安全保障室")) == {sheet}

    old.refresh_from_db()
    assert (old.name, old.valid_until) == ("人の安全協力室", date(2019, 3, 31))
    assert sheet.division.valid_from == ON
    clock.move_to(BEFORE)
    assert titles(officer) == ("人の安全協力室 担当官",)


def test_what_was_decided_keeps_the_old_name_and_is_read_by_the_successor(
    ministry, administrator, client
):
    sheet, officer = ministry.put(State.APPROVED), ministry.people["officer"]
    carry_out(plan_of("rename", [sheet.division], "人間の安全保障室"), administrator)
    sheet = Sheet.objects.get(pk=sheet.pk)
    assert (sheet.division.name, content_of(sheet).division) == ("人の安全協力室",) * 2
    assert "人間の安全保障室" not in str(document_of(sheet))

    client.force_login(officer)
    page = client.get(reverse("sheet_detail", args=[sheet.pk]))
    assert (page.status_code, page.context["is_inside"]) == (200, True)
    assert set(sheets_visible_to(roles_of(officer))) == {sheet}
    with pytest.raises(NotAllowed):
        save_entry(sheet, "plan", "・変える。", version=1, actor=officer)


def test_each_past_act_shows_the_role_at_that_time(ministry, administrator, clock):
    sheet, people = ministry.sheet, ministry.people
    clock.move_to(BEFORE)
    perform(sheet, "submit", actor=people["officer"], version=sheet.version)
    clock.move_to(AFTER)
    carry_out(plan_of("rename", [sheet.division], "人間の安全保障室"), administrator)
    sheet = Sheet.objects.get(pk=sheet.pk)
    perform(sheet, "confirm", actor=people["head"], version=sheet.version)
    assert list(sheet.transitions.values_list("role", flat=True)) == [
        "人間の安全保障室 課室長",
        "人の安全協力室 担当官",
    ]
    told = dict(
        AuditEntry.objects.filter(action__startswith="sheet.").values_list("action", "role")
    )
    assert (told["sheet.submit"], told["sheet.confirm"]) == (
        "人の安全協力室 担当官",
        "人間の安全保障室 課室長",
    )


def test_a_correction_of_an_old_sheet_is_the_successors_work_under_the_old_name(
    ministry, administrator
):
    sheet, people = ministry.put(State.PUBLISHED), ministry.people
    carry_out(plan_of("rename", [sheet.division], "人間の安全保障室"), administrator)
    perform(
        sheet, "reopen", actor=people["coordinator"], comment="誤記の訂正。", version=sheet.version
    )
    sheet = Sheet.objects.get(pk=sheet.pk)
    assert [pile.count for pile in piles_of(roles_of(people["officer"]))] == [1, 0]
    save_entry(sheet, "plan", "・訂正した。", version=1, actor=people["officer"])
    perform(sheet, "submit", actor=people["officer"], version=sheet.version)
    perform(sheet, "confirm", actor=people["head"], version=sheet.version)
    assert (sheet.state, content_of(sheet).division) == ("review", "人の安全協力室")


def test_a_sheet_in_review_need_not_be_confirmed_again_for_its_new_name(ministry, administrator):
    sheet, people = ministry.sheet, ministry.people
    perform(sheet, "submit", actor=people["officer"], version=sheet.version)
    perform(sheet, "confirm", actor=people["head"], version=sheet.version)
    Sheet.objects.filter(pk=sheet.pk).update(overall_grade="B", overall_grade_reason="着実。")
    seen = sheet.version
    carry_out(plan_of("rename", [sheet.division], "人間の安全保障室"), administrator)
    # Who looked at it under the old name is told.
    with pytest.raises(Stale):
        perform(sheet, "approve", actor=people["reviewer"], version=seen)
    sheet.refresh_from_db()
    perform(sheet, "approve", actor=people["reviewer"], version=sheet.version)
    assert content_of(sheet).division == "人間の安全保障室"


def test_a_return_is_undone_whatever_the_division_is_called_by_then(ministry, administrator):
    sheet, people = ministry.sheet, ministry.people
    steps = (("submit", "officer"), ("confirm", "head"), ("return", "reviewer"))
    for action, who in steps:
        perform(sheet, action, actor=people[who], comment="理由。", version=sheet.version)
    carry_out(plan_of("rename", [sheet.division], "人間の安全保障室"), administrator)
    sheet = Sheet.objects.get(pk=sheet.pk)
    perform(
        sheet, "undo_return", actor=people["reviewer"], comment="取違え。", version=sheet.version
    )
    assert sheet.state == State.REVIEW


def test_the_successor_finds_the_points_of_the_old_sheets(ministry, administrator):
    sheet, people = ministry.put(State.REVIEW), ministry.people
    ImprovementPoint.objects.create(
        sheet=sheet,
        number=1,
        text="成果を数値で示すこと。",
        owner_division=sheet.division,
        due_date=date(2019, 9, 30),
        raised_by=people["reviewer"],
        role="審査担当",
    )
    ministry.put(State.APPROVED)
    sheet.transitions.create(
        action="approve", from_state="review", to_state="approved", actor=people["reviewer"]
    )
    carry_out(plan_of("rename", [sheet.division], "人間の安全保障室"), administrator)
    found = {
        name: points_visible_to(roles_of(people[name])).count()
        for name in ("officer", "head", "other_officer", "reviewer", "viewer", "auditor")
    }
    inside = {"officer": 1, "head": 1, "reviewer": 1}
    assert found == inside | {"other_officer": 0, "viewer": 0, "auditor": 0}


# --- merged --------------------------------------------------------------------------------------
def test_two_divisions_merge_and_see_each_others_past(ministry, administrator):
    people = ministry.people
    own, other = ministry.put(State.APPROVED), ministry.put(State.APPROVED, ministry.other_sheet)
    both = make_person(Role.OFFICER, own.division)
    Membership.objects.create(
        user=both, role=Role.OFFICER, division=other.division, valid_from=date(2000, 1, 1)
    )
    carry_out(plan_of("merge", [own.division, other.division], "地球協力課"), administrator)
    for name in ("officer", "other_officer"):
        assert titles(people[name]) == ("地球協力課 担当官",)
        assert set(sheets_visible_to(roles_of(people[name]))) == {own, other}
    # Who was in both is in the new one once.
    assert titles(both) == ("地球協力課 担当官",)


@pytest.mark.parametrize(
    ("own", "other", "then"),
    [
        (None, date(2019, 5, 1), None),
        (date(2019, 5, 1), None, None),
        (date(2019, 5, 1), date(2019, 6, 1), date(2019, 6, 1)),
        (date(2019, 6, 1), date(2019, 5, 1), date(2019, 6, 1)),
    ],
)
def test_who_was_in_both_stays_for_as_long_as_in_either(ministry, administrator, own, other, then):
    """The division that goes on takes the other in; neither role cuts the other short."""
    both, divisions = UserFactory(), (ministry.sheet.division, ministry.other_sheet.division)
    for division, until in zip(divisions, (own, other), strict=True):
        Membership.objects.create(
            user=both,
            role=Role.OFFICER,
            division=division,
            valid_from=date(2000, 1, 1),
            valid_until=until,
        )
    carry_out(plan_of("merge", [divisions[1]], divisions[0]), administrator)
    assert both.memberships.get(division=divisions[0]).valid_until == then


def test_a_division_is_taken_in_by_another_that_goes_on(ministry, administrator):
    own, other = ministry.sheet, ministry.put(State.APPROVED, ministry.other_sheet)
    carry_out(plan_of("merge", [other.division], own.division), administrator)
    own.division.refresh_from_db()
    assert own.division.valid_until is None
    assert titles(ministry.people["other_head"]) == ("人の安全協力室 課室長",)
    assert set(sheets_visible_to(roles_of(ministry.people["officer"]))) == {own, other}


def test_the_past_passes_through_every_step(ministry, administrator, clock):
    """A becomes B, B becomes C: the people of C see what A wrote."""
    sheet = ministry.put(State.APPROVED)
    carry_out(plan_of("rename", [sheet.division], "乙課"), administrator)
    clock.move_to("2020-04-01 09:00 +0900")
    second = Plan(
        SuccessionKind.RENAME,
        date(2020, 4, 1),
        (Division.objects.get(name="乙課"),),
        (Division(name="丙課"),),
    )
    carry_out(second, administrator)
    assert titles(ministry.people["officer"]) == ("丙課 担当官",)
    assert set(sheets_visible_to(roles_of(ministry.people["officer"]))) == {sheet}
    assert list(
        DivisionSuccession.objects.order_by("pk").values_list(
            "predecessor__name", "successor__name", "is_direct"
        )
    ) == [
        ("人の安全協力室", "乙課", True),
        ("乙課", "丙課", True),
        ("人の安全協力室", "丙課", False),
    ]


# --- split ---------------------------------------------------------------------------------------
def test_a_division_splits_and_each_contribution_goes_where_it_was_put(ministry, administrator):
    people, first = ministry.people, ministry.sheet
    division = first.division
    second = make_sheet(ContributionFactory(responsible_division=division))
    decided = ministry.put(
        State.PUBLISHED, make_sheet(ContributionFactory(responsible_division=division))
    )
    leaver = make_person(Role.OFFICER, division)
    carry_out(
        plan_of("split", [division], "移住室", "人道室"),
        administrator,
        contributions={second.contribution_id: 1, decided.contribution_id: 1},
        memberships={
            people["head"].memberships.get().pk: 1,
            leaver.memberships.get().pk: None,
        },
    )
    assert titles(people["officer"]) == ("移住室 担当官",)
    assert titles(people["head"]) == ("人道室 課室長",)
    assert titles(leaver) == ()
    # What is open is seen by the one that has it; the common past by both, to read.
    assert set(sheets_visible_to(roles_of(people["officer"]))) == {first, decided}
    assert set(sheets_visible_to(roles_of(people["head"]))) == {second, decided}
    moved = Sheet.objects.order_by("pk").filter(pk__in=[first.pk, second.pk, decided.pk])
    assert [sheet.division.name for sheet in moved] == ["移住室", "人道室", "人の安全協力室"]


def test_last_years_text_stays_beside_the_entry_when_the_contribution_moves(
    ministry, administrator, client
):
    sheet, officer = ministry.sheet, ministry.people["officer"]
    fill_entries(sheet, {"plan": "・昨年度の計画。"})
    ministry.put(State.PUBLISHED)
    open_year(edition_of(2019), 2019)
    now = sheet.contribution.sheets.get(cycle__fiscal_year=2019)
    carry_out(plan_of("split", [sheet.division], "移住室", "人道室"), administrator)
    now = Sheet.objects.get(pk=now.pk)
    assert now.division.name == "移住室"
    earlier = earlier_sheet(now)
    assert (earlier.content.texts["plan"], earlier.content.division) == (
        "・昨年度の計画。",
        "人の安全協力室",
    )
    client.force_login(officer)
    page = client.get(reverse("sheet_section", args=[now.pk, "pdca"]))
    assert "・昨年度の計画。" in page.content.decode()


def test_a_deputy_stays_a_deputy_under_the_new_name(ministry, administrator):
    head, deputy = ministry.people["head"], UserFactory()
    appoint_deputy(
        Deputyship(
            membership=head.memberships.get(),
            deputy=deputy,
            valid_from=ON,
            valid_until=date(2019, 4, 10),
            reason="出張のため",
        ),
        actor=head,
    )
    carry_out(plan_of("rename", [ministry.sheet.division], "人間の安全保障室"), administrator)
    assert titles(deputy) == ("人間の安全保障室 課室長（代行：課室 太郎の代わり）",)


# --- what is refused -----------------------------------------------------------------------------
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
    with pytest.raises(Invalid, match="この 課室名 を持った 課室 が既に存在します。"):
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


# --- the page ------------------------------------------------------------------------------------
URL = "/admin/accounts/divisionsuccession/add/"


def fields(ministry, **more):
    return {
        "kind": "split",
        "on": "2019年4月1日",
        "old": [ministry.sheet.division_id],
        "name_1": "移住室",
        "name_2": "人道室",
    } | more


def test_the_page_shows_everything_before_it_changes_anything(ministry, administrator, client):
    client.force_login(administrator)
    before = AuditEntry.objects.count()
    assert client.get(URL).status_code == 200
    shown = client.post(URL, fields(ministry)).content.decode()
    for words in (
        "国際移住機関（IOM）拠出金",
        "担当 花子（人の安全協力室 担当官）",
        "移るシート（1件）",
    ):
        assert words in shown
    assert AuditEntry.objects.count() == before

    missing = client.post(URL, fields(ministry, confirmed="yes"))
    assert missing.status_code == 422
    assert "「国際移住機関（IOM）拠出金」の引継ぎ先を選んでください。" in missing.content.decode()
    assert AuditEntry.objects.count() == before

    chosen = {f"contribution_{ministry.sheet.contribution_id}": "1"} | {
        f"membership_{each.pk}": "1" if each.role == Role.HEAD else "end"
        for each in Membership.objects.filter(division=ministry.sheet.division)
    }
    done = client.post(URL, fields(ministry, confirmed="yes") | chosen)
    assert done.status_code == 302
    assert Contribution.objects.get(
        pk=ministry.sheet.contribution_id
    ).responsible_division.name == ("人道室")
    assert titles(ministry.people["officer"]) == ()
    assert titles(ministry.people["head"]) == ("人道室 課室長",)


def test_a_slip_is_told_at_once(ministry, administrator, client):
    client.force_login(administrator)
    answer = client.post(URL, fields(ministry, name_2=""))
    assert answer.status_code == 422
    assert (
        "分割では、前の課室を一つ選び、後の課室を二つ以上記入してください。"
        in answer.content.decode()
    )
    assert client.post(URL, {}).status_code == 422


def test_before_the_day_the_page_shows_and_does_not_carry_out(
    ministry, administrator, client, clock
):
    clock.move_to(BEFORE)
    client.force_login(administrator)
    shown = client.post(URL, fields(ministry)).content.decode()
    assert "施行日になってから、この画面で実行してください。" in shown
    assert "この内容で実行する" not in shown


@pytest.mark.parametrize("role", ["officer", "head", "reviewer", "coordinator"])
def test_the_page_is_the_administrators(ministry, client, role):
    client.force_login(ministry.people[role])
    assert client.get(URL).status_code == 403
    assert client.post(URL, fields(ministry)).status_code == 403


def test_a_division_that_has_ended_is_offered_for_nothing_new(ministry, administrator, client):
    carry_out(plan_of("rename", [ministry.sheet.division], "人間の安全保障室"), administrator)
    client.force_login(administrator)
    asked = {"app_label": "accounts", "model_name": "membership", "field_name": "division"}
    offered = client.get(reverse("admin:autocomplete"), asked | {"term": ""}).json()["results"]
    assert {each["text"] for each in offered} == {"人間の安全保障室", "地球環境協力課"}
    late = {"user": administrator.pk, "role": "officer", "division": ministry.sheet.division_id}
    answer = client.post(
        reverse("admin:accounts_membership_add"), late | {"valid_from": "2019-04-01"}
    )
    assert "人の安全協力室は2019年3月31日に終わりました。" in answer.content.decode()
    # It stays in the register, and in the filters of what is past.
    assert (
        "人の安全協力室"
        in client.get(reverse("admin:accounts_division_changelist")).content.decode()
    )


def test_the_preview_asks_no_more_for_many_than_for_few(ministry, administrator, client):
    client.force_login(administrator)
    client.post(URL, fields(ministry))
    asked = []
    for number in (0, 5):
        for _ in range(number):
            make_sheet(ContributionFactory(responsible_division=ministry.sheet.division))
            make_person(Role.OFFICER, ministry.sheet.division)
        with CaptureQueriesContext(connection) as queries:
            client.post(URL, fields(ministry))
        asked.append(len(queries))
    assert asked[0] == asked[1]
