"""The queue: what waits, how long, until when, what changed since."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.canonical_json import hashes_of
from evaluations.domain.entries import fill_entries, save_entry
from evaluations.enums import State
from evaluations.models import Cycle, Sheet
from evaluations.workflow import perform
from tests.factories import complete

pytestmark = pytest.mark.django_db


def queue(client, person, **wanted):
    client.force_login(person)
    return [row for row, _ in client.get(reverse("sheet_queue"), wanted).context["rows"]]


def test_each_sees_what_waits_for_them(ministry, client):
    people = ministry.people
    waiting = {
        State.DRAFT: "officer",
        State.RETURNED: "officer",
        State.DIVISION_CHECK: "head",
        State.REVIEW: "reviewer",
        State.APPROVED: "coordinator",
        State.PUBLISHED: None,
        State.EXCLUDED: None,
    }
    for state, whose in waiting.items():
        ministry.put(state)
        for who in ("officer", "head", "reviewer", "coordinator", "viewer", "nobody"):
            found = [row.sheet for row in queue(client, people[who])]
            assert (state, who, found) == (state, who, [ministry.sheet] if who == whose else [])


def test_the_row_tells_how_long_until_when_and_whether_late(ministry, client):
    sheet = ministry.put(State.REVIEW)
    Sheet.objects.filter(pk=sheet.pk).update(state_since=timezone.now() - timedelta(days=9))
    today = timezone.localdate()
    Cycle.objects.update(review_deadline=today - timedelta(days=3))
    [row] = queue(client, ministry.people["reviewer"])
    assert (row.days, row.deadline, row.days_over) == (9, today - timedelta(days=3), 3)
    assert len(queue(client, ministry.people["reviewer"], late="on")) == 1
    Cycle.objects.update(review_deadline=date(2999, 1, 1))
    assert queue(client, ministry.people["reviewer"], late="on") == []


def test_the_row_tells_what_changed_since_the_last_decision(ministry, client):
    sheet, people = ministry.sheet, ministry.people
    reviewer = people["reviewer"]

    def take(who, action, comment=""):
        sheet.refresh_from_db()
        perform(sheet, action, actor=people[who], comment=comment, version=sheet.version)

    take("officer", "submit")
    take("head", "confirm")
    assert [row.changed for row in queue(client, reviewer)] == [None]
    take("reviewer", "return", "PLANとDOを直してください。")
    save_entry(sheet, "plan", "・直した計画。", version=1, actor=people["officer"])
    save_entry(sheet, "do", "・直した実施。", version=1, actor=people["officer"])
    take("officer", "submit")
    # The head has confirmed it once already; to him as well it is those two.
    assert [row.changed for row in queue(client, people["head"])] == [2]
    take("head", "confirm")
    with CaptureQueriesContext(connection) as queries:
        assert [row.changed for row in queue(client, reviewer)] == [2]
    # A hundred revisions are some megabytes: they are told apart by their items' hashes.
    assert [q["sql"] for q in queries if '_revision"."content"' in q["sql"]] == []
    for revision in sheet.revisions.all():
        texts = {k: v for k, v in revision.content["items"].items() if k != "overall_grade"}
        assert revision.item_hashes == hashes_of(texts)


def test_the_number_of_answers_is_shown(ministry, client):
    sheet = complete(ministry.sheet)
    fill_entries(sheet, {item.key: "・同じ文。" for item in sheet.edition.definition.text_items})
    sheet.finding_answers.create(
        finding="0" * 16, rule="R20", message="。", answer="。", answered_by=ministry.people["head"]
    )
    ministry.put(State.REVIEW)
    assert [row.answers for row in queue(client, ministry.people["reviewer"])] == [1]


def test_the_sheet_opens_on_what_changed_since_the_last_decision(ministry, client):
    sheet, people = ministry.sheet, ministry.people

    def take(who, action, comment=""):
        sheet.refresh_from_db()
        perform(sheet, action, actor=people[who], comment=comment, version=sheet.version)

    def opened(who):
        client.force_login(people[who])
        answer = client.get(reverse("sheet_detail", args=[sheet.pk]))
        since = answer.context["since"]
        return answer.context["decides"], since and [place.key for place in since.changed]

    take("officer", "submit")
    take("head", "confirm")
    assert opened("reviewer") == (True, None)
    assert "このシートについての判断は初めてです。" in client.get(f"/sheets/{sheet.pk}/").text
    take("reviewer", "return", "PLANを直してください。")
    save_entry(sheet, "plan", "・直した計画。", version=1, actor=people["officer"])
    take("officer", "submit")
    assert opened("head") == (True, ["plan"])
    assert opened("officer") == (False, None)
    take("head", "confirm")
    assert opened("reviewer") == (True, ["plan"])
    assert opened("head") == (False, None)
