"""PDFs of single sheets: issued ones as stored, drafts from the cache or newly printed."""

import hashlib
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.utils import timezone

from booklets.models import PrintedDraft
from booklets.paper.draft_cache import cached_draft, draft_key
from evaluations.models import IssuedPdf, Sheet
from evaluations.paper.issued_pdf import draft_of, newest_issued_pdf
from printing.errors import PrintingError

# ``used_at`` is updated at most this often, so that not every use writes.
USE_UPDATE_INTERVAL = timedelta(days=1)


@dataclass(frozen=True)
class PdfReference:
    """A reference to a stored PDF: an issued one by its id, or a cached draft by its key."""

    sheet_id: int
    sha256: str
    issued: int = 0
    draft: str = ""

    def read(self) -> bytes:
        """Return the PDF; raise PrintingError if it has been deleted."""
        if self.issued:
            return bytes(IssuedPdf.objects.values_list("content", flat=True).get(pk=self.issued))
        if (pdf := cached_draft(self.draft)) is None:
            raise PrintingError("印刷したシートが消えています。もう一度作成してください。")
        return pdf


def start_printing(sheet: Sheet, printers: Executor) -> Callable[[], PdfReference]:
    """Start printing ``sheet`` if it is a draft not in the cache; return a callable for its PDF.

    The callable waits for the printing, and caches the result. It raises PrintingError if the
    sheet cannot be printed, or an issued PDF does not match its hash.
    """
    if sheet.is_final:
        return partial(_issued, sheet)
    draft = draft_of(sheet)
    key = draft_key(draft.page, draft.data)
    if pdf := cached_draft(key):
        return partial(_from_cache, sheet, key, pdf)
    return partial(_printed, sheet, key, printers.submit(draft.pdf))


def _issued(sheet: Sheet) -> PdfReference:
    issued = newest_issued_pdf(sheet)
    if hashlib.sha256(bytes(issued.content)).hexdigest() != issued.sha256:
        raise PrintingError("確定PDFが、発行したものと違います。システム管理者に連絡してください。")
    return PdfReference(sheet.pk, issued.sha256, issued=issued.pk)


def _printed(sheet: Sheet, key: str, printed: Future[bytes]) -> PdfReference:
    pdf = printed.result()
    PrintedDraft.objects.bulk_create([PrintedDraft(key=key, content=pdf)], ignore_conflicts=True)
    return PdfReference(sheet.pk, hashlib.sha256(pdf).hexdigest(), draft=key)


def _from_cache(sheet: Sheet, key: str, pdf: bytes) -> PdfReference:
    now = timezone.now()
    PrintedDraft.objects.filter(pk=key, used_at__lt=now - USE_UPDATE_INTERVAL).update(used_at=now)
    return PdfReference(sheet.pk, hashlib.sha256(pdf).hexdigest(), draft=key)
