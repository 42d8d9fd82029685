"""What an archive relies on: the PDF says what it is, carries its fonts, and hides nothing."""

import re
from collections.abc import Iterator
from datetime import datetime
from xml.etree import ElementTree

import pikepdf
from pikepdf import Object

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
NAMES = {
    "rdf": RDF[1:-1],
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "schema": "http://www.aiim.org/pdfa/ns/schema#",
}


def archive_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield what is wrong with the catalogue, the metadata, the attachments and the fonts."""
    root = pdf.Root
    if not str(root.get("/Lang", "")):
        yield "no language"
    if root.get("/MarkInfo", {}).get("/Marked") is not True:
        yield "not said to be tagged"
    if root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True:
        yield "the file's name is shown, not the title"
    if "/Encrypt" in pdf.trailer or "/ID" not in pdf.trailer:
        yield "encrypted, or without an identifier"
    intents = root.get("/OutputIntents", [])
    if [each.get("/S") for each in intents] != ["/GTS_PDFA1"] or any(
        not each.DestOutputProfile.read_bytes() for each in intents
    ):
        yield "no colour profile"
    yield from _metadata(pdf)
    yield from _attachments(root)
    yield from _bookmarks(pdf)
    for page in pdf.pages:
        for name, font in page.obj.Resources.get("/Font", {}).items():
            yield from (f"font {name}: {fault}" for fault in _font(font))


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    metadata = pdf.Root.get("/Metadata")
    if metadata is None or "/Filter" in metadata:
        yield "no metadata, or packed ones"
        return
    try:
        packet = ElementTree.fromstring(metadata.read_bytes())
    except ElementTree.ParseError as error:
        yield f"the metadata are no XML: {error}"
        return
    if [child.tag for child in packet] != [f"{RDF}RDF"] or any(
        child.tag != f"{RDF}Description" for child in packet[0]
    ):
        yield "metadata outside rdf:RDF"

    def said(path: str) -> str:
        return packet.findtext(f".//{path}", "", NAMES)

    expected = {"pdfaid:part": "3", "pdfaid:conformance": "A", "pdfuaid:part": "1"}
    yield from (f"{name} is {said(name)!r}" for name in expected if said(name) != expected[name])
    if said("schema:namespaceURI") != NAMES["pdfuaid"]:
        yield "the schema of pdfuaid is not described"
    info = pdf.trailer.get("/Info", {})
    pairs = {"/Title": "dc:title/rdf:Alt/rdf:li", "/Producer": "pdf:Producer"}
    dates = {"/CreationDate": "xmp:CreateDate", "/ModDate": "xmp:ModifyDate"}
    for key, path in pairs.items():
        if not said(path) or str(info.get(key, "")) != said(path):
            yield f"{key} and {path} differ, or are missing"
    for key, path in dates.items():
        if _moment(str(info.get(key, ""))) != said(path):
            yield f"{key} and {path} differ"


def _moment(date: str) -> str:
    plain = re.sub(r"^D:|'", "", date)
    return datetime.strptime(plain, "%Y%m%d%H%M%S%z").isoformat() if plain else "no date"


def _attachments(root: Object) -> Iterator[str]:
    tree = list(root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", []))
    names, files = [str(name) for name in tree[::2]], tree[1::2]
    if names != sorted(set(names)):
        yield f"the attachments are not in order: {names}"
    if [each.objgen for each in root.get("/AF", [])] != [each.objgen for each in files]:
        yield "not every attachment is associated with the document, once"
    for name, file in zip(names, files, strict=True):
        if not (file.get("/AFRelationship") and file.get("/UF") == name == file.get("/F")):
            yield f"{name}: no relationship, or another name"
        if not file.EF.F.get("/Subtype") or "/ModDate" not in file.EF.F.get("/Params", {}):
            yield f"{name}: no type or no date"


def _bookmarks(pdf: pikepdf.Pdf) -> Iterator[str]:
    pages = {page.obj.objgen for page in pdf.pages}
    bookmarks = list(_below(pdf.Root.get("/Outlines", {})))
    if not bookmarks:
        yield "no bookmarks"
    for bookmark in bookmarks:
        if not str(bookmark.Title).strip() or bookmark.Dest[0].objgen not in pages:
            yield f"the bookmark {str(bookmark.get('/Title'))!r} leads nowhere"
        if bookmark.get("/Count", 1) == 0:
            yield "a bookmark that counts no bookmarks"


def _below(parent: Object) -> Iterator[Object]:
    bookmark = parent.get("/First")
    while bookmark is not None:
        yield bookmark
        yield from _below(bookmark)
        bookmark = bookmark.get("/Next")


def _font(font: Object) -> Iterator[str]:
    if "/ToUnicode" not in font:
        yield "its letters cannot be read back"
    for described in font.get("/DescendantFonts", [font]):
        descriptor = described.get("/FontDescriptor", {})
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
            yield "not embedded"
