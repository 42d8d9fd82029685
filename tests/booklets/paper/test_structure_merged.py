"""What is read aloud of a booklet: one tree, in which everything knows where it belongs."""

import re

import pikepdf
import pytest


@pytest.fixture
def pdf(booklet_of, three):
    # Twice the same sheet: its identifiers must not meet.
    with booklet_of(*three, three[1]).opened() as opened:
        yield opened


def kids_of(element):
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def walk(element):
    for kid in kids_of(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            assert kid.P.objgen == element.objgen
            yield kid
            yield from walk(kid)


def held_by(root):
    """Which element holds which content: (page, number) or an annotation → element."""
    held = {}
    for element in walk(root):
        for kid in kids_of(element):
            if isinstance(kid, int):
                held[element.Pg.objgen, kid] = element.objgen
            elif "/MCID" in kid:
                held[kid.Pg.objgen, int(kid.MCID)] = element.objgen
            elif "/Obj" in kid:
                held[kid.Obj.objgen] = element.objgen
    return held


def parents(pdf):
    """What the index says, which leads from content to elements."""
    listed = {}
    for leaf in pdf.Root.StructTreeRoot.ParentTree.Kids:
        nums = list(leaf.Nums)
        assert [nums[0], nums[-2]] == list(leaf.Limits)
        listed.update(zip(nums[::2], nums[1::2], strict=True))
    assert list(listed) == list(range(int(pdf.Root.StructTreeRoot.ParentTreeNextKey)))
    return listed


def test_everything_hangs_in_one_document(pdf, three):
    (document,) = kids_of(pdf.Root.StructTreeRoot)
    assert document.S == "/Document"
    assert [str(kid.S) for kid in document.K] == ["/Sect", "/Sect", *["/Part"] * 4]
    assert [str(kid.T) for kid in list(document.K)[2:]] == [
        *(part.title for part in three),
        three[1].title,
    ]
    contents = document.K[1]
    assert [str(kid.S) for kid in contents.K] == ["/H1", "/TOC"]
    for item in contents.K[1].K:
        assert item.S == "/TOCI"
        assert item.K.S == "/Reference"
        assert item.K.K.S == "/Link"


def test_every_marked_text_is_held_once_and_the_index_leads_to_its_holder(pdf):
    held, listed = held_by(pdf.Root.StructTreeRoot), parents(pdf)
    marked = set()
    for page in pdf.pages:
        drawing = b"".join(stream.read_bytes() for stream in page.Contents)
        numbers = [int(number) for number in re.findall(rb"/MCID (\d+)", drawing)]
        assert len(numbers) == len(set(numbers))
        holders = list(listed[int(page.StructParents)])
        for number in numbers:
            key = (page.obj.objgen, number)
            if key in held:
                marked.add(key)
                assert holders[number].objgen == held[key]
        for link in page.get("/Annots", []):
            marked.add(link.objgen)
            assert listed[int(link.StructParent)].objgen == held[link.objgen]
    assert marked == set(held)


def test_names_are_unique_and_every_header_is_found(pdf):
    elements = list(walk(pdf.Root.StructTreeRoot))
    names = [bytes(element.ID) for element in elements if "/ID" in element]
    headers = [
        bytes(header)
        for element in elements
        for header in (element.A.get("/Headers", []) if "/A" in element else [])
    ]
    listed = []
    for leaf in pdf.Root.StructTreeRoot.IDTree.Kids:
        listed += [bytes(name) for name in list(leaf.Names)[::2]]
    assert len(names) == len(set(names))
    assert headers
    assert set(headers) <= set(names)
    assert listed == sorted(names)


def test_what_frames_the_contents_is_not_read(pdf):
    drawing = pdf.pages[1].Contents[0].read_bytes()
    assert b"/Artifact BMC 1 J" in drawing
    assert b"/Pagination/Subtype/Footer" in pdf.pages[1].Contents[1].read_bytes()
