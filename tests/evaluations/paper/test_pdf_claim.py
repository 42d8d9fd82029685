"""Reading a PDF of anybody in a process of its own: within bounds, and no printer is held up."""

import json
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from evaluations.paper.pdf_claim import Claim, claim_inside, claim_of
from evaluations.paper.sheet_data import data_of_draft
from evaluations.paper.sheet_reading import BadData, NotOurs
from printing import printer
from printing.errors import ReaderFailed
from printing.renderer import render
from printing.worker_pool import WorkerPool
from tests.evaluations.made_up import made_up
from tests.print_backends import Evaluating, OneReader, SlowReader, path_of

STYLES = ("print:sheet.css",)


@pytest.fixture
def site_with(settings: Any) -> Iterator[Callable[[type], Any]]:
    """Have the site print and read with a backend, and end what that started."""

    def site_with(kind: type) -> Any:
        settings.PRINT_BACKEND = path_of(kind)
        return printer.backend()

    yield site_with
    printer.backend().close()


@pytest.fixture
def real(site_with: Callable[[type], Any]) -> WorkerPool:
    """The site with a reader that has a few seconds for each PDF."""
    return site_with(OneReader).readers


@pytest.fixture
def evaluated(site_with: Callable[[type], Any]) -> None:
    """The site with such a reader, which takes what it is given for Python."""
    site_with(Evaluating)


@pytest.fixture
def pdf(created):
    """Return a function that makes a PDF with ``data`` attached."""

    def pdf(data: bytes | None) -> bytes:
        attached = {} if data is None else {"sheet.json": data}
        return render(
            "<html lang='ja'><title>題</title><p>文</p></html>", STYLES, created, attached
        )

    return pdf


# What a PDF may be made to cost, said in Python: the worker is given ``eval`` to read it with.
ENDLESS = b"__import__('time').sleep(600) # %PDF-"
GREEDY = b"bytearray(1 << 32) # %PDF-"
CRASH = b"__import__('os')._exit(1) # %PDF-"
HOSTILE = [(ENDLESS, "3秒以内"), (GREEDY, "メモリ（512MB）")]


def uploaded(content: bytes = b"%PDF-1.7"):
    file = SimpleUploadedFile("手元の.pdf", content, "application/pdf")
    return Client().post("/verify/", {"pdf": file})


def test_the_reader_says_of_a_pdf_what_this_process_says(real, pdf, created):
    definition, content = made_up(0)
    data = data_of_draft(content, definition, created)
    claim = claim_of(pdf(data))
    assert claim == Claim(None, json.loads(data)["sheet_sha256"], is_intact=True)
    assert claim == claim_inside(pdf(data))
    with pytest.raises(NotOurs, match="シートのデータがありません"):
        claim_of(pdf(None))
    with pytest.raises(NotOurs, match="PDFとして読めません"):
        claim_of(b"%PDF-1.7 nothing")
    with pytest.raises(BadData, match="評価シートのデータではありません"):
        claim_of(pdf(b"{}"))


def test_a_pdf_is_read_in_another_process_which_knows_no_table(real):
    known = "[name for name in __import__('sys').modules if name.endswith('evaluations.models')]"
    assert real.run(os.getpid) != os.getpid()
    assert real.run(eval, known) == []


@pytest.mark.parametrize(("hostile", "told"), HOSTILE)
def test_a_pdf_beyond_the_bounds_is_given_up(real, pdf, hostile, told):
    with pytest.raises(ReaderFailed, match=told) as failed:
        real.run(eval, hostile)
    assert failed.value.is_too_costly
    with pytest.raises(NotOurs):
        claim_of(pdf(None))


@pytest.mark.django_db
@pytest.mark.usefixtures("evaluated")
@pytest.mark.parametrize("hostile", [ENDLESS, GREEDY])
def test_who_gives_such_a_pdf_is_told_that_it_is_not_the_issued_one(tmp_path, hostile):
    answer = uploaded(hostile)
    assert answer.status_code == 422
    assert "このPDFは読み取れません" in answer.content.decode()
    assert "発行したPDFではありません" in answer.content.decode()
    path = tmp_path / "some.pdf"
    path.write_bytes(hostile)
    with pytest.raises(CommandError, match="読み取れません") as told:
        call_command("verify_pdf", path)
    assert told.value.returncode == 6


@pytest.mark.django_db
@pytest.mark.usefixtures("evaluated")
def test_costly_ones_may_be_given_a_few_times_and_harmless_ones_after_a_while(settings):
    settings.ACCOUNT_RATE_LIMITS = {"verify_pdf": "60/m/ip", "verify_pdf_at_cost": "1/m/ip"}
    assert uploaded(GREEDY).status_code == 422
    assert uploaded(GREEDY).status_code == 429
    assert uploaded().status_code == 429


def test_a_reader_that_does_not_get_ready_says_nothing_of_the_pdf():
    asleep = partial(time.sleep, 60)
    slow = WorkerPool(
        1, ReaderFailed, asleep, seconds=1, memory=1 << 29, patience=0, waiting=0, in_front=0
    )
    slow.grace = 1
    with pytest.raises(ReaderFailed, match="もう一度") as failed:
        slow.run(len, b"%PDF-")
    slow.close()
    assert not failed.value.is_too_costly
    assert failed.value.retry_after


@pytest.mark.django_db
@pytest.mark.usefixtures("evaluated")
def test_a_reader_that_ends_may_be_asked_again():
    answer = uploaded(CRASH)
    assert answer.status_code == 503
    assert "もう一度お試しください" in answer.content.decode()


@pytest.mark.django_db
def test_while_it_reads_others_are_told_to_come_back_and_printers_print(site_with):
    slow = site_with(SlowReader).readers
    slow.start()
    with ThreadPoolExecutor(1) as people:
        busy = people.submit(slow.run, time.sleep, 2)
        time.sleep(0.2)
        answer = uploaded()
        assert printer.count_pages("<html><body><p>印刷</p></body></html>", STYLES) == 1
        assert not busy.done()
        busy.result()
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "PDFを確かめられませんでした" in answer.content.decode()
