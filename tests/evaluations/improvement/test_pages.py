"""What the pages and the list say of points, and to whom."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from evaluations.domain.improvement import answer_point
from evaluations.models import ImprovementPoint
from evaluations.queries.improvement import open_points
from tests.evaluations.improvement.conftest import POINT
from tests.evaluations.years import in_days, stored_version
from tests.factories import YEAR, DivisionFactory, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]


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
