"""Chromium, printing the same HTML and CSS as ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from evaluations.paper.document import PrintDocument
from evaluations.paper.rendering import page_html

STYLES = Path("static/print")


class Chromium:
    """An open browser."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._kept = browser.new_page()
        style = "".join((STYLES / name).read_text("utf-8") for name in ("sheet.css", "page.css"))
        self._style = f"<style>{style}</style></head>"

    def pdf(self, document: PrintDocument) -> bytes:
        """Return the tagged PDF of ``document``, printed in a new tab."""
        with self._browser.new_page() as page:
            return self._pdf(page, document)

    def pdf_on_kept_page(self, document: PrintDocument) -> bytes:
        """Return the tagged PDF of ``document``, printed in a tab that stays open."""
        return self._pdf(self._kept, document)

    def _pdf(self, page: Page, document: PrintDocument) -> bytes:
        page.set_content(page_html(document).replace("</head>", self._style, 1))
        return page.pdf(prefer_css_page_size=True, tagged=True)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Open Debian's Chromium and close it afterwards."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@contextmanager
def chromium() -> Iterator[Chromium]:
    """Open a browser to print with."""
    with open_browser() as browser:
        yield Chromium(browser)
