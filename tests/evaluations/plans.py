"""Plans of a reorganisation, for the tests that are about something else in it."""

from django.utils import timezone

from accounts.enums import SuccessionKind
from accounts.models import Division
from evaluations.domain.reorganisation import Choices, Plan, affected_by


def renamed_today(division: Division) -> Plan:
    """Return the plan by which ``division`` has another name from today."""
    new = (Division(name="改称課"),)
    return Plan(SuccessionKind.RENAME, timezone.localdate(), (division,), new)


def all_to_the_first(plan: Plan) -> Choices:
    """Let everything that ``plan`` affects now pass to the first of the new divisions."""
    shown = affected_by(plan)
    return Choices(
        {each.pk: 0 for each in shown.contributions}, {each.pk: 0 for each in shown.memberships}
    )
