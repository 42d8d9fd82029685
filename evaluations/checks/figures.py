"""Whether the figures agree with one another."""

from collections.abc import Iterator

from evaluations.checks.finding import Finding, Level
from evaluations.content import SheetContent
from evaluations.editions.definition import Definition
from evaluations.enums import ItemKind


def ratio_unknown(content: SheetContent, definition: Definition) -> Iterator[Finding]:
    """R02: the ratio is computed, never typed; where it cannot be, say what is missing."""
    item = definition.item_of_kind(ItemKind.STAFFING)
    figures = content.staffing
    if item and figures.as_of and figures.japanese_staff_ratio is None:
        yield Finding(
            "R02",
            Level.WARNING,
            item.key,
            "日本人職員の比率を計算できません。全職員数（1名以上）と日本人職員数を登録してください。",
        )
    if item and figures.as_of and figures.previous_japanese_staff is None:
        yield Finding(
            "R04",
            Level.WARNING,
            item.key,
            "前年同時期の職員数の記録がありません。前年の値を登録してください。",
        )


def senior_within_japanese_within_total(
    content: SheetContent, definition: Definition
) -> Iterator[Finding]:
    """R03: 幹部 ≤ 日本人職員 ≤ 全職員, this year and last year."""
    item = definition.item_of_kind(ItemKind.STAFFING)
    if item is None:
        return
    f = content.staffing
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
            yield Finding(
                "R03",
                Level.ERROR,
                item.key,
                f"{part_name}（{part:,}）が{whole_name}（{whole:,}）を超えています。"
                "どちらかを直してください。",
            )


def grade_on_scale(content: SheetContent, definition: Definition) -> Iterator[Finding]:
    """R11: the grade is one of this year's scale."""
    item = definition.item_of_kind(ItemKind.GRADE)
    scale = definition.overall_scale
    if item and scale and content.overall_grade and not scale.grade(content.overall_grade):
        grades = "・".join(grade.key for grade in scale.grades)
        yield Finding(
            "R11",
            Level.ERROR,
            item.key,
            f"総合評価「{content.overall_grade}」はこの年度の段階にありません。"
            f"{grades}のいずれかにしてください。",
        )
