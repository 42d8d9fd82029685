"""PDFs of ours bound into one: cover, contents, bookmarks, page numbers, one set of fonts.

``binding.bind`` tells the whole story. Parts are read one at a time and written at once; what is
kept of a part is a title, its pages' numbers and the glyphs it uses.
"""

from printing.binder.binding import bind
from printing.binder.model import Entry, Front, Part

__all__ = ["Entry", "Front", "Part", "bind"]
