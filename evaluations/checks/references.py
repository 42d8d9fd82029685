"""R13, R14: 「〇〇のシートを参照」 refers to a sheet of the year that is filled in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from editions.enums import ItemKind
from evaluations.checks.checked_sheet import CheckedSheet, OtherSheet
from evaluations.checks.finding import Finding, Level
from evaluations.checks.reading import Sentence, reading_of
from evaluations.checks.sheet_names import is_named, is_own
from evaluations.enums import DECIDED, State

_REFERENCE = re.compile(
    r"(?P<name>[^、。]{2,60}?)(?:の)?(?:評価)?シート(?:の(?P<where>[^、。]{1,40}?))?を?(?:ご)?参照"
)
_NOT_OF_A_CONTRIBUTION = re.compile(
    r"(?:本|当|同|別添|別紙|この|各|前年度?の?|昨年度?の?)$|(?:ファクト|バランス|データ|点検|チェック|スプレッド)$|年度"
)
_LEAD_IN = re.compile(r"^.*(?:については|に関しては|に関し|につき|として|は|も)")
_AND = re.compile("及び|並びに|とともに|、|や(?=[A-Z])")


@dataclass(frozen=True)
class Reference:
    """A reference in a text to another sheet: the words, the sheet named, and their place."""

    sentence: Sentence
    name: str
    where: str
    start: int
    end: int


def may_refer(text: str) -> bool:
    """Whether ``text`` could refer to another sheet, whatever its spaces and underlines."""
    return "参" in text and "照" in text


@dataclass(frozen=True)
class Lead:
    """Words of ``item`` that name another sheet, and the item of that sheet that is meant."""

    item: str
    words: str
    other: OtherSheet
    other_item: str


def leads_of(sheet: CheckedSheet) -> Iterator[Lead]:
    """Return the references of the sheet that can be resolved."""
    for reading in sheet.readings:
        for reference in _references(reading.sentences):
            target = _target(sheet, reference)
            if target is not None:
                start = reference.sentence.text.index(reference.name, reference.start)
                _, words = reference.sentence.stored(start, start + len(reference.name))
                yield Lead(reading.item, words, target, _item_meant(sheet, reference))


def references_resolve(sheet: CheckedSheet) -> Iterator[Finding]:
    """R13, R14: the sheet referred to exists, is of this organisation, and is not empty there."""
    if sheet.others is None:
        return
    for reading in sheet.readings:
        for reference in _references(reading.sentences):
            yield from _judge(sheet, sheet.others, reference)


def _judge(
    sheet: CheckedSheet, others: tuple[OtherSheet, ...], reference: Reference
) -> Iterator[Finding]:
    item = _item_meant(sheet, reference)
    target = _target(sheet, reference)
    own = [other for other in others if is_own(sheet, other)]
    if target is None and own:
        names = "」「".join(other.contribution_name for other in own)
        problem = f"に当たるシートが今年度にありません。この機関のシートは「{names}」です。"
        yield _found(reference, "R13", Level.ERROR, problem, "名称を直してください。")
    elif target is None:
        problem = "に当たるシートが今年度に見当たりません。"
        yield _found(reference, "R13", Level.WARNING, problem, "名称と年度を確かめてください。")
    elif not is_own(sheet, target):
        problem = "は別の機関のシートです。"
        yield _found(reference, "R13", Level.ERROR, problem, "同じ機関のシートを挙げてください。")
    elif _leads_back(sheet, others, target, item):
        problem = "の側もこのシートを参照しており、どちらにも記載がありません。"
        yield _found(reference, "R13", Level.ERROR, problem, "どちらかに内容を書いてください。")
    elif not target.texts.get(item, "").strip():
        problem = f"の「{sheet.definition.name_of(item)}」が未記入です。"
        yield _found(
            reference, "R14", Level.ERROR, problem, "参照先に記入を求めるか、ここに書いてください。"
        )
    elif target.state not in DECIDED:
        problem = "はまだ確定していません。"
        yield _found(
            reference, "R13", Level.WARNING, problem, "参照先の記載が変わらないか確かめてください。"
        )


def _target(sheet: CheckedSheet, reference: Reference) -> OtherSheet | None:
    return next((o for o in sheet.others or () if is_named(sheet, o, reference.name)), None)


def _item_meant(sheet: CheckedSheet, reference: Reference) -> str:
    """Return the item of the other sheet: the one the words name, else that of the same place."""
    named = (item for item in sheet.items if item.is_text and len(item.label) > 2)
    labels = {reading_of("", item.label.replace("\n", "")).plain: item.key for item in named}
    said = (key for label, key in labels.items() if label in reference.where)
    return next(said, reference.sentence.reading.item)


def _found(reference: Reference, rule: str, level: Level, problem: str, mend: str) -> Finding:
    return reference.sentence.finding(
        rule, level, reference.start, reference.end, f"「{{quote}}」{problem}{mend}"
    )


def graded_on_references_alone(sheet: CheckedSheet) -> Iterator[Finding]:
    """R14: a graded sheet has more than references to other sheets."""
    if not sheet.content.overall_grade:
        return
    for reading in sheet.readings:
        references = list(_references(reading.sentences))
        if sheet.kind_of(reading.item) is not ItemKind.CRITERION or not references:
            continue
        if len({reference.sentence.start for reference in references}) == len(reading.sentences):
            yield references[0].sentence.finding(
                "R14",
                Level.WARNING,
                references[0].start,
                references[0].end,
                f"{sheet.definition.name_of(reading.item)}は他のシートの参照だけですが、総合評価が"
                "付いています。本件拠出についての記載を加えるか、参照だけでよい理由を確かめてください。",
            )


def _references(sentences: tuple[Sentence, ...]) -> Iterator[Reference]:
    for sentence in sentences:
        if "参照" not in sentence.text:
            continue
        for match in _REFERENCE.finditer(sentence.text):
            words = match["name"].lstrip("・ ")
            name = _LEAD_IN.sub("", words).strip("「」『』")
            if name and not _NOT_OF_A_CONTRIBUTION.search(name):
                start = match.start("name") + match["name"].rfind(name)
                for each in _AND.split(name):
                    yield Reference(sentence, each, match["where"] or "", start, match.end())


def _leads_back(
    sheet: CheckedSheet, others: tuple[OtherSheet, ...], target: OtherSheet, item: str
) -> bool:
    """Whether ``target`` only refers back to this sheet there, directly or through others."""
    me = OtherSheet(
        sheet.content.contribution_name,
        target.organization_name,
        target.abbreviation,
        sheet.content.contribution_type,
        State.DRAFT,
        {},
    )
    seen: list[OtherSheet] = []
    while target not in seen:
        seen.append(target)
        sentences = reading_of(item, target.texts.get(item, "")).sentences
        names = [reference.name for reference in _references(sentences)]
        if not names or len(names) < len(sentences):
            return False
        if any(is_named(sheet, me, name) for name in names):
            return True
        further = (o for o in others for name in names if is_named(sheet, o, name))
        target = next(further, target)
    return False
