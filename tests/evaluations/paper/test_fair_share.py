"""At the printers everybody has two turns at once, so that nobody's pages take them all."""

from threading import Barrier

import pytest
from django.urls import reverse

from evaluations.domain.entries import fill_entries
from evaluations.domain.revisions import freeze
from printing import printer
from printing.errors import PrinterFailed
from printing.fair_share import SLOTS_PER_PERSON, rendering_slot, slots_in_use
from tests.evaluations.scene import make_ministry
from tests.evaluations.years import make_years
from tests.print_backends import CountingTurns, Impatient, Patient, path_of
from tests.threads import at_once

pytestmark = pytest.mark.django_db

PRINTED = ["sheet_pdf", "sheet_pages", "sheet_compare_pdf", "comments_pdf"]


@pytest.fixture
def ministry():
    """The sheet has a version to compare with."""
    made = make_ministry()
    freeze(made.sheet, occasion="submit", actor=made.people["officer"])
    fill_entries(made.sheet, {"act": "・第2稿。"})
    return made


@pytest.fixture
def officer(ministry, client):
    client.force_login(ministry.people["officer"])
    return ministry.people["officer"]


@pytest.fixture
def impatient(settings):
    settings.PRINT_BACKEND = path_of(Impatient)


@pytest.mark.parametrize("name", PRINTED)
def test_what_is_printed_for_a_person_takes_one_of_their_turns(
    ministry, client, officer, settings, name
):
    settings.PRINT_BACKEND = path_of(CountingTurns)
    printer.backend().taken.clear()
    assert client.get(reverse(name, args=[ministry.sheet.pk])).status_code == 200
    assert printer.backend().taken == [{officer.pk: 1}]
    assert slots_in_use() == {}


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("name", PRINTED)
def test_a_third_at_once_is_refused_to_that_person_alone(ministry, client, officer, name):
    address = reverse(name, args=[ministry.sheet.pk])
    with rendering_slot(officer.pk), rendering_slot(officer.pk):
        answer = client.get(address)
        client.force_login(ministry.people["head"])
        assert client.get(address).status_code == 200
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert f"同時に作成できるPDFは一人{SLOTS_PER_PERSON}件までです。" in answer.content.decode()
    client.force_login(officer)
    assert client.get(address).status_code == 200


@pytest.mark.usefixtures("impatient")
def test_what_is_not_printed_goes_on(ministry, client, officer):
    with rendering_slot(officer.pk), rendering_slot(officer.pk):
        for name in ("sheet_preview", "sheet_printed", "sheet_detail", "sheet_compare"):
            assert client.get(reverse(name, args=[ministry.sheet.pk])).status_code == 200


@pytest.mark.usefixtures("impatient")
def test_a_pdf_that_was_issued_is_not_printed_anew(client):
    years = make_years()
    sheet = years.open()
    years.to_review(sheet)
    years.grade(sheet, "B")
    years.approve(sheet)
    client.force_login(years.people["officer"])
    officer = years.people["officer"].pk
    with rendering_slot(officer), rendering_slot(officer):
        assert client.get(reverse("sheet_pdf", args=[sheet.pk])).status_code == 200


def test_of_many_at_once_two_have_their_turn_and_the_others_after_them(settings):
    settings.PRINT_BACKEND = path_of(Patient)
    seen = []
    # Two come together here, time and again; a third would leave somebody without a partner.
    together = Barrier(SLOTS_PER_PERSON, timeout=30)

    def act(_):
        with rendering_slot("officer"):
            together.wait()
            seen.append(slots_in_use()["officer"])

    assert at_once(6, act) == [None] * 6
    assert max(seen) == SLOTS_PER_PERSON
    assert slots_in_use() == {}


@pytest.mark.usefixtures("impatient")
def test_a_turn_ends_however_the_printing_does():
    for _ in range(2 * SLOTS_PER_PERSON):
        with pytest.raises(ZeroDivisionError), rendering_slot("officer"):
            1 / 0  # noqa: B018 -- what it raises is what matters
    with (
        rendering_slot("officer"),
        rendering_slot("officer"),
        pytest.raises(PrinterFailed),
        rendering_slot("officer"),
    ):
        pytest.fail("a third slot")
