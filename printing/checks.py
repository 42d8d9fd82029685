"""What ``manage.py check``, and so every start, says where no PDF could be made."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string

from printing.backends import PrintBackend
from printing.versions import version_fault


@register()
def pdfs_can_be_made(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Name libraries that were not tried, a backend that is none, and a number of no workers."""
    found: list[CheckMessage] = []
    if fault := version_fault():
        found.append(Error(fault, id="printing.E001"))
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
