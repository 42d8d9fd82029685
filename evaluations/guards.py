"""What has to be in order before a step: each guard yields the problems that stand against it."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from evaluations.checks import Level, findings_in
from evaluations.checks.improvement import POINTS_REQUIRED
from evaluations.content import to_json
from evaluations.editions.definition import Item
from evaluations.enums import Action, ItemKind
from evaluations.models import Revision, Sheet
from evaluations.queries import content_of
from evaluations.queries.comments import blocking_threads
from evaluations.queries.content import graded_criteria_of, judgements_of, newest_revision
from evaluations.queries.view import view_of
from evaluations.refusals import Problem


@dataclass(frozen=True)
class Guard:
    """A condition: its name for people, and the function that yields what is not."""

    label: str
    problems: Callable[[Sheet], Iterator[Problem]]


def _blocking_findings(sheet: Sheet) -> Iterator[Problem]:
    """The checks find nothing of level E, besides what a guard of its own holds."""
    for finding in findings_in(view_of(sheet)):
        if finding.blocks and finding.rule != POINTS_REQUIRED:
            yield Problem(finding.message, finding.item)


def _unsettled_findings(sheet: Sheet) -> Iterator[Problem]:
    """What blocks is mended; what the checks only ask about is mended or has an answer."""
    answered = set(sheet.finding_answers.values_list("finding", flat=True))
    for finding in findings_in(view_of(sheet)):
        if finding.blocks:
            yield Problem(finding.message, finding.item)
        elif finding.level == Level.WARNING and finding.key not in answered:
            yield Problem(f"未回答の指摘：{finding.message}", finding.item, finding.key)


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


def _criterion_without_grade(sheet: Sheet) -> Iterator[Problem]:
    """Every criterion that the form grades has its grade, or the form's reason for none."""
    definition = sheet.edition.definition
    judged = judgements_of(sheet)
    for item in graded_criteria_of(sheet):
        if item.key not in judged:
            yield Problem(
                f"{definition.name_of(item.key)}の評定が付いていません。評定か、評定を付けない事由を"
                "選んでください。",
                item.key,
            )


def _improvement_point_missing(sheet: Sheet) -> Iterator[Problem]:
    """A grade that calls for improvement names what, by whom and until when."""
    definition = sheet.edition.definition
    item = definition.item_of_kind(ItemKind.GRADE)
    if (
        item
        and definition.demands_improvement(sheet.overall_grade)
        and not sheet.improvement_points.exists()
    ):
        yield Problem(
            f"総合評価「{sheet.overall_grade}」には、改善点が必要です。担当課室と期限とともに一つ以上"
            "記入してください。",
            item.key,
        )


def _changed_since_confirmed(sheet: Sheet) -> Iterator[Problem]:
    """Figures of the register may change while a sheet is in review: the head has to see them."""
    confirmed = newest_revision(sheet, Action.CONFIRM)
    if confirmed is None:
        return
    # The grade comes after.
    for item in _changed_since(confirmed, sheet, apart=(ItemKind.GRADE,)):
        name = sheet.edition.definition.name_of(item.key)
        yield Problem(
            f"課室長の確認の後に{name}の値が変わりました。"
            "差し戻して、課室で確かめてもらってください。",
            item.key,
        )


def _changed_since_returned(sheet: Sheet) -> Iterator[Problem]:
    """A return is undone before anybody has begun to mend, lest their work be shut away."""
    returned = newest_revision(sheet, Action.RETURN)
    if returned is None:
        return
    later = {"answered_at__gt": returned.created_at}
    if sheet.improvement_answers.filter(**later).exists():
        yield Problem("差戻しの後に改善点への回答が改められています。再提出を待ってください。")
    if sheet.finding_answers.filter(**later).exists():
        yield Problem("差戻しの後に指摘への回答が改められています。再提出を待ってください。")
    for item in _changed_since(returned, sheet):
        name = sheet.edition.definition.name_of(item.key)
        yield Problem(
            f"差戻しの後に{name}が書き直されています。取り消さずに、課室の再提出を待ってください。",
            item.key,
        )


def _changed_since(
    revision: Revision, sheet: Sheet, apart: Collection[ItemKind] = ()
) -> Iterator[Item]:
    """Yield the items of ``sheet`` that were otherwise then; not the kinds ``apart``.

    A division that is reorganised meanwhile has rewritten nothing.
    """
    definition = sheet.edition.definition
    then, now = revision.content["items"], to_json(content_of(sheet), definition)["items"]
    for item in definition.items:
        if item.kind in (ItemKind.DIVISION, *apart):
            continue
        if now[item.key] != then[item.key]:
            yield item


def _open_blocking_comments(sheet: Sheet) -> Iterator[Problem]:
    """Nothing stands that a reviewer wants to see settled first."""
    definition = sheet.edition.definition
    for thread in blocking_threads(sheet):
        yield Problem(
            f"{definition.name_of(thread.key)}に、確定を止めるコメントが残っています。"
            "対応を確かめて、解決にしてください。",
            thread.key,
        )


NO_BLOCKING_FINDING = Guard("要修正の指摘がない", _blocking_findings)
FINDINGS_SETTLED = Guard("要修正の指摘がなく、要確認の指摘には全て回答がある", _unsettled_findings)
GRADED_WITH_REASON = Guard("総合評価とその理由がある", _grade_missing)
CRITERIA_GRADED = Guard("様式が求める基準別評価がある", _criterion_without_grade)
IMPROVEMENT_NAMED = Guard("改善を要する評価には、改善点がある", _improvement_point_missing)
AS_CONFIRMED = Guard("課室長が確認した内容のままである", _changed_since_confirmed)
AS_RETURNED = Guard("差戻しの後に書き直されていない", _changed_since_returned)
NO_OPEN_BLOCKING_COMMENT = Guard("確定を止めるコメントが残っていない", _open_blocking_comments)
