"""R30: organisations are spelt as registered."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from evaluations.checks.checked_sheet import CheckedSheet
from evaluations.checks.finding import Finding, Level
from evaluations.checks.reading import MASKED, reading_of

_NAMED = re.compile(
    r"(?P<name>[一-龥ァ-ヶ々][一-龥ァ-ヶー・々]{3,40})\((?P<abbreviation>[A-Z][A-Za-z\-]{1,14})\)"
)
_ALIKE = 0.72


def organizations_as_registered(sheet: CheckedSheet) -> Iterator[Finding]:
    """R30: a registered name has its own abbreviation, an abbreviation its own name."""
    known = [
        (reading_of("", name).plain, abbreviation) for name, abbreviation in sheet.organizations
    ]
    names = {abbreviation: name for name, abbreviation in known if abbreviation}
    for sentence in sheet.sentences:
        for match in _NAMED.finditer(sentence.text.replace(MASKED, " ")):
            said, abbreviation = match["name"], match["abbreviation"]
            own = next((a for name, a in known if a and said == name), None)
            own = own or next((a for name, a in known if a and said.endswith(name)), None)
            start = match.start()
            if own and own != abbreviation and abbreviation.isupper():
                name = next(name for name, a in known if a == own)
                yield sentence.finding(
                    "R30",
                    Level.ERROR if said == name else Level.WARNING,
                    match.end("name") - len(name),
                    match.end(),
                    f"「{{quote}}」の略称は、登録では「{own}」です。略称を直してください。",
                )
            elif own is None and abbreviation in names and _nearly(said, names[abbreviation]):
                message = (
                    f"「{{quote}}」の名称は、登録では「{names[abbreviation]}」です。"
                    "名称か略称を確かめてください。"
                )
                yield sentence.finding("R30", Level.WARNING, start, match.end(), message)


def _nearly(said: str, name: str) -> bool:
    tail = said[-len(name) :]
    return tail != name and SequenceMatcher(None, tail, name).ratio() >= _ALIKE
