"""Single PDFs bound into a booklet: cover, contents, bookmarks, page numbers, one set of fonts.

``binding.bind`` tells the whole story. Parts are read one at a time and written at once; what is
kept of a part is a title, its pages' numbers and the glyphs it uses.
"""

from evaluations.printing.booklet.binding import bind
from evaluations.printing.booklet.model import Cover, Part

__all__ = ["Cover", "Part", "bind"]
