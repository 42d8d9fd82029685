"""Nothing of another division's sheet leaks, and what is public is what was published."""

import re

import pytest
from django.urls import reverse

from evaluations.enums import State
from evaluations.models import Sheet
from tests.evaluations.access.addresses import ANSWERS, OF_NO_SHEET, OURS, address
from tests.evaluations.scene import SECRET_NAME, SECRET_TEXT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]


# --- nothing of it leaks -------------------------------------------------------------------------
LISTS = [
    "/",
    "/sheets/",
    f"/sheets/?q={SECRET_NAME}",
    f"/sheets/?q={SECRET_TEXT}",
    "/sheets/?state=draft",
    "/sheets/?page=2",
    "/published/",
    "/workflow/",
    "/messages/",
    "/improvement-points/?status=all",
    "/calibration/",
    "/admin/evaluations/sheet/",
    f"/admin/evaluations/sheet/?q={SECRET_TEXT}",
    f"/admin/evaluations/sheet/?search_text__contains={SECRET_TEXT}",
]


def words_shown(client, url):
    """Return the secrets a page shows besides the words that were asked for."""
    page = client.get(url).content.decode()
    page = re.sub(r'<input[^>]*>|href="[^"]*"', "", page)
    return {word for word in (SECRET_NAME, SECRET_TEXT) if word in page}


@pytest.mark.parametrize("role", ["officer", "head", "viewer", "nobody", "superuser"])
def test_the_other_divisions_secret_appears_on_no_list(clients, role):
    assert {url: words_shown(clients[role], url) for url in LISTS} == {url: set() for url in LISTS}


@pytest.mark.parametrize("role", ["other_officer", "other_head", "reviewer", "coordinator"])
def test_the_secret_is_there_for_those_whose_it_is(clients, role):
    assert words_shown(clients[role], "/sheets/") == {SECRET_NAME}
    assert words_shown(clients[role], f"/sheets/?q={SECRET_TEXT}") == {SECRET_NAME}


@pytest.mark.parametrize("role", ["officer", "head"])
def test_the_register_tells_names_and_no_texts(clients, role):
    names = words_shown(clients[role], "/admin/contributions/contribution/")
    assert names == {SECRET_NAME}
    for lookup in ("sheets__search_text__contains", "sheets__pdcaentrys__text__contains"):
        answer = clients[role].get(f"/admin/contributions/contribution/?{lookup}={SECRET_TEXT}")
        assert answer.status_code in {302, 400}


@pytest.mark.sweep
def test_every_page_of_the_other_divisions_sheet_is_closed(ministry, clients):
    """For every state, since what is decided opens to readers and to nobody else."""
    for state in State:
        other = ministry.put(state, ministry.other_sheet)
        for name in sorted(OURS - OF_NO_SHEET):
            if name.startswith(("published", "help")):
                continue
            answer = clients["officer"].get(address(name, other))
            assert (name, answer.status_code) == (name, 405 if name in ANSWERS else 404)
            assert SECRET_TEXT not in answer.content.decode()


def test_the_admin_page_of_the_other_divisions_sheet_is_closed(ministry, clients):
    for page in ("change", "history", "delete"):
        url = reverse(f"admin:evaluations_sheet_{page}", args=[ministry.other_sheet.pk])
        answer = clients["officer"].get(url, follow=True)
        assert SECRET_NAME not in answer.content.decode()
        assert answer.redirect_chain or answer.status_code in {403, 404}


def test_a_division_that_hands_over_keeps_the_years_it_wrote(ministry, clients):
    """A sheet belongs to the division of its year, not to the contribution's present one."""
    contribution = ministry.sheet.contribution
    contribution.responsible_division = ministry.other_sheet.division
    contribution.save()
    url = address("sheet_detail", ministry.sheet)
    assert [clients[name].get(url).status_code for name in ("officer", "other_officer")] == [
        200,
        404,
    ]


# --- what is public ------------------------------------------------------------------------------
def test_a_published_sheet_under_correction_stays_public_as_it_was(ministry, clients):
    sheet, everybody = ministry.put(State.PUBLISHED), clients["anonymous"]
    url = address("published_pdf", sheet)
    assert everybody.get(url).content == b"%PDF-1.7 first"

    answer = clients["coordinator"].post(
        f"/sheets/{sheet.pk}/act/reopen/", {"comment": "誤記の訂正。", "version": sheet.version}
    )
    assert (answer.status_code, Sheet.objects.get(pk=sheet.pk).state) == (302, "returned")
    assert everybody.get(url).content == b"%PDF-1.7 first"

    ministry.issue(sheet, b"%PDF-1.7 second")  # approved again, and not yet published
    assert everybody.get(url).content == b"%PDF-1.7 first"

    ministry.publish(sheet, sheet.revisions.latest("number").issued_pdf)
    assert everybody.get(url).content == b"%PDF-1.7 second"
    assert [p.is_current for p in sheet.publications.order_by("pk")] == [False, True]


def test_the_public_list_holds_what_is_published_and_nothing_else(ministry, clients):
    for state in State:
        if state != State.PUBLISHED:
            ministry.put(state, ministry.other_sheet)
            assert words_shown(clients["anonymous"], "/published/") == set()
    ministry.put(State.PUBLISHED, ministry.other_sheet)
    assert words_shown(clients["anonymous"], "/published/") == {SECRET_NAME}
