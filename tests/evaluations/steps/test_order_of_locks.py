"""No two verbs ever wait for each other: one order of locks, tried with every pair of verbs.

On PostgreSQL: SQLite lets one write at a time, and knows no locks of rows.
"""

import os
import re

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEntry
from audit.trail import Verification, verify
from booklets.domain import production
from core.refusals import Refusal
from tests.evaluations.steps.house import make_house, make_ready
from tests.evaluations.steps.verbs import VERBS
from tests.threads import at_once

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks no rows"),
    pytest.mark.usefixtures("fake_pdf", "no_paper"),
]

# In how many groups the verbs are met; a group meets itself and each of the others.
CHUNKS = 6
# Of each two groups; a night has the time to meet the rare moment as well.
ROUNDS = 20 if os.environ.get("NIGHTLY") else 1
# What one of two may well be told: the other was first, or took the right away.
REFUSED = (Refusal, ValidationError, PermissionDenied, ObjectDoesNotExist, ProtectedError)

# The order in which rows are locked, as docs/architecture.md has it.
ORDER = (
    "accounts_user",
    "accounts_division",
    "evaluations_cycle",
    "editions_edition",
    "evaluations_sheet",
    "contributions_contribution",
    "accounts_membership",
    "accounts_deputyship",
    "contributions_yearlyamount",
    "contributions_financialreport",
    "staffing_staffingsnapshot",
    "booklets_booklet",
    "notices_message",
    "notices_outgoingmail",
    "audit_audithead",
)
# Locked only with the sheet, and not referred to by other rows.
WITHIN_A_SHEET = {"evaluations_secondreading", "evaluations_criteriongrade"}
LOCKING = re.compile(r' FROM "(\w+)" ((?:\w+ )+JOIN )?.*FOR (NO KEY UPDATE|UPDATE)\b', re.S)


@pytest.fixture
def no_paper(monkeypatch):
    monkeypatch.setattr(production, "year_list_pdf", lambda *_: b"%PDF-1.7")


@pytest.mark.django_db
def test_each_verb_locks_in_the_order_of_all():
    house, wrong = make_house(), {}
    for name, verb in VERBS.items():
        make_ready(house)
        with CaptureQueriesContext(connection) as queries:
            verb(house)  # alone it is refused nothing
        for locks in transactions_of(query["sql"] for query in queries):
            taken = list(dict.fromkeys(table for table, *_ in locks if table not in WITHIN_A_SHEET))
            whole = {table for table, _, mode in locks if mode == "UPDATE"}
            joined = any(join for _, join, _ in locks)  # read before the wait
            in_order = taken == sorted(taken, key=ORDER.index)
            if not in_order or joined or whole - WITHIN_A_SHEET:
                wrong[name] = locks
    assert wrong == {}


def transactions_of(statements):
    """Return what each transaction locks, in its order: table, a join, mode."""
    transactions, depth = [[]], 0
    for sql in statements:
        if sql.startswith("SAVEPOINT"):
            depth += 1
        elif sql.startswith("RELEASE"):
            depth -= 1
        if depth == 0:
            transactions.append([])
        elif found := LOCKING.search(sql):
            transactions[-1].append(found.groups())
    return transactions


# Some verbs together at once, and every two of them in one of the groups: each pair on its own
# would take four times as long.
TOGETHER = [list(VERBS)[place::CHUNKS] for place in range(CHUNKS)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", range(CHUNKS))
def test_each_verb_beside_each_other(first):
    house, died = make_house(), []
    for other in TOGETHER[first:]:
        group = [*TOGETHER[first], *other]
        for _ in range(ROUNDS):
            make_ready(house)
            outcomes = at_once(len(group), lambda place, group=group: VERBS[group[place]](house))
            died += [
                (name, each, group)
                for name, each in zip(group, outcomes, strict=True)
                if isinstance(each, Exception) and not isinstance(each, REFUSED)
            ]
    assert died == []
    assert verify() == Verification(AuditEntry.objects.count())
