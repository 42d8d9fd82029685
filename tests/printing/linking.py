"""What can be pressed: every annotation is a link, which says where it leads and is read."""

from collections.abc import Iterator

import pikepdf
from pikepdf import Object

from tests.printing.elements import Element, parent_tree

PRINTED = 4
# Invisible, hidden, not viewed, or only at times: an archive wants to see what there is.
UNSEEN = 1 | 2 | 32 | 256


def link_faults(pdf: pikepdf.Pdf, document: Element) -> Iterator[str]:
    """Yield what is wrong with the annotations of ``pdf`` and the elements that hold them."""
    pages = {page.obj.objgen for page in pdf.pages}
    parents = parent_tree(pdf)
    held = {
        (each.page, each.annotation): element.written.objgen
        for element in document.below("Link")
        for each in element.annotations
    }
    for element in document.below():
        if len(element.annotations) != (element.role == "Link"):
            yield f"a {element.role} with {len(element.annotations)} annotations"
    if len(held) != sum(len(each.annotations) for each in document.below("Link")):
        yield "an annotation is held twice"
    there = set()
    for number, page in enumerate(pdf.pages):
        for annotation in page.obj.get("/Annots", []):
            there.add((number, annotation.objgen))
            holder = held.get((number, annotation.objgen))
            yield from (f"page {number}: {fault}" for fault in _annotation(annotation, page, pages))
            named = parents.get(annotation.get("/StructParent"))
            if holder is None or named is None or named.objgen != holder:
                yield f"page {number}: a link, and the parent tree is wrong about who holds it"
    if held.keys() - there:
        yield "a Link holds what is not on its page"


def _annotation(
    annotation: Object, page: pikepdf.Page, pages: set[tuple[int, int]]
) -> Iterator[str]:
    if annotation.get("/Subtype") != "/Link":
        yield "an annotation that is no link"
        return
    if not str(annotation.get("/Contents", "")).strip():
        yield "a link that does not say where it leads"
    if annotation.get("/Dest", [None])[0] is None or annotation.Dest[0].objgen not in pages:
        yield "a link that leads nowhere"
    flags = int(annotation.get("/F", 0))
    if not flags & PRINTED or flags & UNSEEN:
        yield "a link that is not always seen and printed"
    left, bottom, right, top = map(float, annotation.Rect)
    paper = [float(edge) for edge in page.mediabox]
    if not (paper[0] <= left < right <= paper[2] and paper[1] <= bottom < top <= paper[3]):
        yield "a link beside the paper"
