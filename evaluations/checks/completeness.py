"""R00, R07, R09, R23, R24, R26, R34: required texts and register facts are complete."""

from collections.abc import Iterator

from contributions.enums import ReportStatus
from editions.enums import ItemKind
from evaluations.checks.checked_sheet import CheckedSheet
from evaluations.checks.finding import Finding, Level
from texts.notation import count_characters


def missing_entries(sheet: CheckedSheet) -> Iterator[Finding]:
    """R23 and its like: every required text is written."""
    for item in sheet.items:
        if item.is_text and item.required and not sheet.content.texts.get(item.key, "").strip():
            yield Finding(
                "R23" if item.kind == ItemKind.PDCA else "R00",
                Level.ERROR,
                item.key,
                f"{sheet.definition.name_of(item.key)}が未記入です。記入してください。",
                is_gap=True,
            )


def too_long(sheet: CheckedSheet) -> Iterator[Finding]:
    """No text is longer than its place in the form allows."""
    for item in sheet.items:
        text = sheet.content.texts.get(item.key, "")
        # No more is printed than is stored, and most texts are far from their limit.
        if not item.is_text or not item.max_length or len(text) <= item.max_length:
            continue
        if (length := count_characters(text)) > item.max_length:
            message = (
                f"{sheet.definition.name_of(item.key)}は{item.max_length:,}字までです"
                f"（現在{length:,}字）。{length - item.max_length:,}字以上減らしてください。"
            )
            yield Finding("R34", Level.ERROR, item.key, message)


def missing_register_facts(sheet: CheckedSheet) -> Iterator[Finding]:
    """R07, R09, R24: budget, staff figures with their date, and the financial report are known."""
    content = sheet.content
    for item in sheet.items:
        match item.kind:
            case ItemKind.BUDGET if content.budget_thousand_yen is None:
                message = f"{item.name}が登録されていません。千円単位で登録してください。"
                yield Finding("R09", Level.ERROR, item.key, message, is_gap=True)
            case ItemKind.STAFFING if content.staffing.as_of is None:
                message = "日本人職員数の記録がありません。時点と人数を登録してください。"
                yield Finding("R07", Level.ERROR, item.key, message, is_gap=True)
            case ItemKind.FINANCIAL_REPORT if content.financial_report is None:
                message = (
                    f"{item.name}が未登録です。受領年月と対象年度、未受領ならその理由を"
                    "登録してください。"
                )
                yield Finding("R24", Level.ERROR, item.key, message, is_gap=True)
            case ItemKind.FINANCIAL_REPORT if _covers_unknown(sheet):
                message = f"{item.name}の対象年度が登録されていません。登録してください。"
                yield Finding("R24", Level.ERROR, item.key, message, is_gap=True)
            case ItemKind.FINANCIAL_REPORT if _not_received(sheet):
                message = f"{item.name}が未受領です。機関への照会の状況を確かめてください。"
                yield Finding("R24", Level.WARNING, item.key, message)


def earmarking_is_known(sheet: CheckedSheet) -> Iterator[Finding]:
    """R26: where the form depends on whether the use is specified, that is known."""
    if sheet.content.earmarking:
        return
    place = sheet.item_of_kind(ItemKind.CONTRIBUTION_TYPE) or sheet.items[0]
    for item in sheet.definition.items:
        if "earmarking" in item.applies_when:
            message = (
                f"{sheet.definition.name_of(item.key)}は使途の指定（イヤマーク）の有無によって記入が"
                "要るかどうかが決まりますが、その別が登録されていません。登録してください。"
            )
            yield Finding("R26", Level.ERROR, place.key, message)


def _not_received(sheet: CheckedSheet) -> bool:
    report = sheet.content.financial_report
    return report is not None and report.status == ReportStatus.NOT_RECEIVED


def _covers_unknown(sheet: CheckedSheet) -> bool:
    report = sheet.content.financial_report
    return (
        report is not None
        and report.status == ReportStatus.RECEIVED
        and report.covers_fiscal_year is None
    )
