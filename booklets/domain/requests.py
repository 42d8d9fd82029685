"""Asking for a booklet, and taking that back."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import roles_of
from audit import trail
from booklets.domain.lease import FREE
from booklets.domain.queue import make_soon
from booklets.enums import UNFINISHED, BookletKind, BookletStatus
from booklets.models import Booklet
from core.locking import lock_in_order
from core.refusals import Invalid, Stale
from evaluations.access.visibility import sheets_visible_to

MOST_SHEETS = 500
MOST_UNFINISHED = 3


@transaction.atomic
def ask_for_booklet(
    sheet_ids: Collection[int], *, kind: BookletKind, selection: Sequence[str], actor: User
) -> Booklet:
    """Put a booklet of those of ``sheet_ids`` that ``actor`` may see into the worker's queue.

    ``selection``: by which filters they were chosen, in words. Asked twice for the same while the
    first is not finished, it returns the first. Raises Invalid without a sheet, with more than
    ``MOST_SHEETS``, or where ``MOST_UNFINISHED`` booklets are on their way.
    """
    # One at a time for each person, or two windows would get round the limit.
    lock_in_order(User.objects.filter(pk=actor.pk))
    sheets = list(sheets_visible_to(roles_of(actor)).filter(pk__in=sheet_ids))
    ids = [sheet.pk for sheet in sheets]
    _refuse_too_many(len(ids))
    unfinished = Booklet.objects.filter(requested_by=actor, status__in=UNFINISHED)
    for each in unfinished:
        if (each.kind, each.sheet_ids) == (kind, ids):
            return each
    if len(unfinished) >= MOST_UNFINISHED:
        raise Invalid(
            f"作成中の冊子が{MOST_UNFINISHED}件あります。"
            "出来上がるのを待つか、不要なものを取り消してから、もう一度作成してください。"
        )
    years = {sheet.edition.year_label for sheet in sheets}
    booklet = Booklet.objects.create(
        requested_by=actor,
        kind=kind,
        title=f"{years.pop() if len(years) == 1 else ''}評価シート",
        selection=list(selection),
        sheet_ids=ids,
        own_before=max((each.own_before + 1 for each in unfinished), default=0),
    )
    trail.record("booklet.ask", booklet, actor=actor, after={"kind": kind, "sheets": ids})
    make_soon(booklet)
    return booklet


@transaction.atomic
def cancel_booklet(booklet: Booklet, *, actor: User) -> None:
    """Stop a booklet that is not finished; its worker notices at the next sheet.

    Raises Stale where it has been finished meanwhile.
    """
    unfinished = Booklet.objects.filter(pk=booklet.pk, status__in=UNFINISHED)
    cancelled = unfinished.update(
        status=BookletStatus.CANCELLED, finished_at=timezone.now(), **FREE
    )
    if not cancelled:
        raise Stale("この冊子の作成は、すでに終わっています。")
    booklet.parts.all().delete()
    trail.record("booklet.cancel", booklet, actor=actor)


def _refuse_too_many(number: int) -> None:
    if number == 0:
        raise Invalid("この条件のシートはありません。条件を変えてください。")
    if number > MOST_SHEETS:
        raise Invalid(
            f"一度に作成できるのは{MOST_SHEETS}件までです（この条件では{number}件）。"
            "年度や担当課室で絞り込んでください。"
        )
