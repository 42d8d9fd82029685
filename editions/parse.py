"""Parser of an edition's TOML, which returns a ``Definition`` or reports all errors.

All errors are reported at once, each with its key and what to do, so that they can be corrected
together.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from contributions.enums import AmountKind, ContributionType, Earmarking
from editions.definition import (
    Definition,
    Grade,
    Item,
    Scale,
    Section,
    StaffingColumn,
    UngradedReason,
)
from editions.enums import ItemKind, Scope
from editions.toml_table import TomlTable, in_words
from staffing.enums import StaffingFigure

# How the overall grade is determined. The ministry has not published a formula, so the only rule
# is a manual grade with a reason.
OVERALL_RULES = ("manual",)

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_YEARS = range(1945, 2200)
# The limit of docs/sheet.schema.json: a sheet with more items could not be read back from a PDF.
MOST_ITEMS = 300
_PLACEHOLDER = re.compile(r"\{as_of\}")

APPLIES_WHEN = {
    "contribution_type": frozenset(ContributionType.values),
    "earmarking": frozenset(Earmarking.values),
}


class EditionError(Exception):
    """An invalid edition; ``problems`` are Japanese sentences, each with its key."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def parse_edition(toml: str) -> Definition:
    """Return the definition in ``toml``; raise EditionError with all errors."""
    try:
        table = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise EditionError([f"TOMLとして読めません（{error}）。"]) from error
    return definition_from(table)


def definition_from(table: Mapping[str, Any]) -> Definition:
    """Return the definition in ``table``, the format in which an edition is stored."""
    reader = _Parser()
    definition = reader.definition(TomlTable(table, "", reader.problems))
    if not reader.problems:
        reader.check_whole(definition)
    if reader.problems:
        raise EditionError(reader.problems)
    return definition


class _Parser:
    """Reads the tables of one edition, and collects problems."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def definition(self, table: TomlTable) -> Definition:
        definition = Definition(
            key=table.take("key", str),
            title=table.take("title", str),
            year_label=table.take("year_label", str),
            fiscal_year=table.take("fiscal_year", int),
            print_template=table.take("print_template", str),
            contribution_types=table.choices("contribution_types", ContributionType.values),
            overall_rule=table.choice("overall_rule", OVERALL_RULES, "manual"),
            scales=tuple(self.scale(each) for each in table.tables("scales", [])),
            sections=tuple(self.section(each) for each in table.tables("sections")),
            improvement_required_from=table.take("improvement_required_from", str, ""),
        )
        table.close()
        return definition

    def scale(self, table: TomlTable) -> Scale:
        scale = Scale(
            key=table.take("key", str),
            grades=tuple(self.grade(each) for each in table.tables("grades")),
        )
        table.close()
        return scale

    def grade(self, table: TomlTable) -> Grade:
        grade = Grade(table.take("key", str), table.take("yardstick", str, ""))
        table.close()
        return grade

    def section(self, table: TomlTable) -> Section:
        section = Section(
            key=table.take("key", str),
            label=table.take("label", str),
            number=table.take("number", str, ""),
            first_row=table.take("first_row", bool, False),
            items=tuple(self.item(each) for each in table.tables("items")),
        )
        table.close()
        return section

    def item(self, table: TomlTable) -> Item:
        kind = table.choice("kind", list(ItemKind))
        scope = table.choice("scope", list(Scope), Scope.SHEET)
        item = Item(
            key=table.take("key", str),
            kind=ItemKind(kind) if kind in list(ItemKind) else ItemKind.CRITERION,
            label=table.take("label", str, ""),
            number=table.take("number", str, ""),
            guidance=table.take("guidance", str, ""),
            required=table.take("required", bool, True),
            max_length=table.take("max_length", int, 0) or None,
            scope=Scope(scope) if scope in list(Scope) else Scope.SHEET,
            lineage=tuple(map(str, table.take("lineage", list, []))),
            applies_when=self.applies_when(table),
            scale=table.take("scale", str, ""),
            ungraded_reasons=tuple(
                self.ungraded_reason(each) for each in table.tables("ungraded_reasons", [])
            ),
            columns=tuple(self.column(each) for each in table.tables("columns", [])),
            amounts=table.choices("amounts", AmountKind.values, []),
        )
        if item.kind == ItemKind.BUDGET and not item.amounts:
            table.add_problem("amounts", "印字する予算額の区分（当初・補正）を指定してください。")
        if item.kind == ItemKind.STAFFING and not item.columns:
            table.add_problem("columns", "職員表の列を指定してください。")
        table.close()
        return item

    def applies_when(self, table: TomlTable) -> dict[str, tuple[str, ...]]:
        conditions = TomlTable(
            table.take("applies_when", dict, {}), table.path_of("applies_when"), self.problems
        )
        for name in conditions.values:
            if name not in APPLIES_WHEN:
                conditions.add_problem(name, f"{in_words(APPLIES_WHEN)}のいずれかにしてください。")
        return {
            name: conditions.choices(name, allowed)
            for name, allowed in APPLIES_WHEN.items()
            if name in conditions.values
        }

    def ungraded_reason(self, table: TomlTable) -> UngradedReason:
        reason = UngradedReason(table.take("key", str), table.take("label", str))
        table.close()
        return reason

    def column(self, table: TomlTable) -> StaffingColumn:
        column = StaffingColumn(
            key=table.choice("key", list(StaffingFigure)),
            label=table.take("label", str),
            qualifiers=tuple(map(str, table.take("qualifiers", list, []))),
        )
        table.close()
        return column

    def check_whole(self, definition: Definition) -> None:
        """Check across tables: duplicate keys, items without their scale."""
        keys = [
            definition.key,
            *(s.key for s in definition.sections),
            *(i.key for i in definition.items),
        ]
        for key in keys:
            if not _KEY.fullmatch(key):
                self.problems.append(
                    f"key：「{key}」は使えません。英小文字・数字・_だけにしてください。"
                )
        if definition.fiscal_year not in _YEARS:
            self.problems.append(
                f"fiscal_year：{definition.fiscal_year}は西暦の年度ではありません。"
                f"{_YEARS.start}から{_YEARS.stop - 1}までにしてください。"
            )
        if len(definition.items) > MOST_ITEMS:
            self.problems.append(
                f"items：項目は{MOST_ITEMS}個までです（今は{len(definition.items)}個）。"
            )
        for scale in definition.scales:
            if not scale.grades:
                self.problems.append(
                    f"scales：「{scale.key}」に評定がありません。追加してください。"
                )
        for item in definition.items:
            if item.max_length is not None and item.max_length < 1:
                self.problems.append(f"{item.key}.max_length：1以上にしてください。")
            for qualifier in (q for column in item.columns for q in column.qualifiers):
                if _PLACEHOLDER.sub("", qualifier).count("{"):
                    self.problems.append(
                        f"{item.key}.columns：「{qualifier}」に使えるのは{{as_of}}だけです。"
                    )
        self.only_once("sections", [section.key for section in definition.sections])
        self.only_once("sections.items", [item.key for item in definition.items])
        self.only_once("scales", [scale.key for scale in definition.scales])
        self.check_grades(definition)

    def check_grades(self, definition: Definition) -> None:
        """Check that graded items have a scale, and that grades exist in their scale."""
        scales = [scale.key for scale in definition.scales]
        for item in definition.items:
            graded = item.kind == ItemKind.GRADE or item.is_graded_criterion
            if graded and item.scale not in scales:
                self.problems.append(
                    f"{item.key}.scale：評定の段階「{item.scale}」が scales にありません。"
                )
            if item.ungraded_reasons and not item.is_graded_criterion:
                self.problems.append(
                    f"{item.key}.ungraded_reasons：評定を付ける評価基準（scale のある criterion）に"
                    "だけ指定できます。"
                )
            self.only_once(
                f"{item.key}.ungraded_reasons", [each.key for each in item.ungraded_reasons]
            )
        overall, first = definition.overall_scale, definition.improvement_required_from
        if first and (overall is None or overall.grade(first) is None):
            self.problems.append(
                f"improvement_required_from：「{first}」は総合評価の段階にありません。"
            )

    def only_once(self, place: str, keys: list[str]) -> None:
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            self.problems.append(f"{place}：キー「{key}」が重複しています。別の名にしてください。")
