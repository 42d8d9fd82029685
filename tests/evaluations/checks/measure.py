"""Precision and recall of the rules on the corpus.

``.venv/bin/python -m tests.evaluations.checks.measure`` prints the tables of ``docs/checks.md``.
"""

import os
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
django.setup()

from dataclasses import replace  # noqa: E402 -- the models need the settings first

from evaluations.checks import findings_in  # noqa: E402
from tests.evaluations.checks.cases import HELD_OUT, TEXTS, VIEW, Case, cases  # noqa: E402

LEVELS = ("E", "W", "I")


@dataclass
class Score:
    """True positives, false positives and false negatives."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of the findings that are right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of the mistakes that were found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def scores(measured: Iterable[Case]) -> dict[str, Score]:
    """Return the score of every level (「E」) and of every rule and level (「R01 E」)."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for case in measured:
        found = case.found()
        right.update(found & case.expect)
        wrong.update(found - case.expect)
        missed.update(case.expect - found)
    table = {
        name: Score(right[name], wrong[name], missed[name])
        for name in sorted(right.keys() | wrong.keys() | missed.keys())
    }
    for level in LEVELS:
        own = [score for name, score in table.items() if name.endswith(level)]
        table[level] = Score(
            sum(score.right for score in own),
            sum(score.wrong for score in own),
            sum(score.missed for score in own),
        )
    return table


def rows(table: dict[str, Score]) -> list[str]:
    """Return the table in Markdown."""
    head = ["| 規則・段階 | 見付けた | 誤って指摘 | 見落とし | 適合率 | 再現率 |"]
    head.append("|---|--:|--:|--:|--:|--:|")
    return head + [
        f"| {name} | {s.right} | {s.wrong} | {s.missed} | {s.precision:.2f} | {s.recall:.2f} |"
        for name, s in table.items()
    ]


def milliseconds(characters: int = 10_000) -> float:
    """Return the time to check a sheet of so many characters, the best of five."""
    passages = [case.text for case in cases()]
    long = "\n".join(passages * (1 + characters // sum(map(len, passages))))[:characters]
    best = 1e9
    for _ in range(5):
        texts = TEXTS | {"diplomatic_relevance": long}
        content = replace(VIEW.content, texts=texts)
        before = replace(content, texts=TEXTS | {"diplomatic_relevance": long[::-1]})
        view = replace(VIEW, content=content, last_year=before)
        start = time.perf_counter()
        findings_in(view)
        best = min(best, 1000 * (time.perf_counter() - start))
    return best


def main() -> None:
    """Print the tables and the time."""
    first, second = HELD_OUT
    for title, names in (
        ("調整に使った事例", ()),
        ("一度目の取り置き", (first,)),
        ("二度目の取り置き", (second,)),
    ):
        measured = cases(*names)
        slips = sum(bool(case.expect) for case in measured)
        print(f"\n{title}: 誤りのあるもの{slips}、正しいもの{len(measured) - slips}\n")
        print("\n".join(rows(scores(measured))))
    print(f"\n10,000字のシート: {milliseconds():.0f} ms")


if __name__ == "__main__":
    main()
