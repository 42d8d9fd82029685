"""Issued, older, altered, 案, or not ours: what the command and the page for everybody say."""

import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEntry
from evaluations.domain.entries import save_entry
from evaluations.domain.grading import grade_sheet
from evaluations.forms.verification import MAX_UPLOAD_BYTES
from evaluations.models import IssuedPdf
from evaluations.paper.issued_pdf import pdf_of
from evaluations.paper.rendering import SHEET_STYLES
from evaluations.paper.sheet_reading import data_inside
from evaluations.paper.verification import PdfStatus, verify_for_everybody, verify_inside
from evaluations.workflow import perform
from printing.printer import render_page
from tests.factories import ContributionFactory, complete, make_person, make_sheet

pytestmark = pytest.mark.django_db

NAME = "極秘調整機関拠出金"
URL = "/verify/"


class Story:
    """A sheet and the people who take it from step to step."""

    def __init__(self):
        self.sheet = complete(make_sheet(ContributionFactory(name=NAME)))
        division = self.sheet.division
        self.officer = make_person(Role.OFFICER, division)
        self.head = make_person(Role.HEAD, division)
        self.reviewer, self.coordinator = make_person(Role.REVIEWER), make_person(Role.COORDINATOR)

    def take(self, action, actor, comment=""):
        perform(self.sheet, action, actor=actor, comment=comment, version=self.sheet.version)

    def approve(self):
        """Take a draft to its approval, and return the PDF issued then."""
        self.take("submit", self.officer)
        self.take("confirm", self.head)
        grade = {"grade": "B", "reason": "着実。", "actor": self.reviewer}
        grade_sheet(self.sheet, version=self.sheet.version, **grade)
        self.take("approve", self.reviewer)
        return bytes(IssuedPdf.objects.latest("pk").content)

    def publish(self):
        self.take("publish", self.coordinator)

    def correct(self):
        self.take("reopen", self.coordinator, "誤記のため。")
        save_entry(self.sheet, "plan", "・訂正した。", version=1, actor=self.officer)


@pytest.fixture
def story():
    return Story()


def resaved(pdf, **attached):
    """Return ``pdf`` as another program would write it, with other bytes attached."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for name, data in attached.items():
            opened.attachments[f"{name}.json"] = data
        opened.pages[0].contents_add(b"q Q")
        made = io.BytesIO()
        opened.save(made)
    return made.getvalue()


def statuses(pdf):
    """Return what is told to everybody, and inside."""
    return verify_for_everybody(pdf).status, verify_inside(pdf).status


def command(pdf, tmp_path, capsys):
    """Return the exit status of the command, and what it said."""
    path = tmp_path / "some.pdf"
    path.write_bytes(pdf)
    capsys.readouterr()
    try:
        call_command("verify_pdf", path)
    except CommandError as error:
        return error.returncode, str(error)
    return 0, capsys.readouterr().out


def shown(pdf, client=None):
    """Return the page that answers an upload of ``pdf``, as text."""
    file = SimpleUploadedFile("手元の.pdf", pdf, "application/pdf")
    answer = (client or Client()).post(URL, {"pdf": file})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_life_of_a_pdf(story, tmp_path, capsys):
    first = story.approve()
    assert statuses(first) == (PdfStatus.UNPUBLISHED, PdfStatus.VALID)
    assert command(first, tmp_path, capsys)[0] == 0

    story.publish()
    assert statuses(first) == (PdfStatus.VALID, PdfStatus.VALID)
    status, said = command(first, tmp_path, capsys)
    assert (status, "に公表したもので、現在も有効です。" in said) == (0, True)

    story.correct()  # what is published stays so
    assert statuses(first) == (PdfStatus.VALID, PdfStatus.VALID)

    second = story.approve()
    assert statuses(first) == (PdfStatus.VALID, PdfStatus.VALID)
    assert statuses(second) == (PdfStatus.UNPUBLISHED, PdfStatus.VALID)

    story.publish()
    assert statuses(first) == (PdfStatus.OLDER, PdfStatus.OLDER)
    assert statuses(second) == (PdfStatus.VALID, PdfStatus.VALID)
    status, said = command(first, tmp_path, capsys)
    assert (status, "に新しいPDFに替わりました。" in said) == (3, True)


def test_an_approval_that_was_undone_does_not_hold(story, tmp_path, capsys):
    pdf = story.approve()
    story.take("undo_approve", story.reviewer, "評価を見直すため。")
    assert statuses(pdf) == (PdfStatus.UNPUBLISHED, PdfStatus.REVOKED)
    status, said = command(pdf, tmp_path, capsys)
    assert (status, "現在は有効ではありません" in said) == (3, True)
    story.take("approve", story.reviewer)
    assert statuses(pdf) == (PdfStatus.UNPUBLISHED, PdfStatus.OLDER)


def test_a_changed_file_is_altered_even_where_its_data_is_not(story, tmp_path, capsys):
    pdf = story.approve()
    page_altered = resaved(pdf)
    assert data_inside(page_altered) == data_inside(pdf)
    # Outside, nobody learns that data which was never published is the right one.
    assert "記録がありません" in verify_for_everybody(page_altered).why
    assert "紙面" in verify_inside(page_altered).why
    story.publish()
    assert "紙面" in verify_for_everybody(page_altered).why
    assert command(page_altered, tmp_path, capsys)[0] == 4


def test_changed_data_is_altered(story, tmp_path, capsys):
    pdf = story.approve()
    whole = data_of(pdf)
    better = whole.replace('"overall_grade":"B"', '"overall_grade":"A"').encode()
    assert better != whole.encode()
    altered = resaved(pdf, sheet=better)
    assert verify_inside(altered).why == "中のデータが、書き換えられています。"
    broken = resaved(pdf, sheet=b"{}")
    assert "形式になっていません" in verify_inside(broken).why
    assert [command(each, tmp_path, capsys)[0] for each in (altered, broken)] == [4, 4]


def data_of(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return opened.attachments["sheet.json"].get_file().read_bytes().decode()


def test_one_changed_byte_is_enough(story):
    pdf = story.approve()
    story.publish()
    for place in range(100, len(pdf), len(pdf) // 40):
        changed = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
        assert verify_for_everybody(changed).issued is None


def test_drafts_other_pdfs_and_other_files(story, tmp_path, capsys):
    from datetime import UTC, datetime  # noqa: PLC0415 -- of use here alone

    page = "<html lang='ja'><title>題</title><p>文</p></html>"
    foreign = render_page(page, styles=SHEET_STYLES, created=datetime(2018, 1, 1, tzinfo=UTC))
    files = {PdfStatus.DRAFT: pdf_of(story.sheet), PdfStatus.FOREIGN: foreign}
    files[PdfStatus.UNREADABLE] = b"PK\x03\x04"
    assert {k: statuses(pdf) for k, pdf in files.items()} == {k: (k, k) for k in files}
    assert [command(pdf, tmp_path, capsys)[0] for pdf in files.values()] == [5, 6, 6]
    with pytest.raises(CommandError, match="開けません") as missing:
        call_command("verify_pdf", tmp_path / "no.pdf")
    assert missing.value.returncode == 1


# --- the page --------------------------------------------------------------------------------
def test_the_page_says_it_in_words_to_somebody_who_has_not_signed_in(story):
    first = story.approve()
    story.publish()
    assert "発行したPDFと一致しました" in shown(first)
    assert f"平成30年度シート　{NAME}」の第3版です。" in shown(first)
    story.correct()
    story.approve()
    story.publish()
    assert "以前に発行したPDFです" in shown(first)
    assert "発行したPDFと一致しません" in shown(resaved(first))
    assert "PDFとして読めません" in shown(b"hello")


def test_of_what_is_not_public_only_whoever_holds_it_is_told(story):
    """The bytes themselves are known as issued, and nothing more; all else could be anybody's."""
    pdf = story.approve()
    page = shown(pdf)
    assert "公表されていません" in page
    assert "有効です" not in page
    draft = pdf_of(complete(make_sheet(ContributionFactory(name="別の拠出金"))))
    for other in (resaved(pdf), draft, resaved(pdf, sheet=b"{}")):
        assert NAME not in shown(other)
        assert "別の拠出金" not in shown(other)


def test_nothing_is_stored_and_nobody_is_noted(story):
    pdf = story.approve()
    before = AuditEntry.objects.count()
    client = Client()
    with CaptureQueriesContext(connection) as queries:
        shown(pdf, client)
    # But for counting, for a minute, how often the address has asked.
    asked = [
        sql for each in queries if '"limits"' not in (sql := each["sql"]) if "POINT" not in sql
    ]
    assert [sql.split()[0] for sql in asked] == ["SELECT", "SELECT"]
    assert AuditEntry.objects.count() == before
    assert not client.cookies


def test_a_file_that_is_missing_empty_or_too_large_is_told(db):
    def answer(**fields):
        return Client().post(URL, fields)

    large = SimpleUploadedFile("a.pdf", b"%PDF-" + bytes(MAX_UPLOAD_BYTES + 20_000))
    for sent, told in (
        (answer(), "選んでください"),
        (answer(pdf=SimpleUploadedFile("a.pdf", b"")), "ファイルが空です"),
        (answer(pdf=large), "5MBを超えています"),
        (answer(pdf="words"), "選んでください"),
    ):
        assert sent.status_code == 422
        assert told in sent.content.decode()
    within = SimpleUploadedFile("a.pdf", b"%PDF-" + bytes(MAX_UPLOAD_BYTES - 20_000))
    assert answer(pdf=within).status_code == 200


def test_a_length_that_is_no_number_is_no_fault_of_the_server(db):
    answer = Client().post(URL, {"pdf": "words"}, CONTENT_LENGTH="abc")
    assert answer.status_code == 422


def test_somebody_who_asks_without_end_is_asked_to_wait(db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"verify_pdf": "2/m/ip"}
    answers = [
        Client().post(URL, {"pdf": SimpleUploadedFile("a.pdf", b"x")}).status_code for _ in range(3)
    ]
    assert answers == [200, 200, 429]
    assert Client().get(URL).status_code == 200


def test_the_list_of_what_is_public_leads_to_it(db):
    assert f'href="{reverse("verify_pdf")}"' in Client().get("/published/").content.decode()
