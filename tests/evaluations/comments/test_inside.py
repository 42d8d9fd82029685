"""What is said inside stays inside: not in lists, in lookups, or in the public PDF."""

import json

import pytest
from django.urls import reverse

from accounts.enums import Role
from evaluations.content import without_reasons
from evaluations.domain.entries import save_entry
from evaluations.domain.grading import read_second
from evaluations.domain.improvement import answer_point
from evaluations.enums import CommentAudience, State
from evaluations.models import IssuedPdf
from evaluations.queries.content import entries_of
from evaluations.queries.improvement import open_points
from evaluations.refusals import Blocked
from printing import printer
from tests.evaluations.review import comment
from tests.evaluations.scene import also, make_ministry
from tests.evaluations.years import make_years, stored_version
from tests.factories import YEAR, DivisionFactory, make_person
from tests.print_backends import Noting, path_of

pytestmark = pytest.mark.django_db

DRAFT = "・書きかけの文である。"


@pytest.fixture
def ministry(fake_pdf):
    return make_ministry()


@pytest.fixture
def years(fake_pdf):
    return make_years()


def page(client, person, name, *args):
    client.force_login(person)
    return client.get(reverse(name, args=args)).content.decode()


def decided(years, year=YEAR):
    sheet = years.open(year)
    years.to_review(sheet)
    years.grade(sheet, "B")
    years.approve(sheet)
    return sheet


def reopened_with_a_draft(years, sheet):
    years.step(sheet, "reopen", "coordinator", "訂正のため。")
    version = entries_of(sheet)["plan"].version
    save_entry(sheet, "plan", DRAFT, version=version, actor=years.people["officer"])


def test_no_list_can_be_asked_whether_reviewers_said_something(ministry, client):
    sheet = ministry.put(State.REVIEW)
    comment(sheet, ministry.people["reviewer"], "内々のこと。", audience=CommentAudience.REVIEWERS)
    client.force_login(ministry.people["officer"])
    url = "/admin/evaluations/sheet/?comment_threads__isnull=False"
    assert client.get(url).status_code in {302, 400}
    assert "コメント" not in page(client, ministry.people["officer"], "sheet_timeline", sheet.pk)


def test_a_second_reading_is_not_in_the_divisions_timeline(years, client):
    sheet = years.open()
    years.to_review(sheet)
    years.grade(sheet, "B")
    version = stored_version(sheet)
    read_second(
        sheet, grade="C", reason="別の見方。", actor=years.people["second"], version=version
    )
    assert "第二読者" not in page(client, years.people["officer"], "sheet_timeline", sheet.pk)


@pytest.mark.parametrize("who", ["auditor", "other_officer"])
def test_the_admin_tells_readers_no_more_than_the_page(ministry, client, who):
    sheet, people = ministry.put(State.REVIEW), ministry.people
    sheet = ministry.put(State.PUBLISHED)
    person = also(people[who], Role.VIEWER) if who == "other_officer" else people[who]
    shown = page(client, person, "admin:evaluations_sheet_change", sheet.pk)
    assert "着実な成果である" not in shown


def test_last_years_draft_is_for_its_own_division(years, client):
    first = decided(years)
    reopened_with_a_draft(years, first)
    other = DivisionFactory(name="新しい担当課")
    years.contribution.responsible_division = other
    years.contribution.save()
    second = years.open(YEAR + 1)
    newcomer = make_person(Role.OFFICER, other)
    assert DRAFT not in page(client, newcomer, "sheet_section", second.pk, "pdca")


def test_a_viewer_reads_what_was_decided_and_nothing_beside_it(years, client):
    first = decided(years)
    second = decided(years, YEAR + 1)
    reopened_with_a_draft(years, first)
    viewer = make_person(Role.VIEWER)
    shown = page(client, viewer, "sheet_section", second.pk, "pdca")
    assert DRAFT not in shown
    assert "点検結果</h2>" not in shown
    assert "点検の結果</h2>" not in page(client, viewer, "sheet_detail", second.pk)


def with_a_point_answered(years):
    """Return the second year's sheet, in review, and the first year's point that it answers."""
    first = years.open()
    years.to_review(first)
    years.grade(first, "C")
    years.raise_point(first, "内々の改善点。")
    years.approve(first)
    second = years.open(YEAR + 1)
    [point] = [each.point for each in open_points(second)]
    answer_point(
        second, point.pk, status="done", text="済ませた。", actor=years.people["officer"], version=0
    )
    years.to_review(second)
    return second, point


def test_points_and_their_answers_are_not_for_viewers(years, client):
    second, _ = with_a_point_answered(years)
    years.grade(second, "B")
    years.approve(second)
    viewer = make_person(Role.VIEWER)
    for section in second.edition.definition.sections:
        assert "内々の改善点" not in page(client, viewer, "sheet_section", second.pk, section.key)


def test_an_answer_changed_after_the_return_is_not_shut_away(years):
    second, point = with_a_point_answered(years)
    years.step(second, "return", "reviewer", "直してください。")
    officer = years.people["officer"]
    answer_point(second, point.pk, status="dropped", text="やめた。", actor=officer, version=1)
    with pytest.raises(Blocked):
        years.step(second, "undo_return", "reviewer", "取違え。")


def test_the_issued_pdf_carries_no_reason_of_a_grade(settings):
    settings.PRINT_BACKEND = path_of(Noting)
    printer.backend().printed.clear()
    years = make_years()
    sheet = decided(years)
    [(_, files)] = printer.backend().printed
    attached = json.loads(files["sheet.json"])
    content = sheet.revisions.get(occasion="approve").content
    assert content["overall_grade_reason"] != ""
    assert attached["sheet"] == without_reasons(content)
    assert attached["sheet"]["overall_grade_reason"] == ""
    assert content["overall_grade_reason"].encode() not in bytes(IssuedPdf.objects.get().content)
