"""WeasyPrint inside this process: a page of HTML in, the bytes of a tagged, archival PDF out.

It knows no sheet, no database and no Django, so that a process can render without them.
"""

import gc
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from evaluations.printing.errors import PrintingError

if TYPE_CHECKING:
    from evaluations.printing.press import Press

_one_at_a_time = threading.Lock()


def render(
    page: str, styles: Sequence[str], created: datetime, attached: Mapping[str, bytes]
) -> bytes:
    """Return the PDF of the HTML ``page``, set by ``styles``, names of ``fetcher.ASSETS``.

    ``created`` must know its time zone; ``attached``: files by name. The same input gives the
    same bytes. One thread of a process renders at a time; the first rendering takes a second, for
    the imports. Raises PrintingError when the page asks for anything it may not load or is nested
    too deeply, and ImproperlyConfigured when the fonts or the supported WeasyPrint are not there.
    """
    with _rendering() as press:
        return press.write(press.layout(page, styles), created, attached)


def count(page: str, styles: Sequence[str]) -> int:
    """Return how many pages the PDF of ``page`` has; see ``render``."""
    with _rendering() as press:
        return len(press.layout(page, styles).pages)


def warm_up() -> None:
    """Make what every rendering of this process will use, and render once, to no end."""
    count('<html lang="ja"><body class="print-sheet"><p>印刷<b>印刷</b></p></body></html>', ())


@contextmanager
def _rendering() -> "Iterator[Press]":
    """Let one thread render, and free all that Pango gave it before another begins.

    Layouts of a shared font configuration corrupt the heap when two threads touch them at
    once. The cyclic collector would free them in whichever thread happens to run it, so it
    waits while one renders, and is run before the next.
    """
    # WeasyPrint takes half a second to import, which commands and most requests need not pay.
    from evaluations.printing.press import NotToBeLoaded, press  # noqa: PLC0415

    with _one_at_a_time:
        ready = press()
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
