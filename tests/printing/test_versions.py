"""The libraries whose inside is relied on: which are accepted, and what is said of others."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from printing import system_checks
from printing.versions import ACCEPTED, require_accepted_versions, version_fault

ROOT = Path(__file__).resolve().parents[2]


def test_what_is_required_and_locked_is_what_is_accepted():
    required = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert {f"{name}=={version}" for name, version in ACCEPTED.items()} <= set(required)
    for lock in ("requirements.txt", "requirements-dev.txt"):
        locked = dict(re.findall(r"^(\S+)==(\S+) \\$", (ROOT / lock).read_text(), re.MULTILINE))
        assert {name: locked[name] for name in ACCEPTED} == dict(ACCEPTED)


def test_what_is_installed_is_accepted():
    require_accepted_versions()
    assert version_fault() == ""


@pytest.mark.parametrize("name", ACCEPTED)
def test_another_version_is_named_with_what_is_accepted_and_what_to_do(name):
    fault = version_fault((ACCEPTED | {name: "99.1"}).__getitem__)
    assert f"導入されているのは {name} 99.1）" in fault
    assert all(f"{each} {version}" in fault for each, version in ACCEPTED.items())
    assert "導入し直してください" in fault


def test_a_missing_library_is_named_too():
    def installed(name: str) -> str:
        raise PackageNotFoundError(name)

    with pytest.raises(ImproperlyConfigured, match="weasyprint なし、pydyf なし"):
        require_accepted_versions(installed)


def test_the_system_check_says_the_same():
    installed = (ACCEPTED | {"pydyf": "0.14"}).__getitem__
    [error] = system_checks.libraries_are_accepted(None, installed=installed)
    assert (error.id, error.msg) == ("printing.E001", version_fault(installed))
    assert system_checks.libraries_are_accepted(None) == []


@pytest.mark.parametrize("path", ["printing.backends.Nothing", "nowhere.Backend", "builtins.dict"])
def test_a_backend_that_is_none_is_refused_at_the_start(settings, path):
    settings.PRINT_BACKEND = path
    [error] = system_checks.backend_is_set_up(None)
    assert error.id == "printing.E002"
    assert path in error.msg


def test_no_workers_at_all_are_refused_with_the_way_to_do_without(settings):
    settings.PRINT_WORKERS = 0
    [error] = system_checks.backend_is_set_up(None)
    assert error.id == "printing.E003"
    assert "InProcessBackend" in error.hint
