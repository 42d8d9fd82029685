"""Who may do what, and why not. Each rule returns a decision with its reason in words."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from accounts.acting import Acting
from accounts.enums import Role
from core.refusals import NotAllowed
from evaluations.access.visibility import takes_part
from evaluations.enums import Action, State
from evaluations.models import Sheet, Transition


@dataclass(frozen=True)
class Decision:
    """Whether something is allowed; if not, ``reason`` says why and what to do instead.

    ``ask``: those who can help, whose names the pages look up.
    """

    allowed: bool
    reason: str = ""
    ask: "Ask | None" = None

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise NotAllowed with the reason, unless it is allowed."""
        if not self.allowed:
            raise NotAllowed(self.reason, self.ask)


ALLOWED = Decision(True)
Rule = Callable[[Acting, Sheet], Decision]
Barred = Callable[[Sheet], frozenset[int]]
Sides = Callable[[Sheet], "tuple[Who, ...]"]


def nobody(sheet: Sheet) -> frozenset[int]:
    """Bar nobody who holds the role."""
    return frozenset()


@dataclass(frozen=True)
class Who:
    """Those who may do something: their name for people, and the rules they have to meet.

    ``role`` is the one they hold, and ``barred`` yields the ids of those who hold it in vain.
    ``sides``: who they are for a sheet where that is for the sheet to say; then it has no role.
    """

    label: str
    rules: tuple[Rule, ...]
    role: Role | None
    barred: Barred = nobody
    sides: Sides | None = None

    def decide(self, acting: Acting, sheet: Sheet) -> Decision:
        """Return whether the person is one of them for ``sheet``, with the first reason against."""
        decisions = (rule(acting, sheet) for rule in self.rules)
        against = next((decision for decision in decisions if not decision), None)
        if against is None:
            return ALLOWED
        if against.ask or self.sides:  # a rule on sides knows itself which to ask, if any
            return against
        return replace(against, ask=Ask(self, sheet))


@dataclass(frozen=True)
class Ask:
    """Those who can help with ``sheet``; their names are ``queries.whom``'s to find."""

    who: Who
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


def refused(reason: str, ask: Ask | None = None) -> Decision:
    """Return a refusal with its reason, and whom to ask."""
    return Decision(False, reason, ask)


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
    """Refuse whoever wrote, submitted or confirmed the sheet. One query, none where fetched."""
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
    return refused(f"差戻しの取消しは、差し戻した側（{last.role}）が行います。", Ask(side, sheet))


def side_that_returned(sheet: Sheet) -> tuple[Who, ...]:
    """Return the side that returned the sheet; empty where nobody did last."""
    last = _last_step(sheet)
    return (_side_of(last),) if last and last.action == Action.RETURN else ()


def _last_step(sheet: Sheet) -> Transition | None:
    """Return the last step of ``sheet``. One query, none where its steps were fetched."""
    return next(iter(sheet.transitions.all()[:1]), None)


def _side_of(returned: Transition) -> Who:
    return REVIEWER if returned.from_state == State.REVIEW else HEAD


def submitter(sheet: Sheet) -> frozenset[int]:
    """Bar who submitted the sheet."""
    return frozenset({sheet.submitted_by_id}) if sheet.submitted_by_id else frozenset()


def everybody_involved(sheet: Sheet) -> frozenset[int]:
    """Bar who wrote, submitted or confirmed the sheet. One query, none where fetched."""
    authors = frozenset(each.user_id for each in sheet.authorships.all())
    return authors | {pk for pk in (sheet.submitted_by_id, sheet.confirmed_by_id) if pk}


def coordinator(acting: Acting, sheet: Sheet) -> Decision:
    """Allow coordinators."""
    return ALLOWED if acting.roles.is_coordinator else refused("取りまとめの担当が行います。")


OFFICER = Who("担当課室の担当官", (officer_of_division,), Role.OFFICER)
HEAD = Who("担当課室の課室長", (head_of_division,), Role.HEAD)
HEAD_NOT_SUBMITTER = Who(
    "担当課室の課室長（提出した本人を除く）",
    (head_of_division, not_the_submitter),
    Role.HEAD,
    submitter,
)
REVIEWER = Who("審査担当", (reviewer,), Role.REVIEWER)
REVIEWER_NOT_INVOLVED = Who(
    "審査担当（執筆・提出・確認した本人を除く）",
    (reviewer, took_no_part),
    Role.REVIEWER,
    everybody_involved,
)
RETURNING_SIDE = Who(
    "差し戻した側（課室長又は審査担当）",
    (on_the_side_that_returned,),
    role=None,
    sides=side_that_returned,
)
COORDINATOR = Who("取りまとめ", (coordinator,), Role.COORDINATOR)

# Who opens the sheet again for its officers.
_OPENED_BY = {State.DIVISION_CHECK: OFFICER, State.REVIEW: REVIEWER}


def can_edit(acting: Acting, sheet: Sheet) -> Decision:
    """Return whether the person may write in ``sheet`` now."""
    state = State(sheet.state)
    if sheet.is_final or state == State.EXCLUDED:
        return refused(_NOT_EDITABLE[state], Ask(COORDINATOR, sheet))
    if not OFFICER.decide(acting, sheet):
        return refused(f"編集は{sheet.answering_division}の担当官が行います。", Ask(OFFICER, sheet))
    if state not in EDITABLE_STATES:
        return refused(_NOT_EDITABLE[state], Ask(_OPENED_BY[state], sheet))
    return ALLOWED


def can_see_history(acting: Acting, sheet: Sheet) -> Decision:
    """Return whether the person may see how ``sheet`` came about: its versions, steps and reasons.

    That is for those who take part; whoever reads it sees what was decided.
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
        return refused(
            "総合評価は、審査中のシートに審査担当が付けます。", Ask(REVIEWER_NOT_INVOLVED, sheet)
        )
    return REVIEWER_NOT_INVOLVED.decide(acting, sheet)


def can_read_second(acting: Acting, sheet: Sheet) -> Decision:
    """Return whether the person may give a second opinion on the grade of ``sheet`` now."""
    return can_grade(acting, sheet) and awaits_second_reader(acting, sheet)


def awaits_second_reader(acting: Acting, sheet: Sheet) -> Decision:
    """Return whether the grade of ``sheet`` is there to be read a second time by the person."""
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
