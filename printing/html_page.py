"""A page of ours as WeasyPrint takes it, without what it does for pages of everybody.

It would read the page as a browser does, mending whatever is wrong with it, and look up every
element there is in a style sheet of all HTML. Our templates are well-formed and use two dozen
elements: an eighth of the time of a sheet went there. The places where this steps in are no
public interface; hence only the versions in ``versions`` are accepted.

Importing this module imports WeasyPrint, which takes half a second.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree import ElementTree

from cssselect2 import ElementWrapper
from weasyprint import HTML

from printing.asset_fetcher import AssetFetcher

# What a text may hold and XML may not. No font has it either.
_NOT_OF_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT = "\ufffd"


class Page(HTML):
    """The well-formed HTML ``page``; ``elements``: the style sheet of what its elements are."""

    def __init__(self, page: str, elements: Any, fetcher: AssetFetcher) -> None:
        # Our own template's words, in which all that people wrote is escaped.
        root = ElementTree.fromstring(_NOT_OF_XML.sub(REPLACEMENT, page))  # noqa: S314
        _drop_blanks(root)
        self.base_url = None
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root
        self._elements = elements

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
        return [self._elements]


def _drop_blanks(root: ElementTree.Element) -> None:
    """Take out what the templates' own line ends leave behind, which costs and is never seen."""
    for element in root.iter():
        if tidied := _TIDIED.get(element.tag):
            element.text = tidied(element.text or "")
            for child in element:
                child.tail = tidied(child.tail or "")


def _words(text: str) -> str:
    return "" if text.isspace() else text


def _without_line_end(text: str) -> str:
    return text.rstrip("\n ") if text.endswith("\n") else text


# A blank between what the first hold says nothing, and would become a box. One at the end of a
# paragraph, or before a list in it, would have its line set twice; one at the end of a label would
# put it off its centre. (Cells may hold texts as they were typed.)
_TIDIED: Mapping[str, Callable[[str], str]] = {
    **dict.fromkeys(("article", "body", "colgroup", "head", "html", "ol", "table"), _words),
    **dict.fromkeys(("tbody", "thead", "tr", "ul"), _words),
    **dict.fromkeys(("li", "p", "th"), _without_line_end),
}
