"""Postprocessing of WeasyPrint's layout to a PDF/A-3a and PDF/UA-1 file.

The structure tree of a finished PDF, whatever its pages:

    StructTreeRoot          K: [Document], ParentTree (one array for each page, by /StructParents,
                            which is the page's index), IDTree where a Headers needs it
      Document              its kids in reading order, no Part, Art or Div between
        P                   the note that stands in the margin of a draft, read once
        H1                  the title
        Table               THead, TBody → TR → TH (with Scope), TD; nested tables inside a TD
        Sect → H2, P        in the annex
        L → LI → Lbl, LBody
        P → Span            Span only where the words are underlined

Every element has S and P, and Pg where it holds content itself. Its content is marked-content
numbers, on other pages than Pg as MCR. Identifiers begin with a digest of the pages, so that they
stay unique when PDFs are put together. There are no annotations, no RoleMap, no ClassMap.

Importing this package imports WeasyPrint, which takes half a second.
"""

import io

import pikepdf
from weasyprint.document import Document

from printing.finishing.artifacts import number_content
from printing.finishing.catalog import tidy_catalog, write_metadata
from printing.finishing.lists import shape_lists
from printing.finishing.merging import merge_pages
from printing.finishing.nodes import prune
from printing.finishing.reading import PageTree, take_pages
from printing.finishing.tables import name_headers
from printing.finishing.writing import write_tree

VARIANT = "pdf/a-3a"


def finish(rendered: Document) -> bytes:
    """Return the PDF of a document laid out by WeasyPrint with ``marks`` installed.

    It conforms to PDF/A-3a and PDF/UA-1 and looks the same as WeasyPrint's own. The output is
    reproducible. Raises ValueError for a structure that none of our templates produces.
    """
    pages: list[PageTree] = []
    # Compressed only once, at the end.
    written = rendered.write_pdf(
        pdf_variant=VARIANT,
        uncompressed_pdf=True,
        finisher=lambda _, pdf: pages.extend(take_pages(pdf)),
    )
    finished = io.BytesIO()
    with pikepdf.open(io.BytesIO(written)) as opened:
        document = merge_pages(pages)
        shape_lists(document)
        prune(document)
        numbers = number_content(opened, document)
        name_headers(document, opened)
        write_tree(opened, document, numbers)
        write_metadata(opened)
        tidy_catalog(opened)
        opened.save(
            finished,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return finished.getvalue()
