"""A ministry with something at every address, and a browser for every column of the tables."""

import pytest
from django.test import Client

from booklets.domain.requests import request_booklet
from booklets.enums import BookletKind
from bulk_steps.domain.requests import SeenSheet, request_bulk_step
from evaluations.enums import Action, State
from tests.evaluations.review import say
from tests.evaluations.scene import ROLES, make_ministry

COLUMNS = ("anonymous", *ROLES)


@pytest.fixture
def ministry():
    """A ministry in which each sheet has been through a review, and one is to be a booklet.

    With the same one a bulk step was tried.
    """
    ministry = make_ministry()
    for sheet in (ministry.sheet, ministry.other_sheet):
        say(ministry.put(State.REVIEW, sheet), ministry.people["reviewer"])
        ministry.put(State.DRAFT, sheet)
    asked = {"kind": BookletKind.LIST, "selection": [], "actor": ministry.people["officer"]}
    request_booklet([ministry.sheet.pk], **asked)
    # Refused, since the page was of another version: the officer has a result, the sheet no step.
    request_bulk_step(
        [SeenSheet(ministry.sheet.pk, version=0)],
        action=Action.SUBMIT,
        comment="",
        actor=ministry.people["officer"],
    )
    return ministry


@pytest.fixture
def clients(ministry):
    """A browser for each column of the tables."""
    browsers = {name: Client(raise_request_exception=False) for name in COLUMNS}
    for name in ROLES:
        browsers[name].force_login(ministry.people[name])
    return browsers
