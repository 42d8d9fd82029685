"""Taking a screenshot, and the steps that lead to it: sign in, open a sheet, write."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, ViewportSize

ROOT = Path(__file__).resolve().parents[2]
HELP = ROOT / "static" / "help"
README = ROOT / "docs" / "images"

PASSWORD = "mihon-no-kagi"
SIZE: ViewportSize = {"width": 1280, "height": 800}
MARGIN = 8  # pixels around the elements in a picture

RING = """(element, on) => {
  element.style.outline = on ? "3px solid #c43d00" : "";
  element.style.outlineOffset = on ? "3px" : "";
}"""


# --- screenshots ---------------------------------------------------------------------------------
def picture(
    name: str,
    *shown: Locator,
    ring: Locator | None = None,
    width: float = 0,
    height: float = 0,
) -> None:
    """Store a screenshot of the part of the page that holds the elements ``shown``.

    ``ring`` is an element to mark. ``width`` and ``height`` crop the picture, in pixels.
    """
    page = shown[0].page
    page.mouse.move(0, 0)
    page.evaluate("scrollTo(0, 0)")
    if ring:
        ring.evaluate(RING, True)
    image = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled")))
    boxes = [box for each in shown if (box := each.bounding_box())]
    left = min(box["x"] for box in boxes) - MARGIN
    top = min(box["y"] for box in boxes) - MARGIN
    right = max(box["x"] + box["width"] for box in boxes) + MARGIN
    bottom = max(box["y"] + box["height"] for box in boxes) + MARGIN
    if width:
        right = min(right, left + width)
    if height:
        bottom = min(bottom, top + height)
    right, bottom = min(image.width, round(right)), min(image.height, round(bottom))
    area = (max(0, round(left)), max(0, round(top)), right, bottom)
    keep(image.crop(area), HELP / f"{name}.webp")
    if ring:
        ring.evaluate(RING, False)


def keep(image: Image.Image, path: Path) -> None:
    """Store ``image`` with a reduced palette, as a small file without a visible change."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".png":
        image.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)
    else:
        few = image.convert("RGB").quantize(128, dither=Image.Dither.NONE).convert("RGB")
        few.save(path, lossless=True, quality=80, method=4)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB")


# --- what people do ------------------------------------------------------------------------------
class Studio:
    """The site at a URL, with a browser session of its own for each user."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address

    @contextmanager
    def desk_of(self, username: str) -> Iterator[Page]:
        """Open a browser session in which ``username`` has signed in; "" for nobody."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport=SIZE,
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        page = context.new_page()
        if username:
            page.goto("/accounts/login/")
            page.get_by_label("ユーザー名").fill(username)
            page.get_by_label("パスワード").fill(PASSWORD)
            page.get_by_role("main").get_by_role("button", name="ログイン").click()
            page.wait_for_url("**/")
            page.goto("/")  # without the message of the sign-in
        yield page
        context.close()


def open_sheet(page: Page, name: str) -> None:
    """Open the newest sheet of the contribution ``name`` from the list of sheets."""
    page.goto("/sheets/")
    page.get_by_role("table").get_by_role("link", name=name, exact=True).first.click()
    page.get_by_role("heading", level=1, name=name).wait_for()


def open_section(page: Page, name: str, section: str) -> None:
    """Open a section of the sheet of the contribution ``name``."""
    open_sheet(page, name)
    page.get_by_role("navigation", name="シートの構成").get_by_role("link", name=section).click()
    page.get_by_role("heading", level=2, name=section).wait_for()
    page.wait_for_load_state()


def entry(page: Page, label: str) -> Locator:
    return page.get_by_role("article", name=label)


def write(page: Page, label: str, text: str) -> None:
    """Fill in an entry, and wait until it is saved."""
    entry(page, label).get_by_role("textbox").fill(text)
    entry(page, label).get_by_role("button", name="保存", exact=True).click()
    page.locator(".entry__state--saved").first.wait_for()


def link(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("link", name=name, exact=True)


def form_of(page: Page) -> tuple[Locator, Locator]:
    """Return the head of the sheet and the form below it."""
    return page.locator(".sheet-head"), page.locator("main form")


def main_of(page: Page) -> Locator:
    return page.get_by_role("main")
