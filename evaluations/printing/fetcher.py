"""What the PDF may load: our own style sheets, by name. Nothing else, from nowhere.

Importing this module imports WeasyPrint, which takes half a second.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from django.contrib.staticfiles import finders
from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "print:"
ASSETS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(
        (
            "print:sheet.css",
            "print:page.css",
            "print:side-by-side.css",
            "print:annex.css",
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
        path = finders.find(f"print/{url.removeprefix(SCHEME)}")
        if not isinstance(path, str):
            raise FileNotFoundError(url)
        return URLFetcherResponse(url, Path(path).read_bytes(), {"Content-Type": ASSETS[url]})
