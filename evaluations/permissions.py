"""Who may do what, and why not. Each rule returns a decision with its reason in words."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User
from accounts.roles import Roles
from evaluations.enums import State
from evaluations.models import Sheet


@dataclass(frozen=True)
class Decision:
    """Whether something is allowed; if not, ``reason`` says why and what to do instead."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Decision(True)
Rule = Callable[[User, Roles, Sheet], Decision]


@dataclass(frozen=True)
class Who:
    """Those who may do something: their name for people, and the rules they have to meet."""

    label: str
    rules: tuple[Rule, ...]

    def decide(self, user: User, roles: Roles, sheet: Sheet) -> Decision:
        """Return whether ``user`` is one of them for ``sheet``, with the first reason against."""
        decisions = (rule(user, roles, sheet) for rule in self.rules)
        return next((decision for decision in decisions if not decision), ALLOWED)


EDITABLE_STATES = (State.DRAFT, State.RETURNED)

_NOT_EDITABLE = {
    State.DIVISION_CHECK: "提出済みのため編集できません。直すときは、いったん取り下げてください。",
    State.REVIEW: "審査中のため編集できません。直すときは、審査担当に差戻しを依頼してください。",
    State.APPROVED: "確定済みのため編集できません。訂正は取りまとめの担当に依頼してください。",
    State.PUBLISHED: "公表済みのため編集できません。訂正は取りまとめの担当に依頼してください。",
    State.EXCLUDED: (
        "評価対象外のため編集できません。対象に戻すときは取りまとめの担当に依頼してください。"
    ),
}


def refused(reason: str) -> Decision:
    """Return a refusal with its reason."""
    return Decision(False, reason)


def takes_part(roles: Roles, sheet: Sheet) -> bool:
    """Whether a person with ``roles`` sees how ``sheet`` is decided, not the decision alone."""
    return roles.sees_all_divisions or sheet.division_id in roles.divisions


def officer_of_division(user: User, roles: Roles, sheet: Sheet) -> Decision:
    """Allow the officers of the sheet's division."""
    if sheet.division_id in roles.officer_of:
        return ALLOWED
    return refused(f"{sheet.division}の担当官が行います。")


def head_of_division(user: User, roles: Roles, sheet: Sheet) -> Decision:
    """Allow the head of the sheet's division."""
    if sheet.division_id in roles.head_of:
        return ALLOWED
    return refused(f"{sheet.division}の課室長が行います。")


def not_the_submitter(user: User, roles: Roles, sheet: Sheet) -> Decision:
    """Refuse the person who submitted the sheet."""
    if sheet.submitted_by_id == user.pk:
        return refused("提出した本人は確認できません。ほかの課室長が確認してください。")
    return ALLOWED


def reviewer(user: User, roles: Roles, sheet: Sheet) -> Decision:
    """Allow reviewers."""
    return ALLOWED if roles.is_reviewer else refused("審査担当が行います。")


def took_no_part(user: User, roles: Roles, sheet: Sheet) -> Decision:
    """Refuse whoever wrote, submitted or confirmed the sheet. One query."""
    if user.pk in (sheet.submitted_by_id, sheet.confirmed_by_id):
        return refused("提出又は確認した本人は確定できません。ほかの審査担当が確定してください。")
    if sheet.authorships.filter(user=user.pk).exists():
        return refused("シートを執筆した本人は確定できません。ほかの審査担当が確定してください。")
    return ALLOWED


def coordinator(user: User, roles: Roles, sheet: Sheet) -> Decision:
    """Allow coordinators."""
    return ALLOWED if roles.is_coordinator else refused("取りまとめの担当が行います。")


def can_edit(user: User, roles: Roles, sheet: Sheet) -> Decision:
    """Return whether ``user`` may write in ``sheet`` now."""
    if sheet.is_final or sheet.state == State.EXCLUDED:
        return refused(_NOT_EDITABLE[State(sheet.state)])
    if not officer_of_division(user, roles, sheet):
        return refused(f"編集は{sheet.division}の担当官が行います。")
    if sheet.state not in EDITABLE_STATES:
        return refused(_NOT_EDITABLE[State(sheet.state)])
    return ALLOWED


OFFICER = Who("担当課室の担当官", (officer_of_division,))
HEAD = Who("担当課室の課室長", (head_of_division,))
HEAD_NOT_SUBMITTER = Who(
    "担当課室の課室長（提出した本人を除く）", (head_of_division, not_the_submitter)
)
REVIEWER = Who("審査担当", (reviewer,))
REVIEWER_NOT_INVOLVED = Who("審査担当（執筆・提出・確認した本人を除く）", (reviewer, took_no_part))
COORDINATOR = Who("取りまとめ", (coordinator,))


def can_grade(user: User, roles: Roles, sheet: Sheet) -> Decision:
    """Return whether ``user`` may grade ``sheet`` now: as its approver, during the review."""
    if sheet.state != State.REVIEW:
        return refused("総合評価は、審査中のシートに審査担当が付けます。")
    return REVIEWER_NOT_INVOLVED.decide(user, roles, sheet)


def can_read_second(user: User, roles: Roles, sheet: Sheet) -> Decision:
    """Return whether ``user`` may give a second opinion on the grade of ``sheet`` now."""
    return can_grade(user, roles, sheet) and awaits_second_reader(user, sheet)


def awaits_second_reader(user: User, sheet: Sheet) -> Decision:
    """Return whether the grade of ``sheet`` is there to be read a second time by ``user``."""
    if not sheet.overall_grade:
        return refused("第二読者の評価は、総合評価が付いた後に記入します。")
    if sheet.graded_by_id == user.pk:
        return refused("総合評価を付けた本人です。第二読者の評価は、ほかの審査担当が記入します。")
    return ALLOWED


def can_raise_points(user: User, roles: Roles, sheet: Sheet) -> Decision:
    """Return whether ``user`` may add, change or remove improvement points of ``sheet`` now."""
    if sheet.state != State.REVIEW:
        return refused(
            "改善点は、審査中のシートに審査担当が記入します。確定した後は変更できません。"
        )
    return REVIEWER_NOT_INVOLVED.decide(user, roles, sheet)


def can_calibrate(roles: Roles) -> Decision:
    """Return whether a person with ``roles`` may see how the year's grades are distributed."""
    if roles.sees_all_divisions:
        return ALLOWED
    return refused("評価の分布は、審査担当と取りまとめの担当が見ます。")
