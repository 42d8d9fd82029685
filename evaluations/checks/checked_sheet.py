"""The input of the rules: a sheet with what the caller knows of last year and the register."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Self

from editions.definition import Definition, Item, applicable_items
from editions.enums import ItemKind
from evaluations.checks.reading import Reading, Sentence, reading_of
from evaluations.content import SheetContent


@dataclass(frozen=True)
class OtherSheet:
    """Another sheet of the same year. ``texts`` by item key; ``state`` a ``State`` value.

    ``pk`` is None for a sheet that is not in the database.
    """

    contribution_name: str
    organization_name: str
    abbreviation: str
    contribution_type: str
    state: str
    texts: dict[str, str]
    pk: int | None = None


@dataclass(frozen=True)
class CarriedPoint:
    """An open improvement point of an earlier year, with the item of this year's form.

    ``name`` is its name in messages: 「平成29年度の改善点1」.
    """

    item: str
    name: str
    text: str
    is_answered: bool


@dataclass(frozen=True)
class CheckedSheet:
    """A sheet and its context.

    What the caller does not know keeps its default, and the rules that need it find nothing.

    ``last_year``: last year's content, its texts under this edition's keys.
    ``others``: the year's other sheets; None where they are not known.
    ``earlier_grades``: (fiscal year, grade), whatever the order.
    ``unprinted_budget_thousand_yen``: the year's budget of kinds that the form does not print.
    ``senior_posts``: (title, grade, whether it counts as senior).
    ``known_organizations``: (name, abbreviation) as registered.
    ``carried_points``: the open improvement points of earlier years.
    ``improvement_points``: how many this year's reviewers have raised; None outside
    the review, since only reviewers can act on the finding.
    """

    content: SheetContent
    definition: Definition
    last_year: SheetContent | None = None
    others: tuple[OtherSheet, ...] | None = None
    today: date | None = None
    earlier_grades: tuple[tuple[int, str], ...] = ()
    last_year_budget_thousand_yen: int | None = None
    unprinted_budget_thousand_yen: int = 0
    senior_posts: tuple[tuple[str, str, bool], ...] = ()
    senior_definition: str = ""
    known_organizations: tuple[tuple[str, str], ...] = ()
    carried_points: tuple[CarriedPoint, ...] = ()
    improvement_points: int | None = None

    @classmethod
    def of(cls, content: SheetContent, definition: Definition) -> Self:
        """Return a sheet of which nothing else is known."""
        return cls(content, definition)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items that apply to this contribution, in print order."""
        facts = self.content.facts
        sections = self.definition.sections
        return tuple(item for section in sections for item in applicable_items(section, facts))

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """The applicable texts, in print order."""
        texts = self.content.texts
        return tuple(reading_of(i.key, texts.get(i.key, "")) for i in self.items if i.is_text)

    @cached_property
    def last_year_readings(self) -> dict[str, Reading]:
        """Last year's texts by item key, "" where nothing stood or no sheet is known."""
        texts = self.last_year.texts if self.last_year else {}
        return {i.key: reading_of(i.key, texts.get(i.key, "")) for i in self.items if i.is_text}

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, in print order."""
        return tuple(s for reading in self.readings for s in reading.sentences)

    def item_of_kind(self, kind: ItemKind) -> Item | None:
        """Return the first applicable item of ``kind``."""
        return next((item for item in self.items if item.kind == kind), None)

    def kind_of(self, item_key: str) -> ItemKind | None:
        """Return the kind of the item called ``item_key``."""
        item = self.definition.item(item_key)
        return item.kind if item else None

    @cached_property
    def organizations(self) -> tuple[tuple[str, str], ...]:
        """The registered (name, abbreviation) pairs; at the least the sheet's own organisation."""
        name, bracket, rest = self.content.organization.partition("（")
        own = (name, rest.removesuffix("）")) if bracket else (name, "")
        return tuple(dict.fromkeys((*self.known_organizations, own)))
