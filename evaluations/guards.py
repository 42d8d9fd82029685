"""What has to be in order before a step: each guard yields sentences about what is not."""

from collections.abc import Callable, Iterator

from evaluations.checks import findings_of
from evaluations.models import Sheet
from evaluations.queries import content_of

Guard = Callable[[Sheet], Iterator[str]]


def no_blocking_finding(sheet: Sheet) -> Iterator[str]:
    """The checks find nothing of level E."""
    for finding in findings_of(content_of(sheet), sheet.edition.definition):
        if finding.blocks:
            yield finding.message


def graded_with_reason(sheet: Sheet) -> Iterator[str]:
    """The overall grade is given, on the edition's scale, with a reason."""
    scale = sheet.edition.definition.overall_scale
    if scale is None:
        return
    if scale.grade(sheet.overall_grade) is None:
        grades = "・".join(grade.key for grade in scale.grades)
        yield f"総合評価が付いていません。{grades}のいずれかを付けてください。"
    if not sheet.overall_grade_reason.strip():
        yield "総合評価の理由が未記入です。理由を記入してください。"
