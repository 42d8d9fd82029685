"""The paper of single sheets: issued ones as they are, drafts from the store or printed anew."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from evaluations.content import canonical, to_json
from evaluations.models import IssuedPdf, PrintedDraft, Sheet
from evaluations.printing.build import document_of
from evaluations.printing.html import page_html
from evaluations.printing.issued import newest_issued_pdf
from evaluations.printing.pdf import PrintingError, render_pdf
from evaluations.printing.store import key_of, stored
from evaluations.queries import content_of

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


def paper_of(sheet: Sheet) -> Paper:
    """Return the paper of ``sheet``, made and kept if it is a draft that has changed.

    Raises PrintingError where it cannot be printed, or an issued PDF is not what was issued.
    """
    if sheet.is_final:
        issued = newest_issued_pdf(sheet)
        if hashlib.sha256(bytes(issued.content)).hexdigest() != issued.sha256:
            raise PrintingError(
                "確定PDFが、発行したものと違います。システム管理者に連絡してください。"
            )
        return Paper(sheet.pk, issued.sha256, issued=issued.pk)
    # Read once: what is kept under the key has to be what the key was made of.
    content, definition = content_of(sheet), sheet.edition.definition
    document = document_of(sheet, content)
    key = key_of(page_html(document), canonical(to_json(content, definition)))
    if (pdf := stored(key)) is None:
        pdf = render_pdf(document, created=timezone.now())
        PrintedDraft.objects.bulk_create(
            [PrintedDraft(key=key, content=pdf)], ignore_conflicts=True
        )
    now = timezone.now()
    PrintedDraft.objects.filter(pk=key, used_at__lt=now - NOTED).update(used_at=now)
    return Paper(sheet.pk, hashlib.sha256(pdf).hexdigest(), draft=key)
