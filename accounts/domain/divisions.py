"""Ending divisions, and handing over to their successors."""

from collections.abc import Iterable
from datetime import date, timedelta

from accounts.enums import SuccessionKind
from accounts.models import Division, DivisionSuccession, User
from audit.records import save_record


def end_division(division: Division, last_day: date, *, actor: User | None) -> None:
    """Make ``last_day`` the last day of ``division``; the row is kept."""
    division.valid_until = last_day
    save_record(division, actor=actor)


def found_division(division: Division, first_day: date, *, actor: User | None) -> None:
    """Save the new ``division``, which exists from ``first_day`` on."""
    division.valid_from = first_day
    division.full_clean()
    save_record(division, actor=actor)


def hand_over_division(
    old: Division,
    successors: Iterable[Division],
    *,
    kind: SuccessionKind,
    on: date,
    actor: User | None,
) -> None:
    """End ``old`` the day before ``on``, and record its ``successors``, who see its sheets.

    They also succeed the predecessors of ``old``. Call it inside a transaction.
    """
    end_division(old, on - timedelta(days=1), actor=actor)
    further_back = Division.objects.filter(successions__successor=old)
    for successor in successors:
        _add_succession(old, successor, kind, on, actor, is_direct=True)
        for ancestor in further_back:
            _add_succession(ancestor, successor, kind, on, actor, is_direct=False)


def _add_succession(
    predecessor: Division,
    successor: Division,
    kind: SuccessionKind,
    on: date,
    actor: User | None,
    *,
    is_direct: bool,
) -> None:
    """Save one succession unless there is an earlier one between the two divisions."""
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
