"""What has to be in order before a step: each guard yields the problems that stand against it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from evaluations.checks import findings_of
from evaluations.models import Sheet
from evaluations.enums import ItemKind
from evaluations.queries import content_of
from evaluations.refusals import Problem


@dataclass(frozen=True)
class Guard:
    """A condition: its name for people, and the function that yields what is not."""

    label: str
    problems: Callable[[Sheet], Iterator[Problem]]


def _blocking_findings(sheet: Sheet) -> Iterator[Problem]:
    """The checks find nothing of level E."""
    for finding in findings_of(content_of(sheet), sheet.edition.definition):
        if finding.blocks:
            yield Problem(finding.message, finding.item)


def _grade_missing(sheet: Sheet) -> Iterator[Problem]:
    """The overall grade is given, on the edition's scale, with a reason."""
    definition = sheet.edition.definition
    scale, item = definition.overall_scale, definition.item_of_kind(ItemKind.GRADE)
    if scale is None or item is None:
        return
    if scale.grade(sheet.overall_grade) is None:
        grades = "・".join(grade.key for grade in scale.grades)
        yield Problem(f"総合評価が付いていません。{grades}のいずれかを付けてください。", item.key)
    if not sheet.overall_grade_reason.strip():
        yield Problem("総合評価の理由が未記入です。理由を記入してください。", item.key)


NO_BLOCKING_FINDING = Guard("要修正の指摘がない", _blocking_findings)
GRADED_WITH_REASON = Guard("総合評価とその理由がある", _grade_missing)
