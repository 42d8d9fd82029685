"""改善点: raised with a low grade, carried into the next years, and asked for until settled."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.models import AuditEntry
from accounts.roles import roles_of
from evaluations.domain.improvement import (
    add_point,
    answer_point,
    change_point,
    remove_point,
)
from evaluations.enums import State
from evaluations.models import ImprovementAnswer, ImprovementPoint, Sheet
from evaluations.queries.improvement import open_points, points_visible_to
from evaluations.refusals import Blocked, Invalid, NotAllowed, Stale
from tests.evaluations.scene import ROLES, make_ministry
from tests.evaluations.years import in_days, make_years, point_fields, stored_version
from tests.factories import YEAR, ContributionFactory, DivisionFactory, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

POINT = "成果を数値で示すこと。"


@pytest.fixture
def years():
    return make_years()


@pytest.fixture
def first(years):
    """The first year's sheet, in review."""
    sheet = years.open()
    years.to_review(sheet)
    return sheet


@pytest.fixture
def settled(years, first):
    """The first year's sheet, approved with a C and a point."""
    years.grade(first, "C")
    years.raise_point(first, POINT, key="act", owner="企画班")
    years.approve(first)
    return first


def texts(sheet):
    return [each.point.text for each in open_points(sheet)]


# --- the approval --------------------------------------------------------------------------------
@pytest.mark.parametrize(("grade", "needs"), [("A", 0), ("B", 0), ("C", 1), ("D", 1)])
def test_a_low_grade_is_approved_with_a_point_only(years, first, grade, needs):
    years.grade(first, grade)
    if needs:
        with pytest.raises(Blocked) as blocked:
            years.approve(first)
        [problem] = blocked.value.problems
        assert problem.item == "overall_grade"
        assert problem.message == (
            f"総合評価「{grade}」には、改善点が必要です。担当課室と期限とともに一つ以上記入して"
            "ください。"
        )
        assert Sheet.objects.get(pk=first.pk).state == State.REVIEW
        years.raise_point(first)
    years.approve(first)
    assert Sheet.objects.get(pk=first.pk).state == State.APPROVED


def test_a_sheet_returned_with_a_low_grade_can_be_submitted_again(years, first):
    """The point is the reviewer's to write: nobody else is held up by its absence."""
    years.grade(first, "D")
    years.step(first, "return", "reviewer", "数値を加えてください。")
    years.to_review(first)
    assert Sheet.objects.get(pk=first.pk).state == State.REVIEW


# --- three years ---------------------------------------------------------------------------------
def test_a_point_is_asked_for_year_after_year_until_it_is_settled(years, settled):
    officer = years.people["officer"]
    point = settled.improvement_points.get()
    said = {"actor": officer, "version": 0}

    second = years.open(YEAR + 1)
    [carried] = open_points(second)
    assert (carried.name, carried.item) == (f"{YEAR}年度の改善点1", "act")
    with pytest.raises(Blocked) as blocked:
        years.step(second, "submit", "officer")
    assert [(p.item, p.message) for p in blocked.value.problems] == [
        (
            "act",
            f"{YEAR}年度の改善点1「{POINT}」に回答がありません。実施済み・対応中・取りやめの別と、"
            "行ったことを記入してください。",
        )
    ]
    answer_point(second, point.pk, status="ongoing", text="様式を直した。", **said)
    years.to_review(second)
    years.grade(second, "B")
    years.approve(second)

    third = years.open(YEAR + 2)
    [carried] = open_points(third)
    assert [(a.status, a.text) for a in carried.earlier] == [("ongoing", "様式を直した。")]
    assert carried.answer is None
    with pytest.raises(Blocked):
        years.step(third, "submit", "officer")
    answer_point(third, point.pk, status="done", text="数値で示した。", **said)
    years.to_review(third)
    # What a sheet has answered stays on it; the year after does not hear of it.
    assert [each.answer.status for each in open_points(third)] == ["done"]
    assert open_points(years.open(YEAR + 3)) == []


@pytest.mark.parametrize(("status", "left"), [("done", []), ("dropped", []), ("ongoing", [POINT])])
def test_what_is_done_or_dropped_is_not_carried_on(years, settled, status, left):
    second = years.open(YEAR + 1)
    point = settled.improvement_points.get().pk
    actor = years.people["officer"]
    answer_point(second, point, status=status, text="行った。", actor=actor, version=0)
    assert texts(years.open(YEAR + 2)) == left


def test_a_point_counts_from_the_approval_of_its_sheet_and_outlives_a_correction(years, first):
    years.grade(first, "C")
    years.raise_point(first, POINT)
    second = years.open(YEAR + 1)
    assert texts(second) == []
    years.approve(first)
    assert texts(second) == [POINT]
    years.step(first, "reopen", "coordinator", "誤記の訂正。")
    assert texts(second) == [POINT]


def test_an_approval_that_is_undone_has_left_nothing_to_the_year_after(years, settled):
    second = years.open(YEAR + 1)
    officer = years.people["officer"]
    assert (texts(second), points_visible_to(roles_of(officer)).count()) == ([POINT], 1)
    years.step(settled, "undo_approve", "reviewer", "別のシートと取り違えたため。")
    years.raise_point(settled, "まだ決まっていない点。")
    assert (texts(second), points_visible_to(roles_of(officer)).count()) == ([], 0)
    years.step(second, "submit", "officer")
    years.approve(settled)
    assert texts(second) == [POINT, "まだ決まっていない点。"]


def test_what_a_correction_adds_or_changes_waits_for_its_approval(years, settled):
    second, seen = years.open(YEAR + 1), {"actor": years.people["reviewer"]}
    years.step(settled, "reopen", "coordinator", "誤記の訂正。")
    years.to_review(settled)
    years.raise_point(settled, "訂正で加えた点。")
    assert texts(second) == [POINT]
    fields = point_fields(settled, "訂正で改めた点。")
    change_point(settled, 1, fields, version=stored_version(settled), **seen)
    assert texts(second) == []
    years.approve(settled)
    assert texts(second) == ["訂正で改めた点。", "訂正で加えた点。"]
    # The undone approval was that of the correction; what it changed waits once more.
    years.step(settled, "undo_approve", "reviewer", "訂正に漏れがあったため。")
    assert texts(second) == []


def test_the_first_approval_stands_where_that_of_a_correction_is_undone(years, settled):
    second = years.open(YEAR + 1)
    years.step(settled, "reopen", "coordinator", "誤記の訂正。")
    years.to_review(settled)
    years.raise_point(settled, "訂正で加えた点。")
    years.approve(settled)
    years.step(settled, "undo_approve", "reviewer", "訂正に漏れがあったため。")
    assert texts(second) == [POINT]


def test_another_contributions_points_are_not_carried(years, settled):
    other = ContributionFactory(
        organization=years.contribution.organization,
        responsible_division=years.contribution.responsible_division,
    )
    years.open(YEAR + 1)
    assert open_points(other.sheets.select_related("cycle", "edition").get()) == []


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


# --- the pages -----------------------------------------------------------------------------------
def test_a_low_grade_leads_on_to_its_point(client, years, first):
    client.force_login(years.people["reviewer"])
    grade = {"grade": "C", "reason": "理由。", "version": stored_version(first)}
    answer = client.post(reverse("sheet_grade", args=[first.pk]), grade)
    assert answer["Location"] == reverse("point_add", args=[first.pk])
    page = client.get(answer["Location"])
    assert "総合評価「C」には、改善点が必要です。" in page.content.decode()
    fields = {
        "text": POINT,
        "key": "act",
        "owner_division": first.division_id,
        "owner": "企画班",
        "due_date": "2100年3月末",
        "version": page.context["form"]["version"].value(),
    }
    page = client.post(answer["Location"], fields, follow=True).content.decode()
    assert "改善点1を記入しました。" in page
    point = first.improvement_points.get()
    assert (point.text, point.key, point.owner, point.due_date, point.raised_by) == (
        POINT, "act", "企画班", date(2100, 3, 31), years.people["reviewer"],
    )  # fmt: skip

    edit = reverse("point_edit", args=[first.pk, 1])
    changed = fields | {"text": "直した点。", "version": stored_version(first)}
    assert client.post(edit, changed).status_code == 302
    assert first.improvement_points.get().text == "直した点。"
    stale = client.post(edit, fields)
    assert (stale.status_code, POINT in stale.content.decode()) == (409, True)
    assert client.post(edit, changed | {"due_date": "明日"}).status_code == 422

    remove = reverse("point_remove", args=[first.pk, 1])
    assert client.post(remove, {"version": "x"}).status_code == 409
    assert client.post(remove, {"version": stored_version(first)}).status_code == 302
    assert not first.improvement_points.exists()


def test_the_sheet_and_its_section_show_what_is_to_be_answered(client, years, settled):
    second = years.open(YEAR + 1)
    client.force_login(years.people["officer"])
    url = reverse("point_answer", args=[second.pk, settled.improvement_points.get().pk])
    for page in ("sheet_detail", "sheet_section"):
        args = [second.pk] if page == "sheet_detail" else [second.pk, "pdca"]
        shown = client.get(reverse(page, args=args)).content.decode()
        assert (POINT in shown, url in shown) == (True, True)
    assert POINT in client.get(url).content.decode()
    assert client.post(url, {"status": "", "text": "行った。", "version": 0}).status_code == 422
    fields = {"status": "done", "text": "数値で示した。", "version": 0}
    page = client.post(url, fields, follow=True).content.decode()
    assert "今年度の回答（実施済み）" in page
    stale = client.post(url, fields | {"text": "遅れて書いた。"})
    assert (stale.status_code, "遅れて書いた。" in stale.content.decode()) == (409, True)
    nowhere = reverse("point_answer", args=[second.pk, 99])
    assert client.get(nowhere).status_code == 404


def test_a_reader_of_decided_sheets_sees_the_grade_and_no_points(client, years, settled):
    client.force_login(make_person(Role.VIEWER))
    page = client.get(reverse("sheet_detail", args=[settled.pk])).content.decode()
    assert POINT not in page
    assert client.get("/improvement-points/").context["points"] == []


def test_what_is_printed_and_published_holds_no_points(client, years, settled):
    client.force_login(years.people["reviewer"])
    page = client.get(reverse("sheet_preview", args=[settled.pk])).content.decode()
    assert POINT not in page
    assert POINT not in str(settled.revisions.get(occasion="approve").content)


# --- the list ------------------------------------------------------------------------------------
@pytest.fixture
def listed(years):
    """Three points of the first year: late and unanswered, still going on, done."""
    sheet = years.open()
    years.to_review(sheet)
    years.grade(sheet, "C")
    for text in ("遅れた点。", "続く点。", "済んだ点。"):
        years.raise_point(sheet, text)
    years.approve(sheet)
    late = sheet.improvement_points.filter(text="遅れた点。")
    late.update(due_date=in_days(-1))
    second = years.open(YEAR + 1)
    for number, status in ((2, "ongoing"), (3, "done")):
        point = sheet.improvement_points.get(number=number).pk
        actor = years.people["officer"]
        answer_point(second, point, status=status, text="行った。", actor=actor, version=0)
    return sheet


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["遅れた点。", "続く点。"]),
        ("?status=unanswered", ["遅れた点。"]),
        ("?status=ongoing", ["続く点。"]),
        ("?status=done", ["済んだ点。"]),
        ("?status=dropped", []),
        ("?status=all", ["遅れた点。", "続く点。", "済んだ点。"]),
        ("?overdue=on", ["遅れた点。"]),
        ("?status=all&overdue=on", ["遅れた点。"]),
        ("?status=nonsense&division=x", ["遅れた点。", "続く点。"]),
    ],
)
def test_the_list_is_filtered(client, years, listed, query, found):
    client.force_login(years.people["coordinator"])
    page = client.get(f"/improvement-points/{query}")
    assert [each.point.text for each in page.context["points"]] == found


def test_the_list_says_where_each_point_stands(client, years, listed):
    client.force_login(years.people["coordinator"])
    page = client.get("/improvement-points/?status=all")
    assert [(each.status, each.is_overdue) for each in page.context["points"]] == [
        ("未回答", True),
        ("対応中", False),
        ("実施済み", False),
    ]
    other = DivisionFactory()
    page = client.get(f"/improvement-points/?status=all&division={other.pk}")
    assert page.context["points"] == []


def test_a_division_lists_its_own_points_and_nobody_elses(client, years, listed):
    for person, count in (
        (years.people["officer"], 2),
        (years.people["reviewer"], 2),
        (make_person(Role.OFFICER, DivisionFactory()), 0),
    ):
        client.force_login(person)
        assert len(client.get("/improvement-points/").context["points"]) == count


def more_points(sheet, number, reviewer):
    """Raise this many more points, all at once, as if they had been there at the approval."""
    for place in range(number):
        ImprovementPoint.objects.create(
            sheet=sheet,
            number=place + 2,
            text=f"点{place + 1}。",
            owner_division=DivisionFactory(),
            due_date=in_days(30),
            raised_by=reviewer,
            role="審査担当",
        )
    sheet.improvement_points.update(raised_at=sheet.transitions.earliest("pk").at)


def test_the_list_asks_no_more_for_many_points(client, years, first):
    years.grade(first, "C")
    years.raise_point(first, "点0。")
    years.approve(first)
    client.force_login(years.people["coordinator"])
    asked = []
    for more in (0, 20):
        more_points(first, more, years.people["reviewer"])
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/improvement-points/")
        assert len(page.context["points"]) == 1 + more
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 8


def test_many_carried_points_are_asked_for_like_one(client, years, settled):
    second = years.open(YEAR + 1)
    client.force_login(years.people["officer"])
    asked = []
    for more in (0, 10):
        more_points(settled, more, years.people["reviewer"])
        pages = [reverse("sheet_detail", args=[second.pk])]
        pages += [reverse("sheet_section", args=[second.pk, "pdca"])]
        for url in pages:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            asked.append(len(queries))
    assert asked[:2] == asked[2:]
    assert len(open_points(second)) == 11


# --- PLAN beside last year's ACT -----------------------------------------------------------------
def test_last_years_act_stands_beside_this_years_plan(client, years, settled):
    second = years.open(YEAR + 1)
    client.force_login(years.people["officer"])
    page = client.get(reverse("sheet_section", args=[second.pk, "pdca"]))
    beside = {place["item"].key: place["beside"] for place in page.context["places"]}
    assert beside["plan"] == {"title": f"{YEAR}年度のACT", "text": "・期間中の取組を着実に進めた。"}
    assert {key for key, shown in beside.items() if shown} == {"plan"}
    assert f"{YEAR}年度のACT（今年度のPLANの出発点）" in page.content.decode()
    page = client.get(reverse("sheet_section", args=[settled.pk, "pdca"]))
    assert {key for key, place in enumerate(page.context["places"]) if place["beside"]} == set()
