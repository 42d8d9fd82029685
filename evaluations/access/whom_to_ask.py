"""Whom to ask: the names of those who can do with a sheet what a person cannot."""

from collections.abc import Sequence

from accounts.queries import Holder, holders_in, names_of
from evaluations.access.rules import Ask, Who
from evaluations.models import Sheet


def holders_for(sheet: Sheet) -> list[Holder]:
    """Return who acts today in the roles that have a part in ``sheet``. Two queries."""
    return holders_in(sheet.answering_division.pk)


def names_for(who: Who, sheet: Sheet, holders: Sequence[Holder]) -> str:
    """Return the names of ``who`` for ``sheet``; empty where it is nobody. One query at most."""
    sides = who.sides(sheet) if who.sides else (who,)
    return "、".join(
        names_of(holders, each.role, each.barred(sheet)) for each in sides if each.role
    )


def asked_in_words(ask: Ask) -> str:
    """Return whom to ask, as a sentence. Three queries at most."""
    names = names_for(ask.who, ask.sheet, holders_for(ask.sheet))
    if not names:
        return (
            f"{ask.who.label}は、今はだれもいません。システム管理者に役割の登録を依頼してください。"
        )
    return f"{ask.who.label}は、今は {names}です。"
