"""The head of the audit log inside an issued PDF: a witness that leaves the house with it."""

import json

from printing.attachments import UnreadablePdf, attachments_in

NAME = "audit-head.json"


def head_as_json(sequence: int, hash: str) -> bytes:
    """Return the head as it is attached."""
    return json.dumps({"audit_sequence": sequence, "audit_hash": hash}).encode()


def head_inside(pdf: bytes) -> tuple[int, str] | None:
    """Return the head attached to a PDF: number and hash; None where there is none to be read."""
    try:
        head = json.loads(attachments_in(pdf).get(NAME, b""))
    except (UnreadablePdf, ValueError, RecursionError):
        return None
    match head:
        case {"audit_sequence": int(sequence), "audit_hash": str(hash)} if len(head) == 2:
            return sequence, hash
    return None
