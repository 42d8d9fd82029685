"""What an edition (様式) says: the form of one year, as plain immutable values.

Made from a TOML file by ``parse``; nothing here touches the database.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from editions.enums import TEXT_KINDS, ItemKind, Scope

# From which grade down improvement is called for, where the form does not say it itself.
IMPROVEMENT_REQUIRED_FROM = ("B-", "C")


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
class UngradedReason:
    """A reason, by its code, for which a criterion may be left without a grade."""

    key: str
    label: str


@dataclass(frozen=True)
class StaffingColumn:
    """A column of the staffing table: which figure, and the heading printed above it."""

    key: str
    label: str
    qualifiers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """One place of the form. ``label`` may hold line breaks, as the official form has them.

    A criterion that names a ``scale`` is graded by itself; ``ungraded_reasons`` are those for
    which it may be left without a grade.
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
        """Return the reason called ``key`` for leaving the criterion ungraded, or None."""
        return next((each for each in self.ungraded_reasons if each.key == key), None)

    @property
    def name(self) -> str:
        """The label on one line, with its number."""
        return _numbered(self.number, self.label).replace("\n", "")


@dataclass(frozen=True)
class Section:
    """A row of the printed form. ``first_row`` marks the row of short cells at the top."""

    key: str
    label: str
    items: tuple[Item, ...]
    number: str = ""
    first_row: bool = False

    @property
    def heading(self) -> str:
        """The label as it is printed: in its lines, with its number."""
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
        """The items an officer writes, in print order."""
        return tuple(item for item in self.items if item.is_text)

    @cached_property
    def graded_criteria(self) -> tuple[Item, ...]:
        """The criteria with a grade of their own, in print order."""
        return tuple(item for item in self.items if item.is_graded_criterion)

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
        return self.scale_of(item) if item else None

    def scale_of(self, item: Item) -> Scale | None:
        """Return the scale on which ``item`` is graded, or None where it is not."""
        return next((scale for scale in self.scales if scale.key == item.scale), None)

    def demands_improvement(self, grade: str) -> bool:
        """Whether a sheet with this overall grade has to name points to be improved.

        The form says from which grade down. One that does not say it asks from B- down, where its
        scale has no B- from C down, and with neither for none.
        """
        scale = self.overall_scale
        keys = [each.key for each in scale.grades] if scale else []
        said = (self.improvement_required_from, *IMPROVEMENT_REQUIRED_FROM)
        first = next((key for key in said if key in keys), None)
        return first is not None and grade in keys[keys.index(first) :]

    def pdca_item(self, step: str) -> Item | None:
        """Return the item for ``step`` ("PLAN", "ACT"): the one whose key or label that is."""
        return next(
            (
                item
                for item in self.items
                if item.kind == ItemKind.PDCA and step in (item.key.upper(), item.label.upper())
            ),
            None,
        )

    def name_of(self, item_key: str) -> str:
        """Return how a person is told of an item: ``4 日本人職員…「その他特記事項」``."""
        section = self.section_of(item_key)
        item = self.item(item_key)
        if not item or not item.name or item.name == section.name:
            return section.name
        return f"{section.name}「{item.name}」" if section.name else item.name


# After these no blank is needed.
_ENDS_OF_A_NUMBER = ("）", ")", "】", "］", "．", "、")


def _numbered(number: str, label: str) -> str:
    """Return the label behind its number: 「1-1 達成状況」「（1）目的」「①取組」."""
    stands_apart = number.endswith(_ENDS_OF_A_NUMBER) or "①" <= number[-1:] <= "⓿"
    return number + label if stands_apart or not (number and label) else f"{number} {label}"


def applicable_items(section: Section, facts: Mapping[str, str]) -> Iterator[Item]:
    """Yield the items of ``section`` that apply to a contribution with these ``facts``.

    ``facts`` maps ``contribution_type`` and ``earmarking`` to the contribution's values.
    """
    for item in section.items:
        if all(facts.get(name) in values for name, values in item.applies_when.items()):
            yield item
