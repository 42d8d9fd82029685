"""Until the approval a grade and its reason are those of the reviewers and coordinators alone."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import roles_of
from booklets.queries.year_list import lines_of
from evaluations.access.grades import grade_in_words
from evaluations.checks import findings_in
from evaluations.domain.grading import grade_sheet
from evaluations.domain.improvement import PointFields, add_point
from evaluations.enums import Action, State
from evaluations.models import Sheet
from evaluations.paper.build import document_of
from evaluations.paper.issued_pdf import draft_of
from evaluations.queries.checked_sheets import checked_sheet_of
from evaluations.workflow import perform
from evaluations.workflow.shown import shown_in
from tests.evaluations.scene import make_ministry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

REASON, POINT = "評価の理由の文である。", "改善点の文である。"
DIVISION, GRADERS = ("officer", "head"), ("reviewer", "coordinator")


@pytest.fixture
def ministry():
    """A sheet that a reviewer has graded C, with a reason and a point, and not yet approved."""
    ministry = make_ministry()
    for who, action in (("officer", Action.SUBMIT), ("head", Action.CONFIRM)):
        step(ministry, who, action)
    sheet, reviewer = ministry.sheet, ministry.people["reviewer"]
    grade_sheet(sheet, grade="C", reason=REASON, actor=reviewer, version=sheet.version)
    point = PointFields(POINT, sheet.division, date(2100, 3, 31))
    add_point(sheet, point, actor=reviewer, version=sheet.version)
    return ministry


def step(ministry, who, action, comment=""):
    sheet = ministry.sheet
    sheet.refresh_from_db()
    perform(sheet, action, actor=ministry.people[who], comment=comment, version=sheet.version)


def pages(sheet):
    """Every page on the sheet, and those that list it."""
    sections = [s.key for s in sheet.edition.definition.sections]
    return [
        reverse("home"),
        reverse("sheet_list"),
        reverse("sheet_queue"),
        *(
            reverse(name, args=[sheet.pk])
            for name in (
                "sheet_detail",
                "sheet_preview",
                "sheet_printed",
                "sheet_compare",
                "sheet_timeline",
                "sheet_why",
                "admin:evaluations_sheet_change",
            )
        ),
        reverse("admin:evaluations_sheet_changelist"),
        *(reverse("sheet_section", args=[sheet.pk, key]) for key in sections),
    ]


def told_on(client, person, sheet):
    """Return which of the secrets each page tells, by its address."""
    client.force_login(person)
    secrets = ("「C」", ">C<", ">C（未確定）<", REASON, POINT)
    return {
        url: [secret for secret in secrets if secret in page]
        for url in pages(sheet)
        if (page := client.get(url).content.decode())
    }


@pytest.mark.parametrize("who", [*DIVISION, "viewer", "auditor"])
@pytest.mark.parametrize("returned", [False, True])
def test_no_page_tells_the_division_what_is_not_decided(ministry, client, who, returned):
    if returned:
        step(ministry, "reviewer", Action.RETURN, "時点を書いてください。")
    told = told_on(client, ministry.people[who], ministry.sheet)
    assert {url: found for url, found in told.items() if found} == {}


@pytest.mark.parametrize("who", GRADERS)
def test_those_who_grade_see_it_everywhere_but_on_paper(ministry, client, who):
    told = told_on(client, ministry.people[who], ministry.sheet)
    assert told[reverse("sheet_detail", args=[ministry.sheet.pk])] == [
        ">C（未確定）<", REASON, POINT,
    ]  # fmt: skip
    assert told[reverse("sheet_list")] == [">C（未確定）<"]
    assert "「C」" in told[reverse("sheet_timeline", args=[ministry.sheet.pk])]
    assert told[reverse("sheet_preview", args=[ministry.sheet.pk])] == []


def grade_cell(sheet):
    return next(c.value for c in document_of(sheet).first_row if c.key == "overall_grade")


def test_papers_and_lists_say_that_it_is_in_review(ministry):
    sheet = ministry.sheet
    assert grade_cell(sheet) == "審査中"
    assert [line.grade for line in lines_of([sheet])] == ["審査中"]
    assert b'"overall_grade":""' in draft_of(sheet).data
    step(ministry, "reviewer", Action.RETURN, "時点を書いてください。")
    assert grade_cell(Sheet.objects.get(pk=sheet.pk)) == "―"
    assert [line.grade for line in lines_of([Sheet.objects.get(pk=sheet.pk)])] == [""]


def test_it_is_told_to_all_who_may_see_the_sheet_once_it_is_fixed(ministry, client):
    step(ministry, "reviewer", Action.APPROVE)
    sheet = Sheet.objects.get(pk=ministry.sheet.pk)
    told = told_on(client, ministry.people["officer"], sheet)
    assert told[reverse("sheet_detail", args=[sheet.pk])] == [">C<", REASON, POINT]
    assert (grade_cell(sheet), lines_of([sheet])[0].grade) == ("C", "C")
    # What was thought on the way there stays with the reviewers.
    assert told[reverse("sheet_timeline", args=[sheet.pk])] == []


def test_a_grade_of_an_earlier_review_gives_the_division_nothing_to_answer(ministry):
    """A finding on a grade that the officer cannot see would stop every submission."""
    sheet = ministry.sheet
    step(ministry, "reviewer", Action.RETURN, "時点を書いてください。")
    Sheet.objects.filter(pk=sheet.pk).update(overall_grade="Z")
    found = findings_in(checked_sheet_of(Sheet.objects.get(pk=sheet.pk)))
    assert [finding for finding in found if finding.item == "overall_grade"] == []
    step(ministry, "officer", Action.SUBMIT)
    step(ministry, "head", Action.CONFIRM)
    found = findings_in(checked_sheet_of(Sheet.objects.get(pk=sheet.pk)))
    assert "R11" in {finding.rule for finding in found}


def test_what_a_head_takes_along_in_an_address_does_not_tell_it(ministry, client):
    step(ministry, "reviewer", Action.RETURN, "時点を書いてください。")
    step(ministry, "officer", Action.SUBMIT)
    client.force_login(ministry.people["head"])
    page = client.get(reverse("sheet_detail", args=[ministry.sheet.pk]))
    [(_, cell)] = shown_in(page.context["shown"]).places["overall_grade"].items()
    assert len(cell) == 8
    assert page.context["since"].changed == ()


def test_an_official_sheet_that_was_imported_keeps_the_grade_it_was_published_with(ministry):
    sheet = ministry.other_sheet
    Sheet.objects.filter(pk=sheet.pk).update(overall_grade="A")
    sheet.refresh_from_db()
    assert (sheet.state, sheet.graded_at) == (State.DRAFT, None)
    assert grade_cell(sheet) == "A"
    assert grade_in_words(roles_of(ministry.people["other_officer"]), sheet) == "A"
