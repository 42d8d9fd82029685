"""System check that the heads file belongs to the configured database."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError

from audit import trail
from audit.heads_file import ForeignHeadsFile, belongs_to_another_chain, heads_file


@register(Tags.database)
def check_heads_file(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Warn if the heads file is another database's or cannot be read.

    Runs with ``migrate`` and ``check --database default``.
    """
    if not databases:
        return []
    try:
        if not belongs_to_another_chain(_chain()):
            return []
    except OSError as error:
        message = f"控えのファイル {heads_file()} を読めません（{error.strerror}）。"
        return [Warning(message, id="audit.W002")]
    return [Warning(str(ForeignHeadsFile()), id="audit.W001")]


def _chain() -> str:
    try:
        return trail.current_head().chain
    except DatabaseError:
        return ""  # before the first migrate there is no log
