"""Accessibility: violations that axe finds, and content that overflows."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# No list of the elements that pass: collecting it takes axe longer than the checks.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
WIDTHS = (1280, 768, 320)
# At the width between, the layout is that of the wide page or of the narrow one.
AXE_WIDTHS = (1280, 320)


def violations_of(page: Page) -> list[str]:
    """Return the rules of axe that the open page violates, and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(options).then(({violations}) => violations)", RULES)
    return [f"{each['id']} {[node['html'][:120] for node in each['nodes']]}" for each in found]


def faults_of(page: Page) -> list[str]:
    """Return the violations of the open page, wide and narrow, and its overflows at any width."""
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found = violations_of(page) if width in AXE_WIDTHS else []
        faults += [f"{page.url} {width}: {violation}" for violation in found]
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            faults.append(f"{page.url} {width}: {wide} pixels wide")
    return faults
