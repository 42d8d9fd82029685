"""PDFs as they are served: from the store, once, under a Japanese name."""

import re
from email.message import Message
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evaluations.enums import State
from evaluations.models import Publication, Sheet
from evaluations.views.downloads import disposition_of, pdf_name
from tests.evaluations.scene import make_ministry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]


@pytest.fixture
def ministry():
    ministry = make_ministry()
    ministry.put(State.PUBLISHED)
    return ministry


@pytest.fixture
def readers(ministry):
    """Address and browser of each way to a stored PDF."""
    inside = Client()
    inside.force_login(ministry.people["viewer"])
    pk = ministry.sheet.pk
    return {f"/sheets/{pk}/sheet.pdf": inside, f"/published/{pk}.pdf": Client()}


def asked(client, url, method="get", **headers):
    with CaptureQueriesContext(connection) as queries:
        answer = getattr(client, method)(url, headers=headers)
    return answer, [each["sql"] for each in queries]


def test_a_stored_pdf_takes_four_queries_at_most(readers):
    numbers = []
    for url, client in readers.items():
        answer, queries = asked(client, url)
        assert answer.content == b"%PDF-1.7 first"
        numbers.append(len(queries))
        stale, queries = asked(client, url, if_none_match=f'"{"0" * 64}"')
        assert stale.status_code == 200
        numbers.append(len(queries))
    assert numbers == [4, 4, 1, 1]


def test_it_says_what_it_is(readers, ministry):
    stored = Publication.objects.get().issued_pdf
    for url, client in readers.items():
        answer, _ = asked(client, url)
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Length"] == str(len(answer.content))
        assert answer["ETag"] == f'"{stored.sha256}"'
        assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT", answer["Last-Modified"])
    inside, public = (asked(client, url)[0] for url, client in readers.items())
    assert inside["Cache-Control"] == "private, no-cache"
    assert public["Cache-Control"] == "public, no-cache"


def test_whoever_has_it_already_is_not_sent_it_again(readers):
    for url, client in readers.items():
        etag = client.get(url)["ETag"]
        date = client.get(url)["Last-Modified"]
        for condition in (
            {"if_none_match": etag},
            {"if_none_match": f'W/{etag}, "other"'},
            {"if_none_match": "*"},
            {"if_modified_since": date},
        ):
            answer, _ = asked(client, url, **condition)
            assert (answer.status_code, answer.content) == (304, b"")
            assert (answer["ETag"], "Content-Disposition" in answer) == (etag, False)


def test_the_bytes_are_not_read_for_an_answer_without_them(readers, monkeypatch):
    from evaluations.paper import issued_pdf  # noqa: PLC0415 -- of use here alone

    read = []
    made = issued_pdf.StoredPdf

    def noted(*args, **kwargs):
        stored = made(*args, **kwargs)
        read.append(stored.read)
        return stored

    monkeypatch.setattr(issued_pdf, "StoredPdf", noted)
    for url, client in readers.items():
        etag = client.get(url)["ETag"]
        assert read.pop() == b"%PDF-1.7 first"
        client.get(url, headers={"if-none-match": f"W/{etag}"})
        client.head(url)
        client.get(url, headers={"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"})
        assert [read.pop() for _ in range(3)] == [None, None, None]


def test_an_older_date_is_sent_the_bytes(readers):
    for url, client in readers.items():
        answer, _ = asked(client, url, if_modified_since="Mon, 01 Jan 2001 00:00:00 GMT")
        assert (answer.status_code, answer.content) == (200, b"%PDF-1.7 first")


def test_head_tells_all_but_the_bytes(readers):
    for url, client in readers.items():
        got, head = client.get(url), client.head(url)
        assert head.content == b""
        for name in ("ETag", "Content-Length", "Content-Disposition", "Last-Modified"):
            assert head[name] == got[name]


def test_the_replacement_has_another_mark(readers, ministry):
    url = f"/published/{ministry.sheet.pk}.pdf"
    old = Client().get(url)["ETag"]
    ministry.publish(ministry.sheet, ministry.issue(ministry.sheet, b"%PDF-1.7 second"))
    answer, _ = asked(Client(), url, if_none_match=old)
    assert (answer.status_code, answer.content) == (200, b"%PDF-1.7 second")


def test_a_draft_is_kept_by_nobody_but_its_reader(ministry):
    ministry.put(State.DRAFT)
    client = Client()
    client.force_login(ministry.people["officer"])
    answer = client.get(f"/sheets/{ministry.sheet.pk}/sheet.pdf")
    assert answer["Cache-Control"] == "private, no-cache"
    assert "（案）" in name_in(answer["Content-Disposition"])


# --- names -----------------------------------------------------------------------------------
def name_in(disposition):
    """Return the name that a browser of today reads, by RFC 8187."""
    return unquote(re.search(r"filename\*=UTF-8''([^;]+)$", disposition)[1])


def test_the_name_is_japanese_with_one_for_old_clients(ministry):
    disposition = disposition_of(pdf_name(ministry.sheet))
    assert name_in(disposition) == "平成30年度シート_国際移住機関（IOM）拠出金.pdf"
    assert disposition.startswith('attachment; filename="sheet.pdf"; filename*=')
    assert disposition.isascii()
    read = Message()
    read["Content-Disposition"] = disposition
    assert read.get_content_disposition() == "attachment"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("髙﨑①㈱～℃㎡𠮷", "髙﨑①㈱～℃㎡𠮷"),
        ("../../etc/passwd", "..／..／etc／passwd"),
        ('a"b\\c:d*e?f<g>h|i', "a”b＼c：d＊e？f＜g＞h｜i"),
        ("改行\r\nSet-Cookie: a=b", "改行Set-Cookie： a=b"),
        ("100%;'; filename=x.exe", "100%;'; filename=x.exe"),
    ],
)
def test_signs_that_no_file_may_have_are_written_otherwise(ministry, name, shown):
    sheet = Sheet.objects.select_related("edition", "contribution").get(pk=ministry.sheet.pk)
    sheet.contribution.name = name
    disposition = disposition_of(pdf_name(sheet))
    assert name_in(disposition) == f"平成30年度シート_{shown}.pdf"
    assert disposition.count(";") == 2
    assert "\n" not in disposition


def test_a_very_long_name_still_fits_a_file_system(ministry):
    ministry.sheet.contribution.name = "国際機関拠出金" * 40
    name = pdf_name(ministry.sheet)
    assert len(name.encode()) <= 240
    assert name.endswith(".pdf")
