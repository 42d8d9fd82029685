"""The versions of the libraries whose inside we patch or rely on: exactly those that were tried.

``pyproject.toml`` pins the same ones. To accept another: change both, run the suite with
``make test-all``, look at what ``tests/evaluations/paper/test_pictures.py`` says.
"""

from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType

from django.core.exceptions import ImproperlyConfigured

# WeasyPrint: justification, marks in tags, our way to read a page. pydyf: the objects of the PDF
# that is about to be written. cssselect2: the tree of the page.
ACCEPTED: Mapping[str, str] = MappingProxyType(
    {"weasyprint": "70.0", "pydyf": "0.13.0", "cssselect2": "0.10.1"}
)


def version_fault(installed: Callable[[str], str] = version) -> str:
    """Return, in words for who runs the system, which versions are wrong; "" if none is."""
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
    """Raise ImproperlyConfigured for a version whose inside has not been tried."""
    if fault := version_fault(installed):
        raise ImproperlyConfigured(fault)


def _found(name: str, installed: Callable[[str], str]) -> str:
    try:
        return installed(name)
    except PackageNotFoundError:
        return ""
