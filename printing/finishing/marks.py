"""Let WeasyPrint write into its tags what it knows and finishing needs.

Which element of the page a tag was made of, since a table on three pages is three tables in what it
writes; the scope of a header; that words are underlined. The function that does so is no public
interface; hence only the versions in ``versions`` are accepted.

Importing this module imports WeasyPrint, which takes half a second.
"""

from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary

from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags

# Keys of a tag: the number of its element, and whether that is underlined. None is ever written.
ELEMENT, UNDERLINED = "Element", "Underlined"
# A header of a group of rows stands above them, across the columns.
_SCOPES = {"row": "/Row", "col": "/Column", "rowgroup": "/Column"}
_build = tags._build_box_tree
_elements: WeakKeyDictionary[Any, dict[Any, int]] = WeakKeyDictionary()


def install() -> None:
    """Have every tag marked, in this process, for good."""
    tags._build_box_tree = _marked


def _marked(box: Any, parent: Any, pdf: Any, *rest: Any) -> Iterator[Any]:
    """Yield the tags of ``box``, as the original does, each with its mark."""
    source = box._box if isinstance(box, AbsolutePlaceholder) else box
    for tag in _build(box, parent, pdf, *rest):
        # The tags of a body pass here twice: once as what they are, once as its children.
        if source.element is not None and ELEMENT not in tag:
            _mark(tag, source, _elements.setdefault(pdf, {}))
        yield tag


def _mark(tag: Any, box: Any, numbers: dict[Any, int]) -> None:
    tag[ELEMENT] = numbers.setdefault(box.element, len(numbers))
    if tag["S"] == "/TH":
        tag["A"]["Scope"] = _SCOPES[box.element.get("scope")]  # our templates always say it
    elif box.element_tag == "u":
        tag["S"] = "/Span"
        tag[UNDERLINED] = True
