"""What the pages paint: all of it is either read, and numbered, or an artifact."""

from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Object

from tests.printing.elements import parent_tree

WORDS = {"Tj", "TJ", "'", '"'}
SHOWN = {*WORDS, "sh", "Do", "INLINE IMAGE"}
DRAWN = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}


def painting_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield what is painted outside marks, marked twice, or marked and not closed."""
    held = parent_tree(pdf)
    for number, page in enumerate(pdf.pages):
        pieces = len(held.get(page.obj.get("/StructParents"), []))
        yield from (f"page {number}: {fault}" for fault in _page(page, pieces))


def painted(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    """Return the place in the painting of its page of each page and number of marked content."""
    return {
        (number, int(operands[1].MCID)): place
        for number, page in enumerate(pdf.pages)
        for place, (operands, operator) in enumerate(pikepdf.parse_content_stream(page))
        if str(operator) == "BDC" and operands[0] != "/Artifact"
    }


def _page(page: pikepdf.Page, held: int) -> Iterator[str]:
    if page.obj.get("/Tabs") != "/S":
        yield "the tab order is not the structure's"
    open_marks: list[str] = []
    is_silent = False  # whether what is painted is an artifact, but not said to be of the page
    numbers: list[int] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BMC", "BDC"}:
            if open_marks:
                yield f"{operands[0]} inside {open_marks[-1]}"
            open_marks.append(str(operands[0]))
            is_silent = operands[0] == "/Artifact" and not _is_of_page(operands)
            if operands[0] != "/Artifact":
                numbers.append(operands[1].MCID if name == "BDC" else -1)
        elif name == "EMC":
            if not open_marks:
                yield "an end without a beginning"
            open_marks = open_marks[:-1]
        elif name in SHOWN | DRAWN and not open_marks:
            yield f"{name} paints what is neither read nor an artifact"
        elif name in WORDS and is_silent:
            yield "words are no part of the page's furniture, and are not read"
    if open_marks:
        yield "a mark is not closed"
    if sorted(numbers) != list(range(len(numbers))):
        yield "the content is not numbered from 0, each once"
    if len(numbers) != held:
        yield f"{len(numbers)} pieces of content, {held} in the parent tree"


def _is_of_page(operands: Sequence[Object]) -> bool:
    """Whether a mark begins what belongs to the page and not to its content: its number."""
    return len(operands) > 1 and operands[1].get("/Type") == "/Pagination"


def stamp_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield which pages of a booklet, but for its cover, are not numbered once in all."""
    for number, page in enumerate(pdf.pages[1:], 1):
        stamps = [
            operands
            for operands, _ in pikepdf.parse_content_stream(page, "BDC")
            if _is_of_page(operands) and operands[1].get("/Subtype") == "/Footer"
        ]
        if len(stamps) != 1:
            yield f"page {number}: {len(stamps)} numbers of the booklet"
