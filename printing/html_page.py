"""WeasyPrint input that skips HTML5 parsing and the general user agent style sheet.

Our templates are well-formed XML and use two dozen elements. Parsing them as XML, with a small
style sheet, saves an eighth of the rendering time. The overridden methods are private, so only
the versions in ``versions`` are accepted.

Importing this module imports WeasyPrint, which takes half a second.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree import ElementTree

from cssselect2 import ElementWrapper
from weasyprint import HTML

from printing.asset_fetcher import AssetFetcher

# Characters not allowed in XML. No font has them either.
_NOT_OF_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT = "\ufffd"


class Page(HTML):
    """The well-formed HTML ``page``; ``elements``: its user agent style sheet."""

    def __init__(self, page: str, elements: Any, fetcher: AssetFetcher) -> None:
        # The output of our own templates, which escape all user input.
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
    """Remove insignificant whitespace of the templates, which would cost layout time."""
    for element in root.iter():
        if tidied := _TIDIED.get(element.tag):
            element.text = tidied(element.text or "")
            for child in element:
                child.tail = tidied(child.tail or "")


def _words(text: str) -> str:
    return "" if text.isspace() else text


def _without_line_end(text: str) -> str:
    return text.rstrip("\n ") if text.endswith("\n") else text


# White space between the kids of the first elements would become boxes. At the end of a paragraph,
# or before a list in it, it would cause a second layout of the line; at the end of a label it would
# shift the centred text. (Cells may contain text as typed.)
_TIDIED: Mapping[str, Callable[[str], str]] = {
    **dict.fromkeys(("article", "body", "colgroup", "head", "html", "ol", "table"), _words),
    **dict.fromkeys(("tbody", "thead", "tr", "ul"), _words),
    **dict.fromkeys(("li", "p", "th"), _without_line_end),
}
