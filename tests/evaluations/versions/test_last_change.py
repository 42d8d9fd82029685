"""A draft is dated by its last change: the same until something on it changes, then another."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.enums import Role
from audit.records import delete_record, save_record
from contributions.models import FinancialReport, Organization, YearlyAmount
from evaluations.domain.entries import save_entry
from evaluations.domain.grading import grade_sheet, read_second
from evaluations.domain.reorganisation import hand_over
from evaluations.domain.revisions import freeze
from evaluations.models import IssuedPdf, Sheet
from evaluations.paper.build import document_of, document_of_revision
from evaluations.paper.issued_pdf import pdf_of
from evaluations.paper.rendering import render_pdf
from evaluations.paper.sheet_data import data_of_revision
from evaluations.queries.last_change import last_change_of
from evaluations.queries.prefetch import fetch_register
from evaluations.workflow import perform
from evaluations.workflow.effects import issue_pdf, print_revision
from staffing.models import StaffingSnapshot
from tests.evaluations.review import comment
from tests.factories import (
    ContributionFactory,
    DivisionFactory,
    OrganizationFactory,
    UserFactory,
    complete,
    make_person,
    make_sheet,
)

pytestmark = pytest.mark.django_db

MADE = datetime(2018, 7, 2, 1, tzinfo=UTC)
LATER = datetime(2018, 7, 9, 5, 30, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(MADE, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sheet(clock):
    """A complete draft, whose figures were registered on record."""
    sheet = complete(make_sheet())
    for record in (
        YearlyAmount.objects.get(),
        sheet.contribution.financial_reports.get(),
        *StaffingSnapshot.objects.all(),
    ):
        type(record).objects.filter(pk=record.pk).delete()
        record.pk = None
        save_record(record, actor=None)
    return Sheet.objects.get(pk=sheet.pk)


def newest_snapshot():
    return StaffingSnapshot.objects.latest("as_of")


def changed(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    save_record(record, actor=None)


def add(model, **values):
    save_record(model(**values), actor=None)


def officer(sheet):
    return make_person(Role.OFFICER, sheet.division)


CHANGES = {
    "a text": lambda s: save_entry(s, "plan", "・別の文。", version=1, actor=officer(s)),
    "the state": lambda s: perform(s, "submit", actor=officer(s), version=s.version),
    "the division's name": lambda s: changed(s.division, name="新しい課"),
    "another division": lambda s: _handed_over(s),
    "the contribution's name": lambda s: changed(s.contribution, name="新しい拠出金"),
    "its type": lambda s: changed(s.contribution, contribution_type="mandatory"),
    "the organisation's name": lambda s: changed(s.contribution.organization, name_ja="新機関"),
    "another organisation": lambda s: changed(s.contribution, organization=OrganizationFactory()),
    "the evaluation period": lambda s: changed(s.cycle, evaluation_period_start=date(2017, 8, 1)),
    "the budget": lambda s: changed(YearlyAmount.objects.get(), budget_amount_thousand_yen=7),
    "no budget": lambda s: delete_record(YearlyAmount.objects.get(), actor=None),
    "the report": lambda s: changed(FinancialReport.objects.get(), covers_fiscal_year=2016),
    "no report": lambda s: delete_record(FinancialReport.objects.get(), actor=None),
    "the staff": lambda s: changed(newest_snapshot(), japanese_staff=24),
    "no staff": lambda s: delete_record(newest_snapshot(), actor=None),
    "staff moved away": lambda s: changed(newest_snapshot(), organization=OrganizationFactory()),
    "the budget moved": lambda s: changed(
        YearlyAmount.objects.get(), contribution=ContributionFactory()
    ),
    "the budget of another year": lambda s: changed(YearlyAmount.objects.get(), fiscal_year=2011),
    "the report of another year": lambda s: changed(
        FinancialReport.objects.get(), fiscal_year=2011
    ),
    "staff of a later date": lambda s: changed(newest_snapshot(), as_of=date(2031, 12, 31)),
    "newer staff": lambda s: add(
        StaffingSnapshot, organization=s.contribution.organization, as_of=date(2018, 3, 31)
    ),
}  # fmt: skip


def _handed_over(sheet):
    from django.db import transaction  # noqa: PLC0415 -- of use here alone

    with transaction.atomic():
        hand_over(sheet, DivisionFactory(), actor=UserFactory())


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_moves_it(sheet, clock, change):
    assert last_change_of(sheet) == MADE
    clock.move_to(LATER)
    CHANGES[change](sheet)
    after = Sheet.objects.get(pk=sheet.pk)
    assert last_change_of(after) == LATER
    assert document_of(after).draft_note == "案（2018年7月9日 14:30時点）"


def test_grades_move_it_and_opinions_do_not(sheet, clock):
    reviewer, second = make_person(Role.REVIEWER), make_person(Role.REVIEWER)
    perform(sheet, "submit", actor=officer(sheet), version=sheet.version)
    perform(sheet, "confirm", actor=make_person(Role.HEAD, sheet.division), version=sheet.version)
    clock.move_to(LATER)
    grade_sheet(sheet, grade="B", reason="着実。", actor=reviewer, version=sheet.version)
    assert last_change_of(sheet) == LATER
    clock.move_to(LATER + timedelta(days=1))
    read_second(sheet, grade="A", reason="優良。", actor=second, version=sheet.version)
    comment(sheet, reviewer)
    assert last_change_of(sheet) == LATER


def test_what_stands_on_other_sheets_does_not_move_it(sheet, clock):
    clock.move_to(LATER)
    other = make_sheet(ContributionFactory())
    complete(other)
    changed(Organization.objects.exclude(pk=sheet.contribution.organization_id).get(), name_ja="別")
    add(
        YearlyAmount,
        contribution=sheet.contribution,
        fiscal_year=2017,
        budget_amount_thousand_yen=1,
    )
    add(
        StaffingSnapshot,
        organization=sheet.contribution.organization,
        as_of=date(2019, 12, 31),
    )
    assert last_change_of(sheet) == MADE


def test_figures_of_another_year_may_go(sheet, clock):
    amount = YearlyAmount(
        contribution=sheet.contribution, fiscal_year=2011, budget_amount_thousand_yen=1
    )
    save_record(amount, actor=None)
    clock.move_to(LATER)
    delete_record(amount, actor=None)
    assert last_change_of(sheet) == MADE


def the_query(sheet):
    """Return the SQL of ``last_change_of``, which is a single query."""
    known = Sheet.objects.select_related("cycle", "division", "contribution__organization").get()
    fetch_register(known)
    with CaptureQueriesContext(connection) as queries:
        last_change_of(known)
    [query] = queries
    return query["sql"]


def test_it_is_one_query(sheet):
    assert the_query(sheet)


@pytest.mark.skipif(
    connection.vendor != "sqlite",
    reason="PostgreSQL plans by the number of rows, and a test has too few for an index",
)
def test_the_query_goes_along_an_index(sheet):
    """However long the record is: each thing is asked for by its kind and its number."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {the_query(sheet)}")
        plan = [str(row[-1]) for row in cursor.fetchall()]
    searched = [line for line in plan if "INDEX" in line and "object_type" in line]
    # The sheet, its year, division, organisation and contribution; amount, report, snapshots.
    assert len(searched) == 8
    assert [line for line in searched if "object_id" not in line] == []
    assert [line for line in plan if line.startswith("SCAN")] == []


def test_the_same_draft_twice_is_the_same_file(sheet, clock):
    first = pdf_of(sheet)
    clock.move_to(LATER)
    assert pdf_of(sheet) == first
    save_entry(sheet, "plan", "・別の文。", version=1, actor=officer(sheet))
    assert pdf_of(sheet) != first


# --- the same revision, the same bytes -------------------------------------------------------
@pytest.fixture
def issued(sheet):
    reviewer = UserFactory()
    printed = print_revision(freeze(sheet, occasion="approve", actor=reviewer))
    issue_pdf(printed, actor=reviewer)
    return IssuedPdf.objects.get()


def again(issued):
    """Render the revision of ``issued`` again, as the approval did."""
    from evaluations.paper.audit_head import head_as_json  # noqa: PLC0415 -- of use here alone

    revision = type(issued.revision).objects.get(pk=issued.revision_id)
    return {
        "document": document_of_revision(revision),
        "created": revision.created_at,
        "data": data_of_revision(revision),
        "audit_head": head_as_json(issued.audit_sequence, issued.audit_hash),
    }


@pytest.mark.parametrize(
    "times", [3, pytest.param(100, marks=pytest.mark.nightly, id="a hundred times")]
)
def test_a_revision_gives_the_same_bytes_each_time(issued, clock, times):
    clock.move_to(timezone.now() + timedelta(days=400))
    assert {render_pdf(**again(issued)) for _ in range(times)} == {bytes(issued.content)}


RENDER = """
import pickle, sys, django
django.setup()
from evaluations.paper.rendering import render_pdf
sys.stdout.buffer.write(render_pdf(**pickle.load(sys.stdin.buffer)))
"""


@pytest.mark.parametrize(("seed", "zone"), [("0", "UTC"), ("4711", "America/St_Johns")])
def test_another_process_gives_the_same_bytes(issued, seed, zone):
    import pickle  # noqa: PLC0415 -- of use here alone

    environment = {
        "PYTHONHASHSEED": seed,
        "TZ": zone,
        "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
        "LANG": "C",
    }
    ended = subprocess.run(
        [sys.executable, "-c", RENDER],
        cwd=Path(settings.BASE_DIR),
        env=os.environ | environment,
        input=pickle.dumps(again(issued)),
        capture_output=True,
        check=False,
    )
    assert ended.stderr.decode() == ""
    assert ended.stdout == bytes(issued.content)
