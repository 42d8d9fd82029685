"""Dividing the segments among the items of the form, at the labels."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from editions.definition import Definition, Item, Section
from editions.enums import ItemKind
from evaluations.exchange.official.fold import fold
from evaluations.exchange.official.label_search import Found, find_label
from evaluations.exchange.official.labels import Label, labels_of
from evaluations.exchange.official.markers import SENTENCE_END, marker_of
from evaluations.exchange.official.sheet import Doubts, OfficialTextError
from evaluations.exchange.official.source import Break, Segment

FIRST_ROW = "(first row)"  # the key under which the first row's segments are kept
_TELLING = 5  # from this length on, a label is known without its section
_BEHIND_SENTENCE = r"(?<=[。）)」])[ \u3000]+(?=[・（(]?\s*)"


@dataclass
class Cells:
    """The segments of each item, and at which line each label was found."""

    segments: dict[str, list[Segment]] = field(default_factory=lambda: defaultdict(list))
    found_at: dict[tuple[str, str], int] = field(default_factory=dict)
    order: list[tuple[str, Segment]] = field(default_factory=list)


def divide(segments: Sequence[Segment], edition: Definition, doubts: Doubts) -> Cells:
    """Return the segments behind the title, divided among the items of ``edition``."""
    return _Divider(edition, doubts).divide(segments)


class _Divider:
    """Goes through the segments and remembers in which item it is."""

    def __init__(self, edition: Definition, doubts: Doubts) -> None:
        self.edition = edition
        self.doubts = doubts
        self.labels = labels_of(edition)
        self.sections = {section.key: section for section in edition.sections}
        name = edition.item_of_kind(ItemKind.CONTRIBUTION_NAME)
        in_first_row = name is not None and edition.section_of(name.key).first_row
        self.name_item = name if in_first_row else None
        self.cells = Cells()
        self.section: Section | None = None  # None: in the first row
        self.item: Item | None = None
        self.name_seen = 0

    def divide(self, segments: Sequence[Segment]) -> Cells:
        pending = self._parted_at_labels(segments)
        at = 0
        while at < len(pending):
            if found := self._label_at(pending, at):
                self._enter(found, pending[at].line)
                # What stood behind the label may begin with another one
                pending[at : found.end] = found.rest
            else:
                self._keep(pending[at])
                at += 1
        return self.cells

    def _parted_at_labels(self, segments: Sequence[Segment]) -> list[Segment]:
        """Return ``segments``, parted also where a label with its colon follows a sentence."""
        names = [
            (rf"[（(]?{label.number}[）)]?\s*" if label.number else "") + _spaced(label.words)
            for label in self.labels
            if label.item and len(label.words) >= _TELLING
        ]
        if not names:
            return list(segments)
        seam = re.compile(rf"{_BEHIND_SENTENCE}(?=・?\s*(?:{'|'.join(names)})\s*[：:])")
        parted = []
        for segment in segments:
            for index, text in enumerate(seam.split(segment.text)):
                by = Break.PARAGRAPH if index else segment.parted_by
                parted.append(replace(segment, text=text, parted_by=by))
        return parted

    def _label_at(self, segments: Sequence[Segment], at: int) -> Found | None:
        if segments[at].is_blank:
            return None
        self._watch_for_first_row(segments, at)
        candidates = (
            found
            for label in self.labels
            if (found := find_label(segments, at, label)) and self._is_plausible(found)
        )
        return max(candidates, key=lambda found: len(found.label.words), default=None)

    def _is_plausible(self, found: Found) -> bool:
        label = found.label
        here = self.section and label.section == self.section.key
        seen = (label.section, label.item) in self.cells.found_at
        if label.item and not here:
            # Of another section whose own label was lost
            return not seen and found.alone and len(label.words) >= _TELLING
        if seen and not (here and (not label.item or self._is_current(label))):
            return found.alone and found.numbered and bool(label.number)
        return found.alone if seen else True

    def _is_current(self, label: Label) -> bool:
        return self.item is not None and self.item.key == label.item

    def _enter(self, found: Found, line: int) -> None:
        label = found.label
        again = (label.section, label.item) in self.cells.found_at
        section = self.sections[label.section]
        centred = self._may_be_centred(found)
        changed = self.section is not section
        self.cells.found_at.setdefault((label.section, label.item), line)
        self.section = section
        if label.item:
            self.item = self.edition.item(label.item)
            lost = changed and len(section.items) > 1 and bool(section.label)
            if lost and (section.key, "") not in self.cells.found_at:
                self._doubt(
                    section, line, f"項目「{section.name}」の見出しがないまま始まっています。"
                )
        elif changed or self.item is None:
            only = section.items[0] if len(section.items) == 1 else None
            self.item = only or next((i for i in section.items if not i.label), None)
        if centred:
            self._doubt(section, line, "見出しが欄の中ほどにあり、前の行もこの項目のようです。")
        if again and changed:
            self._doubt(section, line, "この項目が離れた2か所にあるため、続けて取り込みました。")
        if found.cut:
            self._doubt(section, line, "見出しが途中で切れていますが、この項目とみなしました。")
        elif not found.numbered:
            self._doubt(section, line, "見出しに番号がありませんが、この項目とみなしました。")

    def _may_be_centred(self, found: Found) -> bool:
        """Whether the text beside a section's label seems to go on from the line above it."""
        above = self.cells.order[-1] if self.cells.order else None
        text_label = not (found.label.item or found.label.is_short)
        if not text_label or not found.rest or not above or above[0] == FIRST_ROW:
            return False
        beside, text = found.rest[0].text, above[1].text
        unfinished = bool(text.strip()) and not SENTENCE_END.search(text)
        return unfinished and beside.startswith("  ") and not marker_of(beside)

    def _doubt(self, section: Section, line: int, what: str) -> None:
        item = self.item or section.items[0]
        name = self.edition.name_of(item.key)
        self.doubts.note(line, item.key, f"{name}：{what}範囲が正しいか確かめてください。")

    def _keep(self, segment: Segment) -> None:
        key = FIRST_ROW
        if self.section:
            key = self.item.key if self.item else self._first_text(self.section, segment)
        self.cells.segments[key].append(segment)
        self.cells.order.append((key, segment))

    def _first_text(self, section: Section, segment: Segment) -> str:
        """Return the item of a text that precedes the first label of its section."""
        item = next((i for i in section.items if i.is_text), section.items[0])
        if not segment.is_blank:
            message = (
                f"{section.name}：「{segment.text.strip()}」の前に見出しがないため、"
                f"「{item.name}」に入れました。正しい欄か確かめてください。"
            )
            self.doubts.note(segment.line, item.key, message)
        return item.key

    def _watch_for_first_row(self, segments: Sequence[Segment], at: int) -> None:
        """Go (back) into the first row at its first label; refuse a second sheet."""
        if not self.name_item or not self.name_item.label:
            return
        words = fold(self.name_item.name)
        label = Label(FIRST_ROW, self.name_item.key, "", words, self.name_item.kind)
        found = find_label(segments, at, label)
        if not found or not (found.alone or self.section is None):
            return
        if self.name_seen and self.section:
            message = (
                f"「{self.name_item.name}」がもう一度あり（1つ目は{self.name_seen}行目）、"
                "2枚目のシートが始まっています。1枚ずつのファイルに分けてください。"
            )
            raise OfficialTextError(segments[at].line, message)
        self.name_seen = self.name_seen or segments[at].line
        self.section = self.item = None


def _spaced(words: str) -> str:
    return r"\s*".join(map(re.escape, words))
