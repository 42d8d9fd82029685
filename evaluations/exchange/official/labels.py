"""The labels of an edition, folded for comparison."""

from dataclasses import dataclass

from editions.definition import Definition
from editions.enums import ItemKind
from evaluations.exchange.official.fold import fold

SHORT_KINDS = frozenset({ItemKind.ORGANIZATION, ItemKind.DIVISION, ItemKind.FINANCIAL_REPORT})


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a section (``item`` is '') or of an item; words and number are folded."""

    section: str
    item: str
    number: str
    words: str
    kind: ItemKind | None

    @property
    def is_short(self) -> bool:
        """Whether a name or a date follows rather than a text."""
        return self.kind in SHORT_KINDS


def labels_of(definition: Definition) -> list[Label]:
    """Return the labels of ``definition`` but those of its first row."""
    labels = []
    for section in definition.sections:
        if section.first_row:
            continue
        kind = section.items[0].kind if len(section.items) == 1 else None
        if section.label:
            words = fold(section.label)
            labels.append(Label(section.key, "", _core(section.number), words, kind))
        for item in section.items:
            if item.label and item.name != section.name:
                words = fold(item.label)
                labels.append(Label(section.key, item.key, _core(item.number), words, item.kind))
    return labels


def _core(number: str) -> str:
    return fold(number).strip("().,、~")
