"""``python -m scripts.pictures URL``: take the screenshots of the help pages and of the README.

Users of the demonstration do in a browser what the help pages describe. Use ``make pictures``,
which starts a server with a new demonstration first.
"""

import sys
import time
import urllib.error
import urllib.request

from playwright.sync_api import sync_playwright

from scripts.pictures.stories import STORIES
from scripts.pictures.studio import Studio


def main() -> None:
    """Take every screenshot of the site at the URL on the command line."""
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
