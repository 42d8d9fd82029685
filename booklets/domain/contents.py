"""What goes into a booklet: every sheet's line and paper, and the sheets that are missing."""

from collections import deque
from collections.abc import Callable, Collection
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import NoReturn

import structlog

from accounts.roles import roles_of
from booklets.domain.error_frames import frames_of
from booklets.domain.lease import keep_hold
from booklets.domain.sheet_pdfs import Paper, begin
from booklets.enums import BookletKind
from booklets.models import Booklet
from booklets.queries.year_list import YearLine, lines_of
from evaluations.access.visibility import sheets_visible_to
from evaluations.models import Sheet
from printing import printer
from printing.errors import PrintingError

CANNOT_BE_PRINTED = "このシートのPDFを作成できませんでした。"
NOT_SEEN = "今は見ることができません。"

logger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Missing:
    """A sheet that is not in the booklet, and why."""

    name: str
    reason: str


@dataclass
class Contents:
    """What has been gathered. ``papers`` go with ``lines``, but for a list, which has none."""

    lines: list[YearLine] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)

    @property
    def drafts(self) -> int:
        """How many of the sheets are not decided."""
        return sum(line.is_draft for line in self.lines)


def gather(booklet: Booklet) -> Contents:
    """Print every sheet that who asked may see now; name the others.

    Raises lease.Lost where the booklet was cancelled or taken over meanwhile.
    """
    fetch = sheets_visible_to(roles_of(booklet.requested_by)).in_bulk
    if booklet.kind == BookletKind.LIST:
        return _listed(booklet.sheet_ids, fetch)
    contents, ids = Contents(), iter(booklet.sheet_ids)
    number = printer.backend().at_once
    with ThreadPoolExecutor(number) as printers:
        # While one sheet is waited for, the printers have the next in hand.
        begun = deque(_begin(pk, fetch, printers) for pk in islice(ids, 2 * number))
        for done in range(1, booklet.total + 1):
            _add(contents, begun.popleft())
            begun.extend(_begin(pk, fetch, printers) for pk in islice(ids, 1))
            # A later attempt runs through what an earlier one has printed, and counts from there.
            keep_hold(booklet, done=max(done, booklet.done))
    return contents


Fetch = Callable[[list[int]], dict[int, Sheet]]


def _listed(ids: list[int], fetch: Fetch) -> Contents:
    sheets = fetch(ids)
    lines = lines_of(sheets[pk] for pk in ids if pk in sheets)
    return Contents(lines, [], _unseen([pk for pk in ids if pk not in sheets]))


@dataclass(frozen=True)
class Begun:
    """A sheet that is being printed; ``sheet`` None where who asked no longer sees it."""

    pk: int
    sheet: Sheet | None
    finish: Callable[[], Paper]


def _begin(pk: int, fetch: Fetch, printers: Executor) -> Begun:
    sheet = fetch([pk]).get(pk)
    if sheet is None:
        return Begun(pk, None, partial(_raise, PrintingError(NOT_SEEN)))
    try:
        return Begun(pk, sheet, begin(sheet, printers))
    except Exception as error:  # told when its turn comes
        return Begun(pk, sheet, partial(_raise, error))


def _add(contents: Contents, begun: Begun) -> None:
    sheet = begun.sheet
    if sheet is None:
        contents.missing.extend(_unseen([begun.pk]))
        return
    try:
        paper = begun.finish()
        [line] = lines_of([sheet])
    except PrintingError as error:
        contents.missing.append(Missing(str(sheet), str(error)))
    except Exception as error:  # one sheet must not keep the others back
        logger.error("sheet_not_printed", sheet=sheet.pk, **frames_of(error))
        contents.missing.append(Missing(str(sheet), CANNOT_BE_PRINTED))
    else:
        contents.papers.append(paper)
        contents.lines.append(line)


def _raise(error: Exception) -> NoReturn:
    raise error


def _unseen(ids: Collection[int]) -> list[Missing]:
    """Name the sheets that who asked saw then and does not see now."""
    sheets = Sheet.objects.select_related("edition", "contribution").filter(pk__in=ids)
    return [Missing(str(sheet), NOT_SEEN) for sheet in sheets]
