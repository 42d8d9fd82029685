"""Screen readers read every kind of paper in its order, as one document."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from evaluations.paper.rendering import SHEET_STYLES, page_html
from printing.finishing import VARIANT
from printing.typesetter import typesetter
from tests.evaluations.paper.papers import PAPERS, paper
from tests.printing.elements import read
from tests.printing.outlines import outline_of_page, outline_of_pdf
from tests.printing.structure import faults, rows_of

# The database only lends the words that are printed.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize("name", PAPERS)
def test_our_checker_finds_no_fault(name):
    assert faults(paper(name).pdf) == []


@pytest.mark.parametrize("name", PAPERS)
def test_it_is_read_as_the_page_says_it(name):
    """No element of the page is divided, doubled, out of its place or without its words."""
    assert outline_of_pdf(paper(name).pdf) == outline_of_page(paper(name).page)


# --- a checker that cannot fail is worth nothing -----------------------------------------------


def spoil(change):
    """Return the paper with everything, after ``change`` was made to it."""
    spoilt = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper("sheet of the demonstration").pdf)) as pdf:
        change(pdf)
        pdf.save(spoilt, fix_metadata_version=False)
    return spoilt.getvalue()


def elements(pdf, role):
    """Yield the written elements of ``role``."""
    document = read(pdf)
    return [each.written for each in (document, *document.below()) if each.role == role]


def without(key):
    def change(pdf):
        del pdf.Root[key]

    return change


def first(role, change):
    return lambda pdf: change(elements(pdf, role)[0])


def in_the_first_page(old, new):
    def change(pdf):
        contents = pdf.pages[0].Contents
        assert old in contents.read_bytes()
        contents.write(contents.read_bytes().replace(old, new, 1))

    return change


def in_the_metadata(old, new):
    def change(pdf):
        packet = pdf.Root.Metadata.read_bytes()
        assert old in packet
        spoilt = pdf.make_stream(packet.replace(old, new), Type=Name.Metadata, Subtype=Name.XML)
        pdf.Root.Metadata = spoilt

    return change


def say_the_title_is_another(pdf):
    pdf.trailer.Info.Title = "別の題"


def let_a_row_have_a_cell_less(pdf):
    row = elements(pdf, "TR")[2]
    row.K = Array(list(row.K)[1:])


def let_a_value_lose_its_header(pdf):
    (*_, cell) = [cell for cell in elements(pdf, "TD") if "/Headers" in cell.A]
    del cell.A.Headers


def let_a_label_head_what_is_below_it(pdf):
    (*_, label) = [cell for cell in elements(pdf, "TH") if cell.A.Scope == Name.Row]
    label.A.Scope = Name.Column


def take_an_item_out_of_its_body(pdf):
    item = elements(pdf, "LI")[0]
    body = elements(pdf, "LBody")[0]
    item.K, item.Pg = body.K, body.Pg


def tab_as_it_comes(pdf):
    del pdf.pages[0].obj.Tabs


def leave_a_paragraph_empty(pdf):
    del elements(pdf, "P")[1].K


def put_a_picture_in(pdf):
    elements(pdf, "P")[1].S = Name.Figure


def turn_the_first_row_round(pdf):
    row = elements(pdf, "TR")[1]
    row.K = Array(reversed(list(row.K)))


def hold_a_piece_twice(pdf):
    cells = elements(pdf, "TH")
    cells[1].K = cells[0].K


def let_a_piece_belong_to_another(pdf):
    array = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    array[3] = array[8]


def adopt(pdf):
    elements(pdf, "P")[1].P = elements(pdf, "H1")[0]


def divide_the_table(pdf):
    """As WeasyPrint writes it: what stands on the second page as a table of its own."""
    table = next(read(pdf).below("Table"))
    pages = [(row.written, {piece.page for piece in row.pieces()}) for row in rows_of(table)]
    body = table.elements[0].written
    body.K = Array([row for row, where in pages if where == {0}])
    second = pdf.make_indirect(Dictionary(S=Name.Table, P=body.P.P))
    second.K = pdf.make_indirect(Dictionary(S=Name.TBody, P=second))
    second.K.K = Array([row for row, where in pages if where == {1}])
    body.P.P.K.append(second)


def forget_a_font(pdf):
    font = next(iter(pdf.pages[0].Resources.Font.values()))
    del font.DescendantFonts[0].FontDescriptor.FontFile2


def forget_what_letters_mean(pdf):
    for font in pdf.pages[0].Resources.Font.values():
        del font.ToUnicode


def attach_twice(pdf):
    pdf.Root.AF.append(pdf.Root.AF[0])


def attach_out_of_order(pdf):
    tree = pdf.Root.Names.EmbeddedFiles
    tree.Names = Array([*list(tree.Names)[2:], *list(tree.Names)[:2]])


def lead_a_bookmark_nowhere(pdf):
    pdf.Root.Outlines.First.Dest[0] = pdf.Root


SPOILT = {
    "no language": without("/Lang"),
    "not said to be tagged": without("/MarkInfo"),
    "the file's name is shown": without("/ViewerPreferences"),
    "no colour profile": without("/OutputIntents"),
    "no metadata": without("/Metadata"),
    "there is no structure": without("/StructTreeRoot"),
    "no bookmarks": without("/Outlines"),
    "leads nowhere": lead_a_bookmark_nowhere,
    "the metadata are no XML": in_the_metadata(b"</rdf:RDF>", b""),
    "pdfuaid:part is ''": in_the_metadata(b"<pdfuaid:part>1</pdfuaid:part>", b""),
    "pdfaid:part is '2'": in_the_metadata(b"<pdfaid:part>3", b"<pdfaid:part>2"),
    "metadata outside rdf:RDF": in_the_metadata(b"</rdf:RDF>", b"</rdf:RDF><x:more/>"),
    "the schema of pdfuaid": in_the_metadata(b"URI>http://www.aiim.org/pdfua/", b"URI>http://"),
    "/Title and dc:title": say_the_title_is_another,
    "/CreationDate and xmp:CreateDate differ": in_the_metadata(b"2020-04-01", b"2020-04-02"),
    "is associated with": attach_twice,
    "the attachments are not in order": attach_out_of_order,
    "not embedded": forget_a_font,
    "cannot be read back": forget_what_letters_mean,
    "the tab order": tab_as_it_comes,
    "paints what is neither read nor": in_the_first_page(b"/Artifact\nBMC", b"/Artifact MP q Q"),
    "an end without a beginning": in_the_first_page(b"/Span\n<</MCID 3>>\nBDC", b""),
    "a mark is not closed": in_the_first_page(b"EMC", b""),
    "not numbered from 0": in_the_first_page(b"<</MCID 3>>", b"<</MCID 4>>"),
    "in the parent tree": in_the_first_page(b"/Span\n<</MCID 3>>\nBDC", b"/Artifact BMC"),
    "is held 2 times": hold_a_piece_twice,
    "the parent tree is wrong": let_a_piece_belong_to_another,
    "says it has another parent": adopt,
    "is no role of ours": first("H1", lambda heading: heading.__setattr__("S", Name.NonStruct)),
    "not one H1": first("H1", lambda heading: heading.__setattr__("S", Name.P)),
    "an empty P": leave_a_paragraph_empty,
    "a Figure without": put_a_picture_in,
    "a P in a Table": first("TBody", lambda body: body.__setattr__("S", Name.P)),
    "content directly in a LI": take_an_item_out_of_its_body,
    "with rows of": let_a_row_have_a_cell_less,
    "the scope none": first("TH", lambda cell: cell.A.__delattr__("Scope")),
    "a cell without a header": let_a_label_head_what_is_below_it,
    "which is its own": let_a_value_lose_its_header,
    "names headers its table lacks": first("TH", lambda cell: cell.__delattr__("ID")),
    "is read after": turn_the_first_row_round,
    "in two fragments": divide_the_table,
}


@pytest.mark.parametrize("fault", SPOILT)
def test_our_checker_finds_each_fault(fault):
    assert [each for each in faults(spoil(SPOILT[fault])) if fault in each] != []


def test_what_weasyprint_writes_alone_is_full_of_faults(whole_sheet):
    rendered = typesetter().layout(page_html(whole_sheet), SHEET_STYLES)
    assert len(set(faults(rendered.write_pdf(pdf_variant=VARIANT)))) > 10
