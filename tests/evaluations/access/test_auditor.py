"""What an auditor sees: the log and what was done with every sheet, and no text of a draft."""

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import AuditEntry
from evaluations.access.rules import can_edit, can_grade
from evaluations.enums import State
from evaluations.models import Transition
from evaluations.workflow import steps_open_to
from tests.evaluations.access.addresses import (
    ANSWERS,
    OURS,
    address,
    every_url,
    fields_for,
    posted,
    status,
)
from tests.evaluations.pages import rights
from tests.evaluations.scene import SECRET_TEXT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]


@pytest.fixture
def browsers(ministry):
    both = {}
    for name in ("auditor", "viewer"):
        both[name] = Client(raise_request_exception=False)
        both[name].force_login(ministry.people[name])
    return both


@pytest.mark.sweep
@pytest.mark.parametrize("state", State)
def test_of_a_sheet_an_auditor_sees_what_a_viewer_sees_and_its_timeline(ministry, browsers, state):
    sheet = ministry.put(state)
    seen = {
        name: [status(browser.get(address(name, sheet))) for browser in browsers.values()]
        for name in sorted(OURS)
    }
    timeline = seen.pop("sheet_timeline")
    assert timeline == ["200", "404"]
    assert {name: both for name, both in seen.items() if len(set(both)) > 1} == {}
    final = state in (State.APPROVED, State.PUBLISHED)
    assert seen["sheet_detail"] == ["200" if final else "404"] * 2


@pytest.mark.sweep
@pytest.mark.parametrize("state", State)
def test_an_auditor_takes_no_step_and_writes_nothing(ministry, browsers, state):
    sheet = ministry.put(state)
    auditor = User.objects.get(pk=ministry.people["auditor"].pk)
    assert steps_open_to(auditor.acting, sheet) == []
    assert not can_edit(auditor.acting, sheet)
    assert not can_grade(auditor.acting, sheet)
    for name in sorted(OURS):
        with transaction.atomic():
            code = posted(browsers["auditor"], address(name, sheet), fields_for(name, sheet))
        # One's own messages and booklets are one's own; of the queue nothing was chosen.
        taken = {"302"} if name in {"booklet_new", "messages_read", "bulk_step_new"} else set()
        assert (name, code in taken | {"403", "404", "405", "422"}) == (name, True)


#   v sees   - nothing of it is shown
RIGHTS = {
    "accounts.user": "-",
    "accounts.membership": "v",
    "accounts.deputyship": "v",
    "accounts.divisionsuccession": "v",
    "notices.outgoingmail": "-",
    "audit.auditentry": "v",
    "accounts.division": "v",
    "contributions.organization": "v",
    "contributions.contribution": "v",
    "contributions.yearlyamount": "v",
    "contributions.financialreport": "v",
    "staffing.staffingsnapshot": "v",
    "editions.edition": "v",
    "evaluations.cycle": "v",
    "evaluations.sheet": "v",
}


def test_in_the_admin_an_auditor_looks_and_changes_nothing(ministry):
    found = {
        model._meta.label_lower: rights(model_admin, ministry.people["auditor"])
        for model, model_admin in admin.site._registry.items()
    }
    assert found == RIGHTS


@pytest.mark.sweep
def test_no_page_shows_an_auditor_the_text_of_a_draft(ministry, browsers):
    for sheet in (ministry.sheet, ministry.other_sheet):
        urls = [url for url in every_url(ministry) if "/published/" not in url]
        urls += [address(name, sheet) for name in sorted(OURS - ANSWERS)]
        for url in urls:
            answer = browsers["auditor"].get(url)
            body = answer.getvalue() if answer.streaming else answer.content
            assert (url, SECRET_TEXT in body.decode(errors="replace")) == (url, False)
    text = "/admin/evaluations/sheet/?q=" + SECRET_TEXT
    assert "ゼータ計画" not in browsers["auditor"].get(text).content.decode()


def test_an_auditor_finds_the_way_from_the_desk_to_the_story_of_a_draft(ministry, browsers):
    auditor, sheet = browsers["auditor"], ministry.sheet
    assert reverse("admin:audit_auditentry_changelist") in auditor.get("/").content.decode()
    entry = AuditEntry.objects.filter(object_id=str(sheet.pk), action="sheet.create").get()
    page = auditor.get(f"/admin/audit/auditentry/{entry.pk}/change/").content.decode()
    url = address("sheet_timeline", sheet)
    assert f'<a href="{url}">経過を文章で見る</a>' in page
    page = auditor.get(url).content.decode()
    assert "システムが、シートを作りました。" in page
    assert f'href="{address("sheet_detail", sheet)}"' not in page  # which would be a 404
    assert Transition.objects.count() == 0
