"""What a question needs: a running server, its database, and users who are signed in."""

from dataclasses import dataclass

from bench.ministry import PASSWORD, Ministry
from bench.people import Person
from bench.reference import Reference, measure_reference
from bench.server import Server
from editions.definition import Item
from evaluations.models import Sheet

# The ``setting`` of rows that need neither database nor server.
NO_DATABASE = "no database"


@dataclass(frozen=True)
class Stage:
    """``setting`` names the database and the number of processes in the table.

    ``reference`` was measured immediately before.
    """

    setting: str
    server: Server
    ministry: Ministry
    officers: list[Person]
    of_small_division: Person
    reviewer: Person
    reference: Reference


def set_stage(database: str, server: Server, ministry: Ministry) -> Stage:
    """Sign all users in, and return the stage."""
    officers = [Person(user.pk, user.username, server.port) for user in ministry.officers]
    small, reviewer = (
        Person(user.pk, user.username, server.port)
        for user in (ministry.of_small_division, ministry.reviewer)
    )
    for person in (*officers, small, reviewer):
        person.sign_in(PASSWORD)
    processes = f"{server.workers} process{'es' if server.workers > 1 else ''}"
    return Stage(
        f"{database}, {processes}",
        server,
        ministry,
        officers,
        small,
        reviewer,
        measure_reference(server),
    )


def texts_by_length(sheet: Sheet) -> list[Item]:
    """Return the text items of the sheet, those with the highest limit first."""
    return sorted(sheet.edition.definition.text_items, key=lambda item: -(item.max_length or 0))
