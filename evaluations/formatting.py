"""Formatting of figures and names, for print and for comparison."""

import calendar
from datetime import date

from contributions.enums import ContributionType, ReportStatus
from editions.definition import Item
from editions.enums import ItemKind
from evaluations.content import ReportFacts, SheetContent
from staffing.figures import StaffingFigures

UNKNOWN = "―"
IN_REVIEW = "審査中"


def value_in_words(item: Item, content: SheetContent) -> str:
    """Return the printed form of a value that is not a text. Amounts in 千円."""
    match item.kind:
        case ItemKind.CONTRIBUTION_TYPE:
            return ContributionType(content.contribution_type).label
        case ItemKind.BUDGET:
            return budget_in_words(content)
        case ItemKind.GRADE:
            return IN_REVIEW if content.is_in_review else content.overall_grade or UNKNOWN
        case ItemKind.FINANCIAL_REPORT:
            return report_in_words(content.financial_report)
        case _:
            return str(content.value_of(item.kind, item.key))


def budget_in_words(content: SheetContent) -> str:
    """「23,100千円」; 「23,100千円（うち補正1,000千円）」 with a supplementary budget in it."""
    amount, supplementary = content.budget_thousand_yen, content.supplementary_thousand_yen
    if amount is None:
        return UNKNOWN
    of_it = f"（うち補正{supplementary:,}千円）" if supplementary else ""
    return f"{amount:,}千円{of_it}"


def report_in_words(report: ReportFacts | None) -> str:
    """「2018年6月(2017年度)」, as the official sheets have it."""
    if report is None or report.status == ReportStatus.NOT_APPLICABLE:
        return UNKNOWN
    if report.status == ReportStatus.NOT_RECEIVED:
        return f"未受領({report.reason})"
    month = report.received_month
    if month is None:
        return UNKNOWN
    covered = f"({report.covers_fiscal_year}年度)" if report.covers_fiscal_year else ""
    return f"{month.year}年{month.month}月{covered}"


def staffing_in_words(figures: StaffingFigures, key: str) -> str:
    """Return the printed form of the figure called ``key``."""
    value = getattr(figures, key)
    if value is None:
        return UNKNOWN
    return f"{value}%" if key == "japanese_staff_ratio" else f"{value:,}"


def point_in_time(day: date) -> str:
    """Return 「2017年12月末」 for the last day of a month, else the whole date."""
    if day.day == calendar.monthrange(day.year, day.month)[1]:
        return f"{day.year}年{day.month}月末"
    return f"{day.year}年{day.month}月{day.day}日"
