"""The rules of access to comments and suggested wordings."""

from accounts.roles import Acting, Roles
from evaluations.access.rules import ALLOWED, HEAD, REVIEWER, Decision, RoleRule, refused
from evaluations.access.visibility import takes_part
from evaluations.enums import CommentAudience, Side, State
from evaluations.models import CommentThread, Sheet, Suggestion

# By state: the people who review the sheet in it, and the side on which they comment.
_COMMENTERS: dict[str, tuple[Side, RoleRule]] = {
    State.DIVISION_CHECK: (Side.HEAD, HEAD),
    State.REVIEW: (Side.REVIEWERS, REVIEWER),
}


def can_see_review(acting: Acting, sheet: Sheet) -> Decision:
    """Return whether the person sees comments and suggestions: only those who take part do."""
    if takes_part(acting.roles, sheet):
        return ALLOWED
    return refused("コメントと修正案は、担当課室、審査担当及び取りまとめの担当に限って見られます。")


def audiences_inside(roles: Roles) -> list[CommentAudience]:
    """Return the audiences whose comments a person with ``roles`` reads where they take part."""
    return list(CommentAudience) if roles.sees_all_divisions else [CommentAudience.DIVISION]


def audiences_of(roles: Roles, sheet: Sheet) -> list[CommentAudience]:
    """Return the audiences whose comments on ``sheet`` a person with ``roles`` reads, if any."""
    return audiences_inside(roles) if takes_part(roles, sheet) else []


def can_comment(acting: Acting, sheet: Sheet) -> Decision:
    """Return whether the person may comment on ``sheet`` and suggest wordings now."""
    if sheet.state not in _COMMENTERS:
        return refused(
            "コメントと修正案は、課室長確認の間は課室長が、審査の間は審査担当が付けます。"
        )
    _, who = _COMMENTERS[sheet.state]
    return who.decide(acting, sheet)


def side_of_commenters(sheet: Sheet) -> Side:
    """Return the side of the people whom ``can_comment`` allows to comment now."""
    return _COMMENTERS[sheet.state][0]


def audiences_to_choose(sheet: Sheet) -> list[CommentAudience]:
    """Return the audiences a new comment can have now: only reviewers write to each other."""
    if sheet.state == State.REVIEW:
        return [CommentAudience.REVIEWERS, CommentAudience.DIVISION]
    return [CommentAudience.DIVISION]


def _is_on_side(acting: Acting, sheet: Sheet, side: str) -> bool:
    return acting.roles.is_reviewer if side == Side.REVIEWERS else bool(HEAD.decide(acting, sheet))


def _still_talked_about(sheet: Sheet) -> Decision:
    if sheet.is_final or sheet.state == State.EXCLUDED:
        return refused(
            f"「{sheet.get_state_display()}」のシートのコメントと修正案は、記録として残り、"
            "変えられません。"
        )
    return ALLOWED


def can_answer(acting: Acting, thread: CommentThread) -> Decision:
    """Return whether the person, who sees ``thread``, may say something in it."""
    if not (decision := _still_talked_about(thread.sheet)):
        return decision
    if thread.closing:
        return refused("このコメントは閉じています。続きは新しいコメントにしてください。")
    if acting.roles.is_reviewer or thread.sheet.answering_division.pk in acting.roles.divisions:
        return ALLOWED
    return refused("返答は、担当課室と審査担当が行います。")


def can_address(acting: Acting, thread: CommentThread) -> Decision:
    """Return whether the person may report that the division has dealt with ``thread``."""
    if thread.sheet.answering_division.pk not in acting.roles.divisions:
        return refused(f"対応の報告は{thread.sheet.answering_division}が行います。")
    return can_answer(acting, thread)


def can_resolve(acting: Acting, thread: CommentThread) -> Decision:
    """Return whether the person may resolve ``thread``: only the side that opened it may."""
    if not _is_on_side(acting, thread.sheet, thread.opened_as):
        return refused(f"解決にするのは、コメントを付けた{thread.get_opened_as_display()}です。")
    return can_answer(acting, thread)


def can_withdraw(acting: Acting, thread: CommentThread) -> Decision:
    """Return whether the person may withdraw ``thread``: only its author may."""
    if thread.opening.author_id != acting.user.pk:
        return refused("取り下げるのは、コメントを付けた本人です。")
    return can_answer(acting, thread)


def can_take_back(acting: Acting, suggestion: Suggestion) -> Decision:
    """Return whether the person may withdraw ``suggestion``."""
    if suggestion.made_by_id != acting.user.pk:
        return refused("取り下げるのは、修正案を示した本人です。")
    if suggestion.outcome:
        return refused("この修正案への対応は決まっています。")
    return _still_talked_about(suggestion.sheet)
