"""The house keeps its plan: arrows run one way, one writer per invariant, no year in the code."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = [each for each in SETTINGS["tool"]["importlinter"]["root_packages"] if each != "config"]


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


def test_the_arrows_run_one_way():
    """The contracts stand in pyproject.toml; import-linter holds the code against them."""
    linter = Path(sys.executable).with_name("lint-imports")
    checked = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def test_nothing_that_runs_imports_the_bench():
    users = {
        path
        for path in modules("config", *ROOMS)
        for name in imported_by(path)
        if name.split(".")[0] == "bench"
    }
    assert users == set()


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


def test_modules_are_short():
    lengths = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8").count("\n")
        for path in modules("bench", "config", *ROOMS)
        if path.name != "__init__.py"
    }
    assert {name: length for name, length in lengths.items() if length > 300} == {}
    assert median(lengths.values()) <= 90


def test_no_room_outgrows_the_others():
    def lines_of(room: str) -> int:
        return sum(path.read_text(encoding="utf-8").count("\n") for path in modules(room))

    assert lines_of("evaluations") <= 19_000
    assert lines_of("accounts") <= 2_000
