"""Definition of an edition (様式), the form of one year, as immutable dataclasses.

``parse`` builds it from a TOML file. It does not use the database.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from editions.enums import TEXT_KINDS, ItemKind, Scope

# Grades from which improvement is required, if the form does not specify one.
IMPROVEMENT_REQUIRED_FROM = ("B-", "C")


@dataclass(frozen=True)
class Grade:
    """A grade of a scale: its letter as printed, and its criteria (評定の目安)."""

    key: str
    yardstick: str = ""


@dataclass(frozen=True)
class Scale:
    """A grading scale, best grade first."""

    key: str
    grades: tuple[Grade, ...]

    def grade(self, key: str) -> Grade | None:
        """Return the grade with ``key``, or None."""
        return next((grade for grade in self.grades if grade.key == key), None)


@dataclass(frozen=True)
class UngradedReason:
    """A reason for which a criterion may be left ungraded."""

    key: str
    label: str


@dataclass(frozen=True)
class StaffingColumn:
    """A column of the staffing table: its figure and heading."""

    key: str
    label: str
    qualifiers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """An item of the form. ``label`` may contain line breaks, as in the official form.

    A criterion with a ``scale`` has a grade of its own; ``ungraded_reasons`` are the reasons for
    which it may be left ungraded.
    """

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
    ungraded_reasons: tuple[UngradedReason, ...] = ()
    columns: tuple[StaffingColumn, ...] = ()
    amounts: tuple[str, ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether the value is a text of the sheet, written by the division."""
        return self.kind in TEXT_KINDS

    @property
    def is_graded_criterion(self) -> bool:
        """Whether the item is a criterion with a grade of its own (基準別評価)."""
        return self.kind == ItemKind.CRITERION and bool(self.scale)

    def ungraded_reason(self, key: str) -> UngradedReason | None:
        """Return the ungraded reason with ``key``, or None."""
        return next((each for each in self.ungraded_reasons if each.key == key), None)

    @property
    def name(self) -> str:
        """The label on one line, with its number."""
        return _numbered(self.number, self.label).replace("\n", "")


@dataclass(frozen=True)
class Section:
    """A row of the printed form. ``first_row`` is true for the row of short cells at the top."""

    key: str
    label: str
    items: tuple[Item, ...]
    number: str = ""
    first_row: bool = False

    @property
    def heading(self) -> str:
        """The label with its number, with line breaks as printed."""
        return _numbered(self.number, self.label)

    @property
    def name(self) -> str:
        """The label on one line, with its number."""
        return self.heading.replace("\n", "")


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
    improvement_required_from: str = ""

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items in print order."""
        return tuple(item for section in self.sections for item in section.items)

    @cached_property
    def text_items(self) -> tuple[Item, ...]:
        """The items written by officers, in print order."""
        return tuple(item for item in self.items if item.is_text)

    @cached_property
    def graded_criteria(self) -> tuple[Item, ...]:
        """The criteria with a grade of their own, in print order."""
        return tuple(item for item in self.items if item.is_graded_criterion)

    def item(self, key: str) -> Item | None:
        """Return the item with ``key``, or None."""
        return next((item for item in self.items if item.key == key), None)

    def item_of_kind(self, kind: ItemKind) -> Item | None:
        """Return the first item of ``kind``, or None."""
        return next((item for item in self.items if item.kind == kind), None)

    def section(self, key: str) -> Section | None:
        """Return the section with ``key``, or None."""
        return next((section for section in self.sections if section.key == key), None)

    def section_of(self, item_key: str) -> Section:
        """Return the section of the item with ``item_key``."""
        return next(s for s in self.sections if any(i.key == item_key for i in s.items))

    @property
    def overall_scale(self) -> Scale | None:
        """The scale of the overall grade, or None if this form has none."""
        item = self.item_of_kind(ItemKind.GRADE)
        return self.scale_of(item) if item else None

    def scale_of(self, item: Item) -> Scale | None:
        """Return the scale of ``item``, or None if it is not graded."""
        return next((scale for scale in self.scales if scale.key == item.scale), None)

    def demands_improvement(self, grade: str) -> bool:
        """Whether a sheet with this overall grade needs improvement points.

        The form specifies the highest such grade. The default is B-, or C if the scale has no B-,
        or none if it has neither.
        """
        scale = self.overall_scale
        keys = [each.key for each in scale.grades] if scale else []
        said = (self.improvement_required_from, *IMPROVEMENT_REQUIRED_FROM)
        first = next((key for key in said if key in keys), None)
        return first is not None and grade in keys[keys.index(first) :]

    def pdca_item(self, step: str) -> Item | None:
        """Return the item whose key or label is ``step`` ("PLAN", "ACT"), or None."""
        return next(
            (
                item
                for item in self.items
                if item.kind == ItemKind.PDCA and step in (item.key.upper(), item.label.upper())
            ),
            None,
        )

    def name_of(self, item_key: str) -> str:
        """Return the name of an item for messages: ``4 日本人職員…「その他特記事項」``."""
        section = self.section_of(item_key)
        item = self.item(item_key)
        if not item or not item.name or item.name == section.name:
            return section.name
        return f"{section.name}「{item.name}」" if section.name else item.name


# No space is needed after these.
_ENDS_OF_A_NUMBER = ("）", ")", "】", "］", "．", "、")


def _numbered(number: str, label: str) -> str:
    """Return the label with its number: 「1-1 達成状況」「（1）目的」「①取組」."""
    stands_apart = number.endswith(_ENDS_OF_A_NUMBER) or "①" <= number[-1:] <= "⓿"
    return number + label if stands_apart or not (number and label) else f"{number} {label}"


def applicable_items(section: Section, facts: Mapping[str, str]) -> Iterator[Item]:
    """Yield the items of ``section`` that apply to a contribution with ``facts``.

    ``facts`` has the contribution's ``contribution_type`` and ``earmarking``.
    """
    for item in section.items:
        if all(facts.get(name) in values for name, values in item.applies_when.items()):
            yield item
