"""A booklet from asking to its file: what is in it, for whom, and what becomes of a fault."""

import hashlib
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Membership
from audit.models import AuditEntry
from booklets.access import can_download
from booklets.domain import contents
from booklets.domain.requests import MOST_SHEETS, MOST_UNFINISHED, cancel_booklet
from booklets.domain.retention import FILE_RETENTION, delete_expired
from booklets.enums import BookletKind, BookletStatus
from booklets.models import Booklet, BookletPart, PrintedDraft
from core.refusals import Invalid, Stale
from evaluations.domain.revisions import freeze
from evaluations.enums import State
from evaluations.models import IssuedPdf, Sheet
from evaluations.paper import issued_pdf
from printing import printer
from printing.errors import PrintingError
from tests.booklets.conftest import ask, file_of, made, text_of, unzipped
from tests.print_backends import Noting, path_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("paper")]


@pytest.fixture
def printed(settings):
    """Name the contributions whose sheets were printed since it was last asked."""
    settings.PRINT_BACKEND = path_of(Noting)

    def names():
        pages = [page for page, files in printer.backend().printed if "sheet.json" in files]
        printer.backend().printed.clear()
        return [re.search(r"<title>.*　(.*)</title>", page)[1] for page in pages]

    names()
    return names


def approved(ministry, sheet, sha256=""):
    """Decide ``sheet``, with an official PDF and its hash, or one of another's."""
    ministry.put(State.APPROVED, sheet)
    pdf = issued_pdf.draft_pdf_of(sheet)
    IssuedPdf.objects.create(
        revision=freeze(sheet, occasion="approve", actor=ministry.people["judge"]),
        content=pdf,
        sha256=sha256 or hashlib.sha256(pdf).hexdigest(),
    )
    return pdf


# --- what is in it ---------------------------------------------------------------------------
def test_a_booklet_holds_every_sheet_once_and_says_what_it_is(ministry):
    approved(ministry, ministry.sheet)
    booklet = made(ask(ministry.people["coordinator"], selection=["年度：平成30年度"]))
    assert booklet.status == BookletStatus.DONE
    assert (booklet.done, booklet.total, booklet.left_out) == (2, 2, [])
    pdf = file_of(booklet)
    assert (len(pdf), hashlib.sha256(pdf).hexdigest()) == (booklet.size, booklet.sha256)
    words = text_of(pdf)
    assert "平成30年度評価シート" in words
    assert "年度：平成30年度" in words
    assert "うち確定前の案1件" in words
    assert words.count("極秘の合言葉はplanである。") == 1
    assert words.count("案（") == 1


def test_the_archive_holds_the_issued_bytes_and_an_index(ministry):
    pdf = approved(ministry, ministry.sheet)
    booklet = made(ask(ministry.people["coordinator"], BookletKind.ZIP))
    files = unzipped(booklet)
    assert list(files) == [
        "目録.csv",
        "一覧表.pdf",
        "001_平成30年度_国際移住機関（IOM）拠出金.pdf",
        "002_平成30年度（案）_ゼータ計画拠出金.pdf",
    ]
    assert files["001_平成30年度_国際移住機関（IOM）拠出金.pdf"] == pdf
    index = files["目録.csv"].decode("utf-8-sig").splitlines()
    assert len(index) == 3
    assert hashlib.sha256(pdf).hexdigest() in index[1]
    assert "23100" in index[1]


def test_the_list_has_a_line_for_every_sheet_and_the_sum(ministry):
    booklet = made(ask(ministry.people["coordinator"], BookletKind.LIST))
    assert booklet.done == 2
    words = text_of(file_of(booklet))
    assert words.count("ゼータ計画拠出金") == 1
    assert words.count("46,200") == 1  # twice 23,100


def test_two_makings_of_the_same_are_the_same(ministry):
    person = ministry.people["coordinator"]
    first = made(ask(person, BookletKind.ZIP))
    second = ask(person, BookletKind.ZIP)
    Booklet.objects.filter(pk=second.pk).update(requested_at=first.requested_at)
    assert made(second).sha256 == first.sha256


# --- for whom --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "expected"),
    [("officer", {"own"}), ("other_head", {"other"}), ("reviewer", {"own", "other"})],
)
def test_only_what_the_person_sees_goes_in(ministry, who, expected):
    names = {"own": ministry.sheet.pk, "other": ministry.other_sheet.pk}
    booklet = made(ask(ministry.people[who]))
    assert set(booklet.included_ids) == {names[each] for each in expected}
    assert ("極秘の合言葉" in text_of(file_of(booklet))) == ("other" in expected)


@pytest.mark.parametrize("who", ["viewer", "nobody", "superuser"])
def test_whoever_sees_no_sheet_gets_no_booklet(ministry, who):
    with pytest.raises(Invalid, match="この条件のシートはありません"):
        ask(ministry.people[who])


def test_a_sheet_lost_from_sight_before_the_making_is_left_out_and_named(ministry):
    ministry.put(State.APPROVED, ministry.other_sheet)
    approved(ministry, ministry.sheet)
    booklet = ask(ministry.people["viewer"])
    Sheet.objects.filter(pk=ministry.other_sheet.pk).update(state=State.RETURNED)
    booklet = made(booklet)
    assert booklet.included_ids == [ministry.sheet.pk]
    assert booklet.left_out == [
        {"name": str(ministry.other_sheet), "reason": "今は見ることができません。"}
    ]
    assert "極秘の合言葉" not in text_of(file_of(booklet))


def test_a_right_that_is_gone_takes_the_file_along(ministry):
    person = ministry.people["reviewer"]
    booklet = made(ask(person))
    assert can_download(person.roles, booklet)
    Membership.objects.filter(user=person).update(valid_until=timezone.localdate() - timedelta(1))
    person = type(person).objects.get(pk=person.pk)
    assert "見られなくなったシート" in can_download(person.roles, booklet).reason


# --- unchanged sheets come from the store ------------------------------------------------------
def test_an_unchanged_draft_is_printed_once(ministry, printed, time_machine):
    # A draft bears the time to the minute: a minute begins.
    time_machine.move_to(datetime(2026, 4, 1, 1, 0, tzinfo=UTC))
    person = ministry.people["coordinator"]
    made(ask(person))
    assert len(printed()) == 2
    made(ask(person, BookletKind.ZIP))
    assert printed() == []
    Sheet.objects.filter(pk=ministry.sheet.pk).update(overall_grade="A")
    made(ask(person))
    assert printed() == ["国際移住機関（IOM）拠出金"]


def test_a_draft_nobody_uses_is_forgotten_after_two_weeks(ministry):
    made(ask(ministry.people["coordinator"]))
    old, young = PrintedDraft.objects.all()
    PrintedDraft.objects.filter(pk=old.pk).update(used_at=timezone.now() - timedelta(days=15))
    delete_expired()
    assert list(PrintedDraft.objects.all()) == [young]


# --- faults ------------------------------------------------------------------------------------
def test_one_sheet_that_cannot_be_printed_is_named_and_the_others_are_there(ministry, monkeypatch):
    real = contents.start_printing

    def broken(sheet, printers):
        if sheet == ministry.sheet:
            raise PrintingError("印刷できない文字があります。")
        return real(sheet, printers)

    monkeypatch.setattr(contents, "start_printing", broken)
    booklet = made(ask(ministry.people["coordinator"]))
    assert booklet.status == BookletStatus.DONE
    assert booklet.included_ids == [ministry.other_sheet.pk]
    assert booklet.left_out == [
        {"name": str(ministry.sheet), "reason": "印刷できない文字があります。"}
    ]
    assert "入っていないシート" in text_of(file_of(booklet))


def test_an_issued_pdf_that_was_tampered_with_does_not_go_in(ministry):
    approved(ministry, ministry.sheet, sha256="f" * 64)
    booklet = made(ask(ministry.people["coordinator"]))
    assert "発行したものと違います" in booklet.left_out[0]["reason"]


def test_without_any_sheet_it_says_so_and_keeps_the_words_of_a_fault_out_of_the_log(
    ministry, monkeypatch, caplog
):
    def broken(sheet, printers):
        raise ValueError("極秘の合言葉")

    monkeypatch.setattr(contents, "start_printing", broken)
    booklet = made(ask(ministry.people["coordinator"]))
    assert (booklet.status, booklet.error) == (
        BookletStatus.FAILED,
        "どのシートも印刷できませんでした。",
    )
    assert len(booklet.left_out) == 2
    assert "ValueError" in caplog.text
    assert "極秘の合言葉" not in caplog.text


# --- limits, cancelling, the end -----------------------------------------------------------------
def test_asking_twice_for_the_same_is_asking_once(ministry):
    person = ministry.people["coordinator"]
    assert ask(person) == ask(person)
    assert Booklet.objects.count() == 1


def test_a_person_has_three_on_their_way_at_most(ministry):
    person = ministry.people["coordinator"]
    for sheets in ([ministry.sheet], [ministry.other_sheet], None):
        ask(person, sheets=sheets)
    with pytest.raises(Invalid, match=f"作成中の冊子が{MOST_UNFINISHED}件あります"):
        ask(person, BookletKind.ZIP)
    ask(ministry.people["reviewer"], BookletKind.ZIP)
    cancel_booklet(Booklet.objects.filter(requested_by=person)[0], actor=person)
    assert ask(person, BookletKind.ZIP)


def test_more_than_five_hundred_sheets_are_too_many(ministry, monkeypatch):
    monkeypatch.setattr("booklets.domain.requests.MOST_SHEETS", 1)
    with pytest.raises(Invalid, match="一度に作成できるのは1件までです（この条件では2件）"):
        ask(ministry.people["coordinator"])
    assert MOST_SHEETS == 500


def test_what_is_cancelled_is_not_made(ministry, printed):
    person = ministry.people["coordinator"]
    booklet = ask(person)
    cancel_booklet(booklet, actor=person)
    assert made(booklet).status == BookletStatus.CANCELLED
    assert printed() == []
    with pytest.raises(Stale, match="すでに終わっています"):
        cancel_booklet(booklet, actor=person)


def test_what_is_cancelled_in_the_midst_of_it_stops_at_the_next_sheet(ministry, monkeypatch):
    person = ministry.people["coordinator"]
    booklet = ask(person)
    real = contents.start_printing

    def cancelling(sheet, printers):
        if sheet == ministry.sheet:
            cancel_booklet(booklet, actor=person)
        return real(sheet, printers)

    monkeypatch.setattr(contents, "start_printing", cancelling)
    booklet = made(booklet)
    assert (booklet.status, booklet.done) == (BookletStatus.CANCELLED, 0)
    assert not BookletPart.objects.exists()


def test_the_file_is_gone_when_its_time_is_over(ministry):
    booklet = made(ask(ministry.people["coordinator"]))
    assert delete_expired() == 0
    assert file_of(booklet)
    Booklet.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    booklet.refresh_from_db()
    assert not can_download(ministry.people["coordinator"].roles, booklet)
    assert delete_expired() == 1
    assert Booklet.objects.get().status == BookletStatus.EXPIRED
    assert not BookletPart.objects.exists()
    assert timedelta(days=7) == FILE_RETENTION


def test_the_record_tells_who_took_what_out(ministry):
    person = ministry.people["coordinator"]
    booklet = made(ask(person))
    entries = AuditEntry.objects.filter(object_type="booklets.booklet").order_by("sequence")
    assert [(entry.action, entry.actor) for entry in entries] == [
        ("booklet.ask", person),
        ("booklet.make", person),
    ]
    assert entries[0].after == {"kind": "pdf", "sheets": booklet.sheet_ids}
    assert entries[1].after["sha256"] == booklet.sha256
