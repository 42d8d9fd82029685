"""A ministry with sheets to choose, and ways to take a step with many of them."""

import pytest
from django.urls import reverse

from bulk_steps.domain.requests import SeenSheet, request_bulk_step
from bulk_steps.models import BulkStep
from evaluations.enums import Action, State
from evaluations.models import Sheet
from tests.evaluations.scene import make_ministry, shown
from tests.factories import ContributionFactory, complete, make_sheet

NEW = "/bulk-steps/new/"


@pytest.fixture
def ministry():
    return make_ministry()


@pytest.fixture
def sign_in(client, ministry):
    """Return a function that gives the browser of a role."""

    def as_(role):
        client.force_login(ministry.people[role])
        return client

    return as_


def graded(*sheets):
    """Give each of ``sheets`` the grade without which it cannot be approved."""
    pks = [sheet.pk for sheet in sheets]
    Sheet.objects.filter(pk__in=pks).update(overall_grade="B", overall_grade_reason="着実。")


@pytest.fixture
def eight(ministry):
    """Eight sheets of the division, in review and graded: nothing stands against an approval."""
    sheets = [ministry.sheet]
    for _ in range(7):
        contribution = ContributionFactory(responsible_division=ministry.sheet.division)
        sheets.append(complete(make_sheet(contribution)))
    for sheet in sheets:
        ministry.put(State.REVIEW, sheet)
    graded(*sheets)
    return list(Sheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).order_by("pk"))


def ask(person, action, sheets, comment=""):
    """Ask for a bulk step as somebody who has just been shown each of ``sheets``."""
    seen = [SeenSheet(sheet.pk, sheet.version, shown(sheet)) for sheet in sheets]
    return request_bulk_step(seen, action=Action(action), comment=comment, actor=person)


def choose(client, action, sheets, **fields):
    """Open the confirmation page as the queue does."""
    return client.get(NEW, {"action": action, "sheet": [sheet.pk for sheet in sheets]} | fields)


def confirm(client, page, comment="", **fields):
    """Send the form of a confirmation ``page``; return what it leads to."""
    carried = {name: page.context[name] for name in ("versions", "shown")}
    sent = {
        "action": page.context["action"].value,
        "sheet": page.context["chosen"],
        "confirmed": "yes",
        "comment": comment,
    }
    return client.post(NEW, sent | carried | fields, follow=True)


def again(client, page):
    """Press the button of a result ``page`` that leads to the confirmation of what was refused."""
    fields = {name: page.context[name] for name in ("chosen", "shown")}
    bulk_step = page.context["bulk_step"]
    sent = {"action": bulk_step.action, "comment": bulk_step.comment, "sheet": fields["chosen"]}
    return client.post(NEW, sent | {"shown": fields["shown"]})


def outcome(bulk_step):
    """Return what became of each sheet, as it is stored: status and message."""
    results = bulk_step.results.select_related("sheet")
    return {each.sheet: (each.status, each.message) for each in results}


def stored(bulk_step):
    return BulkStep.objects.get(pk=bulk_step.pk)


def page_of(bulk_step):
    return reverse("bulk_step_detail", args=[bulk_step.pk])


def states(sheets):
    """Return the states of ``sheets`` as they are stored."""
    found = Sheet.objects.in_bulk([sheet.pk for sheet in sheets])
    return [found[sheet.pk].state for sheet in sheets]


DONE = {action: ("done", f"「{Action(action).label}」を実行しました。") for action in Action.values}
