"""The PDF loads style sheets of ours, and nothing else from nowhere."""

import pytest
from weasyprint.urls import FatalURLFetchingError, fetch

from printing.asset_fetcher import AssetFetcher
from printing.style_sheets import ASSETS, ELEMENTS

REFUSED = [
    "http://example.org/x.css",
    "https://example.org/x.png",
    "ftp://example.org/x",
    "file:///etc/passwd",
    "data:text/css,body{}",
    "print:../settings.py",
    "print:/etc/passwd",
    "print:sheet.css?x",
    "PRINT:sheet.css",
    "sheet.css",
    "",
]


@pytest.mark.parametrize("name", ASSETS)
def test_our_style_sheets_are_served(name: str):
    response = AssetFetcher().fetch(name)
    assert response.content_type == "text/css"
    assert (b"display: table" if name == ELEMENTS else b".print-sheet") in response.read()


@pytest.mark.parametrize("url", REFUSED)
def test_any_other_address_stops_the_rendering(url: str):
    with pytest.raises(FatalURLFetchingError), fetch(AssetFetcher(), url):
        pass


@pytest.mark.parametrize("url", REFUSED)
def test_the_opener_behind_it_is_no_way_around(url: str):
    with pytest.raises(ValueError, match="refused"):
        AssetFetcher().open(url)
