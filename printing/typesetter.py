"""WeasyPrint with fonts and style sheets loaded once per process.

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

# A BaseException, which ``except Exception`` does not catch.
NotToBeLoaded: type[BaseException] = FatalURLFetchingError


@cache
def typesetter() -> "Typesetter":
    """Return the typesetter of this process. Not thread-safe: the renderer holds a lock."""
    return Typesetter()


class Typesetter:
    """Loaded fonts and style sheets. Not thread-safe.

    Raises ImproperlyConfigured if fonts or accepted libraries are missing.
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
        """Return the layout of the HTML ``page`` with ``styles``, names of ``ASSETS``."""
        return Page(page, self._styles[ELEMENTS], self._assets).render(
            font_config=self._fonts,
            stylesheets=[self._styles[name] for name in styles],
            pdf_variant=VARIANT,
        )

    def write(self, rendered: Document, created: datetime, attached: Mapping[str, bytes]) -> bytes:
        """Return the PDF of the layout, with date ``created`` and the ``attached`` files."""
        metadata: Any = rendered.metadata
        metadata.attachments += [_attachment(created, *file) for file in attached.items()]
        metadata.created = metadata.modified = created.isoformat(timespec="seconds")
        with warnings.catch_warnings():
            # WeasyPrint does not close the file of its colour profile.
            warnings.filterwarnings("ignore", r"unclosed file .*\.icc", ResourceWarning)
            return finish(rendered)


def _attachment(created: datetime, name: str, data: bytes) -> Attachment:
    # Without an explicit date, in UTC, WeasyPrint would use the current time.
    day = created.astimezone(UTC)
    return Attachment(string=data, name=name, relationship="Data", created=day, modified=day)
