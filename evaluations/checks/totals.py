"""R01: a total behind a list is the sum of the list.

「…1名、…8名、…7名（計26名）」「…3名、…4名の計8名」. A list counts only where one part follows the
other directly; where it says 等, ほか or 約, or could be read in another way that fits, there is no
finding.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evaluations.checks.checked_sheet import CheckedSheet
from evaluations.checks.finding import Finding, Level
from evaluations.checks.quantities import Quantity, shown_as
from evaluations.checks.reading import Sentence

# 計 alone; not 会計, 統計, 累計 and the like.
TOTAL = re.compile(
    r"(?:合計|総計|小計|総勢|合わせて|併せて|(?<![会統設累推家集時早余総合小温])計)(?:で|、|して)?$"
)
_NOUN = r"[ァ-ヶー一-龥A-Za-z・]"
# What may stand between a part and the next: 「を、」「及び」, then the next part's label.
_NEXT = re.compile(
    rf"(?:の{_NOUN}{{1,12}})?[をが]?(?:、|・|,|及び|並びに|と|に加え、?|\+)[^。]{{0,40}}$"
)
# … and between the last part and the total.
_TO_TOTAL = re.compile(rf"(?:の{_NOUN}{{1,12}})?(?:の|、|の、|で、|を|、の)?$")
_TO_BRACKET = re.compile(r"[^、。は]{0,16}$")
# … unless the list is not the whole: 「5名等」「ほか（計9名）」, or is only examples.
_OPEN_END = re.compile(r"\d[^\d、。]{1,4}(?:等|など|ほか|他)|(?:等|など|ほか)$")
_EXAMPLES = re.compile(r"をはじめ|を含|主な|主に|例えば|端数|四捨五入")
_LONGEST_LIST, _MOST_PARTS = 400, 40  # characters, quantities
_OF_THE_TOTAL = re.compile(r"の?(?:うち|中)")  # 「…、計300名のうち」 is another total
_MULTIPLIED = re.compile(r"各(?=\d)|それぞれ|ずつ|ごとに|毎に")


@dataclass(frozen=True)
class ListedQuantity:
    """A quantity of the list, and whether it is itself a subtotal or a 「うち」."""

    quantity: Quantity
    is_total: bool
    is_of_which: bool


def total_is_sum(sheet: CheckedSheet) -> Iterator[Finding]:
    """R01: every total behind a list is the sum of its parts."""
    for sentence in sheet.sentences:
        quantities = sentence.quantities
        for index, total in enumerate(quantities):
            cue = _cue(sentence, total)
            if cue is None or not total.exact or _OF_THE_TOTAL.match(sentence.unquoted, total.end):
                continue
            parts = _parts(sentence, quantities[:index], total, cue)
            if len(parts) < 2 or any(fits(reading, total) for reading in _readings(parts)):
                continue
            added = [part.quantity for part in parts if not part.is_total and not part.is_of_which]
            yield mismatch(sentence, total, added, cue)


def mismatch(sentence: Sentence, total: Quantity, parts: Sequence[Quantity], cue: int) -> Finding:
    """Return the finding that ``parts`` do not add up to ``total``, which begins at ``cue``."""
    listed = "＋".join(part.figure for part in parts)
    summed = sum((part.value for part in parts), Decimal(0))
    message = (
        f"「{{quote}}」とありますが、内訳（{listed}）の合計は{shown_as(summed, parts)}です。"
        "内訳か計を直してください。"
    )
    return sentence.finding("R01", Level.ERROR, cue, total.end, message)


def fits(parts: Sequence[Quantity], total: Quantity) -> bool:
    """Whether ``parts`` add up to ``total``, within the rounding of the figures."""
    difference = abs(sum((part.value for part in parts), Decimal(0)) - total.value)
    if not total.rounds:
        return not difference
    return difference <= sum((part.step for part in parts), total.step) / 2


def _cue(sentence: Sentence, total: Quantity) -> int | None:
    """Return where the word 計, 合計 … before ``total`` begins, or the sign =; None: no total."""
    before = sentence.unquoted[: total.start]
    if cue := TOTAL.search(before):
        return cue.start()
    return total.start - 1 if before.endswith("=") else None


def _parts(
    sentence: Sentence, earlier: Sequence[Quantity], total: Quantity, cue: int
) -> list[ListedQuantity]:
    text = sentence.unquoted
    in_bracket = cue > 0 and text[cue - 1] == "("
    if in_bracket and text[total.end : total.end + 1] != ")":
        return []
    depth = sentence.depths[cue] - in_bracket
    near = [q for q in earlier if q.start > cue - _LONGEST_LIST and q.unit == total.unit]
    if not near or _EXAMPLES.search(text):
        return []
    if _OPEN_END.search(sentence.between(near[0].start, cue, depth)):
        return []
    link, follows = (_TO_BRACKET if in_bracket else _TO_TOTAL), cue
    chain: list[Quantity] = []
    for quantity in reversed(near[-_MOST_PARTS:]):
        if _depth(sentence, quantity) != depth:
            continue
        if not link.match(sentence.between(quantity.end, follows, depth)):
            break
        chain.insert(0, quantity)
        link, follows = _NEXT, quantity.start
    if not chain or not all(quantity.exact for quantity in chain):
        return []
    if _MULTIPLIED.search(text, chain[0].start - 3, total.end):
        return []
    return [_part(sentence, q, chain[n - 1].end if n else 0) for n, q in enumerate(chain)]


def _depth(sentence: Sentence, quantity: Quantity) -> int:
    """Return the bracket depth of ``quantity``; alone in 「総会（1回）」 it is outside."""
    text, start, end = sentence.unquoted, quantity.start - 1, quantity.end
    alone = text[start : start + 1] == "(" and text[end : end + 1] == ")"
    if alone and all(other.end != start for other in sentence.quantities):
        return sentence.depths[quantity.start] - 1
    return sentence.depths[quantity.start]


def _part(sentence: Sentence, quantity: Quantity, label_from: int) -> ListedQuantity:
    label = sentence.unquoted[label_from : quantity.start]
    return ListedQuantity(quantity, bool(TOTAL.search(label)), bool(label_from and "うち" in label))


def _readings(parts: Sequence[ListedQuantity]) -> Iterator[list[Quantity]]:
    """Yield the lists that may be meant: with and without subtotals and what they sum up."""
    yield [part.quantity for part in parts]
    own = [part for part in parts if not part.is_of_which]
    yield [part.quantity for part in own]
    yield [part.quantity for part in own if not part.is_total]
    last = max((n for n, part in enumerate(own) if part.is_total), default=None)
    if last is not None:
        yield [part.quantity for part in own[last:]]
        yield [part.quantity for part in own[last + 1 :]]
