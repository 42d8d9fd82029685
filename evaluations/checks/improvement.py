"""R15, R35: a low grade names improvement points, and open points are answered next year."""

from collections.abc import Iterator

from editions.enums import ItemKind
from evaluations.checks.checked_sheet import CheckedSheet
from evaluations.checks.finding import Finding, Level

# The approval has a guard of its own for this rule.
POINTS_REQUIRED = "R15"

_QUOTED = 30


def low_grade_names_what_to_improve(sheet: CheckedSheet) -> Iterator[Finding]:
    """R15: a low overall grade comes with at least one point to be improved."""
    item, grade = sheet.item_of_kind(ItemKind.GRADE), sheet.content.overall_grade
    if item and sheet.improvement_points == 0 and sheet.definition.demands_improvement(grade):
        message = (
            f"総合評価「{grade}」には、改善点が必要です。担当課室と期限とともに一つ以上記入して"
            "ください。"
        )
        yield Finding(POINTS_REQUIRED, Level.ERROR, item.key, message, is_gap=True)


def carried_points_are_answered(sheet: CheckedSheet) -> Iterator[Finding]:
    """R35: every open point of the years before has its answer on this sheet."""
    for point in sheet.carried_points:
        if not point.is_answered:
            shown = point.text.replace("\n", " ")
            shown = shown if len(shown) <= _QUOTED else f"{shown[:_QUOTED]}…"
            message = (
                f"{point.name}「{shown}」に回答がありません。実施済み・対応中・取りやめの別と、"
                "行ったことを記入してください。"
            )
            yield Finding("R35", Level.ERROR, point.item, message, is_gap=True)
