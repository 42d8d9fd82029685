"""Two versions of a sheet compared, place by place of the form."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from contributions.enums import ReportStatus
from editions.definition import Definition, Item, applicable_items
from editions.enums import ItemKind
from evaluations.content import ReportFacts, SheetContent
from evaluations.formatting import UNKNOWN, point_in_time, staffing_in_words, value_in_words
from texts.comparison import (
    ComparedLine,
    Piece,
    compare,
    compare_lines,
    unseen_differences,
)

GRADE_REASON = "overall_grade_reason"


@dataclass(frozen=True)
class Version:
    """A version of a sheet. ``key`` names it in URLs, ``title`` on the pages.

    ``hides_grades``: its reader may not see its grades, so that they are not compared.
    """

    key: str
    title: str
    content: SheetContent
    definition: Definition
    hides_grades: bool = False


class Change(StrEnum):
    """What became of a place of the form."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    ONLY_OLD = "only_old"
    ONLY_NEW = "only_new"


@dataclass(frozen=True)
class ComparedFigure:
    """A figure or name in both versions, in words; "" where a version lacks it."""

    label: str
    old: str
    new: str

    @property
    def changed(self) -> bool:
        """Whether the two differ."""
        return self.old != self.new

    @property
    def pieces(self) -> list[Piece]:
        """What differs."""
        return compare(self.old, self.new)

    @property
    def unseen(self) -> tuple[str, ...]:
        """Differences that look the same, in words."""
        return unseen_differences(self.pieces)


@dataclass(frozen=True)
class Place:
    """A place of the form: a text in ``lines``, or figures and names in ``cells``.

    ``old_label``: how the older form calls it, where that is another name. ``is_printed``:
    whether it stands on the official form.
    """

    key: str
    label: str
    change: Change
    lines: tuple[ComparedLine, ...] = ()
    cells: tuple[ComparedFigure, ...] = ()
    old_label: str = ""
    is_printed: bool = True


@dataclass(frozen=True)
class SheetComparison:
    """Two versions with all places, in the print order of the newer; then those it lacks."""

    old: Version
    new: Version
    places: tuple[Place, ...]

    @property
    def changed(self) -> tuple[Place, ...]:
        """The places that differ."""
        return tuple(place for place in self.places if place.change != Change.UNCHANGED)

    @property
    def unchanged(self) -> tuple[Place, ...]:
        """The places that are the same."""
        return tuple(place for place in self.places if place.change == Change.UNCHANGED)


def compare_versions(old: Version, new: Version) -> SheetComparison:
    """Return what differs between two versions of a sheet, or of its contribution's sheets.

    Where their editions differ, a text is followed by ``lineage``, a figure by its kind.
    """
    return SheetComparison(old, new, tuple(_places(old, new)))


def _places(old: Version, new: Version) -> Iterator[Place]:
    followed = set()
    hides_grades = old.hides_grades or new.hides_grades
    for item in _items(new):
        before = _before(item, old)
        followed.add(before.key if before else "")
        if item.kind == ItemKind.GRADE and hides_grades:
            continue
        yield _place(old, new, before, item)
        if item.kind == ItemKind.GRADE and (reason := _grade_reason(old.content, new.content)):
            yield reason
    for item in _items(old):
        if item.key not in followed and (not item.is_text or old.content.texts.get(item.key)):
            yield _place(old, new, item, None)


def _items(version: Version) -> list[Item]:
    """Return the items that apply to the version's contribution, in print order."""
    sections = version.definition.sections
    facts = version.content.facts
    return [item for section in sections for item in applicable_items(section, facts)]


def _before(item: Item, old: Version) -> Item | None:
    """Return the item of the older form that became ``item``."""
    if not item.is_text:
        alike = [each for each in _items(old) if each.kind == item.kind]
        return next((each for each in alike if each.key == item.key), (*alike, None)[0])
    texts = {each.key: each for each in _items(old) if each.is_text}
    found = [texts[key] for key in (item.key, *item.lineage) if key in texts]
    return next((each for each in found if old.content.texts.get(each.key)), (*found, None)[0])


def _place(old: Version, new: Version, before: Item | None, item: Item | None) -> Place:
    label = place_label(new.definition, item) if item else ""
    old_label = place_label(old.definition, before) if before else ""
    shown = item or before
    if shown is None:
        raise ValueError("a place stands in one form at least")
    lines: tuple[ComparedLine, ...] = ()
    cells: tuple[ComparedFigure, ...] = ()
    if shown.is_text:
        one = old.content.texts.get(before.key, "") if before else ""
        other = new.content.texts.get(item.key, "") if item else ""
        differs = one != other
        lines = tuple(compare_lines(one, other))
    else:
        cells = tuple(_cells(old.content, new.content, before, item))
        differs = any(cell.changed for cell in cells)
    return Place(
        key=shown.key,
        label=label or old_label,
        change=_change(before, item) if differs else Change.UNCHANGED,
        lines=lines,
        cells=cells,
        old_label=old_label if label and old_label != label else "",
    )


def _change(before: Item | None, item: Item | None) -> Change:
    if before is None:
        return Change.ONLY_NEW
    return Change.ONLY_OLD if item is None else Change.CHANGED


def place_label(definition: Definition, item: Item) -> str:
    """Return the label under which a comparison shows ``item``."""
    if item.kind == ItemKind.STAFFING and not item.label:
        return f"{definition.section_of(item.key).name}「職員数」"
    return definition.name_of(item.key)


def _grade_reason(old: SheetContent, new: SheetContent) -> Place | None:
    """Return the reason of the grade, which is no place of the form, where there is one."""
    one, other = old.overall_grade_reason, new.overall_grade_reason
    if not one and not other:
        return None
    return Place(
        key=GRADE_REASON,
        label="総合評価の理由",
        change=Change.UNCHANGED if one == other else Change.CHANGED,
        lines=tuple(compare_lines(one, other)),
        is_printed=False,
    )


Words = dict[str, str]


def _cells(
    old: SheetContent, new: SheetContent, before: Item | None, item: Item | None
) -> Iterator[ComparedFigure]:
    one = figures_in_words(before, old) if before else {}
    other = figures_in_words(item, new) if item else {}
    for label in (*other, *(label for label in one if label not in other)):
        yield ComparedFigure(label, one.get(label, ""), other.get(label, ""))


def figures_in_words(item: Item, content: SheetContent) -> Words:
    """Return the figures or names of an item, which is no text, by their labels within it."""
    if item.kind == ItemKind.STAFFING:
        return _staffing(item, content)
    if item.kind == ItemKind.FINANCIAL_REPORT:
        return _report(content.financial_report)
    return {"": value_in_words(item, content)}


def _staffing(item: Item, content: SheetContent) -> Words:
    figures = content.staffing
    words = {}
    for column in item.columns:
        fixed = (each for each in column.qualifiers if "{as_of}" not in each)
        label = column.label.replace("\n", "") + "".join(fixed)
        words[label] = staffing_in_words(figures, column.key)
    for label, day in (("時点", figures.as_of), ("前年同時期の時点", figures.previous_as_of)):
        words[label] = point_in_time(day) if day else UNKNOWN
    if figures.not_applicable_reason:
        words["該当なしの理由"] = figures.not_applicable_reason
    return words


def _report(report: ReportFacts | None) -> Words:
    if report is None:
        return {"受領": UNKNOWN, "受領年月": UNKNOWN, "対象年度": UNKNOWN}
    month, year = report.received_month, report.covers_fiscal_year
    words = {
        "受領": str(ReportStatus(report.status).label),
        "受領年月": f"{month.year}年{month.month}月" if month else UNKNOWN,
        "対象年度": f"{year}年度" if year else UNKNOWN,
    }
    return words | ({"理由": report.reason} if report.reason else {})
