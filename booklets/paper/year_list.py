"""The list of sheets (一覧表) as a table on A4 landscape."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone

from booklets.queries.year_list import YearGroup, YearLine, group_by_year
from printing import printer

TEMPLATE = "booklets/paper/year_list.html"
STYLES = ("print:sheet.css", "print:year-list.css")


@dataclass(frozen=True)
class YearList:
    """A whole list. ``selection`` describes the filters."""

    title: str
    made_at: str
    selection: tuple[str, ...]
    groups: tuple[YearGroup, ...]
    count: int


def year_list(lines: Sequence[YearLine], selection: Sequence[str], created: datetime) -> YearList:
    """Group ``lines`` by year, as of ``created``."""
    groups = tuple(group_by_year(lines))
    year = groups[0].year if len(groups) == 1 else ""
    return YearList(
        title=f"{year}評価シート一覧表",
        made_at=f"{timezone.localtime(created):%Y年%-m月%-d日 %H:%M}現在",
        selection=tuple(selection),
        groups=groups,
        count=len(lines),
    )


def year_list_html(table: YearList) -> str:
    """Return the HTML page from which the PDF is made."""
    return str(render_to_string(TEMPLATE, {"table": table}))


def year_list_pdf(lines: Sequence[YearLine], selection: Sequence[str], created: datetime) -> bytes:
    """Return the table of ``lines`` as a PDF dated ``created``."""
    page = year_list_html(year_list(lines, selection, created))
    return printer.render_page(page, created=created, styles=STYLES)
