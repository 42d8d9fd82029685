"""Comment threads. A comment is never changed: an answer or a resolution is another comment."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.roles import Acting
from audit import trail
from core.refusals import Invalid, Stale
from evaluations.access.comments import (
    audiences_to_choose,
    can_address,
    can_answer,
    can_comment,
    can_resolve,
    can_withdraw,
    side_of_commenters,
)
from evaluations.access.rules import Decision
from evaluations.domain.comment_notices import announce_comment
from evaluations.domain.printable import check_printable
from evaluations.domain.sheet_lock import lock_as
from evaluations.enums import CommentAudience, CommentKind
from evaluations.models import Comment, CommentThread, Sheet
from evaluations.queries.comments import threads_visible_to
from evaluations.queries.content import entries_of
from texts.notation import normalize
from texts.passages import Range, places_of

MAX_COMMENT = 2_000

_RULES: dict[CommentKind, Callable[[Acting, CommentThread], Decision]] = {
    CommentKind.ANSWER: can_answer,
    CommentKind.ADDRESSED: can_address,
    CommentKind.RESOLVED: can_resolve,
    CommentKind.WITHDRAWN: can_withdraw,
}


def open_thread(
    sheet: Sheet,
    key: str,
    text: str,
    *,
    audience: CommentAudience,
    actor: User,
    quote: str = "",
    start: int | None = None,
    is_blocking: bool = False,
) -> CommentThread:
    """Comment on the item ``key`` of ``sheet``, or on the passage ``quote`` of its text.

    ``start`` is the index of the passage, in case it occurs more than once. Idempotent: the same
    comment again, while it is open, returns the first one. Raises NotAllowed, or Invalid if the
    text has no such passage or the comment is empty.
    """
    text = _checked(text, is_needed=True)
    with transaction.atomic():
        locked, acting = lock_as(sheet, actor)
        can_comment(acting, locked).require()
        _check_audience(locked, audience, is_blocking)
        item = locked.edition.definition.item(key)
        if item is None:
            raise Invalid(f"この様式に「{key}」という項目はありません。画面を開き直してください。")
        entry = entries_of(locked).get(key)
        base = entry.text if entry else ""
        begin, end = _passage(base, normalize(quote), start)
        fields: dict[str, Any] = {
            "sheet": locked,
            "key": key,
            "audience": audience,
            "is_blocking": is_blocking,
            "opened_as": side_of_commenters(locked),
            "base_text": base,
            "start": begin,
            "end": end,
        }
        same = CommentThread.objects.filter(**fields).unsettled()
        said = {"kind": CommentKind.OPENING, "text": text, "author": actor}
        if twice := same.filter(**{f"comments__{name}": it for name, it in said.items()}).first():
            return twice
        thread = CommentThread.objects.create(**fields, revision=locked.revisions.first())
        _say(thread, CommentKind.OPENING, text, acting)
    return thread


def add_remark(sheet: Sheet, pk: int, kind: CommentKind, text: str, *, actor: User) -> Comment:
    """Answer the thread ``pk`` of ``sheet``, mark it as addressed, resolve or withdraw it.

    Only an answer needs a text. Idempotent: a repetition of the last comment returns that one.
    Raises CommentThread.DoesNotExist if ``actor`` cannot see the thread, NotAllowed, Invalid, or
    Stale if somebody has closed the thread meanwhile.
    """
    text = _checked(text, is_needed=kind == CommentKind.ANSWER)
    with transaction.atomic():
        locked, acting = lock_as(sheet, actor)
        thread = threads_visible_to(acting.roles, locked).get(pk=pk)
        thread.sheet = locked
        last = thread.remarks[-1]
        if (last.kind, last.text, last.author_id) == (kind, text, actor.pk):
            return last
        if closing := thread.closing:
            raise Stale(
                f"このコメントは、{closing.author}さんが「{closing.get_kind_display()}」にしました。"
                "続きがあるときは、新しいコメントにしてください。"
            )
        _RULES[kind](acting, thread).require()
        return _say(thread, kind, text, acting)


def _say(thread: CommentThread, kind: CommentKind, text: str, acting: Acting) -> Comment:
    comment = Comment.objects.create(
        thread=thread, kind=kind, text=text, author=acting.user, role=acting.roles.in_words
    )
    # Without the audience of the thread: the audit log has other readers.
    trail.record(
        f"comment.{kind}",
        thread.sheet,
        actor=acting.user,
        after={
            "key": thread.key,
            "thread": thread.pk,
            **trail.fingerprint_of(text),
        },
    )
    announce_comment(comment)
    return comment


def _checked(text: str, *, is_needed: bool) -> str:
    text = normalize(text)
    if is_needed and not text:
        raise Invalid("コメントを記入してください。")
    if len(text) > MAX_COMMENT:
        raise Invalid(f"コメントは{MAX_COMMENT:,}字以内で記入してください。")
    check_printable(text)
    return text


def _check_audience(sheet: Sheet, audience: CommentAudience, is_blocking: bool) -> None:
    choices = audiences_to_choose(sheet)
    if audience not in choices:
        raise Invalid("課室長のコメントは、担当課室にも見えます。")
    if is_blocking and audience == CommentAudience.REVIEWERS:
        raise Invalid(
            "審査担当・取りまとめのみに見えるコメントでは、確定を止められません。担当課室が対応できるよう、"
            "担当課室にも見えるコメントにしてください。"
        )
    if is_blocking and CommentAudience.REVIEWERS not in choices:
        raise Invalid(
            "確定を止めるコメントは、審査担当が付けます。直してほしいときは差し戻します。"
        )


def _passage(text: str, quote: str, start: int | None) -> Range:
    """Return the range of ``quote`` in ``text``; (0, 0) for the entry as a whole."""
    if not quote:
        return 0, 0
    if start is not None and text[start : start + len(quote)] == quote:
        return start, start + len(quote)
    places = places_of(text, quote)
    if not places:
        raise Invalid(
            f"「{quote[:30]}」は、この項目の文章にありません。文章のとおりに記入するか、"
            "空欄にして項目全体へのコメントにしてください。"
        )
    if len(places) > 1:
        raise Invalid(
            f"「{quote[:30]}」は、この項目の文章に{len(places)}か所あります。"
            "前後の語句も含めて記入してください。"
        )
    return places[0], places[0] + len(quote)
