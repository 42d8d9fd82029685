"""What the PDF holds beside its pages: its bookmarks and attachments, as the standards have it."""

import pikepdf
from pikepdf import Array, Object


def tidy_catalog(pdf: pikepdf.Pdf) -> None:
    """Sort the tree of attachments, name each once, and let no bookmark count what it lacks."""
    if "/Names" in pdf.Root:
        _sort_attachments(pdf)
    if "/Outlines" in pdf.Root:
        _tidy_bookmarks(pdf.Root.Outlines)


def _sort_attachments(pdf: pikepdf.Pdf) -> None:
    written = list(pdf.Root.Names.EmbeddedFiles.Names)
    files = sorted(zip(written[::2], written[1::2], strict=True), key=lambda pair: str(pair[0]))
    pdf.Root.Names.EmbeddedFiles.Names = Array([each for pair in files for each in pair])
    pdf.Root.AF = Array([file for _, file in files])


def _tidy_bookmarks(parent: Object) -> None:
    bookmark = parent.get("/First")
    while bookmark is not None:
        if bookmark.get("/Count") == 0:
            del bookmark["/Count"]
        _tidy_bookmarks(bookmark)
        bookmark = bookmark.get("/Next")
