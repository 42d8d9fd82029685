"""The rules of access to one sheet: who may do what, with the reason in words where not."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from accounts.enums import Role
from accounts.roles import Acting
from core.refusals import NotAllowed
from evaluations.access.visibility import takes_part
from evaluations.enums import Action, State
from evaluations.models import Sheet, Transition


@dataclass(frozen=True)
class Decision:
    """The answer of a rule: allowed, or refused with a reason that says what to do instead.

    ``whom_to_ask``: the people who can help; a page looks up their names when it shows them.
    """

    allowed: bool
    reason: str = ""
    whom_to_ask: "WhomToAsk | None" = None

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise NotAllowed with the reason, unless it is allowed."""
        if not self.allowed:
            raise NotAllowed(self.reason, self.whom_to_ask)


ALLOWED = Decision(True)
Rule = Callable[[Acting, Sheet], Decision]
Barred = Callable[[Sheet], frozenset[int]]
Sides = Callable[[Sheet], "tuple[RoleRule, ...]"]


def nobody(sheet: Sheet) -> frozenset[int]:
    """Return nobody: everybody who holds the role may act."""
    return frozenset()


@dataclass(frozen=True)
class RoleRule:
    """The people who may act on a sheet: their name on a page, their role, the rules they meet.

    ``barred`` returns the ids of those who hold ``role`` and still may not act. Where the role
    depends on the sheet's history, ``sides`` returns the groups in question and ``role`` is None.
    """

    label: str
    rules: tuple[Rule, ...]
    role: Role | None
    barred: Barred = nobody
    sides: Sides | None = None

    def decide(self, acting: Acting, sheet: Sheet) -> Decision:
        """Return whether the person may act on ``sheet``, with the first reason against it."""
        decisions = (rule(acting, sheet) for rule in self.rules)
        against = next((decision for decision in decisions if not decision), None)
        if against is None:
            return ALLOWED
        if against.whom_to_ask or self.sides:  # a rule about sides names the side itself
            return against
        return replace(against, whom_to_ask=WhomToAsk(self, sheet))


@dataclass(frozen=True)
class WhomToAsk:
    """The people who can help with ``sheet``; ``access.whom_to_ask`` finds their names."""

    who: RoleRule
    sheet: Sheet


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


def refused(reason: str, whom_to_ask: WhomToAsk | None = None) -> Decision:
    """Return a decision that refuses, with its reason and whom to ask."""
    return Decision(False, reason, whom_to_ask)


def officer_of_division(acting: Acting, sheet: Sheet) -> Decision:
    """Allow the officers of the division that answers for the sheet."""
    if sheet.answering_division.pk in acting.roles.officer_of:
        return ALLOWED
    return refused(f"{sheet.answering_division}の担当官が行います。")


def head_of_division(acting: Acting, sheet: Sheet) -> Decision:
    """Allow the head of the division that answers for the sheet."""
    if sheet.answering_division.pk in acting.roles.head_of:
        return ALLOWED
    return refused(f"{sheet.answering_division}の課室長が行います。")


def not_the_submitter(acting: Acting, sheet: Sheet) -> Decision:
    """Refuse the person who submitted the sheet."""
    if sheet.submitted_by_id == acting.user.pk:
        return refused("提出した本人は確認できません。ほかの課室長が確認してください。")
    return ALLOWED


def reviewer(acting: Acting, sheet: Sheet) -> Decision:
    """Allow reviewers."""
    return ALLOWED if acting.roles.is_reviewer else refused("審査担当が行います。")


def took_no_part(acting: Acting, sheet: Sheet) -> Decision:
    """Refuse the people who wrote, submitted or confirmed the sheet. One query at most."""
    if acting.user.pk in (sheet.submitted_by_id, sheet.confirmed_by_id):
        return refused("提出又は確認した本人は確定できません。ほかの審査担当が確定してください。")
    if any(each.user_id == acting.user.pk for each in sheet.authorships.all()):
        return refused("シートを執筆した本人は確定できません。ほかの審査担当が確定してください。")
    return ALLOWED


def on_the_side_that_returned(acting: Acting, sheet: Sheet) -> Decision:
    """Allow heads where a head returned the sheet, reviewers where a reviewer did."""
    last = _last_step(sheet)
    if last is None or last.action != Action.RETURN:
        return refused("最後の行為が差戻しではないため、取り消せません。")
    side = _side_of(last)
    if side.decide(acting, sheet):
        return ALLOWED
    reason = f"差戻しの取消しは、差し戻した側（{last.role}）が行います。"
    return refused(reason, WhomToAsk(side, sheet))


def side_that_returned(sheet: Sheet) -> tuple[RoleRule, ...]:
    """Return the side that returned the sheet; empty where nobody did last."""
    last = _last_step(sheet)
    return (_side_of(last),) if last and last.action == Action.RETURN else ()


def _last_step(sheet: Sheet) -> Transition | None:
    """Return the last step of ``sheet``. One query, none where its steps are prefetched."""
    return next(iter(sheet.transitions.all()[:1]), None)


def _side_of(returned: Transition) -> RoleRule:
    return REVIEWER if returned.from_state == State.REVIEW else HEAD


def submitter(sheet: Sheet) -> frozenset[int]:
    """Return the id of the person who submitted the sheet."""
    return frozenset({sheet.submitted_by_id}) if sheet.submitted_by_id else frozenset()


def everybody_involved(sheet: Sheet) -> frozenset[int]:
    """Return the ids of those who wrote, submitted or confirmed the sheet. One query at most."""
    authors = frozenset(each.user_id for each in sheet.authorships.all())
    return authors | {pk for pk in (sheet.submitted_by_id, sheet.confirmed_by_id) if pk}


def coordinator(acting: Acting, sheet: Sheet) -> Decision:
    """Allow coordinators."""
    return ALLOWED if acting.roles.is_coordinator else refused("取りまとめの担当が行います。")


OFFICER = RoleRule("担当課室の担当官", (officer_of_division,), Role.OFFICER)
HEAD = RoleRule("担当課室の課室長", (head_of_division,), Role.HEAD)
HEAD_NOT_SUBMITTER = RoleRule(
    "担当課室の課室長（提出した本人を除く）",
    (head_of_division, not_the_submitter),
    Role.HEAD,
    submitter,
)
REVIEWER = RoleRule("審査担当", (reviewer,), Role.REVIEWER)
REVIEWER_NOT_INVOLVED = RoleRule(
    "審査担当（執筆・提出・確認した本人を除く）",
    (reviewer, took_no_part),
    Role.REVIEWER,
    everybody_involved,
)
RETURNING_SIDE = RoleRule(
    "差し戻した側（課室長又は審査担当）",
    (on_the_side_that_returned,),
    role=None,
    sides=side_that_returned,
)
COORDINATOR = RoleRule("取りまとめ", (coordinator,), Role.COORDINATOR)

# By state: the people who can open the sheet for editing again.
_OPENED_BY = {State.DIVISION_CHECK: OFFICER, State.REVIEW: REVIEWER}


def can_edit(acting: Acting, sheet: Sheet) -> Decision:
    """Return whether the person may write in ``sheet`` now."""
    state = State(sheet.state)
    if sheet.is_final or state == State.EXCLUDED:
        return refused(_NOT_EDITABLE[state], WhomToAsk(COORDINATOR, sheet))
    if not OFFICER.decide(acting, sheet):
        reason = f"編集は{sheet.answering_division}の担当官が行います。"
        return refused(reason, WhomToAsk(OFFICER, sheet))
    if state not in EDITABLE_STATES:
        return refused(_NOT_EDITABLE[state], WhomToAsk(_OPENED_BY[state], sheet))
    return ALLOWED


def can_see_history(acting: Acting, sheet: Sheet) -> Decision:
    """Return whether the person may see how ``sheet`` came about: its versions, steps and reasons.

    Only the people who take part may; other readers see what was decided.
    """
    if takes_part(acting.roles, sheet):
        return ALLOWED
    return refused(
        f"作成の経過は、{sheet.division}と審査担当・取りまとめの担当が見ます。"
        "確定した内容は、印刷プレビューとPDFで確かめてください。"
    )


def can_grade(acting: Acting, sheet: Sheet) -> Decision:
    """Return whether the person may grade ``sheet`` now: as its approver, during the review."""
    if sheet.state != State.REVIEW:
        whom = WhomToAsk(REVIEWER_NOT_INVOLVED, sheet)
        return refused("総合評価は、審査中のシートに審査担当が付けます。", whom)
    return REVIEWER_NOT_INVOLVED.decide(acting, sheet)


def can_read_second(acting: Acting, sheet: Sheet) -> Decision:
    """Return whether the person may give a second reading of the grade of ``sheet`` now."""
    return can_grade(acting, sheet) and awaits_second_reader(acting, sheet)


def awaits_second_reader(acting: Acting, sheet: Sheet) -> Decision:
    """Return whether ``sheet`` has a grade of which the person can give a second reading."""
    if not sheet.overall_grade:
        return refused("第二読者の評価は、総合評価が付いた後に記入します。")
    if sheet.graded_by_id == acting.user.pk:
        return refused("総合評価を付けた本人です。第二読者の評価は、ほかの審査担当が記入します。")
    return ALLOWED


def can_raise_points(acting: Acting, sheet: Sheet) -> Decision:
    """Return whether the person may add, change or remove improvement points of ``sheet`` now."""
    if sheet.state != State.REVIEW:
        return refused(
            "改善点は、審査中のシートに審査担当が記入します。確定した後は変更できません。"
        )
    return REVIEWER_NOT_INVOLVED.decide(acting, sheet)


def can_calibrate(acting: Acting) -> Decision:
    """Return whether the person may see how the year's grades are distributed."""
    if acting.roles.sees_all_divisions:
        return ALLOWED
    return refused("評価の分布は、審査担当と取りまとめの担当が見ます。")
