"""Validating reader for a TOML table, which collects problems with their keys."""

from collections.abc import Mapping
from typing import Any

TYPE_NAMES = {str: "文字列", int: "整数", bool: "true か false", list: "配列", dict: "テーブル"}


class TomlTable:
    """A TOML table that reports missing keys, wrong types and unknown keys."""

    def __init__(self, values: Mapping[str, Any], path: str, problems: list[str]) -> None:
        self.values = values
        self.path = path
        self.problems = problems
        self.known: set[str] = set()

    def path_of(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def add_problem(self, key: str, reason: str) -> None:
        self.problems.append(f"{self.path_of(key)}：{reason}")

    def take(self, key: str, expected: type, default: Any = None) -> Any:
        """Return the value of ``key``, which is required if there is no default."""
        self.known.add(key)
        if key not in self.values:
            if default is None:
                self.add_problem(key, "指定がありません。追加してください。")
                return expected()
            return default
        value = self.values[key]
        if not isinstance(value, expected) or (expected is int and isinstance(value, bool)):
            self.add_problem(key, f"{TYPE_NAMES[expected]}で指定してください。")
            return expected()
        return value

    def choice(self, key: str, choices: Any, default: str | None = None) -> str:
        """Return the value of ``key``, which must be one of ``choices``."""
        value = self.take(key, str, default)
        if value and value not in choices:
            self.add_problem(
                key, f"「{value}」は使えません。{in_words(choices)}のいずれかにしてください。"
            )
        return value

    def choices(self, key: str, choices: Any, default: list[str] | None = None) -> tuple[str, ...]:
        """Return the list ``key``, whose values must be among ``choices``."""
        values = self.take(key, list, default)
        for value in values:
            if value not in choices:
                self.add_problem(
                    key, f"「{value}」は使えません。{in_words(choices)}から選んでください。"
                )
        return tuple(map(str, values))

    def tables(self, key: str, default: list[Any] | None = None) -> list["TomlTable"]:
        """Return the tables of the array ``key``."""
        found = []
        for index, value in enumerate(self.take(key, list, default)):
            place = f"{self.path_of(key)}[{index}]"
            if isinstance(value, Mapping):
                found.append(TomlTable(value, place, self.problems))
            else:
                self.problems.append(f"{place}：テーブルで指定してください。")
        return found

    def close(self) -> None:
        """Report keys that were not read, most of which are typing errors."""
        for key in self.values:
            if key not in self.known:
                self.add_problem(
                    key, "このキーはありません。つづりを確かめるか、削除してください。"
                )


def in_words(choices: Any) -> str:
    """Return the sorted ``choices``, joined for a sentence."""
    return "・".join(sorted(map(str, choices)))
