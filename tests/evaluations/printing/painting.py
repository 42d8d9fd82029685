"""What the pages paint: all of it is either read, and numbered, or an artifact."""

from collections.abc import Iterator

import pikepdf

SHOWN = {"Tj", "TJ", "'", '"', "sh", "Do", "INLINE IMAGE"}
DRAWN = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}


def painting_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield what is painted outside marks, marked twice, or marked and not closed."""
    tree = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    held = dict(zip(tree[::2], map(len, tree[1::2]), strict=True))
    for number, page in enumerate(pdf.pages):
        pieces = held.get(page.obj.get("/StructParents"), 0)
        yield from (f"page {number}: {fault}" for fault in _page(page, pieces))


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
