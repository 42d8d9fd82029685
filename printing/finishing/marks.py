"""Monkey patch that adds data for the postprocessing to WeasyPrint's structure tags.

Each tag gets the number of its HTML element (a table on three pages becomes three tags), the scope
of a header cell, and whether text is underlined. The patched function is private, so only the
versions in ``versions`` are accepted.

Importing this module imports WeasyPrint, which takes half a second.
"""

from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary

from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags

# Added keys: the number of the element, and whether it is underlined. They are removed later.
ELEMENT, UNDERLINED = "Element", "Underlined"
# The header of a row group is above it and spans the columns.
_SCOPES = {"row": "/Row", "col": "/Column", "rowgroup": "/Column"}
_build = tags._build_box_tree
_elements: WeakKeyDictionary[Any, dict[Any, int]] = WeakKeyDictionary()


def install() -> None:
    """Apply the patch in this process."""
    tags._build_box_tree = _marked


def _marked(box: Any, parent: Any, pdf: Any, *rest: Any) -> Iterator[Any]:
    """Yield the tags of ``box``, as the original does, with the added keys."""
    source = box._box if isinstance(box, AbsolutePlaceholder) else box
    for tag in _build(box, parent, pdf, *rest):
        # Tags of the body come twice: from their own box, and as children of the body.
        if source.element is not None and ELEMENT not in tag:
            _mark(tag, source, _elements.setdefault(pdf, {}))
        yield tag


def _mark(tag: Any, box: Any, numbers: dict[Any, int]) -> None:
    tag[ELEMENT] = numbers.setdefault(box.element, len(numbers))
    if tag["S"] == "/TH":
        tag["A"]["Scope"] = _SCOPES[box.element.get("scope")]  # always set in our templates
    elif box.element_tag == "u":
        tag["S"] = "/Span"
        tag[UNDERLINED] = True
