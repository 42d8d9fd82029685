"""Suggestions, restricted to those that a person may see."""

from accounts.roles import Roles
from evaluations.access.comments import audiences_of
from evaluations.models import Sheet, Suggestion
from evaluations.models.suggestions import SuggestionQuerySet


def suggestions_visible_to(roles: Roles, sheet: Sheet) -> SuggestionQuerySet:
    """Return the suggestions on ``sheet`` that a person with ``roles`` may see."""
    if not audiences_of(roles, sheet):
        return Suggestion.objects.none()
    return Suggestion.objects.filter(sheet=sheet).select_related(
        "made_by", "revision", "decision__decided_by"
    )
