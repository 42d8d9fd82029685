"""What an edition (様式) says: the form of one year, as plain immutable values.

Made from a TOML file by ``parse``; nothing here touches the database.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from evaluations.enums import TEXT_KINDS, ItemKind, Scope


@dataclass(frozen=True)
class Grade:
    """A step of a grading scale: its letter as printed, and the yardstick's words (評定の目安)."""

    key: str
    yardstick: str = ""


@dataclass(frozen=True)
class Scale:
    """A grading scale, best grade first."""

    key: str
    grades: tuple[Grade, ...]

    def grade(self, key: str) -> Grade | None:
        """Return the grade called ``key``, or None where the scale has no such grade."""
        return next((grade for grade in self.grades if grade.key == key), None)


@dataclass(frozen=True)
class StaffingColumn:
    """A column of the staffing table: which figure, and the heading printed above it."""

    key: str
    label: str
    qualifiers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """One place of the form. ``label`` may hold line breaks, as the official form has them."""

    key: str
    kind: ItemKind
    label: str = ""
    number: str = ""
    guidance: str = ""
    required: bool = True
    max_length: int | None = None
    scope: Scope = Scope.SHEET
    lineage: tuple[str, ...] = ()
    applies_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    scale: str = ""
    columns: tuple[StaffingColumn, ...] = ()
    amounts: tuple[str, ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether the value is a text of the sheet, written by the division."""
        return self.kind in TEXT_KINDS

    @property
    def name(self) -> str:
        """The label on one line, with its number."""
        return self.number + self.label.replace("\n", "")


@dataclass(frozen=True)
class Section:
    """A row of the printed form. ``first_row`` marks the row of short cells at the top."""

    key: str
    label: str
    items: tuple[Item, ...]
    number: str = ""
    first_row: bool = False

    @property
    def name(self) -> str:
        """The label on one line, with its number."""
        return " ".join(filter(None, (self.number, self.label.replace("\n", ""))))


@dataclass(frozen=True)
class Definition:
    """A whole edition."""

    key: str
    title: str
    year_label: str
    fiscal_year: int
    print_template: str
    contribution_types: tuple[str, ...]
    overall_rule: str
    scales: tuple[Scale, ...]
    sections: tuple[Section, ...]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items in print order."""
        return tuple(item for section in self.sections for item in section.items)

    @cached_property
    def text_items(self) -> tuple[Item, ...]:
        """The items an officer writes, in print order."""
        return tuple(item for item in self.items if item.is_text)

    def item(self, key: str) -> Item | None:
        """Return the item called ``key``, or None."""
        return next((item for item in self.items if item.key == key), None)

    def item_of_kind(self, kind: ItemKind) -> Item | None:
        """Return the first item of ``kind``, or None where this form has none."""
        return next((item for item in self.items if item.kind == kind), None)

    def section(self, key: str) -> Section | None:
        """Return the section called ``key``, or None."""
        return next((section for section in self.sections if section.key == key), None)

    def section_of(self, item_key: str) -> Section:
        """Return the section in which the item called ``item_key`` stands."""
        return next(s for s in self.sections if any(i.key == item_key for i in s.items))

    @property
    def overall_scale(self) -> Scale | None:
        """The scale of the overall grade, or None where this form has no overall grade."""
        item = self.item_of_kind(ItemKind.GRADE)
        return next((scale for scale in self.scales if item and scale.key == item.scale), None)

    def name_of(self, item_key: str) -> str:
        """Return how a person is told of an item: ``4 日本人職員…「その他特記事項」``."""
        section = self.section_of(item_key)
        item = self.item(item_key)
        if not item or not item.name or item.name == section.name:
            return section.name
        return f"{section.name}「{item.name}」" if section.name else item.name


def applicable_items(section: Section, facts: Mapping[str, str]) -> Iterator[Item]:
    """Yield the items of ``section`` that apply to a contribution with these ``facts``.

    ``facts`` maps ``contribution_type`` and ``earmarking`` to the contribution's values.
    """
    for item in section.items:
        if all(facts.get(name) in values for name, values in item.applies_when.items()):
            yield item
