"""Requesting and cancelling a booklet."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import roles_of
from audit import trail
from booklets.domain.lease import NO_LEASE
from booklets.domain.queue import enqueue_booklet
from booklets.enums import UNFINISHED, BookletKind, BookletStatus
from booklets.models import Booklet
from core.locking import lock_in_order
from core.refusals import Invalid, Stale
from evaluations.access.visibility import sheets_visible_to

MOST_SHEETS = 500
MOST_UNFINISHED = 3


@transaction.atomic
def request_booklet(
    sheet_ids: Collection[int], *, kind: BookletKind, selection: Sequence[str], actor: User
) -> Booklet:
    """Queue a booklet of those of ``sheet_ids`` that ``actor`` may see.

    ``selection`` describes the filters. Idempotent: an identical unfinished booklet is returned
    instead of a new one. Raises Invalid for no sheet, more than ``MOST_SHEETS``, or if
    ``MOST_UNFINISHED`` booklets are unfinished.
    """
    # Lock the person, so that concurrent requests cannot exceed the limit.
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
    enqueue_booklet(booklet)
    return booklet


@transaction.atomic
def cancel_booklet(booklet: Booklet, *, actor: User) -> None:
    """Cancel an unfinished booklet; its worker stops at the next sheet.

    Raises Stale if it has been finished in the meantime.
    """
    unfinished = Booklet.objects.filter(pk=booklet.pk, status__in=UNFINISHED)
    cancelled = unfinished.update(
        status=BookletStatus.CANCELLED, finished_at=timezone.now(), **NO_LEASE
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
