"""R11, R16, R17, R27, R29: the overall grade, its reason, and its course over the years."""

from collections.abc import Iterator

from editions.enums import ItemKind
from evaluations.checks.checked_sheet import CheckedSheet
from evaluations.checks.finding import Finding, Level

_YEARS_RUNNING = 3


def grade_on_scale(sheet: CheckedSheet) -> Iterator[Finding]:
    """R11: the grade is one of this year's scale."""
    item, scale = sheet.item_of_kind(ItemKind.GRADE), sheet.definition.overall_scale
    grade = sheet.content.overall_grade
    if item and scale and grade and not scale.grade(grade):
        grades = "・".join(each.key for each in scale.grades)
        message = (
            f"総合評価「{grade}」はこの年度の段階にありません。{grades}のいずれかにしてください。"
        )
        yield Finding("R11", Level.ERROR, item.key, message)


def reason_of_its_own(sheet: CheckedSheet) -> Iterator[Finding]:
    """R16: the reason is not last year's, word for word."""
    item, reason = sheet.item_of_kind(ItemKind.GRADE), sheet.content.overall_grade_reason.strip()
    last = sheet.last_year
    if item and reason and last and last.overall_grade_reason.strip() == reason:
        message = (
            "総合評価の理由が前年と同じ文です。今年度の実績に即して書き直すか、同じでよい理由を"
            "確かめてください。"
        )
        yield Finding("R16", Level.WARNING, item.key, message)


def top_grade_has_a_dated_result(sheet: CheckedSheet) -> Iterator[Finding]:
    """R17: for an A or better, at least one result has a date in the evaluation period."""
    item = sheet.item_of_kind(ItemKind.GRADE)
    start, end = sheet.content.evaluation_period
    if item is None or start is None or end is None or not _is_top(sheet):
        return
    for sentence in sheet.sentences:
        if sheet.kind_of(sentence.reading.item) is not ItemKind.CRITERION:
            continue
        for date in sentence.dates:
            if date.possible and date.first_day <= end and date.last_day >= start:
                return
    message = (
        f"総合評価は「{sheet.content.overall_grade}」ですが、評価対象期間の日付のある成果が一つも"
        "書かれていません。いつの成果かを本文に書き添えてください。"
    )
    yield Finding("R17", Level.WARNING, item.key, message)


def _is_top(sheet: CheckedSheet) -> bool:
    scale = sheet.definition.overall_scale
    keys = [grade.key for grade in scale.grades] if scale else []
    top = keys[: keys.index("A") + 1] if "A" in keys else keys[:1]
    return sheet.content.overall_grade in top


def low_for_years_yet_more_money(sheet: CheckedSheet) -> Iterator[Finding]:
    """R29: B or below three years running, and a budget that grows."""
    item = sheet.item_of_kind(ItemKind.GRADE)
    year, budget = sheet.content.fiscal_year, sheet.content.budget_thousand_yen
    before = sheet.last_year_budget_thousand_yen
    grades = dict(sheet.earlier_grades) | {year: sheet.content.overall_grade}
    running = [grades.get(year - n, "") for n in range(_YEARS_RUNNING)]
    if item and budget and before and budget > before and all(map(_is_b_or_below, running)):
        message = (
            f"総合評価が3年続けてB以下（{'・'.join(reversed(running))}）ですが、予算額は前年度の"
            f"{before:,}千円から{budget:,}千円に増えています。増額の理由を説明してください。"
        )
        yield Finding("R29", Level.WARNING, item.key, message)


def _is_b_or_below(grade: str) -> bool:
    return grade[:1].upper() in ("B", "C", "D") and grade != "B+"


def ungraded_though_graded_before(sheet: CheckedSheet) -> Iterator[Finding]:
    """R27: a criterion left without a grade had one last year."""
    if sheet.last_year is None:
        return
    for item in sheet.items:
        now = sheet.content.criterion_grades.get(item.key)
        before = sheet.last_year.criterion_grades.get(item.key)
        if now and before and now.ungraded_reason and before.grade:
            message = (
                f"{sheet.definition.name_of(item.key)}は、前年に「{before.grade}」と評定していますが、"
                "今年度は評定を付けていません。事由に変わりがないか確かめてください。"
            )
            yield Finding("R27", Level.WARNING, item.key, message)
