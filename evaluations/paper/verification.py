"""Verification of PDFs: whether a file is an issued PDF, and what may be disclosed about it.

A file whose bytes were issued is confirmed: its owner already knows the content. For other files
only public facts are disclosed, so that nobody can find out by trial whether a sheet exists or
what it says.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet

from evaluations.models import IssuedPdf, Publication
from evaluations.paper.pdf_claim import claim_of
from evaluations.paper.sheet_reading import BadData, NotOurs, is_pdf
from printing.errors import ReaderFailed


class PdfStatus(StrEnum):
    """The result of a verification."""

    VALID = "valid"  # issued, and the one that holds now
    OLDER = "older"  # issued, and replaced since
    UNPUBLISHED = "unpublished"  # issued, never public: whether it holds is not for everybody
    REVOKED = "revoked"  # issued, and its approval undone, with nothing in its place yet
    ALTERED = "altered"  # claims to be issued, but differs from what was issued
    DRAFT = "draft"  # marked 案 in its data
    FOREIGN = "foreign"  # a PDF without sheet data
    UNREADABLE = "unreadable"  # not a PDF
    TOO_COSTLY = "too_costly"  # not issued, and reading exceeded the limits


@dataclass(frozen=True)
class Verdict:
    """``issued`` is set for issued bytes only, ``why``, a sentence, for altered ones.

    ``since``: when it was published, or else issued; ``until``: when another took its place.
    """

    status: PdfStatus
    issued: IssuedPdf | None = None
    is_published: bool = False
    since: datetime | None = None
    until: datetime | None = None
    why: str = ""


def verify_for_everybody(pdf: bytes) -> Verdict:
    """Return the verdict on ``pdf`` for the public. At most two queries.

    Raises ReaderFailed when it may be tried again.
    """
    issued = _issued(pdf)
    if issued is None:
        return _not_issued(pdf, IssuedPdf.objects.filter(publications__isnull=False))
    sheet = issued.revision.sheet_id
    published = list(Publication.objects.filter(sheet=sheet).order_by("pk"))
    own = [number for number, each in enumerate(published) if each.issued_pdf_id == issued.pk]
    if not own:
        return Verdict(PdfStatus.UNPUBLISHED, issued)
    since = published[own[0]].published_at
    if published[own[-1]].is_current:
        return Verdict(PdfStatus.VALID, issued, True, since)
    return Verdict(PdfStatus.OLDER, issued, True, since, published[own[-1] + 1].published_at)


def verify_inside(pdf: bytes) -> Verdict:
    """Return the verdict on ``pdf`` for administrators. At most three queries.

    Raises ReaderFailed when it may be tried again.
    """
    verdict = verify_for_everybody(pdf)
    issued = verdict.issued
    if issued is None:
        return _not_issued(pdf, IssuedPdf.objects.all())
    if verdict.status != PdfStatus.UNPUBLISHED:
        return verdict
    revision = issued.revision
    later = IssuedPdf.objects.filter(
        revision__sheet=revision.sheet_id, revision__number__gt=revision.number
    ).order_by("revision__number")
    until = later.values_list("issued_at", flat=True).first()
    if until:
        return Verdict(PdfStatus.OLDER, issued, False, issued.issued_at, until)
    status = PdfStatus.VALID if revision.sheet.is_final else PdfStatus.REVOKED
    return Verdict(status, issued, False, issued.issued_at)


def _issued(pdf: bytes) -> IssuedPdf | None:
    """Return the PDF of these very bytes, if it was issued."""
    return (
        IssuedPdf.objects.filter(sha256=hashlib.sha256(pdf).hexdigest())
        .select_related("revision__sheet__edition", "revision__sheet__contribution")
        .defer("content", "revision__content", "revision__sheet__edition__content")
        .first()
    )


def _not_issued(pdf: bytes, comparable: QuerySet[IssuedPdf]) -> Verdict:
    """Return the verdict on a file that was not issued, by the data attached to it.

    ``comparable`` are those of which the data may be compared with it.
    """
    if not is_pdf(pdf):
        return Verdict(PdfStatus.UNREADABLE)
    try:
        claim = claim_of(pdf)
    except ReaderFailed as failed:
        if failed.is_too_costly:
            return Verdict(PdfStatus.TOO_COSTLY)
        raise
    except NotOurs:
        return Verdict(PdfStatus.FOREIGN)
    except BadData:
        return Verdict(PdfStatus.ALTERED, why="中のデータが、本システムの形式になっていません。")
    if not claim.is_intact:
        return Verdict(PdfStatus.ALTERED, why="中のデータが、書き換えられています。")
    if claim.revision is None:
        return Verdict(PdfStatus.DRAFT)
    if comparable.filter(data_sha256=claim.sheet_sha256).exists():
        why = "中のデータは発行したものと同じですが、紙面などファイルのほかの部分が違います。"
        return Verdict(PdfStatus.ALTERED, why=why)
    return Verdict(PdfStatus.ALTERED, why="このファイルを発行した記録がありません。")
