"""``verify_audit``: a report for people, and witnesses outside the table."""

import hashlib
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from accounts.enums import Role
from audit import trail
from audit.heads_file import heads_file
from audit.models import AuditEntry, AuditHead
from audit.trail import hash_of
from evaluations.domain.grading import grade_sheet
from evaluations.models import IssuedPdf
from evaluations.workflow import perform
from tests.audit.tampering import change_and_fail, rows, triggers_off
from tests.factories import DivisionFactory, complete, make_person, make_sheet

pytestmark = pytest.mark.django_db

LENGTH = 5


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Return a function that acts as if what is done in it were committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def chain(committed):
    with committed():
        division = DivisionFactory(name="人道支援室")
        for number in range(LENGTH):
            trail.record("register.change", division, actor=None, after={"number": number})


@pytest.fixture
def approved(committed):
    """A sheet taken to its approval, with a real PDF."""
    with committed():
        sheet = complete(make_sheet())
        officer = make_person(Role.OFFICER, sheet.division)
        head, reviewer = make_person(Role.HEAD, sheet.division), make_person(Role.REVIEWER)
        perform(sheet, "submit", actor=officer, version=sheet.version)
        perform(sheet, "confirm", actor=head, version=sheet.version)
        grade_sheet(sheet, grade="B", reason="着実。", actor=reviewer, version=sheet.version)
        perform(sheet, "approve", actor=reviewer, version=sheet.version)
    return sheet


REFUSAL = "監査記録に異状があります。上の報告の×の項目を確かめてください。"


def report(*arguments):
    """Return the report and whether the command ended well."""
    out = StringIO()
    try:
        call_command("verify_audit", *arguments, stdout=out)
    except CommandError as refusal:
        if (refusal.returncode, str(refusal)) != (1, REFUSAL):
            raise
        return out.getvalue(), False
    return out.getvalue(), True


def signs(words):
    """Return the signs of the checks, in their order."""
    return "".join(re.findall(r"^([○×―])　(?!.*項目)", words, re.MULTILINE))


def rebuild(place):
    """Alter an entry and make every hash from there on again, and the head's."""
    with triggers_off():
        previous = rows().get(sequence=place).previous_hash
        for entry in AuditEntry.objects.filter(sequence__gte=place).order_by("sequence"):
            if entry.sequence == place:
                entry.actor_name = "別人"
            entry.previous_hash = previous
            previous = hash_of(entry)
            rows().filter(pk=entry.pk).update(
                actor_name=entry.actor_name, previous_hash=entry.previous_hash, hash=previous
            )
        AuditHead.objects.update(hash=previous)


# --- the report ------------------------------------------------------------------------------
def test_a_sound_record_is_reported_in_words(chain):
    words, well = report()
    assert (well, signs(words)) == (True, "○○○○○―――")
    lines = words.splitlines()
    assert lines[0] == "監査記録の検証報告書"
    assert "記録の件数　　5件" in lines
    assert "判定　　　　　○　異状はありません。" in lines
    assert (
        "○　データベースの外のファイルに控えたハッシュと一致する（記録が作り直されていない）"
        "（控え5件と照合）"
    ) in lines
    assert max(map(len, lines)) <= 75


def test_an_empty_record_is_sound():
    words, well = report()
    assert (well, "記録の件数　　0件" in words) == (True, True)


def test_a_fault_is_named_with_what_to_do_about_it(chain):
    with triggers_off():
        rows().filter(sequence=3).update(actor_name="別人")
        rows().filter(sequence=4)._raw_delete("default")
    words, well = report()
    assert (well, signs(words)) == (False, "××○○×―――")
    told = [line.strip() for line in words.splitlines() if "　・" in line]
    assert told == [
        "・番号3の記録の内容が書き換えられています。",
        "・番号4の記録がありません。削除されています。",
        "・控えのファイルの5行目に控えた番号4の記録がありません。削除されています。",
    ]
    assert "システム管理者と監査の担当に、この報告書を添えて知らせてください。" in words


def test_of_many_faults_the_first_are_told_and_the_rest_counted(committed):
    with committed():
        for _ in range(15):
            trail.record("register.add", DivisionFactory(), actor=None)
    with triggers_off():
        rows().update(actor_name="別人")
    words, _ = report()
    assert words.count("内容が書き換えられています。") == 10
    assert "　　・ほか5件" in words.splitlines()


def test_the_report_goes_into_a_file_too(chain, tmp_path):
    file = tmp_path / "report.txt"
    words, _ = report("--report", str(file))
    assert file.read_text(encoding="utf-8") == words.removesuffix("\n") + "\n"
    with pytest.raises(CommandError, match="に書き込めません"):
        call_command("verify_audit", "--report", str(tmp_path), stdout=StringIO())


# --- the file of heads -------------------------------------------------------------------------
def test_what_is_committed_is_noted_with_number_hash_and_time(chain):
    first, *lines = [line.split() for line in heads_file().read_text().splitlines()]
    assert first == ["chain", AuditEntry.objects.get(sequence=1).hash]
    stored = AuditEntry.objects.order_by("sequence").values_list("sequence", "hash")
    assert [(int(number), hash) for number, hash, _ in lines] == list(stored)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", at) for *_, at in lines)


@pytest.mark.django_db(transaction=True)
def test_what_is_not_committed_is_not_noted():
    division = DivisionFactory()
    change_and_fail(division)
    assert not heads_file().exists()
    with transaction.atomic():
        trail.record("register.change", division, actor=None)
        assert not heads_file().exists()
    assert len(heads_file().read_text().splitlines()) == 2
    assert not connection.in_atomic_block


@pytest.mark.parametrize("place", [1, 3, LENGTH])
def test_a_record_made_up_anew_is_found_by_the_file(chain, place):
    rebuild(place)
    words, well = report()
    assert (well, signs(words)) == (False, "○○○○×―――")
    assert (
        f"番号{place}の記録が、控えのファイルの{place + 1}行目に控えたハッシュと違います。" in words
    )


def test_an_entry_that_never_came_through_us_is_found_by_the_file(chain):
    trail.record("sheet.approve", DivisionFactory(), actor=None)  # nothing is committed here
    words, well = report()
    assert (well, signs(words)) == (False, "○○○○×―――")
    assert "番号6の記録が控えられていません。" in words


def test_a_file_that_cannot_be_written_stops_nobody_and_is_told(
    chain, committed, settings, tmp_path, caplog
):
    written = heads_file()
    settings.AUDIT_HEADS_FILE = tmp_path
    with committed():
        trail.record("register.change", DivisionFactory(), actor=None)
    assert AuditEntry.objects.count() == LENGTH + 1
    assert "audit_head_not_noted" in caplog.text
    assert signs(report()[0]) == "○○○○×―――"
    settings.AUDIT_HEADS_FILE = written
    assert "番号6の記録が控えられていません。" in report()[0]
    call_command("note_audit_head", stdout=StringIO(), stderr=StringIO())
    assert report()[1]


def test_a_lost_file_is_told_with_the_way_to_begin_another(chain):
    heads_file().unlink()
    words, well = report()
    assert (well, signs(words)) == (False, "○○○○×―――")
    assert "manage.py note_audit_head で控えを始めてください。" in words
    call_command("note_audit_head", stdout=StringIO(), stderr=StringIO())
    assert report()[1]


@pytest.mark.parametrize("line", ["", "x", "5 abc now", "5 " + "g" * 64 + " now", "\x00", "１ x"])
def test_a_damaged_line_is_told_by_its_number(chain, line):
    with heads_file().open("a") as file:
        file.write(line + "\n")
    words, well = report()
    assert (well, "控えのファイルの7行目が壊れています。" in words) == (False, True)


# --- notes on paper ----------------------------------------------------------------------------
def test_a_head_on_paper_is_compared(chain):
    out = StringIO()
    call_command("note_audit_head", stdout=out, stderr=StringIO())
    paper = out.getvalue().strip()
    assert paper == f"{LENGTH}:{AuditEntry.objects.get(sequence=LENGTH).hash}"
    words, well = report("--head", paper.upper())
    assert (well, signs(words)) == (True, "○○○○○―○―")
    words, well = report("--head", f"2:{'0' * 64}", "--head", f"9:{'0' * 64}")
    assert (well, signs(words)) == (False, "○○○○○―×―")
    assert "番号2の記録が、手元の控え（番号2）に控えたハッシュと違います。" in words
    assert "手元の控え（番号9）に控えた番号9の記録がありません。末尾が切り取られています。" in words


@pytest.mark.parametrize("head", ["", "5", "5:abc", "x:" + "0" * 64, "5:" + "0" * 65])
def test_a_head_that_is_none_is_refused(head):
    with pytest.raises(CommandError, match="「番号:64文字のハッシュ」の形で指定してください。"):
        call_command("verify_audit", "--head", head)


def test_there_is_nothing_to_note_of_an_empty_record():
    with pytest.raises(CommandError, match="まだ1件もありません。"):
        call_command("note_audit_head")
    assert not heads_file().exists()


# --- the issued PDFs as witnesses -------------------------------------------------------------
def test_an_issued_pdf_bears_witness_even_where_the_file_is_made_up_too(approved, tmp_path):
    assert signs(report()[0]) == "○○○○○○―○"
    copy = tmp_path / "sheet.pdf"
    copy.write_bytes(bytes(IssuedPdf.objects.get().content))
    rebuild(2)
    heads_file().write_text(f"chain {AuditHead.objects.get().chain}\n")
    for number, hash in AuditEntry.objects.order_by("sequence").values_list("sequence", "hash"):
        with heads_file().open("a") as file:
            file.write(f"{number} {hash} now\n")
    words, well = report()
    assert (well, signs(words)) == (False, "○○○○○×―○")
    assert "確定PDF（SHA-256 " in words
    words, well = report("--pdf", str(copy))
    assert (well, signs(words)) == (False, "○○○○○××○")
    assert "手元のPDF（sheet.pdf）に控えたハッシュと違います。" in words


@pytest.mark.parametrize(
    "change",
    [
        {"content": b"%PDF-1.7 another"},
        {"sha256": "f" * 64},
        {"audit_hash": "f" * 64},
        {"audit_sequence": 1},
    ],
)
def test_an_altered_pdf_or_a_note_beside_it_is_found(approved, change):
    with triggers_off("evaluations_issuedpdf"):
        rows(IssuedPdf).update(**change)
    words, well = report()
    assert (well, signs(words)[-1]) == (False, "×")
    assert f"シート{approved.pk}の第3版の確定PDFが、発行したものと違います。" in words


def test_an_altered_pdf_with_its_hash_made_to_fit_is_found_by_the_record(approved):
    content = bytes(IssuedPdf.objects.get().content) + b"\n% altered"
    with triggers_off("evaluations_issuedpdf"):
        rows(IssuedPdf).update(content=content, sha256=hashlib.sha256(content).hexdigest())
    assert signs(report()[0]) == "○○○○○○―×"


def test_a_pdf_that_is_none_of_ours_is_refused(tmp_path):
    file = tmp_path / "x.pdf"
    with pytest.raises(CommandError, match="を読めません"):
        call_command("verify_audit", "--pdf", str(file))
    file.write_bytes(b"%PDF-1.7 /Type /EmbeddedFile >>\nstream\n[1]\nendstream")
    with pytest.raises(CommandError, match="監査記録のハッシュがありません。"):
        call_command("verify_audit", "--pdf", str(file))
