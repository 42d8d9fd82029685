"""The effects of a decision besides the new state: the official PDF and its publication."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User
from audit import trail
from core.canonical_json import sha256_of
from evaluations.content import for_the_public
from evaluations.models import IssuedPdf, Publication, Revision, Sheet
from evaluations.paper.audit_head import head_as_json
from evaluations.paper.build import document_of_revision
from evaluations.paper.issued_pdf import newest_issued_pdf
from evaluations.paper.rendering import render_pdf
from evaluations.paper.sheet_data import data_of_revision

Effect = Callable[[Sheet, User], None]


@dataclass(frozen=True)
class PrintedRevision:
    """A revision with its official PDF, and the head of the audit log that is attached to it."""

    revision: Revision
    pdf: bytes
    audit_sequence: int
    audit_hash: str


def print_revision(revision: Revision) -> PrintedRevision:
    """Return the official PDF of ``revision``, which need not be stored yet. Stores nothing.

    The revision's data is attached to it as JSON, without the reasons of the grades, which are not
    public. So is the head of the audit log: every copy of the PDF proves that the log up to there
    was not rewritten later. It takes about a second.
    """
    sequence, head = trail.last_sequence_and_hash()
    pdf = render_pdf(
        document_of_revision(revision),
        created=revision.created_at,
        data=data_of_revision(revision),
        audit_head=head_as_json(sequence, head),
    )
    return PrintedRevision(revision, pdf, sequence, head)


def issue_pdf(printed: PrintedRevision, *, actor: User) -> IssuedPdf:
    """Store the official PDF with its sha256. Its revision has to be stored before."""
    revision, sheet = printed.revision, printed.revision.sheet
    issued = IssuedPdf.objects.create(
        revision=revision,
        content=printed.pdf,
        sha256=hashlib.sha256(printed.pdf).hexdigest(),
        data_sha256=sha256_of(for_the_public(revision.content, sheet.edition.definition)),
        audit_sequence=printed.audit_sequence,
        audit_hash=printed.audit_hash,
    )
    trail.record(
        "pdf.issue",
        sheet,
        actor=actor,
        after={
            "revision": revision.number,
            "sha256": issued.sha256,
            "bytes": len(printed.pdf),
        },
    )
    return issued


def publish_pdf(sheet: Sheet, actor: User) -> None:
    """Make the sheet's newest official PDF public in place of an earlier one."""
    sheet.publications.filter(is_current=True).update(is_current=False)
    Publication.objects.create(sheet=sheet, issued_pdf=newest_issued_pdf(sheet), published_by=actor)
