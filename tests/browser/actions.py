"""What users do on the pages: open a section, write an entry, take a step."""

import re
from pathlib import Path
from typing import Any

import pypdfium2
from playwright.sync_api import Locator, Page, expect


def section(page: Page, name: str) -> None:
    """Go to a section of the sheet by the step navigation."""
    page.get_by_role("navigation", name="シートの構成").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=2, name=name, exact=True)).to_be_visible()
    # Until its scripts are loaded, a page saves as a plain form, which other tests are about.
    page.wait_for_load_state()


def entry(page: Page, label: str) -> Locator:
    """Return the box of one entry."""
    return page.get_by_role("article", name=label)


def write(page: Page, label: str, text: str) -> None:
    """Write ``text`` into an entry and save it."""
    box = entry(page, label)
    box.get_by_role("textbox").fill(text)
    box.get_by_role("button", name="保存", exact=True).click()


def expect_saved(page: Page, label: str) -> None:
    """Expect that an entry says it is saved, and when."""
    expect(entry(page, label).locator(".entry__state")).to_have_text(
        re.compile(r"^保存済み \d\d:\d\d$")
    )


def take_step(page: Page, action: str, button: str, comment: str = "") -> None:
    """Take a step of the workflow from the sheet's first page, and expect its receipt."""
    page.get_by_role("link", name=action, exact=True).click()
    if comment:
        page.get_by_label("理由・連絡事項").fill(comment)
    page.get_by_role("button", name=button, exact=True).click()
    receipt = page.get_by_role("status").filter(has_text="を受け付けました。")
    expect(receipt).to_contain_text(re.compile(rf"「{action}」を受け付けました。受付番号\d+（"))


def download(page: Page, link: str | re.Pattern[str]) -> bytes:
    """Follow a link that saves a file, and return the file."""
    with page.expect_download() as saved:
        page.get_by_role("link", name=link).click()
    return Path(saved.value.path()).read_bytes()


def words_of(pdf: bytes) -> str:
    """Return the text of ``pdf`` without its blanks and line ends, which go by the layout."""
    document: Any = pypdfium2.PdfDocument(pdf)
    try:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    return re.sub(r"\s", "", text)
