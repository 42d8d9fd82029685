"""What WeasyPrint wrote, made a PDF for the archive and for everybody's ears.

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
"""

import io

import pikepdf

from evaluations.printing.finishing.catalog import tidy_catalog
from evaluations.printing.finishing.furniture import number_content
from evaluations.printing.finishing.lists import shape_lists
from evaluations.printing.finishing.merging import merge_pages
from evaluations.printing.finishing.metadata import write_metadata
from evaluations.printing.finishing.nodes import prune
from evaluations.printing.finishing.reading import read_pages
from evaluations.printing.finishing.tables import name_headers
from evaluations.printing.finishing.writing import write_tree


def finish(pdf: bytes) -> bytes:
    """Return ``pdf``, written by WeasyPrint with ``marks`` in place, as PDF/A-3a and PDF/UA-1.

    What is seen does not change. The same bytes give the same bytes. Raises ValueError for a
    structure none of our templates makes.
    """
    finished = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        document = merge_pages(read_pages(opened))
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
