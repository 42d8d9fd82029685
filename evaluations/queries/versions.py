"""The versions of a sheet, and what changed between them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.utils import timezone

from accounts.roles import Acting, Roles
from evaluations.access.grades import sees_grades, sees_grades_of
from evaluations.access.rules import can_see_history
from evaluations.content import SheetContent, from_json
from evaluations.enums import Action, State
from evaluations.models import Revision, Sheet, Transition
from evaluations.queries.content import content_of
from evaluations.queries.last_year import earlier_sheets
from evaluations.version_comparison import SheetComparison, Version, compare_versions

NOW = "now"
LAST_YEAR = "last-year"


@dataclass(frozen=True)
class Choice:
    """A version to choose: its key in URLs, and its title."""

    key: str
    title: str


@dataclass(frozen=True)
class Versions:
    """The versions of a sheet that a person may see: revisions, newest first, and last year's."""

    sheet: Sheet
    revisions: tuple[Revision, ...]
    last_year: Sheet | None
    sees_last_years_reason: bool
    roles: Roles

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All versions by key: the current one, the revisions, last year's."""
        return (
            Choice(NOW, "今の内容"),
            *(Choice(str(each.number), title_of(each)) for each in self.revisions),
            *([Choice(LAST_YEAR, _year(self.last_year))] if self.last_year else ()),
        )

    def version(self, key: str) -> Version:
        """Return the version called ``key``, one of ``choices``. At most six queries."""
        if key == NOW:
            return version_now(self.sheet, self.roles)
        if key == LAST_YEAR and self.last_year:
            content = content_of(self.last_year)
            if not self.sees_last_years_reason:
                content = replace(content, overall_grade_reason="")
            definition = self.last_year.edition.definition
            hides = not sees_grades(self.roles, self.last_year)
            return Version(key, _year(self.last_year), content, definition, hides)
        revision = next(each for each in self.revisions if str(each.number) == key)
        return version_then(revision, self.sheet, self.roles)


def versions_of(sheet: Sheet, acting: Acting) -> Versions:
    """Return the versions of ``sheet`` that the person, who may see its history, can compare.

    Last year's sheet is among them once it is decided; before, for those who may see its own
    history. Two queries.
    """
    last_year = earlier_sheets(sheet).first()
    is_inside = bool(last_year and can_see_history(acting, last_year))
    if last_year and not is_inside and not last_year.is_final:
        last_year = None
    return Versions(sheet, tuple(revisions_of(sheet)), last_year, is_inside, acting.roles)


def revisions_of(sheet: Sheet) -> QuerySet[Revision]:
    """Return the revisions of ``sheet``, newest first; the content of each is yet to be read."""
    return sheet.revisions.select_related("created_by").defer("content").order_by("-number")


def version_now(sheet: Sheet, roles: Roles, content: SheetContent | None = None) -> Version:
    """Return the current version as a person with ``roles`` may read it.

    At most six queries, none where ``content`` is given.
    """
    title = f"今の内容（{timezone.localtime():%Y年%-m月%-d日 %H:%M}時点）"
    hides = not sees_grades(roles, sheet)
    definition = sheet.edition.definition
    return Version(NOW, title, content or content_of(sheet), definition, hides)


def version_then(revision: Revision, sheet: Sheet, roles: Roles) -> Version:
    """Return ``sheet`` in ``revision`` as a person with ``roles`` may read it. One query."""
    definition = sheet.edition.definition
    content = from_json(revision.content, definition)
    hides = not sees_grades_of(roles, revision, sheet)
    return Version(str(revision.number), title_of(revision), content, definition, hides)


def title_of(revision: Revision) -> str:
    """Return 「第2版　差戻し（2018年8月1日 10:00、審査 一郎）」."""
    occasion = revision.occasion
    if occasion in Action.values:
        occasion = Action(occasion).label
    at = timezone.localtime(revision.created_at)
    return f"{revision}　{occasion}（{at:%Y年%-m月%-d日 %H:%M}、{revision.created_by}）"


def _year(sheet: Sheet) -> str:
    return f"前年度（{sheet.edition.year_label}）"


def taken_steps_of(sheet: Sheet) -> QuerySet[Transition]:
    """Return the steps ``sheet`` has taken, newest first; no revision's content is read."""
    steps = sheet.transitions.select_related("actor", "revision__created_by")
    return steps.defer("revision__content")


def revision_of_last_decision(
    sheet: Sheet, acting: Acting, steps: Iterable[Transition] | None = None
) -> Revision | None:
    """Return the revision on which the person last decided, or None before the first time.

    A person who has not decided on it continues from the last decision of their side: a reviewer
    of the reviewers, a head of the heads, an officer (who decides to submit) of the officers.
    One query, none where the caller has the ``taken_steps_of`` the sheet.
    """
    decisions: set[tuple[Action, State]] = set()
    if acting.roles.is_reviewer:
        decisions |= {(Action.APPROVE, State.REVIEW), (Action.RETURN, State.REVIEW)}
    if sheet.answering_division.pk in acting.roles.head_of:
        before = State.DIVISION_CHECK
        decisions |= {(Action.CONFIRM, before), (Action.RETURN, before)}
    if sheet.answering_division.pk in acting.roles.officer_of:
        decisions |= {(Action.SUBMIT, State.DRAFT), (Action.SUBMIT, State.RETURNED)}
    made = [
        step
        for step in (taken_steps_of(sheet) if steps is None else steps)
        if step.revision and (step.action, step.from_state) in decisions
    ]
    own = (step for step in made if step.actor_id == acting.user.pk)
    last = next(own, made[0] if made else None)
    return last.revision if last else None


def changes_since_last_decision(
    sheet: Sheet,
    acting: Acting,
    content: SheetContent | None = None,
    steps: Iterable[Transition] | None = None,
) -> SheetComparison | None:
    """Return what changed since the person, or their side, last decided on ``sheet``.

    None where there was no decision yet. One query where ``content``, what it says now, and the
    ``taken_steps_of`` the sheet are at hand, at most seven more otherwise.
    """
    revision = revision_of_last_decision(sheet, acting, steps)
    if revision is None:
        return None
    roles = acting.roles
    then, now = version_then(revision, sheet, roles), version_now(sheet, roles, content)
    return compare_versions(then, now)
