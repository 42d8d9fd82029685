"""Accepted versions of the libraries whose internals we patch or rely on.

``pyproject.toml`` pins the same versions. To accept another one, change both, run
``make test-all``, and review the differences found by ``tests/evaluations/paper/test_pictures.py``.
"""

from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType

from django.core.exceptions import ImproperlyConfigured

# WeasyPrint: justification, structure tags, HTML parsing. pydyf: PDF objects before
# serialization. cssselect2: the element tree of a page.
ACCEPTED: Mapping[str, str] = MappingProxyType(
    {"weasyprint": "70.0", "pydyf": "0.13.0", "cssselect2": "0.10.1"}
)


def version_fault(installed: Callable[[str], str] = version) -> str:
    """Return a message for operators that names the wrong versions; "" if all are accepted."""
    wrong = [
        f"{name} {found or 'なし'}"
        for name, accepted in ACCEPTED.items()
        if (found := _found(name, installed)) != accepted
    ]
    if not wrong:
        return ""
    needed = "、".join(f"{name} {accepted}" for name, accepted in ACCEPTED.items())
    return (
        f"PDFの作成には {needed} が必要です（導入されているのは {'、'.join(wrong)}）。"
        "requirements.txt のとおりに導入し直してください（make setup）。"
    )


def require_accepted_versions(installed: Callable[[str], str] = version) -> None:
    """Raise ImproperlyConfigured for a version that has not been tested."""
    if fault := version_fault(installed):
        raise ImproperlyConfigured(fault)


def _found(name: str, installed: Callable[[str], str]) -> str:
    try:
        return installed(name)
    except PackageNotFoundError:
        return ""
