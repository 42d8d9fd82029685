"""What becomes of a division: it ends, and others carry on."""

from collections.abc import Iterable
from datetime import date, timedelta

from accounts.enums import SuccessionKind
from accounts.models import Division, DivisionSuccession, User
from audit.records import save_record


def end_division(division: Division, last_day: date, *, actor: User | None) -> None:
    """Make ``last_day`` the last day of ``division``, which stays in the register."""
    division.valid_until = last_day
    save_record(division, actor=actor)


def found_division(division: Division, first_day: date, *, actor: User | None) -> None:
    """Store the new ``division``, there from ``first_day`` on."""
    division.valid_from = first_day
    division.full_clean()
    save_record(division, actor=actor)


def succeed(
    old: Division,
    successors: Iterable[Division],
    *,
    kind: SuccessionKind,
    on: date,
    actor: User | None,
) -> None:
    """End ``old`` the day before ``on`` and note its ``successors``, to whom its past passes.

    What ``old`` had inherited itself passes with it. Belongs inside a transaction.
    """
    end_division(old, on - timedelta(days=1), actor=actor)
    further_back = Division.objects.filter(successions__successor=old)
    for successor in successors:
        _note(old, successor, kind, on, actor, is_direct=True)
        for ancestor in further_back:
            _note(ancestor, successor, kind, on, actor, is_direct=False)


def _note(
    predecessor: Division,
    successor: Division,
    kind: SuccessionKind,
    on: date,
    actor: User | None,
    *,
    is_direct: bool,
) -> None:
    """Note one succession; where both had parted before, the earlier note stands."""
    if not DivisionSuccession.objects.filter(predecessor=predecessor, successor=successor).exists():
        save_record(
            DivisionSuccession(
                predecessor=predecessor,
                successor=successor,
                kind=kind,
                on=on,
                is_direct=is_direct,
            ),
            actor=actor,
        )
