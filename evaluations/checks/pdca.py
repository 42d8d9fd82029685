"""R23: ACT reports what was done."""

import re
from collections.abc import Iterator

from evaluations.checks.checked_sheet import CheckedSheet
from evaluations.checks.finding import Finding, Level

_ACT = "ACT"
# 「図っている」「議論されている」 tell of what is being done.
_INTENDED = re.compile(
    r"(?:[うくぐすつぬぶむ]|(?<![てで]い)(?<![てで]お)る|たい|予定|予定である|方針|方針である)$"
)


def act_has_acted(sheet: CheckedSheet) -> Iterator[Finding]:
    """R23: ACT reports at least one thing done, not only intentions.

    A sentence that ends in a noun (「…を要請。」) counts as done.
    """
    for reading in sheet.readings:
        item = sheet.definition.item(reading.item)
        if item is None or item != sheet.definition.pdca_item(_ACT):
            continue
        ends = [sentence.text.rstrip("」）)") for sentence in reading.sentences]
        if ends and all(_INTENDED.search(end) for end in ends):
            message = (
                f"{sheet.definition.name_of(reading.item)}には、これから行うことだけが書かれています。"
                "点検の結果、実際に改めたことや機関に求めたことを書いてください。"
            )
            yield Finding("R23", Level.WARNING, reading.item, message)
