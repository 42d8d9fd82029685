"""Validation of sheet data against the published JSON Schema, with messages in Japanese."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from editions.definition import Definition
from editions.enums import ItemKind

# The published file itself, by its path: the reading process does not set up Django.
SCHEMA_FILE = Path(__file__).resolve().parents[2] / "docs" / "sheet.schema.json"
MOST_PROBLEMS = 5
# What is compared with the schema costs some 40 µs a value. The largest form the schema admits has
# 300 items, a sheet of ours some dozens of values, one inside another at most five deep.
MOST_VALUES = 5_000
MOST_LEVELS = 10
_TYPES = {
    "string": "文字列",
    "integer": "整数",
    "object": "オブジェクト",
    "array": "配列",
    "null": "null",
}


def problems_in(data: object) -> list[str]:
    """Return what is wrong with ``data`` as a whole, each with its place; at most a few.

    Data of any size may be given: what is far too large for a sheet is only counted.
    """
    if _is_too_large(data):
        return [f"（全体）：大きすぎます。値は{MOST_VALUES:,}個、入れ子は{MOST_LEVELS}段までです。"]
    return _problems(data, published())


def _is_too_large(data: object) -> bool:
    """Whether ``data`` has more values or levels than any sheet's, counted level by level."""
    level, number = [data], 0
    for _ in range(MOST_LEVELS):
        number += len(level)
        if number > MOST_VALUES:
            return True
        level = [inner for outer in level for inner in _values_of(outer)]
        if not level:
            return False
    return True


def _values_of(outer: object) -> Iterable[object]:
    match outer:
        case dict():
            return outer.values()
        case list():
            return outer
    return ()


def problems_for(sheet: Mapping[str, Any], definition: Definition) -> list[str]:
    """Return what is wrong with ``sheet`` on the form ``definition``: its fields and their kinds.

    ``sheet`` has passed the published schema.
    """
    return _problems(sheet, _schema_of(definition), "sheet")


@cache
def published() -> dict[str, Any]:
    """Return ``docs/sheet.schema.json``."""
    schema: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return schema


def _schema_of(definition: Definition) -> dict[str, Any]:
    """Return the schema of a sheet on this form: every item by its key, with its kind's values."""
    scale = definition.overall_scale
    overall = {"enum": ["", *(grade.key for grade in scale.grades)] if scale else [""]}
    items = {
        item.key: overall if item.kind == ItemKind.GRADE else _of_kind(item.kind)
        for item in definition.items
    }
    return {
        "$schema": published()["$schema"],
        "$defs": published()["$defs"],
        "properties": {
            "edition": {"const": definition.key},
            "fiscal_year": {"const": definition.fiscal_year},
            "items": {
                "properties": items,
                "required": list(items),
                "additionalProperties": False,
            },
            "criterion_grades": {
                "properties": {item.key: True for item in definition.graded_criteria},
                "additionalProperties": False,
            },
        },
    }


def _of_kind(kind: str) -> dict[str, str]:
    name = kind if kind in published()["$defs"] else "text"
    return {"$ref": f"#/$defs/{name}"}


def _problems(data: object, schema: Mapping[str, Any], root: str = "") -> list[str]:
    # The import takes a tenth of a second, and only reading data needs it.
    import jsonschema  # noqa: PLC0415

    kind = jsonschema.Draft202012Validator
    validator = kind(schema, format_checker=kind.FORMAT_CHECKER)
    found: list[str] = []
    for error in validator.iter_errors(data):
        place = [*([root] if root else []), *error.absolute_path]
        said = f"{_path(place)}：{_in_words(error)}"
        if said not in found:
            found.append(said)
        if len(found) == MOST_PROBLEMS:
            break
    return found


def _path(place: Iterable[str | int]) -> str:
    """Return ``sheet.items.budget_amount``; long unknown names are cut."""
    return ".".join(_short(str(step)) for step in place) or "（全体）"


def _in_words(error: Any) -> str:
    """Return a message of our own for an error of the library."""
    asked = error.validator_value
    match error.validator:
        case "required":
            missing = [key for key in asked if key not in error.instance]
            return f"「{missing[0]}」がありません。"
        case "additionalProperties" | "propertyNames":
            return "この様式にない項目があります。"
        case "type":
            kinds = [asked] if isinstance(asked, str) else asked
            words = "又は".join(_TYPES[kind] for kind in kinds)
            return f"{words}でなければなりません。"
        case "enum":
            return f"{'、'.join(f'「{each}」' for each in asked)}のどれかでなければなりません。"
        case "const":
            return f"「{asked}」でなければなりません。"
        case "minimum":
            return f"{asked:,}以上でなければなりません。"
        case "maximum":
            return f"{asked:,}以下でなければなりません。"
        case "maxLength":
            return f"{asked:,}字以下でなければなりません。"
        case "maxProperties":
            return f"{asked:,}個以下でなければなりません。"
        case "format":
            return "実在する日付でなければなりません。"
    return "決められた形ではありません。"


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"
