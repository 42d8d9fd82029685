"""WeasyPrint URL fetcher that serves our style sheets and refuses every other URL.

Importing this module imports WeasyPrint, which takes half a second.
"""

from weasyprint.urls import URLFetcher, URLFetcherResponse

from printing.style_sheets import ASSETS


class AssetFetcher(URLFetcher):
    """Serves the ``ASSETS`` and refuses every other URL.

    A refusal aborts the rendering (``FatalURLFetchingError``): no page of ours loads anything
    else, so a page that does has been tampered with.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the asset ``url`` names; raise ValueError for any other URL."""
        if url not in ASSETS:
            raise ValueError("address refused")
        return URLFetcherResponse(url, ASSETS[url].read_bytes(), {"Content-Type": "text/css"})
