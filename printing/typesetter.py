"""WeasyPrint, set up for our pages: what is costly to make, once for all renderings of a process.

Importing this module imports WeasyPrint, which takes half a second.
"""

import warnings
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from weasyprint import CSS, Attachment
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from printing import justification
from printing.asset_fetcher import AssetFetcher
from printing.finishing import VARIANT, finish, marks
from printing.fonts import require_fonts
from printing.html_page import Page
from printing.style_sheets import ASSETS, ELEMENTS
from printing.versions import require_accepted_versions

# A BaseException: nobody else would catch it.
NotToBeLoaded: type[BaseException] = FatalURLFetchingError


@cache
def typesetter() -> "Typesetter":
    """Return the typesetter of this process; the renderer lets in one thread at a time."""
    return Typesetter()


class Typesetter:
    """Fonts and style sheets, ready to be used. One thread at a time may use them.

    Raises ImproperlyConfigured when the fonts or the accepted libraries are not there.
    """

    def __init__(self) -> None:
        require_fonts()
        require_accepted_versions()
        justification.install()
        marks.install()
        self._assets = AssetFetcher()
        self._fonts = FontConfiguration()
        self._styles = {
            name: CSS(url=name, url_fetcher=self._assets, font_config=self._fonts)
            for name in ASSETS
        }

    def layout(self, page: str, styles: Sequence[str]) -> Document:
        """Return the pages of the HTML ``page``, set by ``styles``, names of ``ASSETS``."""
        return Page(page, self._styles[ELEMENTS], self._assets).render(
            font_config=self._fonts,
            stylesheets=[self._styles[name] for name in styles],
            pdf_variant=VARIANT,
        )

    def write(self, rendered: Document, created: datetime, attached: Mapping[str, bytes]) -> bytes:
        """Return the PDF of ``rendered``, dated ``created``; ``attached``: files by name."""
        metadata: Any = rendered.metadata
        metadata.attachments += [_attachment(created, *file) for file in attached.items()]
        metadata.created = metadata.modified = created.isoformat(timespec="seconds")
        with warnings.catch_warnings():
            # WeasyPrint leaves the file of its colour profile to be closed by Python.
            warnings.filterwarnings("ignore", r"unclosed file .*\.icc", ResourceWarning)
            return finish(rendered)


def _attachment(created: datetime, name: str, data: bytes) -> Attachment:
    # Attachments are dated in UTC. Without a date they would take the clock's.
    day = created.astimezone(UTC)
    return Attachment(string=data, name=name, relationship="Data", created=day, modified=day)
