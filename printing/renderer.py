"""Render in this process: a page of HTML in, the bytes of a tagged, archival PDF out.

It knows no sheet, no database and no settings, so that a process can render without them.
"""

import gc
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from printing.errors import PrintingError

if TYPE_CHECKING:
    from printing.typesetter import Typesetter

_one_at_a_time = threading.Lock()


def render(
    page: str, styles: Sequence[str], created: datetime, attached: Mapping[str, bytes]
) -> bytes:
    """Return the PDF of the HTML ``page``, set by ``styles``, names of ``style_sheets.ASSETS``.

    ``created`` must know its time zone; ``attached``: files by name. The same input gives the
    same bytes. One thread of a process renders at a time; the first rendering takes a second, for
    the imports. Raises PrintingError when the page asks for anything it may not load or is nested
    too deeply, and ImproperlyConfigured when the fonts or the accepted libraries are not there.
    """
    with _rendering() as typesetter:
        return typesetter.write(typesetter.layout(page, styles), created, attached)


def count_pages(page: str, styles: Sequence[str]) -> int:
    """Return how many pages the PDF of ``page`` has; see ``render``."""
    with _rendering() as typesetter:
        return len(typesetter.layout(page, styles).pages)


def warm_up() -> None:
    """Make what every rendering of this process will use, and render once for nobody."""
    count_pages('<html lang="ja"><body><p>印刷<b>印刷</b></p></body></html>', ())


@contextmanager
def _rendering() -> "Iterator[Typesetter]":
    """Let one thread render, and free all that Pango gave it before another begins.

    Layouts of a shared font configuration corrupt the heap when two threads touch them at
    once. The cyclic collector would free them in whichever thread happens to run it, so it
    waits while one renders, and is run before the next.
    """
    # WeasyPrint takes half a second to import, which commands and most requests need not pay.
    from printing.typesetter import NotToBeLoaded, typesetter  # noqa: PLC0415

    with _one_at_a_time:
        ready = typesetter()
        was_enabled = gc.isenabled()
        gc.disable()
        try:
            yield ready
        except NotToBeLoaded as error:
            raise PrintingError(
                "印刷できない参照が含まれているため、PDFを作成できませんでした。"
            ) from error
        except RecursionError as error:
            raise PrintingError(
                "表や箇条書きの入れ子が深すぎるため、PDFを作成できませんでした。"
                "段を浅くしてください。"
            ) from error
        finally:
            gc.collect(0)
            if was_enabled:
                gc.enable()
