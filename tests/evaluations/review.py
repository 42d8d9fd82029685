"""Comments and suggestions, for tests that need some."""

from typing import Any

import pytest
from django.db import models

from accounts.models import User
from core.append_only import AppendOnlyError
from evaluations.domain.comments import open_thread
from evaluations.domain.entries import fill_entries
from evaluations.domain.suggestions import suggest
from evaluations.enums import CommentAudience
from evaluations.models import CommentThread, Sheet, Suggestion
from evaluations.queries.content import entries_of


def comment(
    sheet: Sheet,
    actor: User,
    text: str = "時期を書いてください。",
    key: str = "plan",
    **how: Any,
) -> CommentThread:
    """Add a comment by ``actor`` on an entry; the division can see it unless ``how`` differs."""
    return open_thread(
        sheet, key, text, actor=actor, **{"audience": CommentAudience.DIVISION} | how
    )


def wording(sheet: Sheet, actor: User, text: str, key: str = "plan", **how: Any) -> Suggestion:
    """Suggest ``text`` for the current version of an entry."""
    version = entries_of(sheet)[key].version
    return suggest(sheet, key, text, version=version, actor=actor, **how)


def say(sheet: Sheet, reviewer: User) -> None:
    """Let a reviewer comment on a sheet in review, and suggest a wording."""
    comment(sheet, reviewer)
    wording(sheet, reviewer, "・期間中の取組を計画的に進めた。")


def rewrite(sheet: Sheet, **texts: str) -> None:
    """Overwrite these entries in any state of the sheet; the others stay unchanged."""
    fill_entries(sheet, {key: entry.text for key, entry in entries_of(sheet).items()} | texts)


def assert_written_once(*rows: models.Model) -> None:
    """Check that every way to change or delete these rows is refused."""
    for row in rows:
        stored = type(row).objects
        for forbidden in (
            row.save,
            row.delete,
            stored.all().delete,
            lambda row=row, stored=stored: stored.update(pk=row.pk),
        ):
            with pytest.raises(AppendOnlyError):
                forbidden()
