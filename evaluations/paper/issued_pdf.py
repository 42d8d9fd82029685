"""The PDF of a sheet: the issued one of a decided sheet, else a draft."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BinaryField, Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Length

from evaluations.access.grades import on_paper
from evaluations.enums import DECIDED
from evaluations.models import IssuedPdf, Sheet
from evaluations.paper.build import document_of
from evaluations.paper.rendering import ATTACHMENT, SHEET_STYLES, page_html
from evaluations.paper.sheet_data import data_of_draft
from evaluations.queries.content import content_of
from evaluations.queries.last_change import last_change_of
from evaluations.queries.prefetch import fetch_register
from printing import printer


def pdf_of(sheet: Sheet) -> bytes:
    """Return the stored PDF of a decided sheet as it was issued, else the draft's, marked 案."""
    if sheet.is_final:
        return bytes(newest_issued_pdf(sheet).content)
    return draft_pdf_of(sheet)


def draft_pdf_of(sheet: Sheet) -> bytes:
    """Return the PDF of a draft, dated by its last change: the same bytes until it changes."""
    return draft_of(sheet).pdf()


@dataclass(frozen=True)
class Draft:
    """A draft as it is to be printed, a page of HTML, and its ``data``, which go with it."""

    page: str
    changed_at: datetime
    data: bytes

    def pdf(self) -> bytes:
        """Return its PDF. Makes no queries, so that any thread can call it."""
        attached = {ATTACHMENT: self.data}
        return printer.render_page(
            self.page, styles=SHEET_STYLES, created=self.changed_at, attached=attached
        )


def draft_of(sheet: Sheet) -> Draft:
    """Return the draft of ``sheet``; its content is read once, so that all of it agrees."""
    fetch_register(sheet)
    changed_at, content = last_change_of(sheet), on_paper(sheet, content_of(sheet))
    data = data_of_draft(content, sheet.edition.definition, changed_at)
    return Draft(page_html(document_of(sheet, content, changed_at)), changed_at, data)


def newest_issued_pdf(sheet: Sheet) -> IssuedPdf:
    """Return the PDF of the sheet's last approval."""
    return IssuedPdf.objects.filter(revision__sheet=sheet).latest("revision__number")


@dataclass(frozen=True)
class StoredPdf:
    """A stored PDF ready to be served. Its bytes are read from the database on demand.

    ``title`` is the form's and ``contribution`` a name, for the file's; ``since``: since
    when it is at its URL; ``size`` in bytes.
    """

    pk: int
    sha256: str
    title: str
    contribution: str
    since: datetime
    size: int
    read: bytes | None

    def content(self) -> bytes:
        """Return the bytes; one query unless they were read already."""
        if self.read is not None:
            return self.read
        return bytes(IssuedPdf.objects.values_list("content", flat=True).get(pk=self.pk))


def issued_for(visible: Q, pk: int, known: Collection[str] | None = ()) -> StoredPdf | None:
    """Return the valid PDF of sheet ``pk``, where it is decided and ``visible``. One query.

    ``known``: the sha256 of the files that the client has; their bytes are not read. None: no
    bytes are read at all.
    """
    decided = Sheet.objects.filter(visible, pk=pk, state__in=DECIDED)
    stored = IssuedPdf.objects.filter(revision__sheet__in=decided.values("pk"))
    return _stored(stored.order_by("-revision__number"), "issued_at", known)


def published_for(pk: int, known: Collection[str] | None = ()) -> StoredPdf | None:
    """Return the public PDF of sheet ``pk``; see ``issued_for``. One query.

    Of a sheet under correction that is the one which is still valid.
    """
    stored = IssuedPdf.objects.filter(publications__sheet__id=pk, publications__is_current=True)
    return _stored(stored, "publications__published_at", known)


def _stored(
    pdfs: QuerySet[IssuedPdf], since: str, known: Collection[str] | None
) -> StoredPdf | None:
    body: Case | F | Value = F("content")
    if known is None:
        body = Value(None, BinaryField())
    elif known:
        body = Case(When(sha256__in=known, then=Value(None)), default=body)
    # Plain values: of five tables, four fields are wanted.
    row = pdfs.values_list(
        "pk",
        "sha256",
        "revision__sheet__edition__title",
        "revision__sheet__approved_name",
        "revision__sheet__contribution__name",
        since,
        Length("content"),
        body,
    ).first()
    if row is None:
        return None
    pk, sha256, title, approved, registered, at, size, read = row
    content = None if read is None else bytes(read)
    return StoredPdf(pk, sha256, title, approved or registered, at, size, content)
