"""Marked content of the pages: page numbers and repeated headers become artifacts."""

import re

import pikepdf

from printing.finishing.nodes import Content, Node

# Start of marked content as WeasyPrint writes it. Strings are hexadecimal, so no text can match.
_BEGINNING = re.compile(rb"/\w+\s<</MCID (\d+)>>\sBDC")
_ARTIFACT = b"/Artifact\n<</Type /Pagination>>\nBDC"

Numbers = dict[Content, int]


def number_content(pdf: pikepdf.Pdf, document: Node) -> Numbers:
    """Renumber the tagged content of each page from 0, and mark the rest as artifacts.

    Changes the pages and returns the new marked-content ids.
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
