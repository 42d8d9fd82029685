"""R02–R05, R07: the staffing table against itself, the year and last year's."""

from collections.abc import Iterator
from datetime import date

from editions.enums import ItemKind
from evaluations.checks.checked_sheet import CheckedSheet
from evaluations.checks.finding import Finding, Level
from evaluations.formatting import point_in_time

NOTABLE_CHANGE = 0.2  # of last year's number
_FEWEST = 2  # persons: a change of one is none to explain


def table_is_of_the_year(sheet: CheckedSheet) -> Iterator[Finding]:
    """R07: the figures are not from before the period that is evaluated.

    Where the period is not known, it is the fiscal year before that of the form.
    """
    item, as_of = sheet.item_of_kind(ItemKind.STAFFING), sheet.content.staffing.as_of
    start = sheet.content.evaluation_period[0] or date(sheet.content.fiscal_year - 1, 4, 1)
    if item and as_of and as_of < start and not _has_no_staff(sheet):
        message = (
            f"職員数の表は{point_in_time(as_of)}の値で、評価対象期間より前のものです。"
            f"{start.year}年{start.month}月{start.day}日以後の時点の人数を登録してください。"
        )
        yield Finding("R07", Level.ERROR, item.key, message, is_gap=True)


def _has_no_staff(sheet: CheckedSheet) -> bool:
    """Whether the table is 該当なし, with a reason: then nothing is missing in it."""
    return bool(sheet.content.staffing.not_applicable_reason)


def ratio_computable(sheet: CheckedSheet) -> Iterator[Finding]:
    """R02: the ratio is computed, never typed; where it cannot be, say what is missing."""
    item, figures = sheet.item_of_kind(ItemKind.STAFFING), sheet.content.staffing
    missing = figures.as_of and figures.japanese_staff_ratio is None
    if item and missing and not _has_no_staff(sheet):
        message = (
            "日本人職員の比率を計算できません。"
            "全職員数（1名以上）と日本人職員数を登録してください。"
        )
        yield Finding("R02", Level.WARNING, item.key, message)


def senior_within_japanese_within_total(sheet: CheckedSheet) -> Iterator[Finding]:
    """R03: 幹部 ≤ 日本人職員 ≤ 全職員, this year and last year."""
    item = sheet.item_of_kind(ItemKind.STAFFING)
    if item is None:
        return
    f = sheet.content.staffing
    pairs = (
        (f.japanese_senior_staff, "日本人幹部職員数", f.japanese_staff, "日本人職員数"),
        (f.japanese_staff, "日本人職員数", f.professional_staff_total, "全職員数"),
        (
            f.previous_japanese_senior_staff,
            "日本人幹部職員数（前年同時期）",
            f.previous_japanese_staff,
            "日本人職員数（前年同時期）",
        ),
    )
    for part, part_name, whole, whole_name in pairs:
        if part is not None and whole is not None and part > whole:
            message = (
                f"{part_name}（{part:,}）が{whole_name}（{whole:,}）を超えています。"
                "どちらかを直してください。"
            )
            yield Finding("R03", Level.ERROR, item.key, message)


def last_year_as_printed_then(sheet: CheckedSheet) -> Iterator[Finding]:
    """R04: last year's figures are known, and are those of last year's sheet."""
    item, f = sheet.item_of_kind(ItemKind.STAFFING), sheet.content.staffing
    if item is None or f.as_of is None or _has_no_staff(sheet):
        return
    if f.previous_japanese_staff is None:
        message = "前年同時期の職員数の記録がありません。前年の値を登録してください。"
        yield Finding("R04", Level.WARNING, item.key, message)
    if sheet.last_year is None:
        return
    then = sheet.last_year.staffing
    pairs = (
        ("日本人職員数", f.previous_japanese_staff, then.japanese_staff),
        ("日本人幹部職員数", f.previous_japanese_senior_staff, then.japanese_senior_staff),
    )
    for name, now_said, then_said in pairs:
        if now_said is not None and then_said is not None and now_said != then_said:
            message = (
                f"{name}（前年同時期）は{now_said:,}ですが、前年のシートでは{then_said:,}でした。"
                "どちらが正しいか確かめ、直した場合は理由を書き添えてください。"
            )
            yield Finding("R04", Level.WARNING, item.key, message)


def notable_change(sheet: CheckedSheet) -> Iterator[Finding]:
    """R05: staff changed by more than a fifth, or senior staff came up from or fell to none."""
    item, f = sheet.item_of_kind(ItemKind.STAFFING), sheet.content.staffing
    if item is None:
        return
    before, now = f.previous_japanese_staff, f.japanese_staff
    if before is not None and now is not None:
        change = abs(now - before)
        if change >= _FEWEST and change > NOTABLE_CHANGE * before:
            yield _explain(item.key, "日本人職員数", before, now)
    before, now = f.previous_japanese_senior_staff, f.japanese_senior_staff
    if before is not None and now is not None and bool(before) != bool(now):
        yield _explain(item.key, "日本人幹部職員数", before, now)


def _explain(item: str, name: str, before: int, now: int) -> Finding:
    message = (
        f"{name}が前年同時期の{before:,}名から{now:,}名に変わっています。"
        "数が正しければ、増減の理由を説明してください。"
    )
    return Finding("R05", Level.WARNING, item, message)
