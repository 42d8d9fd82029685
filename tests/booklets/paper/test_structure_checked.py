"""A booklet is held to what its papers are held to, and to what only a booklet has."""

import io

import pikepdf
import pytest
from pikepdf import Array, Name

from tests.booklets.paper.bound import booklet
from tests.printing.elements import read
from tests.printing.structure import faults

# The database only lends the words that are printed.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_our_checker_finds_no_fault():
    assert faults(booklet()) == []


def spoil(change):
    """Return the booklet after ``change`` was made to it."""
    spoilt = io.BytesIO()
    with pikepdf.open(io.BytesIO(booklet())) as pdf:
        change(pdf)
        pdf.save(spoilt, fix_metadata_version=False)
    return spoilt.getvalue()


def elements(pdf, role):
    return [each.written for each in read(pdf).below(role)]


def link(change):
    """The first annotation of the contents, to which ``change`` is made."""
    return lambda pdf: change(pdf.pages[1].Annots[0])


def element(role, change):
    return lambda pdf: change(elements(pdf, role)[0])


def parents(change):
    return lambda pdf: change(pdf.Root.StructTreeRoot.ParentTree)


def in_the_stream(page, index, old, new):
    def change(pdf):
        stream = pdf.pages[page].Contents[index]
        assert old in stream.read_bytes()
        stream.write(stream.read_bytes().replace(old, new, 1))

    return change


def turn_two_parts_round(pdf):
    document = pdf.Root.StructTreeRoot.K
    document.K = Array([*list(document.K)[:2], *reversed(list(document.K)[2:])])


def let_two_links_share_an_annotation(pdf):
    first, second = elements(pdf, "Link")[:2]
    second.K[0] = first.K[0]


def let_a_link_belong_to_another(pdf):
    first, second = list(pdf.pages[1].Annots)[:2]
    first.StructParent, second.StructParent = int(second.StructParent), int(first.StructParent)


def forget_an_annotation(pdf):
    pdf.pages[1].obj.Annots = Array(list(pdf.pages[1].Annots)[1:])


def name_two_alike(pdf):
    first, second = [each for each in elements(pdf, "TH") if "/ID" in each][:2]
    second.ID = first.ID


def read_the_number_first(pdf):
    one = elements(pdf, "Link")[0]
    annotation, *words = list(one.K)
    one.K = Array([annotation, words[-1], *words[:-1]])


SPOILT = {
    "a Part without a title": element("Part", lambda part: part.__delattr__("T")),
    "a Part in a Sect": element("Sect", lambda sect: sect.K.append(sect.P.K[2])),
    "not one H1": element("H1", lambda heading: heading.__setattr__("S", Name.P)),
    "is read after page": turn_two_parts_round,
    "is read after (": read_the_number_first,
    "a Link with 0 annotations": element("Link", lambda one: one.K.__delitem__(0)),
    "a Link in a TOCI": element("Reference", lambda cited: cited.__setattr__("S", Name.TOCI)),
    "an annotation is held twice": let_two_links_share_an_annotation,
    "wrong about who holds it": let_a_link_belong_to_another,
    "holds what is not on its page": forget_an_annotation,
    "an annotation that is no link": link(lambda one: one.__setattr__("Subtype", Name.Text)),
    "does not say where it leads": link(lambda one: one.__delattr__("Contents")),
    "a link that leads nowhere": link(lambda one: one.__delattr__("Dest")),
    "not always seen and printed": link(lambda one: one.__setattr__("F", 6)),
    "a link beside the paper": link(lambda one: one.Rect.__setitem__(2, 5000)),
    "the limits of a part": parents(lambda tree: tree.Kids[0].Limits.__setitem__(1, 99)),
    "not in order, each number once": parents(lambda tree: tree.Kids[1].Nums.__setitem__(0, 0)),
    "of the pages and annotations": parents(lambda tree: tree.Kids.__delitem__(-1)),
    "the next number": lambda pdf: pdf.Root.StructTreeRoot.__setattr__("ParentTreeNextKey", 1),
    "two elements have one name": name_two_alike,
    "not that of the named": lambda pdf: pdf.Root.StructTreeRoot.__delattr__("IDTree"),
    "0 numbers of the booklet": in_the_stream(3, 1, b"/Footer", b"/Header"),
    "not read": in_the_stream(3, 1, b"/Pagination", b"/Layout"),
    "neither read nor": in_the_stream(1, 0, b"/Artifact BMC 1 J", b"/Artifact MP 1 J"),
}


@pytest.mark.parametrize("fault", SPOILT)
def test_our_checker_finds_each_fault(fault):
    assert [each for each in faults(spoil(SPOILT[fault])) if fault in each] != []
