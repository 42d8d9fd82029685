"""Mark in the pages what is read and what is not: page numbers and repetitions are artifacts."""

import re

import pikepdf

from printing.finishing.nodes import Content, Node

# As WeasyPrint begins marked content. Texts are hexadecimal, so nothing else looks like it.
_BEGINNING = re.compile(rb"/\w+\s<</MCID (\d+)>>\sBDC")
_ARTIFACT = b"/Artifact\n<</Type /Pagination>>\nBDC"

Numbers = dict[Content, int]


def number_content(pdf: pikepdf.Pdf, document: Node) -> Numbers:
    """Number what is read on each page from 0 as it is painted, and make the rest artifacts.

    Changes the pages; returns the new numbers.
    """
    read = set(document.contents())
    numbers: Numbers = {}
    for index, page in enumerate(pdf.pages):
        on_page: dict[int, int] = {}

        def beginning(match: re.Match[bytes], index: int = index, on_page: dict = on_page) -> bytes:
            content = Content(index, int(match[1]))
            if content not in read:
                return _ARTIFACT
            numbers[content] = on_page.setdefault(content.mcid, len(on_page))
            return b"/Span\n<</MCID %d>>\nBDC" % numbers[content]

        contents = page.Contents
        contents.write(_BEGINNING.sub(beginning, contents.read_bytes()))
    return numbers
