"""The head of the audit log is found in a PDF of ours, whatever bytes it is compressed to."""

import zlib

import pytest

from evaluations.printing.audit_head import head_as_json, head_inside


def pdf_with(*attachments: bytes) -> bytes:
    """Return the part of a PDF in which our printer writes ``attachments``."""
    return b"".join(
        b"8 0 obj\n<</Type /EmbeddedFile/Subtype /application#2fjson/Params <</Size 7>>"
        b"/Filter /FlateDecode/Length %d>>\nstream\n%b\nendstream\nendobj\n" % (len(each), each)
        for each in attachments
    )


@pytest.mark.parametrize("last", [b"\r", b"\n", b"m"])
def test_it_is_found_even_where_its_bytes_end_like_a_line(last):
    heads = ((number, f"{number:064x}") for number in range(1, 100_000))
    head = next(h for h in heads if zlib.compress(head_as_json(*h)).endswith(last))
    pdf = pdf_with(zlib.compress(b'{"edition": "h30"}'), zlib.compress(head_as_json(*head)))
    assert head_inside(pdf) == head


def test_an_uncompressed_one_is_found_and_none_is_none():
    assert head_inside(pdf_with(head_as_json(7, "f" * 64))) == (7, "f" * 64)
    assert head_inside(pdf_with(zlib.compress(b'{"edition": "h30"}'))) is None
    assert head_inside(b"%PDF-1.7") is None
