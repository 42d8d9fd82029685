"""Every action that is recorded has been registered, with its Japanese label, by its room."""

import ast
from pathlib import Path

import pytest

from audit import actions, trail
from tests.factories import DivisionFactory

ROOT = Path(__file__).resolve().parents[2]


def test_an_action_that_no_room_has_registered_is_refused(db):
    with pytest.raises(ValueError, match=r"no\.such"):
        trail.record("no.such", DivisionFactory(), actor=None)


def test_an_action_has_one_label():
    with pytest.raises(ValueError, match="台帳への追加"):
        actions.register({"register.add": "another label"})


def actions_named_in_code() -> set[str]:
    """The literal first arguments of ``trail.record``."""
    found = set()
    for path in ROOT.glob("*/**/*.py"):
        if path.relative_to(ROOT).parts[0] in {"tests", ".venv", "bench"}:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func) == "trail.record"
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                found.add(node.args[0].value)
    return found


def test_every_action_named_in_the_code_is_registered():
    named = actions_named_in_code()
    assert named
    assert named <= set(actions.registered())
