"""A plan carried out on its day, and what people are called afterwards."""

from datetime import date

from accounts.enums import SuccessionKind
from accounts.models import Division
from accounts.roles import roles_of
from evaluations.domain.reorganisation import Choices, Plan, reorganise
from tests.evaluations.plans import all_to_the_first

ON = date(2019, 4, 1)
BEFORE, AFTER = "2019-03-31 17:00 +0900", "2019-04-01 09:00 +0900"


def plan_of(kind, old, *new):
    """Return a plan in which names stand for new divisions."""
    after = tuple(each if isinstance(each, Division) else Division(name=each) for each in new)
    return Plan(SuccessionKind(kind), ON, tuple(old), after)


def carry_out(plan, administrator, contributions=None, memberships=None):
    """Carry out a plan; objects without a choice pass to the first of the new divisions."""
    first = all_to_the_first(plan)
    chosen = Choices(
        first.contributions | (contributions or {}), first.memberships | (memberships or {})
    )
    reorganise(plan, chosen, actor=administrator)


def titles(person):
    return roles_of(person).titles
