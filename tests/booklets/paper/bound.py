"""A booklet of a few papers, made once."""

import io
from functools import cache

from booklets.paper.binding import Cover, bind_sheets
from printing.binder import SourcePdf
from tests.evaluations.paper.papers import CREATED, paper

COVER = Cover("令和元年度　評価シート", ("確定したもの",), CREATED)
# A sheet with everything, one bound twice, one with a name that takes several lines.
PARTS = (
    ("架空機関拠出金", "sheet of the demonstration"),
    ("井戸を掘る事業に対する任意拠出金" * 5, "empty sheet"),
    ("水道機関分担金", "sheet of ten pages"),
    ("架空機関拠出金（再掲）", "sheet of the demonstration"),
)


@cache
def booklet() -> bytes:
    """Return the booklet of ``PARTS``."""
    target = io.BytesIO()
    bind_sheets(
        COVER, [SourcePdf(title, "水道課", paper(name).pdf) for title, name in PARTS], target
    )
    return target.getvalue()
