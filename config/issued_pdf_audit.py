"""Audit checks of the issued PDFs: their embedded audit hashes, and their own bytes."""

import hashlib

from audit.chain import ChainCheck, NotedHead
from audit.models import AuditEntry
from audit.report import CheckResult
from evaluations.models import IssuedPdf, Sheet
from evaluations.paper.audit_head import head_inside

AS_ISSUED = "確定したPDFが、発行したときのままである"


def heads_of_issued_pdfs() -> list[NotedHead]:
    """Return the audit hashes that were embedded in the issued PDFs."""
    return [
        NotedHead(sequence, hash, f"確定PDF（SHA-256 {sha256[:12]}…）", ChainCheck.ISSUED)
        for sequence, hash, sha256 in IssuedPdf.objects.order_by("pk").values_list(
            "audit_sequence", "audit_hash", "sha256"
        )
        if sequence is not None
    ]


def result_of_issued_pdfs() -> CheckResult:
    """Compare every issued PDF's bytes with the hash kept beside it and the one on record."""
    recorded = {
        (object_id, after.get("sha256"))
        for object_id, after in AuditEntry.objects.filter(
            action="pdf.issue", object_type=Sheet._meta.label_lower
        ).values_list("object_id", "after")
    }
    faults, number = [], 0
    for pdf in IssuedPdf.objects.select_related("revision").order_by("pk").iterator(chunk_size=10):
        number += 1
        content = bytes(pdf.content)
        sha256 = hashlib.sha256(content).hexdigest()
        # PDFs issued before the log recorded hashes have only the one in their own row.
        on_record = (str(pdf.revision.sheet_id), sha256) in recorded or pdf.audit_sequence is None
        head = head_inside(content) or (pdf.audit_sequence, pdf.audit_hash)
        if sha256 != pdf.sha256 or not on_record or head != (pdf.audit_sequence, pdf.audit_hash):
            faults.append(
                f"シート{pdf.revision.sheet_id}の{pdf.revision}の確定PDFが、"
                "発行したものと違います。"
            )
    return CheckResult(AS_ISSUED, tuple(faults), f"{number:,}件を検査" if number else "")
