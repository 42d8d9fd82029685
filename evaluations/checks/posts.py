"""R06: the senior posts named beside the staffing table, and who counts as senior."""

import re
from collections.abc import Iterator

from editions.enums import ItemKind
from evaluations.checks.checked_sheet import CheckedSheet
from evaluations.checks.finding import Finding, Level
from texts.notation import BlockKind, parse

USUAL_DEFINITION = "D1以上"
_SENIOR_POST = re.compile(
    r"\((?:[^()]{0,20}、)?(?:D-?[12]|ASG|USG)\)(?:(?P<times>\d)(?:名|人|ポスト))?"
)
_NOT_NOW = re.compile(r"協議|会談|面会|訪日|かつて|まで|離任|退任|であった|だった|元")


def senior_posts_counted(sheet: CheckedSheet) -> Iterator[Finding]:
    """R06: no more senior posts are named than the table counts."""
    item, senior = (
        sheet.item_of_kind(ItemKind.STAFFING),
        sheet.content.staffing.japanese_senior_staff,
    )
    if item is None or senior is None:
        return
    counted = sum(counts for _, _, counts in sheet.senior_posts)
    if sheet.senior_posts and counted != senior:
        message = (
            f"日本人幹部職員数は{senior:,}名ですが、幹部に数えるポストの記録は{counted:,}件です。"
            "人数かポストの記録を確かめてください。"
        )
        yield Finding("R06", Level.WARNING, item.key, message)
    section = sheet.definition.section_of(item.key)
    keys = {each.key for each in section.items}
    for reading in sheet.readings:
        if reading.item not in keys:
            continue
        named = [
            (sentence, match)
            for sentence in reading.sentences
            if "日本人" in sentence.text and not _NOT_NOW.search(sentence.text)
            for match in _SENIOR_POST.finditer(sentence.text)
        ]
        posts = sum(int(match["times"] or 1) for _, match in named)
        if posts > senior:
            sentence, last = named[-1]
            message = (
                f"D1以上のポストが{posts}件書かれていますが、表の日本人幹部職員数は{senior:,}名です。"
                "表の人数か記載を確かめてください。"
            )
            yield sentence.finding("R06", Level.WARNING, last.start(), last.end(), message)


def other_definition_noted(sheet: CheckedSheet) -> Iterator[Finding]:
    """R06: a （注） explains a definition of 幹部 that differs from the usual one."""
    item = sheet.item_of_kind(ItemKind.STAFFING)
    if item is None or sheet.senior_definition in ("", USUAL_DEFINITION):
        return
    section = sheet.definition.section_of(item.key)
    texts = (sheet.content.texts.get(each.key, "") for each in section.items if each.is_text)
    notes = (block for text in texts for block in parse(text) if block.kind is BlockKind.NOTE)
    if not any("幹部" in note.text for note in notes):
        message = (
            f"この機関の幹部の範囲は「{sheet.senior_definition}」ですが、説明がありません。"
            "表の数え方との違いを「（注）」で書き添えてください。"
        )
        yield Finding("R06", Level.WARNING, item.key, message)
