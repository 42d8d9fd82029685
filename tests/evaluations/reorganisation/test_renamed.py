"""A division is renamed: what is open moves, what is decided stays as it was."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import roles_of
from audit.models import AuditEntry
from core.refusals import NotAllowed, Stale
from evaluations.access.visibility import sheets_visible_to
from evaluations.domain.entries import save_entry
from evaluations.enums import State
from evaluations.models import ImprovementPoint, Sheet
from evaluations.paper.build import document_of
from evaluations.queries.content import content_of
from evaluations.queries.home import piles_of
from evaluations.queries.improvement import points_visible_to
from evaluations.queries.search import find_sheets
from evaluations.workflow import perform
from tests.evaluations.reorganisation.carrying_out import (
    AFTER,
    BEFORE,
    ON,
    carry_out,
    plan_of,
    titles,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]


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
