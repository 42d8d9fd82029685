"""The site's own files as they are served in use, under names that change with their content."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

STORAGES = {"staticfiles": {"BACKEND": "config.storage.StaticFilesStorage"}}


@pytest.mark.sweep
def test_modules_import_each_other_under_their_hashed_names(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=STORAGES):
        call_command("collectstatic", interactive=False, verbosity=0)
    hashed = {
        path.resolve()
        for path in (tmp_path / "js").rglob("*.js")
        if re.search(r"\.\w{12}\.js$", path.name)
    }
    imported = {
        (path.parent / name).resolve()
        for path in hashed
        for name in re.findall(r'(?:from|import) ?\(?"(\.[^"]+)"', path.read_text())
    }
    assert {path.parent.name for path in imported} >= {"words", "writing", "paste"}
    assert imported <= hashed
