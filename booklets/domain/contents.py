"""Collecting the contents of a booklet: PDFs and list lines of the sheets, and missing sheets."""

from collections import deque
from collections.abc import Callable, Collection
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import NoReturn

import structlog

from accounts.roles import roles_of
from booklets.domain.lease import renew_lease
from booklets.domain.sheet_pdfs import PdfReference, start_printing
from booklets.enums import BookletKind
from booklets.models import Booklet
from booklets.queries.year_list import YearLine, lines_of
from core.error_frames import frames_of
from evaluations.access.visibility import sheets_visible_to
from evaluations.models import Sheet
from printing import printer
from printing.errors import PrintingError

CANNOT_BE_PRINTED = "このシートのPDFを作成できませんでした。"
NOT_SEEN = "今は見ることができません。"

logger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class MissingSheet:
    """A sheet that is not in the booklet, with the reason."""

    name: str
    reason: str


@dataclass
class Contents:
    """The collected contents. ``papers`` corresponds to ``lines``, but is empty for a list."""

    lines: list[YearLine] = field(default_factory=list)
    papers: list[PdfReference] = field(default_factory=list)
    missing: list[MissingSheet] = field(default_factory=list)

    @property
    def drafts(self) -> int:
        """The number of sheets without a final decision."""
        return sum(line.is_draft for line in self.lines)


def collect_contents(booklet: Booklet) -> Contents:
    """Print every sheet that the requester may see now, and list the others as missing.

    Raises LeaseLost if the booklet has been cancelled or taken over by another worker.
    """
    fetch = sheets_visible_to(roles_of(booklet.requested_by)).in_bulk
    if booklet.kind == BookletKind.LIST:
        return _collect_lines(booklet.sheet_ids, fetch)
    contents, ids = Contents(), iter(booklet.sheet_ids)
    number = printer.backend().at_once
    with ThreadPoolExecutor(number) as printers:
        # Keeps the printers busy with the next sheets while waiting for one.
        begun = deque(_begin(pk, fetch, printers) for pk in islice(ids, 2 * number))
        for done in range(1, booklet.total + 1):
            _add(contents, begun.popleft())
            begun.extend(_begin(pk, fetch, printers) for pk in islice(ids, 1))
            # A retry passes quickly over sheets printed before; ``done`` must not go back.
            renew_lease(booklet, done=max(done, booklet.done))
    return contents


Fetch = Callable[[list[int]], dict[int, Sheet]]


def _collect_lines(ids: list[int], fetch: Fetch) -> Contents:
    sheets = fetch(ids)
    lines = lines_of(sheets[pk] for pk in ids if pk in sheets)
    return Contents(lines, [], _no_longer_visible([pk for pk in ids if pk not in sheets]))


@dataclass(frozen=True)
class PendingPdf:
    """A sheet being printed; ``sheet`` is None if the requester may no longer see it."""

    pk: int
    sheet: Sheet | None
    finish: Callable[[], PdfReference]


def _begin(pk: int, fetch: Fetch, printers: Executor) -> PendingPdf:
    sheet = fetch([pk]).get(pk)
    if sheet is None:
        return PendingPdf(pk, None, partial(_raise, PrintingError(NOT_SEEN)))
    try:
        return PendingPdf(pk, sheet, start_printing(sheet, printers))
    except Exception as error:  # raised again by ``finish``
        return PendingPdf(pk, sheet, partial(_raise, error))


def _add(contents: Contents, begun: PendingPdf) -> None:
    sheet = begun.sheet
    if sheet is None:
        contents.missing.extend(_no_longer_visible([begun.pk]))
        return
    try:
        paper = begun.finish()
        [line] = lines_of([sheet])
    except PrintingError as error:
        contents.missing.append(MissingSheet(str(sheet), str(error)))
    except Exception as error:  # one sheet must not stop the others
        logger.error("sheet_not_printed", sheet=sheet.pk, **frames_of(error))
        contents.missing.append(MissingSheet(str(sheet), CANNOT_BE_PRINTED))
    else:
        contents.papers.append(paper)
        contents.lines.append(line)


def _raise(error: Exception) -> NoReturn:
    raise error


def _no_longer_visible(ids: Collection[int]) -> list[MissingSheet]:
    """Return the sheets that the requester could see at the request, and cannot see now."""
    sheets = Sheet.objects.select_related("edition", "contribution").filter(pk__in=ids)
    return [MissingSheet(str(sheet), NOT_SEEN) for sheet in sheets]
