"""Fixtures of the tests of components."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory


@pytest.fixture(autouse=True)
def undefined_variables_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a template that names an unknown variable print UNDEFINED."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "UNDEFINED %s")


@pytest.fixture
def component() -> Callable[..., str]:
    """Return a function that renders a component as ``{% include … only %}`` does."""

    def render(name: str, /, **parameters: Any) -> str:
        html = render_to_string(
            f"components/{name}.html", parameters, request=RequestFactory().get("/?q=IOM&page=2")
        )
        assert "UNDEFINED" not in html
        return re.sub(r"\s+", " ", html)

    return render
