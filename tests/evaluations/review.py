"""What is said in a review, for the tests that need something to have been said."""

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
    """Let ``actor`` comment on an entry, for the division to see unless ``how`` says otherwise."""
    return open_thread(
        sheet, key, text, actor=actor, **{"audience": CommentAudience.DIVISION} | how
    )


def wording(sheet: Sheet, actor: User, text: str, key: str = "plan", **how: Any) -> Suggestion:
    """Let ``actor`` suggest ``text`` for an entry as it stands."""
    version = entries_of(sheet)[key].version
    return suggest(sheet, key, text, version=version, actor=actor, **how)


def say(sheet: Sheet, reviewer: User) -> None:
    """Let a reviewer comment on a sheet in review, and suggest a wording."""
    comment(sheet, reviewer)
    wording(sheet, reviewer, "・期間中の取組を計画的に進めた。")


def rewrite(sheet: Sheet, **texts: str) -> None:
    """Let these entries say something else, whatever the state; the others stay as they are."""
    fill_entries(sheet, {key: entry.text for key, entry in entries_of(sheet).items()} | texts)


def assert_written_once(*rows: models.Model) -> None:
    """Try everything that changes or deletes these rows, and see each of it refused."""
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
