"""Who sees a grade: before the approval only the people who grade and coordinate.

Until then it may still change, and the division would read as decided what is not. A grade that was
imported with an official sheet was never given here: it is public already, and nobody's secret.
"""

from dataclasses import replace

from django.db.models import Case, CharField, F, Q, Value, When

from accounts.roles import Roles
from evaluations.content import SheetContent, without_grades
from evaluations.enums import DECIDED, Action, State
from evaluations.formatting import IN_REVIEW, UNKNOWN
from evaluations.models import Revision, Sheet

# The steps whose revisions hold a grade that was fixed by an approval.
_AFTER_APPROVAL = (Action.APPROVE, Action.PUBLISH, Action.REOPEN)


def sees_grades(roles: Roles, sheet: Sheet) -> bool:
    """Return whether a person with ``roles`` sees the grades of ``sheet`` as it is now."""
    return roles.sees_all_divisions or _is_public(sheet)


def sees_grades_of(roles: Roles, revision: Revision, sheet: Sheet) -> bool:
    """Return whether a person with ``roles`` sees the grades in ``revision`` of ``sheet``."""
    fixed = revision.occasion in _AFTER_APPROVAL or sheet.graded_at is None
    return fixed or roles.sees_all_divisions


def shown_to(roles: Roles, sheet: Sheet, content: SheetContent) -> SheetContent:
    """Return ``content``, what ``sheet`` says now, as a person with ``roles`` may read it."""
    return content if roles.sees_all_divisions else on_paper(sheet, content)


def on_paper(sheet: Sheet, content: SheetContent) -> SheetContent:
    """Return ``content`` as a paper has it, which may be handed on: without grades yet to be fixed.

    In the review the paper says so in place of the grade.
    """
    shown = content if _is_public(sheet) else without_grades(content)
    return replace(shown, is_in_review=sheet.state == State.REVIEW and not shown.overall_grade)


def grade_in_words(roles: Roles, sheet: Sheet) -> str:
    """Return the overall grade for a page of a person with ``roles``: 「A」「審査中」「―」."""
    if sheet.overall_grade and roles.sees_all_divisions and not _is_public(sheet):
        return f"{sheet.overall_grade}（未確定）"
    return grade_on_paper(sheet) or UNKNOWN


def grade_on_paper(sheet: Sheet) -> str:
    """Return the overall grade for a list that may be handed on: 「A」「審査中」, or ""."""
    grade = str(sheet.overall_grade) if _is_public(sheet) else ""
    return grade or (IN_REVIEW if sheet.state == State.REVIEW else "")


def grade_column(roles: Roles) -> F | Case:
    """Return the overall grade as a column of sheets, for a person with ``roles``."""
    if roles.sees_all_divisions:
        return F("overall_grade")
    return Case(
        When(_PUBLIC & ~Q(overall_grade=""), then=F("overall_grade")),
        When(state=State.REVIEW, then=Value(IN_REVIEW)),
        default=Value(""),
        output_field=CharField(),
    )


def _is_public(sheet: Sheet) -> bool:
    """Whether the grade is fixed, or came with an official sheet. ``_PUBLIC`` says the same."""
    return sheet.is_final or sheet.graded_at is None


_PUBLIC = Q(state__in=DECIDED) | Q(graded_at=None)
