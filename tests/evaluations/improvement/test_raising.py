"""Who raises points and who answers them, and what of it is refused."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditEntry
from core.refusals import Invalid, NotAllowed, Stale
from evaluations.domain.improvement import add_point, answer_point, change_point, remove_point
from evaluations.enums import State
from evaluations.models import ImprovementAnswer, ImprovementPoint, Sheet
from tests.evaluations.improvement.conftest import POINT
from tests.evaluations.scene import ROLES, make_ministry
from tests.evaluations.years import point_fields, stored_version
from tests.factories import YEAR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]


# --- raising, changing, taking back --------------------------------------------------------------
# fmt: off
WHO_RAISES = """
                offi head othe othe revi coor view nobo supe
draft           ×    ×    ×    ×    ×    ×    ×    ×    ×
division_check  ×    ×    ×    ×    ×    ×    ×    ×    ×
review          ×    ×    ×    ×    ○    ×    ×    ×    ×
returned        ×    ×    ×    ×    ×    ×    ×    ×    ×
approved        ×    ×    ×    ×    ×    ×    ×    ×    ×
published       ×    ×    ×    ×    ×    ×    ×    ×    ×
excluded        ×    ×    ×    ×    ×    ×    ×    ×    ×
"""
WHO_ANSWERS = """
                offi head othe othe revi coor view nobo supe
draft           ○    ×    ×    ×    ×    ×    ×    ×    ×
division_check  ×    ×    ×    ×    ×    ×    ×    ×    ×
review          ×    ×    ×    ×    ×    ×    ×    ×    ×
returned        ○    ×    ×    ×    ×    ×    ×    ×    ×
approved        ×    ×    ×    ×    ×    ×    ×    ×    ×
published       ×    ×    ×    ×    ×    ×    ×    ×    ×
excluded        ×    ×    ×    ×    ×    ×    ×    ×    ×
"""
# fmt: on


def rows(table):
    return [(state, cells) for state, *cells in map(str.split, table.strip().splitlines()[1:])]


def outcome(act):
    """Return ○ or ×, and undo whatever was done."""
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except NotAllowed as refusal:
        return "×" if refusal.message.endswith("。") else refusal.message
    return "○"


def test_the_tables_have_every_state():
    for table in (WHO_RAISES, WHO_ANSWERS):
        assert {state for state, _ in rows(table)} == set(State.values)


@pytest.mark.parametrize(("state", "cells"), rows(WHO_RAISES))
def test_reviewers_raise_change_and_take_back_during_the_review_alone(state, cells):
    ministry = make_ministry()
    sheet = ministry.put(State.REVIEW)
    fields = point_fields(sheet, POINT)
    add_point(sheet, fields, actor=ministry.people["reviewer"], version=sheet.version)
    sheet = ministry.put(State(state))
    found = []
    for role in ROLES:
        seen = {"actor": ministry.people[role], "version": sheet.version}
        fresh = Sheet.objects.get(pk=sheet.pk)
        other = point_fields(sheet, "別の点。")
        outcomes = {
            outcome(lambda s=fresh, o=other, by=seen: add_point(s, o, **by)),
            outcome(lambda s=fresh, o=other, by=seen: change_point(s, 1, o, **by)),
            outcome(lambda s=fresh, by=seen: remove_point(s, 1, **by)),
        }
        [one] = outcomes
        found.append(one)
    assert dict(zip(ROLES, found, strict=True)) == dict(zip(ROLES, cells, strict=True))


@pytest.mark.parametrize(("state", "cells"), rows(WHO_ANSWERS))
def test_officers_answer_while_they_write(state, cells):
    ministry = make_ministry()
    sheet = ministry.put(State(state))
    seen = {"status": "done", "text": "行った。", "version": 0}
    found = [
        told(lambda by=ministry.people[role]: answer_point(sheet, 1, actor=by, **seen))
        for role in ROLES
    ]
    assert dict(zip(ROLES, found, strict=True)) == dict(zip(ROLES, cells, strict=True))


def told(act):
    """Return × for who may not answer; ○ for who may, and is told that there is nothing."""
    try:
        act()
    except NotAllowed:
        return "×"
    except Invalid as refusal:
        nothing = "この改善点は、このシートで回答するものではありません。"
        return "○" if refusal.message == nothing else refusal.message
    return ""


def test_whoever_wrote_in_the_sheet_raises_no_points(years, first):
    first.authorships.create(user=years.people["second"])
    with pytest.raises(NotAllowed, match="執筆した本人"):
        add_point(
            first,
            point_fields(first, POINT),
            actor=years.people["second"],
            version=stored_version(first),
        )


# fmt: off
FAULTS = [
    ({"text": "　\n"},                   "改善を要する点を記入してください。"),
    ({"text": "あ" * 1001},              "改善を要する点は1,000字以内で記入してください。"),
    ({"text": "一つ目。"},                "同じ文の改善点が、すでに記入されています。"),
    ({"owner": "あ" * 101},              "担当者・担当班は100字以内で記入してください。"),
    ({"key": "nowhere"},
     "この様式にない項目が選ばれています。画面を開き直して選んでください。"),
    ({"due_date": date(2001, 3, 31)},    "期限が過ぎています。今日以後の日付を記入してください。"),
]
# fmt: on


@pytest.mark.parametrize(("changes", "message"), FAULTS)
def test_a_faulty_point_is_refused_with_the_reason(years, first, changes, message):
    years.raise_point(first, "一つ目。")
    before = (stored_version(first), AuditEntry.objects.count())
    with pytest.raises(Invalid) as refusal:
        years.raise_point(first, **{"text": POINT} | changes)
    assert refusal.value.message == message
    assert (stored_version(first), AuditEntry.objects.count()) == before


def test_points_are_numbered_on_and_each_change_is_seen_by_the_approver(years, first):
    reviewer = years.people["reviewer"]
    years.grade(first, "C")
    seen = stored_version(first)
    years.raise_point(first, "一つ目。")
    years.raise_point(first, "二つ目。")
    remove_point(first, 1, actor=reviewer, version=stored_version(first))
    assert years.raise_point(first, "三つ目。").number == 3
    fields = point_fields(first, "三つ目を直した。")
    change_point(first, 3, fields, actor=reviewer, version=stored_version(first))
    stored = list(first.improvement_points.values_list("number", "text"))
    assert stored == [(2, "二つ目。"), (3, "三つ目を直した。")]
    with pytest.raises(Stale):
        add_point(first, point_fields(first, POINT), actor=reviewer, version=seen)
    actions = AuditEntry.objects.filter(action__startswith="improvement.").order_by("pk")
    assert [entry.action.split(".")[1] for entry in actions] == [
        "add", "add", "remove", "add", "change",
    ]  # fmt: skip
    assert "一つ目" not in str([(entry.before, entry.after) for entry in actions])


def test_a_point_that_a_later_year_has_answered_stays_as_it_was_answered(years, settled):
    reviewer = years.people["reviewer"]
    second = years.open(YEAR + 1)
    point = settled.improvement_points.get()
    officer = years.people["officer"]
    answer_point(second, point.pk, status="done", text="行った。", actor=officer, version=0)
    years.step(settled, "reopen", "coordinator", "訂正。")
    years.to_review(settled)
    seen = {"actor": reviewer, "version": stored_version(settled)}
    with pytest.raises(Invalid, match="後の年度のシートで回答されている"):
        change_point(settled, 1, point_fields(settled, "別の点。"), **seen)
    with pytest.raises(Invalid, match="後の年度のシートで回答されている"):
        remove_point(settled, 1, **seen)
    assert ImprovementPoint.objects.get().text == POINT


# --- answering -----------------------------------------------------------------------------------
def test_the_second_of_two_who_answer_is_told(years, settled):
    second, officer = years.open(YEAR + 1), years.people["officer"]
    point = settled.improvement_points.get().pk
    answer_point(second, point, status="ongoing", text="一人目。", actor=officer, version=0)
    with pytest.raises(Stale, match="この改善点に回答しました"):
        answer_point(second, point, status="done", text="二人目。", actor=officer, version=0)
    answer_point(second, point, status="done", text="直した。", actor=officer, version=1)
    assert list(ImprovementAnswer.objects.values_list("status", "text", "version")) == [
        ("done", "直した。", 2)
    ]
    entry = AuditEntry.objects.filter(action="improvement.answer").first()
    assert "直した" not in str((entry.before, entry.after))
    assert second.authorships.filter(user=officer).exists()


@pytest.mark.parametrize(
    ("status", "text", "message"),
    [
        ("done", "　", "行ったことを記入してください。"),
        ("done", "あ" * 1001, "行ったことは1,000字以内で記入してください。"),
        ("perhaps", "行った。", "実施済み・対応中・取りやめのいずれかを選んでください。"),
    ],
)
def test_a_faulty_answer_is_refused_with_the_reason(years, settled, status, text, message):
    second, point = years.open(YEAR + 1), settled.improvement_points.get().pk
    officer = years.people["officer"]
    with pytest.raises(Invalid) as refusal:
        answer_point(second, point, status=status, text=text, actor=officer, version=0)
    assert refusal.value.message == message
    assert not ImprovementAnswer.objects.exists()


def test_the_database_knows_the_story(years, settled):
    second = years.open(YEAR + 1)
    stored = {
        "point": settled.improvement_points.get(),
        "sheet": second,
        "answered_by": years.people["officer"],
    }
    for wrong in ({"status": "perhaps", "text": "行った。"}, {"status": "done", "text": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ImprovementAnswer.objects.create(**stored, **wrong)
