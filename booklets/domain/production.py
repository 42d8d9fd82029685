"""Producing a booklet in the worker: print every sheet, merge them, store the file.

Printed sheets are cached, so that a retry continues with the next sheet.
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
from booklets.domain.contents import Contents, collect_contents
from booklets.domain.lease import NO_LEASE, LeaseLost, renew_lease
from booklets.domain.retention import FILE_RETENTION, delete_oldest_files
from booklets.enums import BookletKind, BookletStatus
from booklets.models import Booklet, BookletPart
from booklets.paper.binding import Cover, bind_sheets
from booklets.paper.year_list import year_list_pdf
from booklets.paper.zip_archive import ArchivedSheet, write_archive
from core.error_frames import frames_of
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


def produce(booklet: Booklet) -> None:
    """Produce ``booklet``, on which the caller has the lease.

    Sheets that cannot be printed are listed as missing. Any other error marks the booklet as
    failed.
    """
    try:
        contents = collect_contents(booklet)
        if contents.lines:
            with TemporaryFile() as file:
                _write(booklet, contents, file)
                _keep(booklet, contents, file)
        else:
            _fail(booklet, contents, NOTHING_PRINTED)
    except LeaseLost:
        return
    except Exception as error:  # any error must end the waiting
        logger.error("booklet_not_made", booklet=booklet.pk, **frames_of(error))
        _fail(booklet, Contents(), str(error) if isinstance(error, PrintingError) else NOT_MADE)


def _write(booklet: Booklet, contents: Contents, file: BinaryIO) -> None:
    """Write the whole file, dated with the time of the request."""
    created, lines = booklet.requested_at, contents.lines
    if booklet.kind == BookletKind.LIST:
        file.write(year_list_pdf(lines, booklet.selection, created))
    elif booklet.kind == BookletKind.ZIP:
        leaves = [
            ArchivedSheet(line, paper.sha256)
            for line, paper in zip(lines, contents.papers, strict=True)
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
        bind_sheets(cover, parts, file, lambda bound: renew_lease(booklet))


def _on_the_cover(booklet: Booklet, contents: Contents) -> tuple[str, ...]:
    number = f"{len(contents.lines)}件"
    if contents.drafts:
        number += f"（うち確定前の案{contents.drafts}件）"
    missing = (f"入っていないシート：{each.name}" for each in contents.missing)
    return (*booklet.selection, number, *missing)


def _keep(booklet: Booklet, contents: Contents, file: BinaryIO) -> None:
    """Store the file in pieces, in short transactions, so that no other writer has to wait."""
    digest = hashlib.sha256()
    size = number = 0
    file.seek(0)
    renew_lease(booklet)
    booklet.parts.all().delete()
    while piece := file.read(PIECE_BYTES):
        digest.update(piece)
        with transaction.atomic():
            renew_lease(booklet)
            BookletPart.objects.create(booklet=booklet, number=number, content=piece)
        size, number = size + len(piece), number + 1
    with transaction.atomic():
        # Lock the person: two booklets finished at once would each leave one file too many.
        [person] = lock_in_order(User.objects.filter(pk=booklet.requested_by_id))
        now = timezone.now()
        renew_lease(
            booklet,
            done=booklet.total,
            included_ids=[line.sheet_id for line in contents.lines],
            left_out=[asdict(each) for each in contents.missing],
            size=size,
            sha256=digest.hexdigest(),
            finished_at=now,
            expires_at=now + FILE_RETENTION,
        )
        Booklet.objects.filter(pk=booklet.pk).update(status=BookletStatus.DONE, **NO_LEASE)
        delete_oldest_files(person)
        after = {"sheets": len(contents.lines), "bytes": size, "sha256": digest.hexdigest()}
        trail.record("booklet.make", booklet, actor=person, after=after)


def _fail(booklet: Booklet, contents: Contents, reason: str) -> None:
    """Mark the booklet as failed, unless the lease is lost."""
    with transaction.atomic():
        Booklet.objects.filter(pk=booklet.pk, holder=booklet.holder).update(
            status=BookletStatus.FAILED,
            error=reason,
            left_out=[asdict(each) for each in contents.missing],
            finished_at=timezone.now(),
            **NO_LEASE,
        )
