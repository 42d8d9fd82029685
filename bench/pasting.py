"""How long pasting from Word takes, beside the plain text that the browser itself extracts."""

from statistics import median

from bench.engines.chromium_engine import open_browser
from bench.figures import Row
from bench.stage import NO_DATABASE, Stage

TIMES, LIMIT = 20, 40
PARAGRAPH = "国際機関の活動は広い分野に及ぶ。" * 6
ITEM = f"<li>{PARAGRAPH}<ul><li>その成果を<u>着実</u>に示した。</li></ul></li>"
CASES = {
    "an article": f"<p>{PARAGRAPH}</p>" * 200,
    "a list of lists": f"<ul>{ITEM * 150}</ul>",
}
# Runs in the page: returns the milliseconds of each run, ours and the browser's in turns.
MEASURE = """async ({html, times}) => {
  const { structured } = await import("/static/js/paste/structured.js");
  const plain = () => {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    return parsed.body.textContent.replace(/\\s+/g, " ");
  };
  const took = (work) => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  const found = { ours: [], plain: [] };
  for (let n = 0; n < times; n += 1) {
    found.ours.push(took(() => structured(html)));
    found.plain.push(took(plain));
  }
  return found;
}"""


def main(stage: Stage) -> list[Row]:
    """Convert the contents of the clipboard on a page of the site."""
    with open_browser() as browser, browser.new_page() as page:
        page.goto(f"http://127.0.0.1:{stage.server.port}/accounts/login/")
        return [
            _row(name, html, page.evaluate(MEASURE, {"html": html, "times": TIMES}))
            for name, html in CASES.items()
        ]


def _row(name: str, html: str, times: dict[str, list[float]]) -> Row:
    ratio = median(times["ours"]) / median(times["plain"])
    return Row(
        f"Pasting {name} of {len(html):,} characters",
        NO_DATABASE,
        f"median ≤ {LIMIT} × the browser's plain text",
        f"{TIMES} times",
        ratio <= LIMIT,
        times["ours"],
        ratio,
    )
