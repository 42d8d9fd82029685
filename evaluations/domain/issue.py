"""What a decision leaves behind: the official PDF, and its publication."""

import hashlib
from collections.abc import Callable

from accounts import audit
from accounts.models import User
from core.canonical import sha256_of
from evaluations.content import for_the_public
from evaluations.models import IssuedPdf, Publication, Revision, Sheet
from evaluations.printing.audit_head import head_as_json
from evaluations.printing.build import document_of_revision
from evaluations.printing.issued import newest_issued_pdf
from evaluations.printing.pdf import render_pdf
from evaluations.printing.sheet_data import data_of_revision

Effect = Callable[[Sheet, Revision | None, User], None]


def issue_pdf(sheet: Sheet, revision: Revision | None, actor: User) -> None:
    """Make the official PDF of ``revision`` once and keep its bytes with their sha256.

    The revision's data is attached to it as JSON, but for the reasons of the grades, which are not
    printed and not public; and the head of the audit log: every copy of
    the PDF is a witness that the log up to there has not been made up afterwards.
    """
    if revision is None:
        raise ValueError("a PDF is issued of a revision")
    sequence, head = audit.head()
    pdf = render_pdf(
        document_of_revision(revision),
        created=revision.created_at,
        data=data_of_revision(revision),
        audit_head=head_as_json(sequence, head),
    )
    issued = IssuedPdf.objects.create(
        revision=revision,
        content=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        data_sha256=sha256_of(for_the_public(revision.content, sheet.edition.definition)),
        audit_sequence=sequence,
        audit_hash=head,
    )
    audit.record(
        "pdf.issue",
        sheet,
        actor=actor,
        after={"revision": revision.number, "sha256": issued.sha256, "bytes": len(pdf)},
    )


def publish_pdf(sheet: Sheet, revision: Revision | None, actor: User) -> None:
    """Make the sheet's newest official PDF public in place of an earlier one."""
    sheet.publications.filter(is_current=True).update(is_current=False)
    Publication.objects.create(sheet=sheet, issued_pdf=newest_issued_pdf(sheet), published_by=actor)
