"""Functions shared by the pages on a sheet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.requests import PersonRequest
from editions.definition import Definition
from evaluations.access.grades import grade_in_words
from evaluations.access.visibility import sheets_visible_to
from evaluations.content import SheetContent
from evaluations.enums import Action, State
from evaluations.models import Sheet
from evaluations.queries.progress import SectionProgress, TextsWritten


def visible_sheet(request: PersonRequest, pk: int) -> Sheet:
    """Return the sheet. Raise 404 if the person may not see it, as if it did not exist."""
    return get_object_or_404(sheets_visible_to(request.user.roles), pk=pk)


@dataclass(frozen=True)
class SheetRow:
    """A row of a table of sheets: ``grade`` in words, as the reader may see it.

    ``written``: how far the texts are, where the reader writes them.
    """

    sheet: Sheet
    grade: str
    written: TextsWritten | None = None


def table_rows(
    request: PersonRequest,
    sheets: Iterable[Sheet],
    written: Mapping[int, TextsWritten] | None = None,
) -> list[SheetRow]:
    """Return ``sheets`` as the rows of a table for the person."""
    roles, known = request.user.roles, written or {}
    return [SheetRow(each, grade_in_words(roles, each), known.get(each.pk)) for each in sheets]


def steps_of(
    sheet: Sheet, progress: Iterable[SectionProgress], current: str = ""
) -> list[dict[str, Any]]:
    """Return the step navigation of ``sheet``; ``current`` is the key of the current section."""
    return [
        {
            "url": reverse("sheet_section", args=[sheet.pk, each.section.key]),
            "label": each.section.name,
            "status": each.status,
            "current": each.section.key == current,
        }
        for each in progress
    ]


def first_unfinished(sheet: Sheet, progress: Sequence[SectionProgress]) -> str:
    """Return the address of the first section in which something is left to do, else the first."""
    left = next((each for each in progress if each.status != "done"), progress[0])
    return reverse("sheet_section", args=[sheet.pk, left.section.key])


# By state: the page on which a sheet is decided, and the arguments of its address.
_DECIDED_ON = {
    State.DIVISION_CHECK: ("sheet_act", [Action.CONFIRM]),
    State.REVIEW: ("sheet_grade", []),
    State.APPROVED: ("sheet_act", [Action.PUBLISH]),
}


def page_to_decide(sheet: Sheet) -> str:
    """Return the address where a person does what they have to do with ``sheet``."""
    name, action = _DECIDED_ON.get(State(sheet.state), ("sheet_detail", []))
    return reverse(name, args=[sheet.pk, *action])


def criterion_grades_of(content: SheetContent, definition: Definition) -> list[dict[str, str]]:
    """Return name, grade and reason of each graded criterion in words, in print order."""
    grades = []
    for item in definition.graded_criteria:
        if judged := content.criterion_grades.get(item.key):
            why_not = item.ungraded_reason(judged.ungraded_reason)
            grade = judged.grade or f"評定なし（{why_not.label if why_not else ''}）"
            name = definition.name_of(item.key)
            grades.append({"name": name, "grade": grade, "reason": judged.reason})
    return grades
