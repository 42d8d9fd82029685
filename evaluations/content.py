"""The content of a sheet as a plain value.

Checks, printing, revisions, ``sheet_json`` and the comparison all use it, whether it was made
from the database (``queries.content_of``) or from a stored revision (``from_json``).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from contributions.enums import ContributionType, ReportStatus
from editions.definition import Definition, applicable_items
from editions.enums import ItemKind
from staffing.figures import StaffingFigures


@dataclass(frozen=True)
class ReportFacts:
    """財政状況の報告: received in which month (its first day), covering which fiscal year."""

    status: str = ReportStatus.RECEIVED
    received_month: date | None = None
    covers_fiscal_year: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class CriterionJudgement:
    """基準別評価 of one criterion: its grade, or the form's code for having none; and why."""

    grade: str = ""
    ungraded_reason: str = ""
    reason: str = ""


@dataclass(frozen=True)
class SheetContent:
    """A whole sheet. Amounts in 千円, staff in persons; None where unknown.

    ``is_in_review``: 審査中 stands in place of the grade, which the reviewers have yet to fix.
    """

    edition: str
    fiscal_year: int
    contribution_name: str
    contribution_type: str
    earmarking: str
    organization: str
    division: str
    budget_thousand_yen: int | None = None
    supplementary_thousand_yen: int = 0  # of the budget, on a form that prints both kinds
    overall_grade: str = ""
    overall_grade_reason: str = ""
    staffing: StaffingFigures = field(default_factory=StaffingFigures)
    financial_report: ReportFacts | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    criterion_grades: Mapping[str, CriterionJudgement] = field(default_factory=dict)
    evaluation_period: tuple[date | None, date | None] = (None, None)
    is_in_review: bool = False

    @property
    def facts(self) -> dict[str, str]:
        """What an edition's ``applies_when`` may ask about."""
        return {"contribution_type": self.contribution_type, "earmarking": self.earmarking}

    def value_of(self, kind: ItemKind, key: str) -> Any:
        """Return the value of an item of ``kind`` called ``key``, as JSON can hold it."""
        match kind:
            case ItemKind.CONTRIBUTION_NAME:
                return self.contribution_name
            case ItemKind.CONTRIBUTION_TYPE:
                return ContributionType(self.contribution_type).label
            case ItemKind.BUDGET:
                return self.budget_thousand_yen
            case ItemKind.GRADE:
                return self.overall_grade
            case ItemKind.ORGANIZATION:
                return self.organization
            case ItemKind.DIVISION:
                return self.division
            case ItemKind.STAFFING:
                return _staffing_json(self.staffing)
            case ItemKind.FINANCIAL_REPORT:
                return _plain(asdict(self.financial_report)) if self.financial_report else None
            case _:
                return self.texts.get(key, "")


# Identifies the sheet: always included, even where the form does not print it.
IDENTIFYING = (
    ItemKind.CONTRIBUTION_NAME,
    ItemKind.CONTRIBUTION_TYPE,
    ItemKind.ORGANIZATION,
    ItemKind.DIVISION,
)


def to_json(content: SheetContent, definition: Definition) -> dict[str, Any]:
    """Return the sheet as JSON types: every item by its edition key, under ``items``.

    ``budget_amount`` is in 千円; dates are ISO; the staffing ratio is the derived percentage. A
    form that grades single criteria has ``criterion_grades`` besides, by the item's key; names
    that it does not print stand under ``not_on_form``, by their kind. What a supplementary budget
    added to the amount is ``supplementary_budget``.
    """
    graded = definition.graded_criteria
    unprinted = {
        kind.value: content.value_of(kind, "")
        for kind in IDENTIFYING
        if definition.item_of_kind(kind) is None
    }
    judged = {
        item.key: asdict(content.criterion_grades[item.key])
        for item in graded
        if item.key in content.criterion_grades
    }
    start, end = content.evaluation_period
    supplementary = content.supplementary_thousand_yen
    return {
        "edition": content.edition,
        "fiscal_year": content.fiscal_year,
        "evaluation_period": [
            start.isoformat() if start else None,
            end.isoformat() if end else None,
        ],
        "earmarking": content.earmarking,
        "overall_grade_reason": content.overall_grade_reason,
        "items": {item.key: content.value_of(item.kind, item.key) for item in definition.items},
        **({"supplementary_budget": supplementary} if supplementary else {}),
        **({"criterion_grades": judged} if graded else {}),
        **({"not_on_form": unprinted} if unprinted else {}),
    }


def without_grades(content: SheetContent) -> SheetContent:
    """Return ``content`` without its grades and their reasons, for readers before the approval."""
    return replace(content, overall_grade="", overall_grade_reason="", criterion_grades={})


def without_reasons(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return what ``to_json`` wrote without the reasons of the grades: they are not public."""
    graded = stored.get("criterion_grades")
    judged = {key: {**each, "reason": ""} for key, each in graded.items()} if graded else graded
    public = {**stored, "overall_grade_reason": ""}
    return public if judged is None else public | {"criterion_grades": judged}


def for_the_public(stored: Mapping[str, Any], definition: Definition) -> dict[str, Any]:
    """Return what ``to_json`` wrote, reduced to what a published PDF may contain.

    Left out are the reasons of grades, and texts and grades of items that do not apply to the
    contribution: they are neither printed nor checked, and may be left over from another kind.
    """
    public = without_reasons(stored)
    facts = from_json(stored, definition).facts
    applying = {
        item.key for section in definition.sections for item in applicable_items(section, facts)
    }
    hidden = {item.key for item in definition.text_items} - applying
    public["items"] = {
        key: "" if key in hidden else value for key, value in stored["items"].items()
    }
    if "criterion_grades" in public:
        graded = public["criterion_grades"].items()
        public["criterion_grades"] = {key: each for key, each in graded if key in applying}
    return public


def from_json(stored: Mapping[str, Any], definition: Definition) -> SheetContent:
    """Return the content that ``to_json`` wrote."""
    items, unprinted = stored["items"], stored.get("not_on_form", {})

    def of(kind: ItemKind, default: Any = "") -> Any:
        item = definition.item_of_kind(kind)
        return items.get(item.key, default) if item else unprinted.get(kind.value, default)

    report = of(ItemKind.FINANCIAL_REPORT, None)
    start, end = stored["evaluation_period"]
    types = {label: value for value, label in ContributionType.choices}
    return SheetContent(
        edition=stored["edition"],
        fiscal_year=stored["fiscal_year"],
        contribution_name=of(ItemKind.CONTRIBUTION_NAME),
        contribution_type=types.get(of(ItemKind.CONTRIBUTION_TYPE), ""),
        earmarking=stored["earmarking"],
        organization=of(ItemKind.ORGANIZATION),
        division=of(ItemKind.DIVISION),
        budget_thousand_yen=of(ItemKind.BUDGET, None),
        supplementary_thousand_yen=stored.get("supplementary_budget", 0),
        overall_grade=of(ItemKind.GRADE),
        overall_grade_reason=stored["overall_grade_reason"],
        staffing=_staffing_from(of(ItemKind.STAFFING, None)),
        financial_report=ReportFacts(**_dated(report, "received_month")) if report else None,
        texts={item.key: items.get(item.key, "") for item in definition.text_items},
        criterion_grades={
            key: CriterionJudgement(**judged)
            for key, judged in stored.get("criterion_grades", {}).items()
        },
        evaluation_period=(_date(start), _date(end)),
    )


def _staffing_json(figures: StaffingFigures) -> dict[str, Any]:
    ratio = figures.japanese_staff_ratio
    stored = _plain(asdict(figures)) | {
        "japanese_staff_ratio": str(ratio) if ratio is not None else None
    }
    if not figures.not_applicable_reason:
        del stored["not_applicable_reason"]
    return stored


def _staffing_from(stored: Mapping[str, Any] | None) -> StaffingFigures:
    if not stored:
        return StaffingFigures()
    own = {name: value for name, value in stored.items() if name != "japanese_staff_ratio"}
    return StaffingFigures(**_dated(own, "as_of", "previous_as_of"))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def _dated(values: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return dict(values) | {name: _date(values[name]) for name in names}


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
