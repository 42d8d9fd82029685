"""Rendering in this process: from HTML to the bytes of a tagged PDF/A.

It uses no database and no settings, so that a worker can render without setting up Django.
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
    """Return the PDF of the HTML ``page`` with ``styles``, names of ``style_sheets.ASSETS``.

    ``created`` must be timezone-aware; ``attached``: files by name. The output is reproducible.
    One thread of a process renders at a time; the first rendering takes a second longer, for the
    imports. Raises PrintingError if the page loads anything it may not or is nested too deeply,
    and ImproperlyConfigured if fonts or accepted libraries are missing.
    """
    with _rendering() as typesetter:
        return typesetter.write(typesetter.layout(page, styles), created, attached)


def count_pages(page: str, styles: Sequence[str]) -> int:
    """Return the number of pages of the PDF of ``page``; see ``render``."""
    with _rendering() as typesetter:
        return len(typesetter.layout(page, styles).pages)


def warm_up() -> None:
    """Fill the caches that every rendering uses, by rendering once."""
    count_pages('<html lang="ja"><body><p>印刷<b>印刷</b></p></body></html>', ())


@contextmanager
def _rendering() -> "Iterator[Typesetter]":
    """Let one thread render at a time, and free Pango's objects before the next one.

    Layouts of a shared font configuration corrupt the heap if two threads access them at once. The
    garbage collector could free them in any thread, so it is disabled during a rendering and run
    after it.
    """
    # Importing WeasyPrint takes half a second, which commands and most requests do not need.
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
