"""The house keeps its plan: arrows run one way, one writer per invariant, no year in the code."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Each may use those before it.
ROOMS = [
    "core",
    "printing",
    "audit",
    "accounts",
    "notices",
    "contributions",
    "staffing",
    "evaluations",
]

# Inside the room of the sheet, low to high: each may use those of its own floor and below.
FLOORS = [
    {"enums", "text", "comparison", "anchors", "changes", "refusals", "apps", "audit_actions"},
    {"editions"},
    {"models", "content", "wording", "compared", "shown"},
    {"permissions", "permissions_review", "checks", "queries", "guards"},
    {"printing"},
    {"domain", "workflow"},
    {"forms", "exchange", "demonstration"},
    {"views", "admin", "management"},
    {"urls"},
]


def modules(*folders: str) -> list[Path]:
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    )


def imported_by(path: Path) -> set[str]:
    """Every module imported anywhere in ``path``, but for types alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        id(child)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for child in ast.walk(node)
    }
    names: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("room", ROOMS)
def test_no_arrow_points_up_between_the_rooms(room):
    forbidden = set(ROOMS[ROOMS.index(room) + 1 :]) | {"bench", "config"}
    upward = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(room)
        for name in imported_by(path)
        if name.split(".")[0] in forbidden
    }
    assert upward == set()


def floor_of(module: str) -> int | None:
    parts = module.split(".")
    if parts[0] != "evaluations" or len(parts) < 2:
        return None
    return next((n for n, names in enumerate(FLOORS) if parts[1] in names), None)


def test_every_module_of_the_sheet_has_its_floor():
    homeless = {
        path.relative_to(ROOT).as_posix()
        for path in modules("evaluations")
        if path.parent != ROOT / "evaluations" or path.stem != "__init__"
        if floor_of(".".join(path.relative_to(ROOT).with_suffix("").parts)) is None
    }
    assert homeless == set()


def test_no_arrow_points_up_inside_the_room_of_the_sheet():
    upward = set()
    for path in modules("evaluations"):
        here = floor_of(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for name in imported_by(path):
            there = floor_of(name)
            if here is not None and there is not None and there > here:
                upward.add(f"{path.relative_to(ROOT)} imports {name}")
    assert upward == set()


def test_the_workflow_alone_writes_the_state():
    writers = {
        path.relative_to(ROOT).as_posix()
        for path in modules("config", *ROOMS)
        if re.search(r"\.state = |\bstate=State\.\w+\)\s*$|update\(.*\bstate=", path.read_text())
    }
    assert writers == {"evaluations/workflow/perform.py"}


def test_one_module_writes_every_file_for_a_spreadsheet():
    """It knows what a spreadsheet takes for a formula."""
    writers = {
        path.relative_to(ROOT).as_posix()
        for path in modules("config", *ROOMS)
        if {"csv", "openpyxl", "xlsxwriter"} & imported_by(path)
    }
    assert writers == {"core/spreadsheet.py"}


# A Western year of an evaluation, or an era with a number: 2018, 平成30, 令和4年度, H30年, h30.
A_YEAR = re.compile(r"\b20(0[1-9]|[1-4]\d)\b|(平成|令和)\s?\d|\b[HR]\d{1,2}年|\b[hr]\d{1,2}\b")
# Words that explain to a person how to write a date are no knowledge of a year.
AN_EXAMPLE = re.compile(r"例：|のように|「\d{4}年")


def test_no_code_names_a_fiscal_year():
    named = {
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in modules("bench", "config", *ROOMS)
        for number, line in enumerate(_code_lines(path), 1)
        if A_YEAR.search(line) and not AN_EXAMPLE.search(line)
    }
    assert named == set()


def _code_lines(path: Path) -> list[str]:
    """The lines of ``path`` with docstrings and comments blanked: they may give examples."""
    source = path.read_text(encoding="utf-8")
    lines = source.split("\n")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node
        ):
            docstring = node.body[0]
            for number in range(docstring.lineno - 1, docstring.end_lineno):
                lines[number] = ""
    return [re.sub(r"#.*", "", line) for line in lines]


def test_files_are_short():
    long = {
        f"{path.relative_to(ROOT)}: {count} lines"
        for path in modules("bench", "config", *ROOMS)
        if (count := path.read_text(encoding="utf-8").count("\n")) > 400
    }
    assert long == set()
