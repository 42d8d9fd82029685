"""The head of the audit log is found in a PDF, and nothing else is taken for it."""

import io

import pikepdf
import pytest

from evaluations.paper.audit_head import NAME, head_as_json, head_inside
from evaluations.paper.rendering import render_pdf


def pdf_with(**files: bytes) -> bytes:
    """Return an empty PDF to which ``files`` are attached, ``__`` in a name meaning a dot."""
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        for name, content in files.items():
            pdf.attachments[name.replace("__", ".").replace("_", "-")] = content
        pdf.save(made)
    return made.getvalue()


def test_it_is_found_in_a_sheet_with_its_data(whole_sheet, created):
    head = (7, "f" * 64)
    made = render_pdf(whole_sheet, created=created, data=b"{}", audit_head=head_as_json(*head))
    assert head_inside(made) == head
    assert head_inside(render_pdf(whole_sheet, created=created, data=b"{}")) is None


@pytest.mark.parametrize("mode", list(pikepdf.ObjectStreamMode.__members__.values()))
def test_it_is_found_however_the_file_is_packed(mode):
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_with(audit_head__json=head_as_json(7, "f" * 64)))) as pdf:
        pdf.save(packed, object_stream_mode=mode, compress_streams=False)
    assert head_inside(packed.getvalue()) == (7, "f" * 64)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"7",
        b"[" * 100_000,
        b'{"audit_sequence": 7}',
        b'{"audit_sequence": "7", "audit_hash": "f"}',
        b'{"audit_sequence": 7, "audit_hash": null}',
        b'{"audit_sequence": 7, "audit_hash": "f", "more": 1}',
    ],
)
def test_what_only_bears_its_name_is_none(content):
    assert head_inside(pdf_with(audit_head__json=content)) is None


def test_what_bears_another_name_is_none():
    assert NAME == "audit-head.json"
    assert head_inside(pdf_with(sheet__json=head_as_json(7, "f" * 64))) is None


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04"])
def test_what_is_no_pdf_has_none(content):
    assert head_inside(content) is None
