"""System checks of the printer's settings and libraries."""

from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string

from printing.backends import PrintBackend
from printing.versions import version_fault


@register()
def libraries_are_accepted(
    app_configs: Any, *, installed: Callable[[str], str] = version, **kwargs: Any
) -> list[CheckMessage]:
    """Report libraries in a version that has not been tested."""
    fault = version_fault(installed)
    return [Error(fault, id="printing.E001")] if fault else []


@register()
def backend_is_set_up(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Report an invalid ``PRINT_BACKEND`` or ``PRINT_WORKERS``."""
    found: list[CheckMessage] = []
    if not _is_backend(settings.PRINT_BACKEND):
        found.append(
            Error(
                f"PRINT_BACKEND（{settings.PRINT_BACKEND}）は、PDFを作成するクラスではありません。",
                hint="例：PRINT_BACKEND=printing.backends.WorkerPoolBackend",
                id="printing.E002",
            )
        )
    if settings.PRINT_WORKERS < 1:
        found.append(
            Error(
                f"PRINT_WORKERS（{settings.PRINT_WORKERS}）は、1以上にしてください。",
                hint="専用のプロセスを使わないときは、"
                "PRINT_BACKEND=printing.backends.InProcessBackend としてください。",
                id="printing.E003",
            )
        )
    return found


def _is_backend(path: str) -> bool:
    try:
        named = import_string(path)
    except ImportError:
        return False
    return isinstance(named, type) and issubclass(named, PrintBackend)
