"""Making a booklet, in the worker: print every sheet, put them together, keep the file.

Nothing is remembered between two attempts but what is printed: whoever takes over finds the
finished sheets in the store, and goes on with the next.
"""

import hashlib
from dataclasses import asdict
from tempfile import TemporaryFile
from typing import BinaryIO

import structlog
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit import trail
from booklets.domain.contents import Contents, gather
from booklets.domain.error_frames import frames_of
from booklets.domain.lease import FREE, Lost, keep_hold
from booklets.domain.retention import KEPT, keep_only_newest
from booklets.enums import BookletKind, BookletStatus
from booklets.models import Booklet, BookletPart
from booklets.paper.binding import Cover, bind
from booklets.paper.year_list import year_list_pdf
from booklets.paper.zip_archive import Leaf, write_archive
from core.locking import lock_in_order
from printing.binder import SourcePdf
from printing.errors import PrintingError

PIECE_BYTES = 1024 * 1024
NOTHING_PRINTED = "どのシートも印刷できませんでした。"
NOT_MADE = (
    "冊子を作成できませんでした。もう一度作成してください。"
    "同じことが続くときは、システム管理者に連絡してください。"
)

logger = structlog.get_logger(__name__)


def make(booklet: Booklet) -> None:
    """Make ``booklet``, which the caller holds.

    A sheet that cannot be printed is left out and named. Whatever else goes wrong ends in a
    booklet that says so.
    """
    try:
        contents = gather(booklet)
        if contents.lines:
            with TemporaryFile() as file:
                _write(booklet, contents, file)
                _keep(booklet, contents, file)
        else:
            _fail(booklet, contents, NOTHING_PRINTED)
    except Lost:
        return
    except Exception as error:  # whatever it was: nobody may wait for ever
        logger.error("booklet_not_made", booklet=booklet.pk, **frames_of(error))
        _fail(booklet, Contents(), str(error) if isinstance(error, PrintingError) else NOT_MADE)


def _write(booklet: Booklet, contents: Contents, file: BinaryIO) -> None:
    """Write the whole file; the time on it is the one at which it was asked for."""
    created, lines = booklet.requested_at, contents.lines
    if booklet.kind == BookletKind.LIST:
        file.write(year_list_pdf(lines, booklet.selection, created))
    elif booklet.kind == BookletKind.ZIP:
        leaves = [
            Leaf(line, paper.sha256) for line, paper in zip(lines, contents.papers, strict=True)
        ]
        pdfs = (paper.read() for paper in contents.papers)
        overview = year_list_pdf(lines, booklet.selection, created)
        write_archive(leaves, pdfs, overview, file, created)
    else:
        parts = (
            SourcePdf(
                f"{line.contribution}{'（案）' if line.is_draft else ''}",
                f"{line.division}　{line.year}",
                paper.read(),
            )
            for line, paper in zip(lines, contents.papers, strict=True)
        )
        cover = Cover(booklet.title, _on_the_cover(booklet, contents), created)
        bind(cover, parts, file, lambda bound: keep_hold(booklet))


def _on_the_cover(booklet: Booklet, contents: Contents) -> tuple[str, ...]:
    number = f"{len(contents.lines)}件"
    if contents.drafts:
        number += f"（うち確定前の案{contents.drafts}件）"
    missing = (f"入っていないシート：{each.name}" for each in contents.missing)
    return (*booklet.selection, number, *missing)


def _keep(booklet: Booklet, contents: Contents, file: BinaryIO) -> None:
    """Store the file piece by piece, each in a moment, so that nobody waits for the database."""
    digest = hashlib.sha256()
    size = number = 0
    file.seek(0)
    keep_hold(booklet)
    booklet.parts.all().delete()
    while piece := file.read(PIECE_BYTES):
        digest.update(piece)
        with transaction.atomic():
            keep_hold(booklet)
            BookletPart.objects.create(booklet=booklet, number=number, content=piece)
        size, number = size + len(piece), number + 1
    with transaction.atomic():
        # First the person, then what is theirs: of two booklets finished together, each would
        # leave one file too many.
        [person] = lock_in_order(User.objects.filter(pk=booklet.requested_by_id))
        now = timezone.now()
        keep_hold(
            booklet,
            done=booklet.total,
            included_ids=[line.sheet_id for line in contents.lines],
            left_out=[asdict(each) for each in contents.missing],
            size=size,
            sha256=digest.hexdigest(),
            finished_at=now,
            expires_at=now + KEPT,
        )
        Booklet.objects.filter(pk=booklet.pk).update(status=BookletStatus.DONE, **FREE)
        keep_only_newest(person)
        after = {"sheets": len(contents.lines), "bytes": size, "sha256": digest.hexdigest()}
        trail.record("booklet.make", booklet, actor=person, after=after)


def _fail(booklet: Booklet, contents: Contents, reason: str) -> None:
    """Say why there is no file, unless the booklet is no longer the worker's."""
    with transaction.atomic():
        Booklet.objects.filter(pk=booklet.pk, holder=booklet.holder).update(
            status=BookletStatus.FAILED,
            error=reason,
            left_out=[asdict(each) for each in contents.missing],
            finished_at=timezone.now(),
            **FREE,
        )
