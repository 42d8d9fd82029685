"""How many characters the comparison of two texts marks, and how long it takes.

Beside ``difflib``, by characters and by lines.
"""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from bench.figures import Row, percentile
from bench.stage import NO_DATABASE, Stage
from texts.comparison import compare

SEEDS = range(20)
SMALL, OURS, REFERENCE = "10 edits in 8,000 characters", "ours", "difflib characters"
MOST_MARKED = 26
# Where most is new, the standard library gives up early; where nothing is common, at once.
LIMIT = 0.25
LIMITS = {"another text": 4, "nothing in common": 8}
SENTENCES = (
    "・{}において、日本の意見は2018年の行動計画に反映され、支援の対象は{}か国に広がった。",
    "・日本人職員の増強に向け、JPO派遣制度の説明会を{}で開催し、延べ{}名が参加した。",
    "　・{}との協議では、会計報告の時期を早めるよう求め、翌年度から改められることになった（{}）。",
    "・人身取引被害者の帰国支援について、{}の事務所と月{}回の頻度で情報を交換した。",
    "（注）{}の数値は暫定値であり、確定値は第{}四半期に公表される。",
)
PLACES = ("ジュネーブ", "理事会", "東京", "ニューヨーク", "執行委員会", "タイ", "世界保健総会")
LETTERS = "国際会議支援事業財政のはをにがでアイウ"


def text_of(characters: int, dice: random.Random) -> str:
    """Return a text of at least so many characters, made of sentences like those of a sheet."""
    lines: list[str] = []
    while sum(map(len, lines)) + len(lines) < characters:
        lines.append(dice.choice(SENTENCES).format(dice.choice(PLACES), dice.randint(2, 40)))
    return "\n".join(lines)


def edited(text: str, edits: int, dice: random.Random) -> str:
    """Return ``text`` with so many characters inserted, deleted or replaced, but no digit."""
    places = [n for n, character in enumerate(text) if not character.isdigit()]
    for place in sorted(dice.sample(places, edits), reverse=True):
        letter = dice.choice([each for each in LETTERS if each != text[place]])
        middle = dice.choice(["", letter, text[place] + letter])
        text = text[:place] + middle + text[place + 1 :]
    return text


def moved(text: str, dice: random.Random) -> str:
    """Return ``text`` with its lines shuffled."""
    lines = text.split("\n")
    dice.shuffle(lines)
    return "\n".join(lines)


def marked(first: str, second: str) -> int:
    """Return how many characters of both texts our comparison marks."""
    return sum(len(piece.text) for piece in compare(first, second) if piece.origin != "both")


def marked_by_difflib(first: Sequence[str], second: Sequence[str]) -> int:
    """Return how many characters ``difflib.SequenceMatcher`` marks, with its defaults."""
    return sum(
        len("".join(first[a:b])) + len("".join(second[c:d]))
        for tag, a, b, c, d in SequenceMatcher(None, first, second).get_opcodes()
        if tag != "equal"
    )


def by_lines(first: str, second: str) -> int:
    """Return how many characters ``difflib.SequenceMatcher`` marks when it compares lines."""
    return marked_by_difflib(first.splitlines(keepends=True), second.splitlines(keepends=True))


WAYS: dict[str, Callable[[str, str], int]] = {
    OURS: marked,
    REFERENCE: marked_by_difflib,
    "difflib lines": by_lines,
}


def cases(dice: random.Random) -> dict[str, tuple[str, str]]:
    """Return pairs of an old and a new text, by what was changed."""
    text = text_of(8_000, dice)
    one_line = text.replace("\n", "")
    return {
        SMALL: (text, edited(text, 10, dice)),
        "the same in a single line": (one_line, edited(one_line, 10, dice)),
        "100 edits": (text, edited(text, 100, dice)),
        "another text": (text, text_of(8_000, dice)),
        "all lines in another order": (text, moved(text, dice)),
        "nothing in common": ("甲の乙は丙を丁に" * 1000, "子の丑は寅を卯に" * 1000),
    }


def main(_stage: Stage) -> list[Row]:
    """Compare every pair of texts each way."""
    return [row for case in cases(random.Random(0)) for row in _rows(case)]


def _rows(case: str) -> list[Row]:
    marks: dict[str, list[int]] = {way: [] for way in WAYS}
    times: dict[str, list[float]] = {way: [] for way in WAYS}
    for seed in SEEDS:
        first, second = cases(random.Random(seed))[case]
        for way, marked_by in WAYS.items():
            started = time.perf_counter()
            marks[way].append(marked_by(first, second))
            times[way].append(1000 * (time.perf_counter() - started))
    reference_ms = statistics.median(times[REFERENCE])
    return [_row(case, way, marks[way], times[way], reference_ms) for way in WAYS]


def _row(
    case: str, way: str, marks: Sequence[int], times: Sequence[float], reference_ms: float
) -> Row:
    ratio = percentile(times, 95) / reference_ms
    target, met = "–", None
    if way == OURS:
        few, limit = case == SMALL, LIMITS.get(case, LIMIT)
        target = f"p95 ≤ {limit} × {REFERENCE}" + f", ≤ {MOST_MARKED} marked" * few
        met = ratio <= limit and (not few or max(marks) <= MOST_MARKED)
    measured = f"{statistics.median(marks):,.0f} marked, at most {max(marks):,}"
    return Row(f"Comparison: {case}, {way}", NO_DATABASE, target, measured, met, times, ratio)
