"""How WeasyPrint loads something: our style sheets are served, every other address is refused.

Importing this module imports WeasyPrint, which takes half a second.
"""

from weasyprint.urls import URLFetcher, URLFetcherResponse

from printing.style_sheets import ASSETS


class AssetFetcher(URLFetcher):
    """Serves the ``ASSETS`` and refuses every other address.

    A refusal stops the rendering (``FatalURLFetchingError``), since nothing on a page has any
    business to load anything: silence would print a page that somebody tampered with.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the asset ``url`` names; raise ValueError for any other address."""
        if url not in ASSETS:
            raise ValueError("address refused")
        return URLFetcherResponse(url, ASSETS[url].read_bytes(), {"Content-Type": "text/css"})
