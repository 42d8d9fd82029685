"""A signed token of what a page showed of a sheet, sent back with the decision on it.

The version of a sheet counts its steps and grades only: its texts have versions of their own, and
its figures change in the register. So the form of a submission, confirmation or approval carries
what the person read, and they are told when the sheet says something else by then.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.core import signing
from django.utils.crypto import salted_hmac

from core.canonical_json import canonical_json
from editions.definition import Definition
from editions.enums import ItemKind
from evaluations.content import SheetContent, to_json
from evaluations.refusals import Difference
from evaluations.version_comparison import figures_in_words, place_label

SALT = "evaluations.workflow.shown"
# The token is part of a URL, so that long names in it are shortened.
SHORTENED_TO = 60


@dataclass(frozen=True)
class Shown:
    """What a page showed: a keyed hash, ``mark``, of everything, and ``places`` by key and label.

    ``places`` holds figures in words, texts and the grade as keyed hashes.
    """

    mark: str
    places: Mapping[str, Mapping[str, str]]

    def token(self) -> str:
        """Return the signed token for a form or URL. It contains no text of the sheet."""
        return signing.dumps([self.mark, self.places], salt=SALT, compress=True)


# For a token that is missing, forged or damaged.
NOTHING = Shown("", {})


def shown_of(content: SheetContent, definition: Definition) -> Shown:
    """Return the ``Shown`` of a page that shows all of ``content``."""
    places: dict[str, Mapping[str, str]] = {}
    for item in definition.items:
        if item.is_text:
            places[item.key] = {"": _mark(content.texts.get(item.key, "").encode(), 8)}
        elif item.kind == ItemKind.GRADE:
            # The token can be read, and its person may not be one who sees the grade.
            places[item.key] = {"": _mark(content.overall_grade.encode(), 8)}
        else:
            words = figures_in_words(item, content)
            places[item.key] = {label: _short(each) for label, each in words.items()}
    return Shown(_mark(canonical_json(to_json(content, definition)), 32), places)


def shown_in(token: str) -> Shown:
    """Return the content of ``token``; ``NOTHING`` if its signature is invalid."""
    try:
        mark, places = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return NOTHING
    return Shown(mark, places)


def differences(then: Shown, now: Shown, definition: Definition) -> tuple[Difference, ...]:
    """Return what differs between ``then`` and ``now``, in the order of the form.

    Content that is not on the form, such as the reason of a grade, is reported as changed only.
    """
    if then.mark == now.mark:
        return ()
    return tuple(_differences(then, now, definition)) or (Difference("シートの内容"),)


def _differences(then: Shown, now: Shown, definition: Definition) -> Iterator[Difference]:
    if then == NOTHING:
        return
    for item in definition.items:
        name = place_label(definition, item)
        one, other = then.places.get(item.key, {}), now.places.get(item.key, {})
        for label in dict.fromkeys((*other, *one)):
            old, new = one.get(label, ""), other.get(label, "")
            if old == new:
                continue
            if item.is_text:
                yield Difference(f"{name}の文章", item.key)
            elif item.kind == ItemKind.GRADE:
                yield Difference(name, item.key)
            else:
                yield Difference(f"{name}の{label}" if label else name, item.key, old, new)


def _mark(said: bytes, length: int) -> str:
    """Return a keyed hash: with a plain one, the reason of a grade could be found by guessing."""
    return salted_hmac(SALT, said, algorithm="sha256").hexdigest()[:length]


def _short(words: str) -> str:
    return words if len(words) <= SHORTENED_TO else f"{words[:SHORTENED_TO]}…"
