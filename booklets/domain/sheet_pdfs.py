"""The paper of single sheets: issued ones as they are, drafts from the store or printed anew."""

import hashlib
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.utils import timezone

from booklets.models import PrintedDraft
from booklets.paper.draft_store import key_of, stored
from evaluations.models import IssuedPdf, Sheet
from evaluations.paper.issued_pdf import draft_of, newest_issued_pdf
from printing.errors import PrintingError

# Using a draft is noted so often at most, or every reading would write.
NOTED = timedelta(days=1)


@dataclass(frozen=True)
class Paper:
    """Where the PDF of a sheet is kept: an issued one by its number, or a draft by its key."""

    sheet_id: int
    sha256: str
    issued: int = 0
    draft: str = ""

    def read(self) -> bytes:
        """Return the PDF; raise PrintingError where it is no longer there."""
        if self.issued:
            return bytes(IssuedPdf.objects.values_list("content", flat=True).get(pk=self.issued))
        if (pdf := stored(self.draft)) is None:
            raise PrintingError("印刷したシートが消えています。もう一度作成してください。")
        return pdf


def begin(sheet: Sheet, printers: Executor) -> Callable[[], Paper]:
    """Have ``sheet`` printed, if it is a draft that has changed; call the answer for its paper.

    That waits for the printing and keeps what was printed. It raises PrintingError where the
    sheet cannot be printed, or an issued PDF is not what was issued.
    """
    if sheet.is_final:
        return partial(_issued, sheet)
    draft = draft_of(sheet)
    key = key_of(draft.page, draft.data)
    if pdf := stored(key):
        return partial(_kept, sheet, key, pdf)
    return partial(_new, sheet, key, printers.submit(draft.pdf))


def _issued(sheet: Sheet) -> Paper:
    issued = newest_issued_pdf(sheet)
    if hashlib.sha256(bytes(issued.content)).hexdigest() != issued.sha256:
        raise PrintingError("確定PDFが、発行したものと違います。システム管理者に連絡してください。")
    return Paper(sheet.pk, issued.sha256, issued=issued.pk)


def _new(sheet: Sheet, key: str, printed: Future[bytes]) -> Paper:
    pdf = printed.result()
    PrintedDraft.objects.bulk_create([PrintedDraft(key=key, content=pdf)], ignore_conflicts=True)
    return Paper(sheet.pk, hashlib.sha256(pdf).hexdigest(), draft=key)


def _kept(sheet: Sheet, key: str, pdf: bytes) -> Paper:
    now = timezone.now()
    PrintedDraft.objects.filter(pk=key, used_at__lt=now - NOTED).update(used_at=now)
    return Paper(sheet.pk, hashlib.sha256(pdf).hexdigest(), draft=key)
