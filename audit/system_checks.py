"""A system check: whether the hashes of the audit log would go into another database's file."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError

from audit import trail
from audit.witnesses import OfAnotherChain, heads_file, is_of_another


@register(Tags.database)
def heads_file_is_ours(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Warn of a file that is another database's, and of one that cannot be read.

    Run by ``migrate`` and by ``check --database default``.
    """
    if not databases:
        return []
    try:
        if not is_of_another(_chain()):
            return []
    except OSError as error:
        message = f"控えのファイル {heads_file()} を読めません（{error.strerror}）。"
        return [Warning(message, id="audit.W002")]
    return [Warning(str(OfAnotherChain()), id="audit.W001")]


def _chain() -> str:
    try:
        return trail.stored_head().chain
    except DatabaseError:
        return ""  # before the first migrate there is no log
