"""Takes the pictures of the help pages and of the README: ``python -m scripts.pictures ADDRESS``.

People of the demonstration do in a real browser what the help pages tell; on the way the pictures
are taken. Run it by ``make pictures``, which starts a fresh demonstration first.
"""

import sys
import time
import urllib.error
import urllib.request

from playwright.sync_api import sync_playwright

from scripts.pictures.stories import STORIES
from scripts.pictures.studio import Studio


def main() -> None:
    """Take every picture of the site at the address that is given."""
    address = sys.argv[1]
    wait_for(address)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        studio = Studio(browser, address)
        for story in STORIES:
            story(studio)
        browser.close()


def wait_for(address: str) -> None:
    """Wait until the site answers, half a minute at most."""
    for _ in range(60):
        try:
            urllib.request.urlopen(address).close()
            return
        except urllib.error.URLError:
            time.sleep(0.5)
    raise SystemExit(f"{address} がこたえません。")


main()
