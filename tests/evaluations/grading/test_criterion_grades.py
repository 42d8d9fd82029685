"""基準別評価: single criteria graded where the form asks for it, or left ungraded with its code."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEntry
from core.refusals import Invalid
from editions.domain.load import load_edition
from editions.parse import EditionError, parse_edition
from evaluations.checks import CheckedSheet, findings_in
from evaluations.content import CriterionJudgement, from_json, to_json
from evaluations.domain.grading import grade_sheet
from evaluations.enums import State
from evaluations.models import CriterionGrade, Sheet
from evaluations.paper.build import build
from evaluations.queries.content import content_of
from evaluations.queries.last_year import earlier_sheet
from evaluations.workflow.guards import CRITERIA_GRADED, IMPROVEMENT_NAMED, Examined
from tests.factories import (
    ContributionFactory,
    UserFactory,
    h30,
    make_person,
    open_year,
    put_in_state,
)

pytestmark = pytest.mark.django_db

TOML = (Path(__file__).parents[1] / "another_year.toml").read_text(encoding="utf-8")
WHOLE = {
    "staff_words": CriterionJudgement(ungraded_reason="no_posts", reason="事務局がない。"),
    "goals": CriterionJudgement("s", reason="目標を超えた。"),
    "effects": CriterionJudgement("a", reason="効果があった。"),
}


@pytest.fixture
def sheet():
    """A sheet in review, on a form that grades three of its criteria."""
    return in_review(load_edition(TOML).edition, ContributionFactory())


def in_review(edition, contribution):
    open_year(edition, edition.definition.fiscal_year)
    clerk, judge = UserFactory(), UserFactory()
    sheet = contribution.sheets.get(edition=edition)
    put_in_state(sheet, State.REVIEW, submitter=clerk, confirmer=clerk, approver=judge)
    return Sheet.objects.select_related("edition", "cycle", "contribution", "division").get(
        pk=sheet.pk
    )


def grade(sheet, criteria, letter="A+"):
    grade_sheet(
        sheet,
        grade=letter,
        reason="理由。",
        criteria=criteria,
        actor=make_person(Role.REVIEWER),
        version=sheet.version,
    )


def missing(sheet):
    return [problem.item for problem in CRITERIA_GRADED.problems(Examined(sheet))]


def test_every_criterion_of_the_form_is_graded_before_the_approval(sheet):
    assert missing(sheet) == ["staff_words", "goals", "effects"]
    grade(sheet, {key: WHOLE[key] for key in ("staff_words", "goals")})
    assert missing(sheet) == ["effects"]
    grade(sheet, {"effects": WHOLE["effects"]})
    assert missing(sheet) == []
    assert content_of(sheet).criterion_grades == WHOLE
    entry = AuditEntry.objects.filter(action="sheet.grade").last()
    assert entry.after == {
        "overall_grade": "A+",
        "criteria": {"staff_words": "no_posts", "goals": "s"},
    }
    assert "目標" not in str(list(AuditEntry.objects.values_list("before", "after")))


def test_the_paper_has_no_place_for_the_criterias_grades(sheet):
    """No form is known to say where they stand: see the ADR. The sheet's data has them."""
    grade(sheet, WHOLE)
    content, definition = content_of(sheet), sheet.edition.definition
    graded, ungraded = build(content, definition), replace(content, criterion_grades={})
    assert graded == build(ungraded, definition)
    assert "A+" in str(graded)
    assert to_json(content, definition)["criterion_grades"]["goals"]["grade"] == "s"


def test_a_criterion_that_does_not_apply_is_not_graded(sheet):
    sheet.contribution.earmarking = "core"
    assert missing(sheet) == ["staff_words", "goals"]


# fmt: off
FAULTS = [
    ("goals",       CriterionJudgement("A+", reason="理由。"), "この年度の様式から"),
    ("goals",       CriterionJudgement("", reason="理由。"), "この年度の様式から"),
    ("goals",       CriterionJudgement("", "no_posts", "理由。"), "この年度の様式から"),
    ("staff_words", CriterionJudgement("a", "no_posts", "理由。"), "この年度の様式から"),
    ("staff_words", CriterionJudgement("", "whatever", "理由。"), "この年度の様式から"),
    ("goals",       CriterionJudgement("a", reason="　"), "評定の理由を記入"),
    ("check",       CriterionJudgement("a", reason="理由。"), "評定を求めていません"),
    ("nowhere",     CriterionJudgement("a", reason="理由。"), "評定を求めていません"),
]
# fmt: on


@pytest.mark.parametrize(("key", "judgement", "message"), FAULTS)
def test_a_faulty_grade_leaves_nothing_half_written(sheet, key, judgement, message):
    with pytest.raises(Invalid, match=message):
        grade(sheet, WHOLE | {key: judgement})
    assert not CriterionGrade.objects.exists()
    assert Sheet.objects.get(pk=sheet.pk).overall_grade == ""


def test_the_database_takes_a_grade_or_a_reason_for_none(sheet):
    for wrong in (
        {"grade": "", "ungraded_reason": "", "reason": "理由。"},
        {"grade": "a", "ungraded_reason": "no_posts", "reason": "理由。"},
        {"grade": "a", "ungraded_reason": "", "reason": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            CriterionGrade.objects.create(sheet=sheet, key="goals", **wrong)


def test_the_revision_keeps_them_and_a_form_without_them_has_no_place_for_them(sheet):
    grade(sheet, WHOLE)
    content, definition = content_of(sheet), sheet.edition.definition
    assert from_json(to_json(content, definition), definition).criterion_grades == WHOLE
    other = in_review(h30(), ContributionFactory())
    assert "criterion_grades" not in to_json(content_of(other), other.edition.definition)


def test_the_page_asks_for_each_with_its_own_scale(sheet, client):
    client.force_login(make_person(Role.REVIEWER))
    url = reverse("sheet_grade", args=[sheet.pk])
    form = client.get(url).context["form"]
    assert list(form.fields) == [
        "staff_words__grade", "staff_words__reason", "goals__grade", "goals__reason",
        "effects__grade", "effects__reason", "grade", "reason", "version",
    ]  # fmt: skip
    assert form.fields["staff_words__grade"].choices == [
        ("s", "s"),
        ("a", "a：期待どおり"),
        ("b", "b"),
        ("ungraded:no_posts", "評定を付けない：職員を置かない機関"),
    ]
    fields = {
        "staff_words__grade": "ungraded:no_posts",
        "staff_words__reason": "事務局がない。",
        "goals__grade": "s",
        "goals__reason": "目標を超えた。",
        "effects__grade": "a",
        "effects__reason": "効果があった。",
        "grade": "A+",
        "reason": "理由。",
        "version": sheet.version,
    }
    refused = client.post(url, fields | {"goals__grade": "A+", "effects__reason": ""})
    assert (refused.status_code, set(refused.context["form"].errors)) == (
        422,
        {"goals__grade", "effects__reason"},
    )
    page = client.post(url, fields, follow=True).content.decode()
    assert "評定なし（職員を置かない機関）" in page
    assert content_of(sheet).criterion_grades == WHOLE
    shown = client.get(url).context["form"]
    assert shown["staff_words__grade"].value() == "ungraded:no_posts"


def test_a_criterion_graded_last_year_and_not_this_year_is_asked_about(sheet):
    """R27, through the lineage of the key."""
    grade(sheet, WHOLE | {"staff_words": CriterionJudgement("a", reason="増えた。")})
    toml = TOML.replace('key = "another"', 'key = "third"').replace("2117", "2118")
    toml = toml.replace('key = "staff_words"', 'key = "posts"\nlineage = ["staff_words"]')
    now = in_review(load_edition(toml).edition, sheet.contribution)
    no_grade = CriterionJudgement(ungraded_reason="no_posts", reason="なくなった。")
    grade(now, {"posts": no_grade})
    # Until it is decided, last year's sheet has no grade to compare with.
    assert earlier_sheet(now).content.criterion_grades == {}
    clerk, judge = UserFactory(), UserFactory()
    put_in_state(sheet, State.APPROVED, submitter=clerk, confirmer=clerk, approver=judge)
    content, last_year = content_of(now), earlier_sheet(now).content
    view = CheckedSheet(content, now.edition.definition, last_year=last_year)
    [finding] = [f for f in findings_in(view) if f.rule == "R27"]
    assert (finding.level, finding.item) == ("W", "posts")
    assert "前年に「a」と評定" in finding.message


# --- what a form says of grades ------------------------------------------------------------------
@pytest.mark.parametrize(
    ("said", "letter", "demanded"),
    [
        ('improvement_required_from = "A-"', "A", False),
        ('improvement_required_from = "A-"', "A-", True),
        ('improvement_required_from = "A-"', "B", True),
        ("", "B", False),
    ],
)
def test_the_form_says_from_which_grade_improvement_is_called_for(said, letter, demanded):
    toml = TOML.replace('improvement_required_from = "A-"', said)
    assert parse_edition(toml).demands_improvement(letter) is demanded


@pytest.mark.parametrize(
    ("scale", "demanded"),
    [
        ("A B C D", "C D"),
        ("S A B C D", "C D"),
        ("S A+ A A- B+ B B- C D", "B- C D"),
        ("S A B", ""),
    ],
)
def test_a_form_that_does_not_say_it_asks_from_b_minus_or_c_down(scale, demanded):
    grades = ", ".join(f'{{ key = "{letter}" }}' for letter in scale.split())
    toml = TOML.replace('improvement_required_from = "A-"', "")
    before = '{ key = "S" }, { key = "A+" }, { key = "A" }, { key = "A-" }, { key = "B" }'
    definition = parse_edition(toml.replace(before, grades))
    found = [letter for letter in scale.split() if definition.demands_improvement(letter)]
    assert found == demanded.split()
    assert not definition.demands_improvement("")


def test_the_guard_goes_by_the_form(sheet):
    grade(sheet, WHOLE, letter="A")
    assert list(IMPROVEMENT_NAMED.problems(Examined(sheet))) == []
    grade(sheet, WHOLE, letter="A-")
    [problem] = IMPROVEMENT_NAMED.problems(Examined(sheet))
    assert (problem.item, "総合評価「A-」には、改善点が必要です。" in problem.message) == (
        "verdict",
        True,
    )


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ('from = "A-"', 'from = "C"', "improvement_required_from：「C」は総合評価の段階に"),
        ('required = false\nscale = "of_criteria"', "required = false", "staff_words.ungraded"),
        ('scale = "of_criteria"', 'scale = "none"', "staff_words.scale：評定の段階「none」が"),
        (', label = "職員を置かない機関"', "", "ungraded_reasons[0].label：指定がありません。"),
    ],
)
def test_a_fault_in_what_a_form_says_of_grades_is_named(right, wrong, problem):
    assert right in TOML
    with pytest.raises(EditionError) as refused:
        parse_edition(TOML.replace(right, wrong, 1))
    assert problem in "\n".join(refused.value.problems)
