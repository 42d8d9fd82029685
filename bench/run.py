"""Running the questions on one database, one after the other."""

import sys
from collections.abc import Collection, Iterator
from dataclasses import replace
from types import ModuleType

from django.db import connection

from bench import (
    autosave,
    backtracking,
    booklets,
    checking,
    collision,
    comparing,
    editing_page,
    killed_database,
    killed_server,
    one_sheet,
    pasting,
    preview,
    sheet_list,
    stored,
    together,
)
from bench.figures import Row
from bench.ministry import make_ministry
from bench.reference import measure_reference
from bench.server import Server
from bench.stage import set_stage

# These depend on how many processes serve the site, so they run with several as well.
OF_ANY = (autosave, together, collision, killed_server, killed_database)
# One person's page needs one process. The list comes last, since it adds hundreds of sheets.
OF_ONE = (editing_page, checking, preview, stored, sheet_list)
# What these measure uses no database, so they run once.
OF_NONE = (backtracking, comparing, pasting, one_sheet, booklets)
QUESTIONS = (*OF_ANY, *OF_ONE, *OF_NONE)

# SQLite takes one writer at a time, so that more processes gain nothing.
WORKERS = {"sqlite": (1,), "postgresql": (3, 1)}


def name_of(question: ModuleType) -> str:
    """Return the name of a question on the command line: that of its module."""
    return question.__name__.rpartition(".")[2]


def run(only: Collection[str]) -> Iterator[Row]:
    """Yield the rows for the database in ``DATABASE_URL``, which has to be empty.

    ``only`` holds the names of questions; empty means all.
    """
    ministry = make_ministry()
    counts = WORKERS[connection.vendor]
    for workers in counts:
        questions = OF_ANY if workers != counts[-1] else (*OF_ANY, *OF_ONE)
        if connection.vendor == "sqlite":
            questions = (*questions, *OF_NONE)
        with Server(workers) as server:
            stage = set_stage(connection.display_name, server, ministry)
            yield from stage.reference.rows(stage.setting)
            for question in questions:
                if not only or name_of(question) in only:
                    print(f"　{stage.setting}: {name_of(question)}", file=sys.stderr, flush=True)
                    # Measured again for each question, since the load of the machine changes.
                    stage = replace(stage, reference=measure_reference(server))
                    yield from question.main(stage)
