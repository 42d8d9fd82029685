"""A form nobody has seen before works from its data alone: written, checked, graded, printed."""

from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from django.urls import reverse

from accounts.enums import Role
from contributions.enums import Earmarking
from contributions.models import YearlyAmount
from core.refusals import Invalid
from editions.domain.load import load_edition
from editions.enums import ItemKind
from evaluations.checks import findings_of
from evaluations.content import CriterionJudgement, from_json, to_json
from evaluations.domain.entries import save_entry
from evaluations.domain.grading import grade_sheet
from evaluations.formatting import value_in_words
from evaluations.models import CriterionGrade, IssuedPdf, Sheet
from evaluations.paper.issued_pdf import pdf_of
from evaluations.paper.sheet_reading import data_inside
from evaluations.queries.content import content_of
from evaluations.refusals import Blocked
from evaluations.workflow import perform
from staffing.models import StaffingSnapshot
from tests.factories import ContributionFactory, make_person, open_year

pytestmark = pytest.mark.django_db

TOML = (Path(__file__).parents[1] / "another_year.toml").read_text(encoding="utf-8")


@pytest.fixture
def sheet():
    return sheet_on(TOML)


def sheet_on(form):
    contribution = ContributionFactory()
    edition = load_edition(form).edition
    open_year(edition, edition.definition.fiscal_year)
    return contribution.sheets.get()


def pay(sheet, **amounts):
    for kind, amount in amounts.items():
        YearlyAmount.objects.create(
            contribution=sheet.contribution,
            fiscal_year=sheet.cycle.fiscal_year,
            kind=kind,
            budget_amount_thousand_yen=amount,
        )


def printed_budget(sheet):
    item = sheet.edition.definition.item_of_kind(ItemKind.BUDGET)
    return value_in_words(item, content_of(Sheet.objects.get(pk=sheet.pk)))


def write_all(sheet, officer):
    for item in sheet.edition.definition.text_items:
        save_entry(sheet, item.key, f"・{item.key}のことば。", version=0, actor=officer)
    year = sheet.cycle.fiscal_year
    pay(sheet, initial=1000, supplementary=234)
    for as_of in (date(year - 1, 3, 31), date(year, 3, 31)):
        StaffingSnapshot.objects.create(
            organization=sheet.contribution.organization,
            as_of=as_of,
            professional_staff_total=8,
            japanese_staff=1,
        )


def test_the_whole_story_of_another_form(sheet, client):
    officer = make_person(Role.OFFICER, sheet.division)
    head = make_person(Role.HEAD, sheet.division)
    reviewer = make_person(Role.REVIEWER)

    client.force_login(officer)
    page = client.get(reverse("sheet_section", args=[sheet.pk, "check_first"]))
    assert [place["label"] for place in page.context["places"]] == ["点検", "計画"]

    with pytest.raises(Blocked) as blocked:
        perform(sheet, "submit", actor=officer, version=sheet.version)
    assert {problem.item for problem in blocked.value.problems} == {
        "check", "plan", "goals", "effects", "staff_figures", "money",
    }  # fmt: skip

    write_all(sheet, officer)
    perform(sheet, "submit", actor=officer, version=sheet.version)
    perform(sheet, "confirm", actor=head, version=sheet.version)
    with pytest.raises(Invalid):
        grade_sheet(sheet, grade="C", reason="理由。", actor=reviewer, version=sheet.version)
    grade_sheet(
        sheet,
        grade="A+",
        reason="理由。",
        criteria={
            "staff_words": CriterionJudgement(ungraded_reason="no_posts", reason="事務局がない。"),
            "goals": CriterionJudgement("s", reason="目標を超えた。"),
            "effects": CriterionJudgement("a", reason="効果があった。"),
        },
        actor=reviewer,
        version=sheet.version,
    )
    perform(sheet, "approve", actor=reviewer, version=sheet.version)

    pdf = pypdfium2.PdfDocument(bytes(IssuedPdf.objects.get().content))
    text = "".join("".join(page.get_textpage().get_text_range().split()) for page in pdf)
    order = ["令和99年度評価票", "担当", "Ⅰ振り返り", "点検", "計画", "Ⅱ職員", "12.5%",
             "Ⅲ政策目標への貢献", "得られた効果", "結論", "A+",
             "1,234千円（うち補正234千円）"]  # fmt: skip
    assert [label for label in order if label not in text] == []
    assert [text.index(label) for label in order] == sorted(text.index(label) for label in order)


def test_a_criterion_that_does_not_apply_is_neither_asked_for_nor_printed(sheet, client):
    sheet.contribution.earmarking = Earmarking.CORE
    sheet.contribution.save()
    content = content_of(Sheet.objects.get(pk=sheet.pk))
    assert "effects" not in {f.item for f in findings_of(content, sheet.edition.definition)}
    client.force_login(make_person(Role.OFFICER, sheet.division))
    assert (
        "得られた効果" not in client.get(reverse("sheet_preview", args=[sheet.pk])).content.decode()
    )


def test_what_stands_in_a_place_that_does_not_apply_does_not_go_out_with_the_pdf(sheet):
    """Written while the contribution was earmarked, and left over when it no longer was."""
    officer = make_person(Role.OFFICER, sheet.division)
    save_entry(sheet, "effects", "・内部の見込み。", version=0, actor=officer)
    save_entry(sheet, "goals", "・公表する成果。", version=0, actor=officer)
    for key in ("effects", "goals"):
        CriterionGrade.objects.create(sheet=sheet, key=key, grade="a", reason="理由。")

    def data():
        return data_inside(pdf_of(Sheet.objects.get(pk=sheet.pk))).sheet

    sheet.contribution.earmarking = Earmarking.EARMARKED
    sheet.contribution.save()
    assert data()["items"]["effects"] == "・内部の見込み。"

    sheet.contribution.earmarking = Earmarking.CORE
    sheet.contribution.save()
    assert "内部の見込み" not in str(data())
    assert data()["items"]["goals"] == "・公表する成果。"
    assert set(data()["criterion_grades"]) == {"goals"}


def test_its_revision_reads_back_as_what_was_stored(sheet):
    write_all(sheet, make_person(Role.OFFICER, sheet.division))
    definition = sheet.edition.definition
    content = content_of(Sheet.objects.get(pk=sheet.pk))
    # This form prints neither the name nor the type, which are kept beside its items.
    stored = to_json(content, definition)
    assert stored["not_on_form"] == {
        "contribution_name": sheet.contribution.name,
        "contribution_type": "任意拠出金",
    }
    assert from_json(stored, definition) == content
    assert (content.budget_thousand_yen, content.supplementary_thousand_yen) == (1234, 234)
    assert stored["items"]["money"] == 1234
    assert stored["supplementary_budget"] == 234


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ({}, "―"),
        ({"initial": 1000}, "1,000千円"),
        ({"supplementary": 234}, "234千円（うち補正234千円）"),
        ({"initial": 1000, "supplementary": 0}, "1,000千円"),
        ({"initial": 1000, "supplementary": 234}, "1,234千円（うち補正234千円）"),
    ],
)
def test_two_budgets_of_one_year_are_told_apart(sheet, amounts, words):
    pay(sheet, **amounts)
    assert printed_budget(sheet) == words


@pytest.mark.parametrize(
    ("printed", "words"), [("initial", "1,000千円"), ("supplementary", "234千円")]
)
def test_a_form_with_one_budget_prints_it_plainly(printed, words):
    sheet = sheet_on(TOML.replace('["initial", "supplementary"]', f'["{printed}"]'))
    pay(sheet, initial=1000, supplementary=234)
    assert printed_budget(sheet) == words


def test_only_contributions_in_its_scope_get_a_sheet():
    voluntary = ContributionFactory()
    ContributionFactory(contribution_type="assessed")
    open_year(load_edition(TOML).edition, 2117)
    assert [sheet.contribution for sheet in Sheet.objects.all()] == [voluntary]
