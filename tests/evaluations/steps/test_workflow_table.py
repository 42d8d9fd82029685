"""Every state × action × role, with its outcome written out.

    ○  the step is taken        ×  the person may not (403), and is told who does
    －  the table has no such step in this state

Columns: officer and head of the sheet's division; the head who submitted it; a reviewer; the
reviewers who wrote in it and who confirmed it; coordinator; viewer; officer and head of another
division; somebody without any role.
"""

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership
from core.refusals import NotAllowed, Refusal
from evaluations.domain.revisions import freeze
from evaluations.enums import Action, State
from evaluations.models import Authorship, IssuedPdf, Sheet
from evaluations.workflow import perform, steps_open_to
from tests.factories import (
    DivisionFactory,
    UserFactory,
    complete,
    make_person,
    make_sheet,
    put_in_state,
)

pytestmark = pytest.mark.django_db

COLUMNS = (
    "officer",
    "head",
    "head_submitter",
    "reviewer",
    "reviewer_author",
    "reviewer_confirmer",
    "coordinator",
    "viewer",
    "other_officer",
    "other_head",
    "nobody",
)

# fmt: off
TABLE = """
draft           submit    ○ × ○ × × × × × × × ×
draft           withdraw  － － － － － － － － － － －
draft           confirm   － － － － － － － － － － －
draft           return    － － － － － － － － － － －
draft           approve   － － － － － － － － － － －
draft           publish   － － － － － － － － － － －
draft           reopen    － － － － － － － － － － －
draft           exclude   × × × × × × ○ × × × ×
draft           include   － － － － － － － － － － －
draft           undo_return   － － － － － － － － － － －
draft           undo_approve  － － － － － － － － － － －
returned        submit    ○ × ○ × × × × × × × ×
returned        withdraw  － － － － － － － － － － －
returned        confirm   － － － － － － － － － － －
returned        return    － － － － － － － － － － －
returned        approve   － － － － － － － － － － －
returned        publish   － － － － － － － － － － －
returned        reopen    － － － － － － － － － － －
returned        exclude   × × × × × × ○ × × × ×
returned        include   － － － － － － － － － － －
returned        undo_return   × × × ○ ○ ○ × × × × ×
returned        undo_approve  － － － － － － － － － － －
division_check  submit    － － － － － － － － － － －
division_check  withdraw  ○ × ○ × × × × × × × ×
division_check  confirm   × ○ × × × ○ × × × × ×
division_check  return    × ○ ○ × × ○ × × × × ×
division_check  approve   － － － － － － － － － － －
division_check  publish   － － － － － － － － － － －
division_check  reopen    － － － － － － － － － － －
division_check  exclude   － － － － － － － － － － －
division_check  include   － － － － － － － － － － －
division_check  undo_return   － － － － － － － － － － －
division_check  undo_approve  － － － － － － － － － － －
review          submit    － － － － － － － － － － －
review          withdraw  － － － － － － － － － － －
review          confirm   － － － － － － － － － － －
review          return    × × × ○ ○ ○ × × × × ×
review          approve   × × × ○ × × × × × × ×
review          publish   － － － － － － － － － － －
review          reopen    － － － － － － － － － － －
review          exclude   － － － － － － － － － － －
review          include   － － － － － － － － － － －
review          undo_return   － － － － － － － － － － －
review          undo_approve  － － － － － － － － － － －
approved        submit    － － － － － － － － － － －
approved        withdraw  － － － － － － － － － － －
approved        confirm   － － － － － － － － － － －
approved        return    － － － － － － － － － － －
approved        approve   － － － － － － － － － － －
approved        publish   × × × × × × ○ × × × ×
approved        reopen    × × × × × × ○ × × × ×
approved        exclude   － － － － － － － － － － －
approved        include   － － － － － － － － － － －
approved        undo_return   － － － － － － － － － － －
approved        undo_approve  × × × ○ × × × × × × ×
published       submit    － － － － － － － － － － －
published       withdraw  － － － － － － － － － － －
published       confirm   － － － － － － － － － － －
published       return    － － － － － － － － － － －
published       approve   － － － － － － － － － － －
published       publish   － － － － － － － － － － －
published       reopen    × × × × × × ○ × × × ×
published       exclude   － － － － － － － － － － －
published       include   － － － － － － － － － － －
published       undo_return   － － － － － － － － － － －
published       undo_approve  － － － － － － － － － － －
excluded        submit    － － － － － － － － － － －
excluded        withdraw  － － － － － － － － － － －
excluded        confirm   － － － － － － － － － － －
excluded        return    － － － － － － － － － － －
excluded        approve   － － － － － － － － － － －
excluded        publish   － － － － － － － － － － －
excluded        reopen    － － － － － － － － － － －
excluded        exclude   － － － － － － － － － － －
excluded        include   × × × × × × ○ × × × ×
excluded        undo_return   － － － － － － － － － － －
excluded        undo_approve  － － － － － － － － － － －
"""
# fmt: on

ROWS = [line.split() for line in TABLE.strip().splitlines()]

TO_STATE = {
    "submit": State.DIVISION_CHECK,
    "withdraw": State.DRAFT,
    "confirm": State.REVIEW,
    "return": State.RETURNED,
    "approve": State.APPROVED,
    "publish": State.PUBLISHED,
    "reopen": State.RETURNED,
    "exclude": State.EXCLUDED,
    "include": State.DRAFT,
    "undo_return": State.REVIEW,
    "undo_approve": State.REVIEW,
}


def test_the_table_has_every_cell():
    assert {(state, action) for state, action, *_ in ROWS} == {
        (state, action) for state in State.values for action in Action.values
    }
    assert len(ROWS) == len(State.values) * len(Action.values)
    assert {len(cells) for _, _, *cells in ROWS} == {len(COLUMNS)}


@pytest.fixture
def scene():
    """A complete, graded sheet and everybody who might act on it."""
    sheet = complete(make_sheet())
    Sheet.objects.filter(pk=sheet.pk).update(overall_grade="B", overall_grade_reason="着実。")
    division, other = sheet.division, DivisionFactory()
    people = {
        "officer": make_person(Role.OFFICER, division),
        "head": make_person(Role.HEAD, division),
        "head_submitter": make_person(Role.HEAD, division),
        "reviewer": make_person(Role.REVIEWER),
        "reviewer_author": make_person(Role.REVIEWER),
        "reviewer_confirmer": make_person(Role.REVIEWER),
        "coordinator": make_person(Role.COORDINATOR),
        "viewer": make_person(Role.VIEWER),
        "other_officer": make_person(Role.OFFICER, other),
        "other_head": make_person(Role.HEAD, other),
        "nobody": UserFactory(),
    }
    hold = {"role": Role.OFFICER, "valid_from": "2000-01-01", "division": division}
    Membership.objects.create(user=people["head_submitter"], **hold)
    Membership.objects.create(user=people["reviewer_confirmer"], **hold | {"role": Role.HEAD})
    Authorship.objects.create(sheet=sheet, user=people["reviewer_author"])
    return sheet, people


@pytest.mark.parametrize("state", State.values)
def test_every_role_has_its_outcome(scene, fake_pdf, state):
    sheet, people = scene
    _put(sheet, state, people)
    if state in (State.APPROVED, State.PUBLISHED):
        _issue_pdf(sheet, people["reviewer"])
    outcomes = {
        action: {name: _outcome(sheet, action, people[name]) for name in COLUMNS}
        for action in Action.values
    }
    assert outcomes == _cells(state)


@pytest.mark.parametrize("state", State.values)
def test_the_buttons_shown_are_the_steps_that_can_be_taken(scene, state):
    sheet, people = scene
    _put(sheet, state, people)
    shown = {
        name: {step.action for step in steps_open_to(people[name].acting, sheet)}
        for name in COLUMNS
    }
    cells = _cells(state)
    assert shown == {
        name: {action for action in cells if cells[action][name] == "○"} for name in COLUMNS
    }


def _cells(state):
    """Return the part of the table that is about ``state``: by action, then by column."""
    return {
        action: dict(zip(COLUMNS, cells, strict=True)) for of, action, *cells in ROWS if of == state
    }


def _put(sheet, state, people):
    put_in_state(
        sheet,
        State(state),
        submitter=people["head_submitter"],
        confirmer=people["reviewer_confirmer"],
        approver=people["reviewer"],
    )
    _return_if_returned(sheet, people["reviewer"])


class _Undo(Exception):
    pass


def _outcome(sheet, action, actor):
    """Try the step, note what came of it, and undo it."""
    sheet = Sheet.objects.get(pk=sheet.pk)
    before = sheet.state
    result = ""
    try:
        with transaction.atomic():
            result = _try(sheet, action, actor, before)
            raise _Undo
    except _Undo:
        pass
    return result


def _try(sheet, action, actor, before):
    try:
        perform(sheet, action, actor=actor, comment="理由を述べます。", version=sheet.version)
    except NotAllowed as refusal:
        return "×" if _explained(refusal, sheet, before) else refusal.message
    except Refusal as refusal:
        return "－" if _explained(refusal, sheet, before) else refusal.message
    assert Sheet.objects.get(pk=sheet.pk).state == TO_STATE[action]
    return "○"


def _explained(refusal, sheet, before):
    """Whether a refusal changed nothing and is a sentence for the person."""
    unchanged = Sheet.objects.get(pk=sheet.pk).state == before
    return unchanged and refusal.message.endswith("。")


def _return_if_returned(sheet, reviewer):
    """Leave the traces of the steps by which a returned sheet came to be so."""
    if sheet.state == State.RETURNED:
        stamp = {"submitted_by": reviewer, "confirmed_by": reviewer}
        now = timezone.now()
        Sheet.objects.filter(pk=sheet.pk).update(submitted_at=now, confirmed_at=now, **stamp)
        sheet.transitions.create(
            action=Action.RETURN,
            from_state=State.REVIEW,
            to_state=State.RETURNED,
            actor=reviewer,
            role="審査担当",
            comment="時期を書き加えてください。",
            revision=freeze(sheet, occasion=Action.RETURN, actor=reviewer),
        )


def _issue_pdf(sheet, user):
    revision = freeze(sheet, occasion="approve", actor=user)
    IssuedPdf.objects.create(revision=revision, content=b"%PDF-", sha256="0" * 64)
