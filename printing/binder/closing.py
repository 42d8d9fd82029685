"""The end of a merged PDF: page tree, structure tree, bookmarks, catalog and metadata."""

import hashlib
import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime

import pikepdf

from printing.binder.copying import Copier
from printing.binder.drawing import stamp
from printing.binder.front import BoundFront, destination
from printing.binder.model import ContentsEntry, Front
from printing.binder.volume import BoundPage, TreeLeaf, Volume
from printing.binder.writer import reference, references, text

PARTS_LIST = "booklet.json"
# Keys not copied from the front's catalog; they are written here.
_REPLACED_KEYS = frozenset({"/Pages", "/StructTreeRoot", "/Outlines", "/Names", "/AF", "/Metadata"})
_ACCESSIBLE = b"<pdfuaid:part>1</pdfuaid:part>"
_TAGGED, _UNTAGGED = (
    b"<pdfaid:conformance>%s</pdfaid:conformance>" % each for each in (b"A", b"B")
)
_STAMPED_FROM = 2  # the cover is counted and not numbered


def close(
    volume: Volume,
    front: Front,
    bound: BoundFront,
    entries: Sequence[ContentsEntry],
    elements: Sequence[int],
    pages: Sequence[BoundPage],
) -> None:
    """Write everything that remains. ``elements`` and ``pages`` are those of the parts."""
    before = len(bound.pages)
    bookmarks = [(front.cover_bookmark, bound.pages[0])]
    bookmarks += [(front.contents_bookmark, page) for page in bound.pages[1:2]]
    bookmarks += [(entry.title, pages[entry.first]) for entry in entries]
    _write_page_tree(volume, front, [*bound.pages, *pages])
    with pikepdf.open(io.BytesIO(bound.pdf)) as opened:
        _write_catalog(
            volume,
            opened,
            structure=_write_structure(volume, [*bound.elements, *elements]),
            bookmarks=_write_bookmarks(volume, bookmarks),
            list_=_write_list(volume, front, entries, before),
        )


def _write_page_tree(volume: Volume, front: Front, pages: Sequence[BoundPage]) -> None:
    """Write the page tree, and stamp each page with its number if there is a font for it."""
    writer, figures = volume.writer, volume.figures
    listed = references(page.number for page in pages)
    writer.add(b"<</Type/Pages/Count %d/Kids%s>>" % (len(pages), listed), volume.pages)
    for number, page in enumerate(pages, 1):
        drawn = b""
        if figures and number >= _STAMPED_FROM:
            words = front.running.format(number=number, count=len(pages))
            drawn = stamp(words, figures.glyphs, figures.widths, page.width)
        writer.add_stream(drawn, number=page.stamp)


def _write_structure(volume: Volume, elements: Sequence[int]) -> int:
    """Write the structure tree root over ``elements``, and return its object number."""
    writer = volume.writer
    root = writer.reserve()
    body = b"<</S/Document/P %s/K%s>>" % (reference(root), references(elements))
    writer.add(body, volume.document)
    entries = b"/ParentTree %s/ParentTreeNextKey %d" % (
        reference(_tree(volume, volume.holders)),
        volume.held,
    )
    if volume.ids:
        entries += b"/IDTree " + reference(_tree(volume, volume.ids))
    kids = reference(volume.document)
    return writer.add(b"<</Type/StructTreeRoot/K %s%s>>" % (kids, entries), root)


def _tree(volume: Volume, leaves: Sequence[TreeLeaf]) -> int:
    return volume.writer.add(b"<</Kids%s>>" % references(leaf.number for leaf in leaves))


def _write_bookmarks(volume: Volume, bookmarks: Sequence[tuple[str, BoundPage]]) -> int:
    """Write a bookmark for each title and page. Return the object number of the outline."""
    writer = volume.writer
    root, numbers = writer.reserve(), [writer.reserve() for _ in bookmarks]
    around = zip([0, *numbers], [*numbers[1:], 0], strict=False)
    for number, (title, page), (before, after) in zip(numbers, bookmarks, around, strict=True):
        body = b"<</Title%s/Parent %s/Dest%s" % (text(title), reference(root), destination(page))
        body += b"/Prev " + reference(before) if before else b""
        body += b"/Next " + reference(after) if after else b""
        writer.add(body + b">>", number)
    ends = (reference(numbers[0]), reference(numbers[-1]), len(numbers))
    return writer.add(b"<</Type/Outlines/First %s/Last %s/Count %d>>" % ends, root)


def _write_list(volume: Volume, front: Front, entries: Sequence[ContentsEntry], before: int) -> int:
    """Attach a list of the merged PDFs with their hashes. Return its object number.

    ``before`` is the number of pages before the first part.
    """
    parts = [
        {
            "number": entry.number,
            "title": entry.title,
            "subtitle": entry.subtitle,
            "page": before + entry.first + 1,
            "pages": entry.pages,
            "sha256": entry.sha256,
        }
        for entry in entries
    ]
    content = {"title": front.title, "created": front.created.isoformat(), "parts": parts}
    data = json.dumps(content, ensure_ascii=False, indent=1).encode()
    day = _date(front.created)
    params = b"/Params<</Size %d/CreationDate%s/ModDate%s/CheckSum<%s>>>" % (
        len(data),
        day,
        day,
        hashlib.md5(data, usedforsecurity=False).hexdigest().encode(),
    )
    kind = b"/Type/EmbeddedFile/Subtype/application#2Fjson"
    stream = reference(volume.writer.add_stream(data, kind + params))
    name = text(PARTS_LIST)
    about = text(front.list_about)
    return volume.writer.add(
        b"<</Type/Filespec/F%s/UF%s/Desc%s/AFRelationship/Data/EF<</F %s/UF %s>>>>"
        % (name, name, about, stream, stream)
    )


def _write_catalog(
    volume: Volume, pdf: pikepdf.Pdf, *, structure: int, bookmarks: int, list_: int
) -> None:
    """Write the catalog. ``pdf`` is the front, which has title and date.

    The file claims conformance to a standard only if all parts conform.
    """
    writer = volume.writer
    copier = Copier(pdf, writer, volume.fonts)
    volume.fonts.write()
    metadata, ours = pdf.Root.Metadata.read_bytes(), _REPLACED_KEYS
    if not (volume.is_accessible and volume.is_tagged):
        metadata = metadata.replace(_ACCESSIBLE, b"")
    if not volume.is_tagged:
        metadata = metadata.replace(_TAGGED, _UNTAGGED)
        ours |= {"/MarkInfo"}
    root = writer.add(
        b"<<%s/Pages %s/StructTreeRoot %s/Outlines %s/PageMode/UseOutlines"
        b"/PageLabels<</Nums[0<</S/D>>]>>/Metadata %s/AF[%s]"
        b"/Names<</EmbeddedFiles<</Names[%s %s]>>>>>>"
        % (
            copier.entries(pdf.Root, ours),
            reference(volume.pages),
            reference(structure),
            reference(bookmarks),
            # Uncompressed, so that it can be read without a PDF library.
            reference(writer.add_stream(metadata, b"/Type/Metadata/Subtype/XML", encoded=True)),
            reference(list_),
            text(PARTS_LIST),
            reference(list_),
        )
    )
    writer.close(root, writer.add(b"<<%s>>" % copier.entries(pdf.docinfo)))


def _date(moment: datetime) -> bytes:
    return f"(D:{moment.astimezone(UTC):%Y%m%d%H%M%S}Z)".encode()
