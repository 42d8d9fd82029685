"""The document catalog: metadata, bookmarks, attachments.

Info and XMP have equal values, and the XMP claims both standards.
"""

from datetime import datetime
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Name, Object

# PDF/A does not know the PDF/UA schema and requires a description of it.
_XMP = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreateDate>{created}</xmp:CreateDate>
<xmp:ModifyDate>{modified}</xmp:ModifyDate>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
_KEYS = {"/Title", "/Producer", "/CreationDate", "/ModDate"}


def write_metadata(pdf: pikepdf.Pdf) -> None:
    """Write the XMP of ``pdf`` from its Info. Raises ValueError for missing or unknown keys."""
    info = pdf.docinfo
    if info.keys() != _KEYS:
        raise ValueError(f"the Info has {sorted(info.keys())}")
    xmp = _XMP.format(
        title=escape(str(info.Title)),
        producer=escape(str(info.Producer)),
        created=_iso(str(info.CreationDate)),
        modified=_iso(str(info.ModDate)),
    )
    metadata = pdf.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Metadata = metadata


def _iso(date: str) -> str:
    """Return D:20200401033000+00'00 as 2020-04-01T03:30:00+00:00."""
    return datetime.strptime(date.replace("'", ""), "D:%Y%m%d%H%M%S%z").isoformat()


def tidy_catalog(pdf: pikepdf.Pdf) -> None:
    """Sort the name tree of the attachments, and correct the counts of the bookmarks."""
    if "/Names" in pdf.Root:
        _sort_attachments(pdf)
    if "/Outlines" in pdf.Root:
        _tidy_bookmarks(pdf.Root.Outlines)


def _sort_attachments(pdf: pikepdf.Pdf) -> None:
    written = list(pdf.Root.Names.EmbeddedFiles.Names)
    files = sorted(zip(written[::2], written[1::2], strict=True), key=lambda pair: str(pair[0]))
    pdf.Root.Names.EmbeddedFiles.Names = Array([each for pair in files for each in pair])
    pdf.Root.AF = Array([file for _, file in files])


def _tidy_bookmarks(parent: Object) -> None:
    bookmark = parent.get("/First")
    while bookmark is not None:
        if bookmark.get("/Count") == 0:
            del bookmark["/Count"]
        _tidy_bookmarks(bookmark)
        bookmark = bookmark.get("/Next")
