"""The latest audit hash, embedded in every issued PDF.

Anybody with a copy of the PDF can prove that the audit log was not rewritten up to that entry.
"""

import json

from printing.attachments import UnreadablePdf, attachments_in

NAME = "audit-head.json"


def head_as_json(sequence: int, hash: str) -> bytes:
    """Return the attachment: the number and hash of an audit entry."""
    return json.dumps({"audit_sequence": sequence, "audit_hash": hash}).encode()


def head_inside(pdf: bytes) -> tuple[int, str] | None:
    """Return the number and hash attached to a PDF, or None where none can be read."""
    try:
        head = json.loads(attachments_in(pdf).get(NAME, b""))
    except (UnreadablePdf, ValueError, RecursionError):
        return None
    match head:
        case {"audit_sequence": int(sequence), "audit_hash": str(hash)} if len(head) == 2:
            return sequence, hash
    return None
