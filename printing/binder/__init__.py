"""Merging of our own PDFs: cover, contents, bookmarks, page numbers, one set of fonts.

Start reading at ``binding.bind``. Parts are read one at a time and written immediately; only a
title, the page numbers and the used glyphs of each are kept in memory.
"""

from printing.binder.binding import bind
from printing.binder.model import ContentsEntry, Front, SourcePdf

__all__ = ["ContentsEntry", "Front", "SourcePdf", "bind"]
