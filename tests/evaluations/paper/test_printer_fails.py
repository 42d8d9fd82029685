"""When no PDF can be made: the person is told why, and everything is as it was."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from audit.models import AuditEntry
from bulk_steps.domain.requests import SeenSheet, request_bulk_step
from evaluations.enums import Action, State
from evaluations.models import IssuedPdf
from printing import printer
from printing.errors import PrinterFailed
from tests.evaluations.scene import make_ministry, shown
from tests.evaluations.years import make_years
from tests.print_backends import Crowded, Starved, path_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def starved(settings: Any) -> Iterator[None]:
    settings.PRINT_BACKEND = path_of(Starved)
    yield
    printer.backend().close()


@pytest.fixture
def crowded(settings: Any) -> None:
    settings.PRINT_BACKEND = path_of(Crowded)


@pytest.fixture
def in_review():
    years = make_years()
    sheet = years.open()
    years.to_review(sheet)
    years.grade(sheet, "B")
    return years, years.sheet(sheet.cycle.fiscal_year)


def trace_of(sheet):
    """What an approval would leave behind."""
    sheet.refresh_from_db()
    return (
        (sheet.state, sheet.version, sheet.approved_at, sheet.approved_by),
        sheet.revisions.count(),
        sheet.transitions.count(),
        IssuedPdf.objects.count(),
        AuditEntry.objects.count(),
    )


@pytest.mark.usefixtures("starved")
def test_an_approval_whose_pdf_cannot_be_made_has_not_happened(client, in_review):
    years, sheet = in_review
    before = trace_of(sheet)
    with pytest.raises(PrinterFailed):
        years.approve(sheet)
    assert trace_of(sheet) == before
    client.force_login(years.people["reviewer"])
    answer = client.post(
        reverse("sheet_act", args=[sheet.pk, "approve"]),
        {"comment": "", "version": sheet.version, "shown": shown(sheet)},
    )
    assert answer.status_code == 503
    assert "何も変更していません。" in answer.content.decode()
    assert trace_of(sheet) == before


@pytest.mark.usefixtures("starved")
def test_among_many_approvals_it_is_one_line(in_review):
    years, sheet = in_review
    reviewer = years.people["reviewer"]
    seen = [SeenSheet(sheet.pk, sheet.version, shown(sheet))]
    bulk_step = request_bulk_step(seen, action=Action.APPROVE, comment="", actor=reviewer)
    result = bulk_step.results.get()
    assert result.status == "refused"
    assert "PDFの作成" in result.message
    sheet.refresh_from_db()
    assert sheet.state == State.REVIEW


@pytest.mark.usefixtures("starved")
def test_the_command_says_so_and_writes_no_file(in_review, tmp_path):
    _, sheet = in_review
    with pytest.raises(CommandError, match="PDFの作成"):
        call_command("sheet_pdf", sheet.pk, "-o", tmp_path / "sheet.pdf")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("crowded")
@pytest.mark.parametrize("name", ["sheet_pdf", "sheet_pages"])
def test_a_crowded_printer_says_when_to_come_back(client, name):
    ministry = make_ministry()
    client.force_login(ministry.people["officer"])
    answer = client.get(reverse(name, args=[ministry.sheet.pk]))
    words = answer.content.decode()
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "<h1>PDFを作成できませんでした</h1>" in words
    assert "印刷が混み合っている" in words
    assert "この操作はできません" not in words


@pytest.mark.usefixtures("crowded")
def test_a_script_gets_the_message_alone(client):
    ministry = make_ministry()
    client.force_login(ministry.people["officer"])
    address = reverse("sheet_pages", args=[ministry.sheet.pk])
    answer = client.get(address, headers={"Accept": "application/json"})
    assert answer.status_code == 503
    assert "混み合っている" in answer.json()["message"]


@pytest.mark.usefixtures("crowded")
def test_what_needs_no_printer_goes_on(client):
    ministry = make_ministry()
    client.force_login(ministry.people["officer"])
    for name in ("sheet_preview", "sheet_printed", "sheet_detail"):
        assert client.get(reverse(name, args=[ministry.sheet.pk])).status_code == 200
