"""Sheets made up by a number: every kind of text, figure, grade and gap, the same each time."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from contributions.enums import AmountKind, ReportStatus
from contributions.models import Contribution, FinancialReport, Organization, YearlyAmount
from editions.definition import Definition, applicable_items
from editions.domain.load import SHIPPED, load_edition
from editions.enums import ItemKind
from editions.parse import parse_edition
from evaluations.content import CriterionJudgement, ReportFacts, SheetContent
from evaluations.domain.cycles import create_sheet, start_cycle
from evaluations.domain.entries import fill_entries
from evaluations.models import CriterionGrade, Cycle, Sheet
from staffing.figures import StaffingFigures, one_year_before
from staffing.models import StaffingSnapshot
from tests.factories import DivisionFactory
from texts.notation import normalize

# The shipped form, and one with other criteria, their own grades, and no name or type printed.
FORMS = tuple(
    path.read_text(encoding="utf-8")
    for path in (SHIPPED / "h30.toml", Path(__file__).with_name("another_year.toml"))
)
DEFINITIONS = tuple(parse_edition(form) for form in FORMS)
ODD = "髙﨑①㈱～℃㎡𠮷Ⅳ㍻ｱ葛󠄀é«»“”…―ー−－‐〜￥\\<b>&amp;\"'%_{}[]"
LINES = (
    "・期間中の取組を着実に進めた。",
    "　・2018年3月末までに、10回の研修に1,234名（うち日本人25名）が参加した。",
    "　　・三段目の箇条書き。",
    "（1）設立経緯等",
    "(2)半角の見出し",
    "（注）幹部はD1以上である。",
    "※1　ほかの機関を含まない。",
    "段落の文。[[下線を引いた語句]]と、[[もう一つ]]。",
    "[[閉じていない下線",
    "",
    "A resilient, rules-based order; 3.5% up (P5–D1).",
    ODD,
)


def made_up(number: int) -> tuple[Definition, SheetContent]:
    """Return the sheet called ``number`` and its form, as it goes out with a PDF.

    Reasons of grades and what does not apply are left out.
    """
    of = Random(number)
    definition = DEFINITIONS[number % len(DEFINITIONS)]
    year = definition.fiscal_year
    content = SheetContent(
        edition=definition.key,
        fiscal_year=year,
        contribution_name=of.choice(["国際機関拠出金", ODD, "（Ａ）（B）", " x\t"])
        + f"その{number}",
        contribution_type=of.choice(definition.contribution_types),
        earmarking=of.choice(["earmarked", "core", ""]),
        organization=of.choice(["国際移住機関（IOM）", "機関", "機関（本部）（HQ）", "（X）", ODD]),
        division=of.choice(["人の安全協力室", "協力課（髙﨑）"]),
        budget_thousand_yen=of.choice([None, 0, 1, 23_100, of.randrange(10**12)]),
        overall_grade=of.choice(["", *_grades(definition)]),
        staffing=_staffing(of, year),
        financial_report=_report(of, definition),
        texts={item.key: _text(of) for item in definition.text_items},
        criterion_grades=_judgements(of, definition),
        evaluation_period=of.choice([(None, None), (date(year - 1, 7, 1), date(year, 6, 30))]),
    )
    applying = {
        item.key for each in definition.sections for item in applicable_items(each, content.facts)
    }
    texts = {key: text if key in applying else "" for key, text in content.texts.items()}
    judged = {key: each for key, each in content.criterion_grades.items() if key in applying}
    budget = definition.item_of_kind(ItemKind.BUDGET)
    if budget and AmountKind.SUPPLEMENTARY in budget.amounts:
        supplementary = (content.budget_thousand_yen or 0) // 3
        content = replace(content, supplementary_thousand_yen=supplementary)
    return definition, replace(content, texts=texts, criterion_grades=judged)


def _grades(definition: Definition) -> list[str]:
    scale = definition.overall_scale
    return [grade.key for grade in scale.grades] if scale else []


def _staffing(of: Random, year: int) -> StaffingFigures:
    if of.random() < 0.1:
        return StaffingFigures()
    as_of = date(year - of.choice([0, 1]), of.choice([2, 6]), 28)
    figures = StaffingFigures(as_of, of.choice([None, 0, 169]), *_counts(of))
    if of.random() < 0.3:
        return figures
    _, japanese, senior = _counts(of)
    return replace(
        figures,
        previous_as_of=one_year_before(as_of),
        previous_japanese_staff=japanese,
        previous_japanese_senior_staff=senior,
    )


def _counts(of: Random) -> tuple[int | None, int | None, int | None]:
    senior, japanese, others = of.randrange(5), of.randrange(40), of.randrange(2_000)
    counts = (senior + japanese + others, senior + japanese, senior)
    unknown = of.choice([(), (0,), (1,), (2,), (0, 1, 2)])
    total, staff, seniors = (None if n in unknown else each for n, each in enumerate(counts))
    return total, staff, seniors


def _report(of: Random, definition: Definition) -> ReportFacts | None:
    if definition.item_of_kind(ItemKind.FINANCIAL_REPORT) is None:
        return None
    year = definition.fiscal_year
    month, covers = date(year, of.randrange(1, 13), 1), of.choice([None, year - 1])
    received = ReportFacts(ReportStatus.RECEIVED.value, month, covers)
    reason = of.choice(["照会中。", ODD])
    return of.choice([None, received, ReportFacts(ReportStatus.NOT_RECEIVED.value, reason=reason)])


def _text(of: Random) -> str:
    if of.random() < 0.15:
        return ""
    end = of.choice(["\n", "\r\n", "\r", "\n\n"])  # as typed; what is stored has LF alone
    return normalize(end.join(of.choices(LINES, k=of.randrange(1, 9))))


def _judgements(of: Random, definition: Definition) -> dict[str, CriterionJudgement]:
    judged = {}
    for item in definition.graded_criteria:
        scale = definition.scale_of(item)
        choices = [CriterionJudgement(grade.key) for grade in scale.grades] if scale else []
        choices += [CriterionJudgement("", each.key) for each in item.ungraded_reasons]
        if of.random() < 0.8:
            judged[item.key] = of.choice(choices)
    return judged


def store(content: SheetContent) -> Sheet:
    """Store ``content`` as a draft in an empty register, by none of the ways of the import."""
    form = FORMS[[each.key for each in DEFINITIONS].index(content.edition)]
    edition = load_edition(form).edition
    start, end = content.evaluation_period
    cycle = Cycle(
        fiscal_year=content.fiscal_year,
        edition=edition,
        evaluation_period_start=start,
        evaluation_period_end=end,
    )
    start_cycle(cycle, actor=None)
    contribution = Contribution.objects.create(
        name=content.contribution_name,
        organization=Organization.objects.create(name_ja=content.organization),
        contribution_type=content.contribution_type,
        earmarking=content.earmarking,
        responsible_division=DivisionFactory(name=content.division),
    )
    sheet = create_sheet(cycle, contribution, actor=None)
    fill_entries(sheet, content.texts)
    Sheet.objects.filter(pk=sheet.pk).update(overall_grade=content.overall_grade)
    for key, judged in content.criterion_grades.items():
        CriterionGrade.objects.create(
            sheet=sheet,
            key=key,
            grade=judged.grade,
            ungraded_reason=judged.ungraded_reason,
            reason="公表されない理由。",
        )
    _store_figures(sheet, content)
    return Sheet.objects.select_related(
        "cycle", "edition", "division", "contribution__organization"
    ).get(pk=sheet.pk)


def _store_figures(sheet: Sheet, content: SheetContent) -> None:
    place = {"contribution": sheet.contribution, "fiscal_year": content.fiscal_year}
    budget = sheet.edition.definition.item_of_kind(ItemKind.BUDGET)
    if content.budget_thousand_yen is not None and budget:
        # Where a form prints two budgets together, both have a part in it.
        rest = content.budget_thousand_yen
        if AmountKind.SUPPLEMENTARY in budget.amounts:
            part = content.supplementary_thousand_yen
            YearlyAmount.objects.create(
                **place, kind=AmountKind.SUPPLEMENTARY, budget_amount_thousand_yen=part
            )
            rest -= part
        YearlyAmount.objects.create(
            **place, kind=budget.amounts[0], budget_amount_thousand_yen=rest
        )
    figures = content.staffing
    for as_of, values in (
        (
            figures.as_of,
            {
                "member_count": figures.member_count,
                "professional_staff_total": figures.professional_staff_total,
                "japanese_staff": figures.japanese_staff,
                "japanese_senior_staff": figures.japanese_senior_staff,
            },
        ),
        (
            figures.previous_as_of,
            {
                "japanese_staff": figures.previous_japanese_staff,
                "japanese_senior_staff": figures.previous_japanese_senior_staff,
            },
        ),
    ):
        if as_of:
            StaffingSnapshot.objects.create(
                organization=sheet.contribution.organization, as_of=as_of, **values
            )
    if report := content.financial_report:
        FinancialReport.objects.create(
            **place,
            status=report.status,
            received_month=report.received_month,
            covers_fiscal_year=report.covers_fiscal_year,
            reason=report.reason,
        )
