"""Sheets as single lines, for the list of sheets and the index of an archive."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Sum

from contributions.enums import ContributionType
from contributions.models import YearlyAmount
from editions.enums import ItemKind
from evaluations.access.grades import grade_on_paper
from evaluations.content import from_json
from evaluations.enums import Action
from evaluations.models import Revision, Sheet


@dataclass(frozen=True)
class YearLine:
    """A sheet in one line. ``budget_thousand_yen`` is None if unknown.

    ``grade`` is that of the approval, 「審査中」 in the review, and "" before.
    """

    sheet_id: int
    year: str
    contribution: str
    organization: str
    division: str
    type: str
    budget_thousand_yen: int | None
    grade: str
    state: str
    is_draft: bool


@dataclass(frozen=True)
class YearGroup:
    """The lines of one year, with the sum of the known amounts."""

    year: str
    lines: tuple[YearLine, ...]

    @property
    def total_thousand_yen(self) -> int:
        """The sum of the known amounts."""
        return sum(line.budget_thousand_yen or 0 for line in self.lines)

    @property
    def without_amount(self) -> int:
        """The number of sheets without a known amount."""
        return sum(line.budget_thousand_yen is None for line in self.lines)


def lines_of(sheets: Iterable[Sheet]) -> list[YearLine]:
    """Return a line for each of ``sheets``, in order. Two queries.

    Decided sheets are shown as decided, all others as they are now.
    """
    every = list(sheets)
    decided = _decided([sheet for sheet in every if sheet.is_final])
    amounts = _amounts([sheet for sheet in every if sheet.pk not in decided])
    return [decided.get(sheet.pk) or _line_now(sheet, amounts) for sheet in every]


def group_by_year(lines: Iterable[YearLine]) -> list[YearGroup]:
    """Group ``lines``, which are sorted by year, by year."""
    return [YearGroup(year, tuple(each)) for year, each in groupby(lines, lambda line: line.year)]


def _line_now(sheet: Sheet, amounts: Mapping[tuple[int, int, str], int]) -> YearLine:
    item = sheet.edition.definition.item_of_kind(ItemKind.BUDGET)
    place = (sheet.contribution_id, sheet.cycle.fiscal_year)
    known = (
        [amounts[(*place, kind)] for kind in item.amounts if (*place, kind) in amounts]
        if item
        else []
    )
    return YearLine(
        sheet_id=sheet.pk,
        year=sheet.edition.year_label,
        contribution=sheet.contribution.name,
        organization=str(sheet.contribution.organization),
        division=sheet.division.name,
        type=sheet.contribution.get_contribution_type_display(),
        budget_thousand_yen=sum(known) if known else None,
        grade=grade_on_paper(sheet),
        state=sheet.get_state_display(),
        is_draft=not sheet.is_final,
    )


def _decided(sheets: Collection[Sheet]) -> dict[int, YearLine]:
    by_id = {sheet.pk: sheet for sheet in sheets}
    lines: dict[int, YearLine] = {}
    approvals = Revision.objects.filter(sheet__in=by_id, occasion=Action.APPROVE)
    for revision in approvals.order_by("sheet", "number").iterator(chunk_size=50):
        # The last approval counts.
        lines[revision.sheet_id] = _line_then(by_id[revision.sheet_id], revision)
    return lines


def _line_then(sheet: Sheet, revision: Revision) -> YearLine:
    content = from_json(revision.content, sheet.edition.definition)
    return YearLine(
        sheet_id=sheet.pk,
        year=sheet.edition.year_label,
        contribution=content.contribution_name,
        organization=content.organization,
        division=content.division,
        type=dict(ContributionType.choices).get(content.contribution_type, ""),
        budget_thousand_yen=content.budget_thousand_yen,
        grade=content.overall_grade,
        state=sheet.get_state_display(),
        is_draft=False,
    )


def _amounts(sheets: Iterable[Sheet]) -> dict[tuple[int, int, str], int]:
    """Return the amounts in thousand yen by contribution, fiscal year and kind of budget."""
    rows = (
        YearlyAmount.objects.filter(contribution__in={sheet.contribution_id for sheet in sheets})
        .order_by()
        .values_list("contribution", "fiscal_year", "kind")
        .annotate(total=Sum("budget_amount_thousand_yen"))
    )
    return {(paid, year, kind): total for paid, year, kind, total in rows}
