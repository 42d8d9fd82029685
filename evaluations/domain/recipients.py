"""Recipients of notices: who is told of what happens to a sheet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from evaluations.enums import Action
from evaluations.models import Sheet


@dataclass(frozen=True)
class Recipients:
    """A group of users: its name in Japanese, and the condition that selects them for a sheet."""

    label: str
    of: Callable[[Sheet], Q]


def users_in(groups: Iterable[Recipients], sheet: Sheet) -> QuerySet[User]:
    """Return the active users in any of ``groups``."""
    condition = reduce(or_, [group.of(sheet) for group in groups])
    return User.objects.filter(condition, is_active=True)


def can_follow(sheet: Sheet, *, reviewers_only: bool = False) -> Q:
    """Return the condition on users who see the state of ``sheet`` today.

    They are the answering division and those who see all divisions; ``reviewers_only``: the latter.
    """
    see_all = _in_ministry(Role.REVIEWER) | _in_ministry(Role.COORDINATOR)
    if reviewers_only:
        return see_all
    return see_all | _in_division(Role.OFFICER, sheet) | _in_division(Role.HEAD, sheet)


def _in_division(role: Role, sheet: Sheet) -> Q:
    return has_role(role, sheet.answering_division, on=timezone.localdate())


def _in_ministry(role: Role) -> Q:
    return has_role(role, on=timezone.localdate())


def _involved(sheet: Sheet) -> Q:
    """Return the condition on those who wrote or signed ``sheet`` and can still follow it."""
    # Undoing an approval clears ``approved_by``; the transition still names the person.
    approver = sheet.transitions.filter(action=Action.APPROVE).values_list("actor", flat=True)
    signed_by = (
        sheet.submitted_by_id,
        sheet.confirmed_by_id,
        sheet.approved_by_id or approver.first(),
    )
    involved = Q(pk__in=sheet.authorships.values("user")) | Q(pk__in=[pk for pk in signed_by if pk])
    return involved & can_follow(sheet)


OFFICERS = Recipients("担当課室の担当官", lambda sheet: _in_division(Role.OFFICER, sheet))
HEADS = Recipients("担当課室の課室長", lambda sheet: _in_division(Role.HEAD, sheet))
REVIEWERS = Recipients("審査担当", lambda sheet: _in_ministry(Role.REVIEWER))
COORDINATORS = Recipients("取りまとめ", lambda sheet: _in_ministry(Role.COORDINATOR))
INVOLVED = Recipients("執筆・提出・確認・確定した人", _involved)
