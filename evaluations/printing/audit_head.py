"""The head of the audit log inside an issued PDF: a witness that leaves the house with it."""

import json
import re
import zlib

NAME = "audit-head.json"
# Written by our own printer, each attachment is a stream of its own, compressed or not. Its end
# is told by its length: compressed bytes may end like a line.
_STREAM = re.compile(rb"/Type /EmbeddedFile[^\r\n]*?/Length (\d{1,9})\b[^\r\n]*>>\s*stream\r?\n")


def head_as_json(sequence: int, hash: str) -> bytes:
    """Return the head as it is attached."""
    return json.dumps({"audit_sequence": sequence, "audit_hash": hash}).encode()


def head_inside(pdf: bytes) -> tuple[int, str] | None:
    """Return the head attached to a PDF of ours: number and hash; None where there is none."""
    for stream in _STREAM.finditer(pdf):
        head = _read(pdf[stream.end() : stream.end() + int(stream[1])])
        if isinstance(head, dict) and {"audit_sequence", "audit_hash"} == set(head):
            return head["audit_sequence"], head["audit_hash"]
    return None


def _read(stream: bytes) -> object:
    for decoded in (stream, _inflated(stream)):
        try:
            return json.loads(decoded)
        except ValueError:
            continue
    return None


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""
