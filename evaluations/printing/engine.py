"""WeasyPrint inside this process: a page of HTML in, the bytes of a tagged, archival PDF out.

It knows no sheet, no database and no Django, so that a process can render without them.
"""

import gc
import threading
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from evaluations.printing.errors import PrintingError
from evaluations.printing.finishing import finish

VARIANT = "pdf/a-3a"
ELEMENTS = "print:elements.css"
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
    with _rendering() as engine:
        return _write(engine, _layout(engine, page, styles), created, attached)


def count(page: str, styles: Sequence[str]) -> int:
    """Return how many pages the PDF of ``page`` has; see ``render``."""
    with _rendering() as engine:
        return len(_layout(engine, page, styles).pages)


def warm_up() -> None:
    """Make what every rendering of this process will use, and render once, to no end."""
    count('<html lang="ja"><body class="print-sheet"><p>印刷<b>印刷</b></p></body></html>', ())


@dataclass(frozen=True)
class _Engine:
    """What is costly to make and is reused by every rendering of the process."""

    weasyprint: Any
    fetcher: Any
    font_config: Any
    elements: Any
    stylesheets: dict[str, Any]
    not_to_be_loaded: type[BaseException]


@cache
def _engine() -> _Engine:
    # WeasyPrint takes half a second to import, which commands and most requests need not pay.
    import weasyprint  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415

    from accounts.print_fonts import require_fonts  # noqa: PLC0415
    from evaluations.printing import cascade, fetcher, justification  # noqa: PLC0415
    from evaluations.printing.finishing import marks  # noqa: PLC0415

    require_fonts()
    cascade.install()
    justification.install()
    marks.install()
    assets = fetcher.AssetFetcher()
    config = FontConfiguration()
    stylesheets = {
        name: weasyprint.CSS(url=name, url_fetcher=assets, font_config=config)
        for name in fetcher.ASSETS
    }
    elements = stylesheets.pop(ELEMENTS)
    return _Engine(weasyprint, assets, config, elements, stylesheets, FatalURLFetchingError)


def _layout(engine: _Engine, page: str, styles: Sequence[str]) -> Any:
    # Imports WeasyPrint, which is there by now.
    from evaluations.printing.page import Page  # noqa: PLC0415

    return Page(page, engine.elements, engine.fetcher).render(
        font_config=engine.font_config,
        stylesheets=[engine.stylesheets[name] for name in styles],
        pdf_variant=VARIANT,
    )


def _write(
    engine: _Engine, rendered: Any, created: datetime, attached: Mapping[str, bytes]
) -> bytes:
    rendered.metadata.attachments.extend(
        _attachment(engine, created, name, data) for name, data in attached.items()
    )
    stamp = created.isoformat(timespec="seconds")
    rendered.metadata.created = rendered.metadata.modified = stamp
    with warnings.catch_warnings():
        # WeasyPrint leaves the file of its colour profile to be closed by Python.
        warnings.filterwarnings("ignore", r"unclosed file .*\.icc", ResourceWarning)
        # Compressed once, by what finishes it.
        return finish(rendered.write_pdf(pdf_variant=VARIANT, uncompressed_pdf=True))


def _attachment(engine: _Engine, created: datetime, name: str, data: bytes) -> Any:
    # Attachments are dated in UTC. Without a date they would take the clock's.
    day = created.astimezone(UTC)
    return engine.weasyprint.Attachment(
        string=data, name=name, relationship="Data", created=day, modified=day
    )


@contextmanager
def _rendering() -> Iterator[_Engine]:
    """Let one thread render, and free all that Pango gave it before another begins.

    Layouts of a shared font configuration corrupt the heap when two threads touch them at
    once. The cyclic collector would free them in whichever thread happens to run it, so it
    waits while one renders, and is run before the next.
    """
    with _one_at_a_time:
        engine = _engine()
        was_enabled = gc.isenabled()
        gc.disable()
        try:
            yield engine
        except engine.not_to_be_loaded as error:  # a BaseException: nobody else would catch it
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
