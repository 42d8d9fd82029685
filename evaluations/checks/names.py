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
# Two ways to write one name: 国連開発計画 is 国際連合開発計画.
_SAME = {"国際連合": "国連"}


def organizations_as_registered(sheet: CheckedSheet) -> Iterator[Finding]:
    """R30: a registered name has its own abbreviation, an abbreviation its own name.

    Never an error: prose may rightly use a name or an abbreviation that the register does not know.
    """
    known = [
        (_bare(reading_of("", name).plain, abbreviation), abbreviation)
        for name, abbreviation in sheet.organizations
        if abbreviation
    ]
    names = {abbreviation: name for name, abbreviation in known}
    for sentence in sheet.sentences:
        for match in _NAMED.finditer(sentence.text.replace(MASKED, " ")):
            said, abbreviation = match["name"], match["abbreviation"]
            # A name may begin before what the pattern can take: 地域的な包括的経済連携.
            before = _short(sentence.text[: match.end("name")])
            if abbreviation in names and before.endswith(_short(names[abbreviation])):
                continue
            own = next(((name, a) for name, a in known if _short(name) == _short(said)), None)
            if own and abbreviation.isupper():
                name, registered = own
                yield sentence.finding(
                    "R30",
                    Level.WARNING,
                    match.start(),
                    match.end(),
                    f"「{{quote}}」の略称は、登録では「{name}（{registered}）」です。"
                    "略称を直すか、この書き方でよい理由を答えてください。",
                )
            elif not own and abbreviation in names and _nearly(said, names[abbreviation]):
                message = (
                    f"「{{quote}}」の名称は、登録では「{names[abbreviation]}」です。"
                    "名称か略称を確かめてください。"
                )
                yield sentence.finding("R30", Level.WARNING, match.start(), match.end(), message)


def _bare(name: str, abbreviation: str) -> str:
    """Return ``name`` without the abbreviation that some registers write behind it."""
    return name.removesuffix(f"({abbreviation})")


def _short(name: str) -> str:
    for long, short in _SAME.items():
        name = name.replace(long, short)
    return name


def _nearly(said: str, name: str) -> bool:
    said, name = _short(said), _short(name)
    tail = said[-len(name) :]
    return tail != name and SequenceMatcher(None, tail, name).ratio() >= _ALIKE
