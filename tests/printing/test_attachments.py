"""Attachments of a PDF that anybody may have made: what is read, and what is refused."""

import io
import zlib
from datetime import UTC, datetime

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from printing.attachments import (
    MAX_ATTACHED_BYTES,
    MAX_FILES,
    MAX_LINKS,
    MAX_PDF,
    MAX_STREAMS,
    UnreadablePdf,
    attachments_in,
)
from printing.printer import render_page

PAGE = "<html lang='ja'><title>題</title><p>文</p></html>"
CREATED = datetime(2020, 4, 1, 3, 30, tzinfo=UTC)


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    made = io.BytesIO()
    pdf.save(made, **options)
    return made.getvalue()


def pdf_with(files: dict[str, bytes], **options: object) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments.update(files)
        return saved(pdf, **options)


def spoilt(files: object) -> bytes:
    """Return a PDF with ``files`` where the tree of its attachments belongs."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.Names = Dictionary(EmbeddedFiles=files)
        return saved(pdf)


def test_they_come_by_name_whatever_they_hold():
    attached = {"b.json": b'{"key": 1}', "empty.json": b"", "a.json": b"{}"}
    made = render_page(PAGE, styles=(), created=CREATED, attached=attached)
    assert attachments_in(made) == {"a.json": b"{}", "b.json": b'{"key": 1}'}
    files = {"a.bin": bytes(range(256)), "名前.json": b"", "z": b"endstream\nendobj\r"}
    assert attachments_in(pdf_with(files)) == files


def test_a_pdf_without_any_has_none():
    assert attachments_in(render_page(PAGE, styles=(), created=CREATED)) == {}


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04", b"\0" * 10_000])
def test_what_is_no_pdf_is_refused(content):
    with pytest.raises(UnreadablePdf):
        attachments_in(content)


def test_a_locked_pdf_is_refused():
    locked = pdf_with({"a": b"1"}, encryption=pikepdf.Encryption(user="geheim", owner="geheim"))
    with pytest.raises(UnreadablePdf):
        attachments_in(locked)


@pytest.mark.parametrize(
    "files",
    [
        Dictionary(Names=Array(["a.json", Dictionary()])),
        Dictionary(Names=Array(["a.json", Dictionary(Type=Name.Filespec, EF=Dictionary())])),
        Dictionary(Names=Array(["a.json", Dictionary(EF=Dictionary(F=7), F="a.json")])),
    ],
)
def test_what_does_not_fit_its_place_is_refused(files):
    with pytest.raises(UnreadablePdf):
        attachments_in(spoilt(files))


def test_too_many_and_too_large_are_refused():
    assert len(attachments_in(pdf_with({f"{n:02}": b"1" for n in range(MAX_FILES)}))) == MAX_FILES
    with pytest.raises(UnreadablePdf, match="more than 20"):
        attachments_in(pdf_with({f"{n:02}": b"1" for n in range(MAX_FILES + 1)}))
    half = b"1" * (MAX_ATTACHED_BYTES // 2)
    assert set(attachments_in(pdf_with({"a": half, "b": half}))) == {"a", "b"}
    with pytest.raises(UnreadablePdf, match="2,000,000 bytes"):
        attachments_in(pdf_with({"a": half, "b": half, "c": b"1"}))
    with pytest.raises(UnreadablePdf, match="larger"):
        attachments_in(bytes(MAX_PDF + 1))


def test_a_few_bytes_that_unpack_to_many_are_refused_before_they_do():
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        packed = zlib.compress(bytes(100_000_000), 9)
        file = pdf.make_stream(packed, Type=Name.EmbeddedFile, Filter=Name.FlateDecode)
        spec = Dictionary(Type=Name.Filespec, F="a", UF="a", EF=Dictionary(F=file))
        pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array(["a", spec])))
        bomb = saved(pdf, compress_streams=False)
    assert len(bomb) < 200_000
    with pytest.raises(UnreadablePdf, match="limit"):
        attachments_in(bomb)


def chained(*links: bytes, table: bytes = b"") -> bytes:
    """Return a PDF whose tables of objects lead from one to the next, each naming ``links``.

    ``table``: a packed one, which every ``/XRefStm`` that links name is unpacked from.
    """
    made = bytearray(b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n")
    packed = len(made)
    made += b"9 0 obj<</Type/XRef/Size 9/W[1 2 1]/Filter/FlateDecode/Length %d>>" % len(table)
    made += b"stream\n" + table + b"\nendstream endobj\n"
    before = 0
    for link in links:
        here = len(made)
        made += b"xref\n0 1\n0000000000 65535 f \ntrailer<</Size 9/Root 1 0 R"
        made += link.replace(b"PACKED", b"%d" % packed).replace(b"BEFORE", b"%d" % before) + b">>\n"
        before = here
    return bytes(made + b"startxref\n%d\n%%%%EOF" % before)


@pytest.mark.parametrize(
    "link",
    [b"/Prev BEFORE", b"/XRefStm PACKED", b"/#50rev BEFORE", b"/XR#65fSt#6D PACKED/P#72ev BEFORE"],
)
def test_tables_that_lead_to_tables_without_end_are_refused_before_they_are_followed(
    link, monkeypatch
):
    """Some kilobytes unpack thirty megabytes at every step, of which five megabytes hold 60,000."""
    bomb = chained(*[link] * (MAX_LINKS + 1), table=zlib.compress(bytes(31_000_000), 9))
    assert len(bomb) < 40_000
    monkeypatch.setattr(pikepdf, "open", lambda *_, **__: pytest.fail("it was opened"))
    with pytest.raises(UnreadablePdf, match="tables"):
        attachments_in(bomb)


def test_more_streams_than_a_sheet_has_are_refused_before_they_are_unpacked(monkeypatch):
    monkeypatch.setattr(pikepdf, "open", lambda *_, **__: pytest.fail("it was opened"))
    with pytest.raises(UnreadablePdf, match="streams"):
        attachments_in(b"%PDF-1.7\n" + b"1 0 obj<<>>stream\n" * (MAX_STREAMS + 1))


def test_spoiling_any_byte_gives_files_or_a_refusal():
    """Nothing else comes out of it: no crash, no other exception."""
    whole = pdf_with({"a.json": b'{"key": 1}'})
    for place in range(0, len(whole), 3):
        try:
            attachments_in(whole[:place] + bytes([whole[place] ^ 0x15]) + whole[place + 1 :])
        except UnreadablePdf:
            continue
