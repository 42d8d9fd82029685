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
    """R30: a registered name has its own abbreviation, an abbreviation its own name.

    Never an error: prose may rightly use a name or an abbreviation that the register does not know.
    """
    names: dict[str, str] = {}
    known: dict[str, tuple[str, str]] = {}
    for registered, abbreviation in sheet.organizations:
        if abbreviation:
            # Some registers write the abbreviation behind the name.
            name = reading_of("", registered).plain.removesuffix(f"({abbreviation})")
            names[abbreviation] = name
            known.setdefault(_short(name), (name, abbreviation))
    for sentence in sheet.sentences:
        for match in _NAMED.finditer(sentence.text.replace(MASKED, " ")):
            said, abbreviation = match["name"], match["abbreviation"]
            # A name may begin before what the pattern can take: 地域的な包括的経済連携.
            before = _short(sentence.text[: match.end("name")])
            if abbreviation in names and before.endswith(_short(names[abbreviation])):
                continue
            own = known.get(_short(said))
            if own and abbreviation.isupper():
                name, own_abbreviation = own
                yield sentence.finding(
                    "R30",
                    Level.WARNING,
                    match.start(),
                    match.end(),
                    f"「{{quote}}」の略称は、登録では「{name}（{own_abbreviation}）」です。"
                    "略称を直すか、この書き方でよい理由を答えてください。",
                )
            elif not own and abbreviation in names and _nearly(said, names[abbreviation]):
                message = (
                    f"「{{quote}}」の名称は、登録では「{names[abbreviation]}」です。"
                    "名称か略称を確かめてください。"
                )
                yield sentence.finding("R30", Level.WARNING, match.start(), match.end(), message)


def _short(name: str) -> str:
    """Return ``name`` as it is often written: 国連開発計画 is 国際連合開発計画."""
    return name.replace("国際連合", "国連")


def _nearly(said: str, name: str) -> bool:
    said, name = _short(said), _short(name)
    tail = said[-len(name) :]
    return tail != name and SequenceMatcher(None, tail, name).ratio() >= _ALIKE
