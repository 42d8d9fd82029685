"""The booklet as one PDF: cover, contents and sheets."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.template.loader import render_to_string
from django.utils import timezone

from printing import printer
from printing.binder import ContentsEntry, Front, SourcePdf

STYLES = ("print:sheet.css", "print:booklet.css")


@dataclass(frozen=True)
class Cover:
    """The cover. ``lines`` describe the selection; ``created`` must be timezone-aware."""

    title: str
    lines: tuple[str, ...]
    created: datetime


def bind_sheets(
    cover: Cover,
    parts: Iterable[SourcePdf],
    target: BinaryIO,
    progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Write ``parts``, the PDFs of sheets, to ``target`` as a booklet with ``cover``.

    ``progress`` is called after each part with the number done. Raises PrintingError; see
    ``printing.binder.bind``.
    """
    printer.bind(front_of(cover), parts, target, progress)


def front_of(cover: Cover) -> Front:
    """Return the front matter: ``cover`` and contents."""
    made_at = f"{timezone.localtime(cover.created):%Y年%-m月%-d日 %H:%M}作成"

    def html(entries: Sequence[ContentsEntry], before: int) -> str:
        rows = [(entry, before and before + entry.first + 1) for entry in entries]
        context = {"title": cover.title, "lines": cover.lines, "made_at": made_at, "rows": rows}
        return render_to_string("booklets/paper/booklet.html", context)

    return Front(
        title=cover.title,
        created=cover.created,
        html=html,
        numbers=render_to_string("booklets/paper/booklet_numbers.html"),
        styles=STYLES,
        cover_bookmark="表紙",
        contents_bookmark="目次",
        running="通し {number}／{count}",
        list_about="この冊子に収めたシートの一覧とSHA-256",
    )
