"""What the PDF may load: our own style sheets, by name. Nothing else, from nowhere.

Importing this module imports WeasyPrint, which takes half a second.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "print:"
# By its path, since the processes that render set up no Django.
FOLDER = Path(__file__).resolve().parents[2] / "static" / "print"
ELEMENTS = "print:elements.css"
ASSETS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(
        (
            ELEMENTS,
            "print:sheet.css",
            "print:page.css",
            "print:side-by-side.css",
            "print:annex.css",
            "print:booklet.css",
            "print:year-list.css",
        ),
        "text/css",
    )
)


class AssetFetcher(URLFetcher):
    """Serves the ``ASSETS`` of ``static/print/`` and refuses every other address.

    A refusal stops the rendering (``FatalURLFetchingError``), since nothing in a sheet has
    any business to load anything: silence would print a page that somebody tampered with.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the asset ``url`` names; raise ValueError for any other address."""
        if url not in ASSETS:
            raise ValueError("address refused")
        content = (FOLDER / url.removeprefix(SCHEME)).read_bytes()
        return URLFetcherResponse(url, content, {"Content-Type": ASSETS[url]})
