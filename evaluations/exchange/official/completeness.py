"""What is missing from a sheet, too much in it, or at odds with itself."""

from collections.abc import Collection, Mapping, Sequence

from editions.definition import Definition, Item
from editions.enums import ItemKind
from evaluations.exchange.official.fold import fold
from evaluations.exchange.official.sheet import Doubts, ReadSheet
from evaluations.exchange.official.source import Segment


def note_stray(segments: Sequence[Segment], doubts: Doubts) -> None:
    """Note text that belongs to no place of the form."""
    for segment in segments:
        if not segment.is_blank:
            message = (
                f"「{segment.text.strip()}」がどの欄にも属さないため、取り込みませんでした。"
                "要る文字か確かめてください。"
            )
            doubts.note(segment.line, "", message)


def note_unreadable(segments: Sequence[Segment], doubts: Doubts) -> None:
    """Note characters that were lost before the text came here."""
    for segment in segments:
        if "\ufffd" in segment.text or any("\ue000" <= c <= "\uf8ff" for c in segment.text):
            message = (
                f"読めない文字があります（「{segment.text.strip()[:20]}」）。"
                "原本を見て直してください。"
            )
            doubts.note(segment.line, "", message)


def note_joined(line: int, item: str, text: str, doubts: Doubts) -> None:
    """Note that the lines of a name were put together."""
    doubts.note(
        line, item, f"複数行を「{text}」と1つの名称にまとめました。原本と見比べてください。"
    )


def note_moved(line: int, edition: Definition, item: Item, doubts: Doubts) -> None:
    """Note that a text without a label was taken to be the ``item``'s."""
    message = (
        f"職員数の表の後に見出しのない文があるため、{edition.name_of(item.key)}に入れました。"
        "正しい欄か確かめてください。"
    )
    doubts.note(line, item.key, message)


def note_no_figures(line: int, edition: Definition, item: Item, doubts: Doubts) -> None:
    """Note that the staffing table is empty or was not recognised."""
    message = (
        f"{edition.name_of(item.key)}：職員数の表に数値がありません。原本もそうか確かめてください。"
    )
    doubts.note(line, item.key, message)


def note_missing(
    edition: Definition,
    found: Collection[tuple[str, str]],
    texts: Mapping[str, str],
    last_line: int,
    doubts: Doubts,
) -> None:
    """Note the labels that were not found, and the required texts that are empty.

    ``found`` has (section, item), the item '' for a section's own label, and ('', item) for
    the first row.
    """
    for section in edition.sections:
        inside = any(key == section.key for key, _ in found)
        if not section.first_row and section.label and not inside:
            message = (
                f"項目「{section.name}」が見つからないため、空欄としました。"
                "原本にあるか確かめてください。"
            )
            doubts.note(last_line, section.items[0].key if section.items else "", message)
            continue
        for item in section.items:
            key = ("" if section.first_row else section.key, item.key)
            if item.applies_when or (not item.required and key not in found):
                continue
            if item.label and item.name != section.name and key not in found:
                what = "の欄が見つからないため、空欄としました"
            elif item.is_text and not texts.get(item.key):
                what = "に何も書かれていません"
            else:
                continue
            message = f"{edition.name_of(item.key)}{what}。原本を確かめてください。"
            doubts.note(last_line, item.key, message)


def note_other_organization(sheet: ReadSheet, edition: Definition, doubts: Doubts) -> None:
    """Note where the contribution's name does not contain the organisation's."""
    name, organization = fold(sheet.contribution_name), fold(sheet.organization_name)
    abbreviation = fold(sheet.organization_abbreviation)
    whole = f"{organization}({abbreviation})" if abbreviation else organization
    item = edition.item_of_kind(ItemKind.ORGANIZATION)
    if not item or not name or not organization or whole in name:
        return
    message = (
        f"拠出金の名称「{sheet.contribution_name}」に、機関名「{sheet.organization_name}」"
        f"（略称「{sheet.organization_abbreviation}」）がそのままの形では含まれていません。"
        "機関が正しいか確かめてください。"
    )
    doubts.note(1, item.key, message)
