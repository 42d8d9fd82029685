"""R24: the financial report came after the year it covers, and not long after."""

from collections.abc import Iterator
from datetime import date

from editions.enums import ItemKind
from evaluations.checks.checked_sheet import CheckedSheet
from evaluations.checks.finding import Finding, Level

_LATE = 12  # months after the end of the year covered


def report_is_in_time(sheet: CheckedSheet) -> Iterator[Finding]:
    """R24: the month of receipt against the year covered, and that year against last year's."""
    item, report = sheet.item_of_kind(ItemKind.FINANCIAL_REPORT), sheet.content.financial_report
    if not item or not report or not report.received_month or not report.covers_fiscal_year:
        return
    received, covered = report.received_month, report.covers_fiscal_year
    shown = f"{received.year}年{received.month}月（{covered}年度）"
    if received.year < covered:
        message = (
            f"{item.name}「{shown}」は、対象年度が始まる前に受領したことになります。"
            "受領年月か対象年度を直してください。"
        )
        yield Finding("R24", Level.ERROR, item.key, message)
    elif received.year == covered:
        message = (
            f"{item.name}「{shown}」は、対象年度の終わる前に受領したことになります。"
            "受領年月と対象年度を確かめてください。"
        )
        yield Finding("R24", Level.WARNING, item.key, message)
    elif _months(date(covered + 1, 3, 1), received) > _LATE:
        message = (
            f"{item.name}「{shown}」は、対象年度の終わりから1年より後の受領です。"
            "遅れた理由を確かめてください。"
        )
        yield Finding("R24", Level.WARNING, item.key, message)
    elif covered < sheet.content.fiscal_year - 2 or _not_advanced(sheet, covered):
        message = (
            f"{item.name}の対象は{covered}年度で、前年の評価から進んでいません。"
            "新しい報告の受領状況を確かめてください。"
        )
        yield Finding("R24", Level.WARNING, item.key, message)


def _not_advanced(sheet: CheckedSheet, covered: int) -> bool:
    before = sheet.last_year.financial_report if sheet.last_year else None
    return bool(before and before.covers_fiscal_year == covered)


def _months(start: date, end: date) -> int:
    return 12 * (end.year - start.year) + end.month - start.month
