"""The guards of a step: each checks one condition and yields the problems it finds."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from core.canonical_json import sha256_of
from editions.definition import Item
from editions.enums import ItemKind
from evaluations.checks import CheckedSheet, Level, findings_in
from evaluations.checks.improvement import POINTS_REQUIRED
from evaluations.content import SheetContent, to_json
from evaluations.enums import Action
from evaluations.models import CommentThread, Revision, Sheet
from evaluations.queries.checked_sheets import checked_sheet_of, checked_sheets_of, contents_of
from evaluations.queries.comments import blocking_threads
from evaluations.queries.content import (
    content_of,
    graded_criteria_of,
    judgements_of,
    newest_revision,
    newest_revisions,
)
from evaluations.refusals import Problem
from evaluations.workflow.shown import Shown, shown_of


@dataclass
class Examined:
    """A sheet, and what the guards of a step read of it, each loaded once.

    The register's rows are not locked, so a second reading of the content could differ from what
    the guards have seen.
    """

    sheet: Sheet

    @cached_property
    def content(self) -> SheetContent:
        """What the sheet says."""
        return content_of(self.sheet)

    @cached_property
    def stored(self) -> dict[str, Any]:
        """What it says as JSON, as a revision holds it."""
        return to_json(self.content, self.sheet.edition.definition)

    @cached_property
    def fingerprint(self) -> str:
        """The sha256 of what it says, as a revision has it."""
        return sha256_of(self.stored)

    @cached_property
    def shown(self) -> Shown:
        """What a page shows of it now."""
        return shown_of(self.content, self.sheet.edition.definition)

    @cached_property
    def view(self) -> CheckedSheet:
        """What the checks look at."""
        return checked_sheet_of(self.sheet, self.content)

    @cached_property
    def confirmed(self) -> Revision | None:
        """What the head confirmed last."""
        return newest_revision(self.sheet, Action.CONFIRM)

    @cached_property
    def returned(self) -> Revision | None:
        """What was returned last."""
        return newest_revision(self.sheet, Action.RETURN)

    @cached_property
    def blocking(self) -> Sequence[CommentThread]:
        """The open comments that stand against an approval."""
        return list(blocking_threads([self.sheet.pk]))


def examine(sheets: Sequence[Sheet]) -> list[Examined]:
    """Return each of ``sheets`` as an ``Examined``. About twenty queries for all of them."""
    if not sheets:
        return []
    ids = [sheet.pk for sheet in sheets]
    contents = contents_of(sheets)
    views = checked_sheets_of(sheets, contents)
    confirmed, returned = (newest_revisions(ids, a) for a in (Action.CONFIRM, Action.RETURN))
    threads = defaultdict(list)
    for thread in blocking_threads(ids):
        threads[thread.sheet_id].append(thread)
    found = []
    for sheet in sheets:
        each = Examined(sheet)
        each.content, each.view = contents[sheet.pk], views[sheet.pk]
        each.blocking = threads[sheet.pk]
        each.confirmed, each.returned = confirmed.get(sheet.pk), returned.get(sheet.pk)
        found.append(each)
    return found


@dataclass(frozen=True)
class Guard:
    """A condition of a step: its name on the pages, and the function that yields what breaks it."""

    label: str
    problems: Callable[[Examined], Iterator[Problem]]


def _blocking_findings(examined: Examined) -> Iterator[Problem]:
    """Yield the findings that block, except the one that has a guard of its own."""
    for finding in findings_in(examined.view):
        if finding.blocks and finding.rule != POINTS_REQUIRED:
            yield Problem(finding.message, finding.item)


def _unsettled_findings(examined: Examined) -> Iterator[Problem]:
    """Yield the findings that block, and the warnings that have no answer."""
    answered = {each.finding for each in examined.sheet.finding_answers.all()}
    for finding in findings_in(examined.view):
        if finding.blocks:
            yield Problem(finding.message, finding.item)
        elif finding.level == Level.WARNING and finding.key not in answered:
            yield Problem(f"未回答の指摘：{finding.message}", finding.item, finding.key)


def _grade_missing(examined: Examined) -> Iterator[Problem]:
    """Yield a problem for an overall grade, and for a reason of it, that is missing."""
    sheet = examined.sheet
    definition = sheet.edition.definition
    scale, item = definition.overall_scale, definition.item_of_kind(ItemKind.GRADE)
    if scale is None or item is None:
        return
    if scale.grade(sheet.overall_grade) is None:
        grades = "・".join(grade.key for grade in scale.grades)
        yield Problem(f"総合評価が付いていません。{grades}のいずれかを付けてください。", item.key)
    if not sheet.overall_grade_reason.strip():
        yield Problem("総合評価の理由が未記入です。理由を記入してください。", item.key)


def _criterion_without_grade(examined: Examined) -> Iterator[Problem]:
    """Yield the criteria that have neither a grade nor one of the form's reasons for none."""
    sheet = examined.sheet
    definition = sheet.edition.definition
    judged = judgements_of(sheet)
    for item in graded_criteria_of(sheet):
        if item.key not in judged:
            yield Problem(
                f"{definition.name_of(item.key)}の評定が付いていません。評定か、評定を付けない事由を"
                "選んでください。",
                item.key,
            )


def _improvement_point_missing(examined: Examined) -> Iterator[Problem]:
    """Yield a problem where the grade calls for improvement and no point says what to improve."""
    sheet = examined.sheet
    definition = sheet.edition.definition
    item = definition.item_of_kind(ItemKind.GRADE)
    if (
        item
        and definition.demands_improvement(sheet.overall_grade)
        and not sheet.improvement_points.all()
    ):
        yield Problem(
            f"総合評価「{sheet.overall_grade}」には、改善点が必要です。担当課室と期限とともに一つ以上"
            "記入してください。",
            item.key,
        )


def _changed_since_confirmed(examined: Examined) -> Iterator[Problem]:
    """Yield the items, such as figures of the register, that the head has not confirmed."""
    if examined.confirmed is None:
        return
    # The grade comes after.
    for item in _changed_since(examined.confirmed, examined, apart=(ItemKind.GRADE,)):
        name = examined.view.definition.name_of(item.key)
        yield Problem(
            f"課室長の確認の後に{name}の値が変わりました。"
            "差し戻して、課室で確かめてもらってください。",
            item.key,
        )


def _changed_since_returned(examined: Examined) -> Iterator[Problem]:
    """Yield what was changed since the return: to undo it would lock the division out."""
    sheet, returned = examined.sheet, examined.returned
    if returned is None:
        return
    at = returned.created_at
    if any(answer.answered_at > at for answer in sheet.improvement_answers.all()):
        yield Problem("差戻しの後に改善点への回答が改められています。再提出を待ってください。")
    if any(answer.answered_at > at for answer in sheet.finding_answers.all()):
        yield Problem("差戻しの後に指摘への回答が改められています。再提出を待ってください。")
    for item in _changed_since(returned, examined):
        name = sheet.edition.definition.name_of(item.key)
        yield Problem(
            f"差戻しの後に{name}が書き直されています。取り消さずに、課室の再提出を待ってください。",
            item.key,
        )


def _changed_since(
    revision: Revision, examined: Examined, apart: Collection[ItemKind] = ()
) -> Iterator[Item]:
    """Yield the items that differ from ``revision``, leaving out the kinds ``apart``.

    The division is left out too: a reorganisation changes its name, and rewrites nothing.
    """
    definition = examined.view.definition
    then, now = revision.content["items"], examined.stored["items"]
    for item in definition.items:
        if item.kind in (ItemKind.DIVISION, *apart):
            continue
        if now[item.key] != then[item.key]:
            yield item


def _open_blocking_comments(examined: Examined) -> Iterator[Problem]:
    """Yield the open comments that a reviewer wants resolved before the approval."""
    definition = examined.view.definition
    for thread in examined.blocking:
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
