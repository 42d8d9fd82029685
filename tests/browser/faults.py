"""What keeps people out of a page: what axe finds, and what does not fit."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (1280, 768, 320)


def faults_of(page: Page) -> list[str]:
    """Return what is wrong with the page that is open, at every width."""
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for violation in Axe().run(page, options=RULES).response["violations"]:
            nodes = [node["html"][:120] for node in violation["nodes"]]
            faults.append(f"{page.url} {width}: {violation['id']} {nodes}")
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            faults.append(f"{page.url} {width}: {wide} pixels wide")
    return faults
