"""What the pages paint: all of it is either read, and numbered, or an artifact."""

from collections.abc import Iterator

import pikepdf

from tests.evaluations.printing.elements import parent_tree

SHOWN = {"Tj", "TJ", "'", '"', "sh", "Do", "INLINE IMAGE"}
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
    numbers: list[int] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BMC", "BDC"}:
            if open_marks:
                yield f"{operands[0]} inside {open_marks[-1]}"
            open_marks.append(str(operands[0]))
            if operands[0] != "/Artifact":
                numbers.append(operands[1].MCID if name == "BDC" else -1)
        elif name == "EMC":
            if not open_marks:
                yield "an end without a beginning"
            open_marks = open_marks[:-1]
        elif name in SHOWN | DRAWN and not open_marks:
            yield f"{name} paints what is neither read nor an artifact"
    if open_marks:
        yield "a mark is not closed"
    if sorted(numbers) != list(range(len(numbers))):
        yield "the content is not numbered from 0, each once"
    if len(numbers) != held:
        yield f"{len(numbers)} pieces of content, {held} in the parent tree"
