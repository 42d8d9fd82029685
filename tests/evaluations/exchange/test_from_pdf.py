"""A PDF of ours is read back into the very sheet it was made of, or refused in words."""

import io
import json
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime

import jsonschema
import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from audit.models import AuditEntry
from contributions.models import Contribution, Organization, YearlyAmount
from core.canonical_json import canonical_json, sha256_of
from editions.parse import MOST_ITEMS
from evaluations.content import from_json, to_json
from evaluations.domain.revisions import freeze
from evaluations.exchange.from_pdf import NO_REASON, read_sheet_pdf, store_data
from evaluations.exchange.matching import ImportRefused
from evaluations.models import CriterionGrade, IssuedPdf, Sheet
from evaluations.paper.issued_pdf import pdf_of
from evaluations.paper.schema import problems_for, published
from evaluations.paper.sheet_data import data_of_draft
from evaluations.paper.sheet_reading import BadData, NotOurs, data_inside, parse_sheet_data
from evaluations.queries.content import content_now
from evaluations.workflow.effects import issue_pdf, print_revision
from tests.evaluations.made_up import FORMS, made_up, store
from tests.factories import UserFactory, complete, h30, make_sheet, put_in_state

NUMBERS = range(1_000)
SAMPLE = range(0, 1_000, 125)
AT = datetime(2018, 8, 31, 1, 23, 45, tzinfo=UTC)


def data_of(number):
    definition, content = made_up(number)
    return data_of_draft(content, definition, AT)


def test_the_published_schema_is_one_and_says_in_japanese_what_everything_is():
    jsonschema.Draft202012Validator.check_schema(published())
    unnamed = {key for key, each in published()["$defs"].items() if "title" not in each}
    assert unnamed == set()
    assert "千円" in published()["$defs"]["budget"]["description"]
    kinds = [
        *published()["properties"].values(),
        *published()["$defs"]["sheet"]["properties"].values(),
    ]
    assert {True} == {"title" in each or "$ref" in each for each in kinds}


@pytest.mark.sweep
def test_the_data_of_a_thousand_sheets_is_valid_and_read_back_without_loss():
    for number in NUMBERS:
        definition, content = made_up(number)
        data = parse_sheet_data(data_of_draft(content, definition, AT))
        assert problems_for(data.sheet, definition) == []
        assert (data.revision, data.at, data.is_intact) == (None, AT, True)
        assert from_json(data.sheet, definition) == content, number


def test_the_made_up_sheets_are_as_different_as_real_ones():
    contents = [made_up(number)[1] for number in NUMBERS]
    assert {content.edition for content in contents} == {"h30", "another"}
    texts = {text for content in contents for text in content.texts.values()}
    for sign in ("・", "（1）", "（注）", "※", "[[", "\n", "髙﨑①㈱～℃㎡𠮷"):
        assert any(sign in text for text in texts)
    assert "" in texts
    assert {content.financial_report is None for content in contents} == {True, False}
    assert {content.staffing.as_of is None for content in contents} == {True, False}
    assert any(each.ungraded_reason for c in contents for each in c.criterion_grades.values())


class _Undo(Exception):
    pass


def in_an_empty_register(work, *args):
    """Return what ``work`` returns, and undo whatever it stored."""
    result = []
    try:
        with transaction.atomic():
            result.append(work(*args))
            raise _Undo
    except _Undo:
        return result[0]


def issued(content, reviewer):
    """Return the PDF issued of a sheet that says ``content``."""
    sheet = store(content)
    printed = print_revision(freeze(sheet, occasion="approve", actor=reviewer))
    issue_pdf(printed, actor=reviewer)
    return bytes(IssuedPdf.objects.get().content)


def draft(content):
    return pdf_of(store(content))


def imported(pdf, edition):
    from editions.domain.load import load_edition  # noqa: PLC0415 -- of use here alone

    load_edition(FORMS[edition])
    edition, data = read_sheet_pdf(pdf)
    stored = store_data(edition, data)
    again = Sheet.objects.select_related(
        "cycle", "edition", "division", "contribution__organization"
    ).get(pk=stored.sheet.pk)
    return stored.doubts, content_now(again)


def round_trip(number, reviewer):
    _, content = made_up(number)
    pdf = in_an_empty_register(*((issued, content, reviewer) if number % 3 else (draft, content)))
    doubts, again = in_an_empty_register(imported, pdf, number % len(FORMS))
    graded = {
        key: replace(judged, reason=NO_REASON) for key, judged in content.criterion_grades.items()
    }
    assert doubts == [], number
    assert again == replace(content, criterion_grades=graded), number


@pytest.mark.django_db
def test_a_pdf_is_imported_as_the_sheet_it_was_made_of():
    reviewer = UserFactory()
    for number in SAMPLE:
        round_trip(number, reviewer)


@pytest.mark.nightly
@pytest.mark.django_db
def test_a_thousand_pdfs_are_imported_as_the_sheets_they_were_made_of():
    reviewer = UserFactory()
    for number in NUMBERS:
        round_trip(number, reviewer)


# --- the command -----------------------------------------------------------------------------
@pytest.fixture
def sheet(db):
    return complete(make_sheet())


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "sheet.pdf"
        path.write_bytes(content)
        return path

    return write


def pdf_with(data):
    """Return a PDF to which ``data`` is attached as a sheet's; None: with none."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        if data is not None:
            pdf.attachments["sheet.json"] = data
        made = io.BytesIO()
        pdf.save(made)
    return made.getvalue()


@pytest.fixture
def form(db):
    return h30()


def test_a_draft_goes_out_as_a_pdf_and_comes_back(sheet, file, capsys):
    path = file(b"")
    call_command("sheet_pdf", sheet.pk, output=path)
    before = content_now(sheet)
    YearlyAmount.objects.all().delete()
    capsys.readouterr()
    call_command("import_sheet", path)
    assert capsys.readouterr().out == f"sheet {sheet.pk}\n"
    assert content_now(Sheet.objects.get(pk=sheet.pk)) == before
    assert AuditEntry.objects.filter(action="sheet.import").count() == 1


def test_what_the_register_says_otherwise_is_told(sheet, file, capsys):
    path = file(pdf_of(sheet))
    Organization.objects.update(abbreviation="XX")
    Contribution.objects.update(contribution_type="mandatory")
    capsys.readouterr()
    call_command("import_sheet", path)
    told = capsys.readouterr().out
    assert "台帳では略称が「XX」" in told
    assert "台帳では種別が「義務的拠出金」" in told
    assert "PDFと違います：基本事項「種別」、拠出先国際機関名。" in told


def test_other_texts_are_replaced_only_when_asked(sheet, file):
    pdf = pdf_of(sheet)
    complete(sheet, "・その後に書いた。")
    with pytest.raises(CommandError, match="--replace"):
        call_command("import_sheet", file(pdf))
    call_command("import_sheet", file(pdf), "--replace")
    assert "期間中の取組" in content_now(Sheet.objects.get(pk=sheet.pk)).texts["plan"]


def test_a_decided_sheet_is_left_alone(sheet, file):
    pdf = pdf_of(sheet)
    clerk, judge = UserFactory(), UserFactory()
    put_in_state(sheet, "approved", submitter=clerk, confirmer=clerk, approver=judge)
    with pytest.raises(CommandError, match="書き換えられません。何も登録していません"):
        call_command("import_sheet", file(pdf))


def test_grades_of_criteria_keep_their_reasons_where_they_are_the_same(db):
    number = next(n for n in NUMBERS if made_up(n)[1].criterion_grades)
    sheet = store(made_up(number)[1])
    pdf = pdf_of(sheet)
    assert store_data(*read_sheet_pdf(pdf)).doubts == []
    assert set(CriterionGrade.objects.values_list("reason", flat=True)) == {"公表されない理由。"}


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"%PDF-1.7\n" + b"\0" * 1_000])
def test_what_is_no_whole_pdf_is_refused(db, file, content):
    h30()
    with pytest.raises(CommandError, match=r"PDFとして読めません。.*何も登録していません"):
        call_command("import_sheet", file(content))


def test_a_pdf_without_data_is_refused(form, file):
    with pytest.raises(CommandError, match="シートのデータがありません"):
        call_command("import_sheet", file(pdf_with(None)))


def test_data_that_was_altered_is_refused(form):
    whole = json.loads(data_of(0))
    whole["sheet"]["items"]["plan"] += "書き足した。"
    altered = pdf_with(canonical_json(whole))
    assert data_inside(pdf_with(data_of(0))).is_intact
    assert not data_inside(altered).is_intact
    with pytest.raises(ImportRefused, match="書き換えられた"):
        read_sheet_pdf(altered)


def test_a_form_that_is_not_loaded_is_named(form):
    with pytest.raises(ImportRefused, match="「another」が登録されていません"):
        read_sheet_pdf(pdf_with(data_of(1)))


# fmt: off
SPOILT = [
    ("sheet.items.budget_amount", "23,100", "sheet.items.budget_amount：整数又はnull"),
    ("sheet.items.budget_amount", -1, "sheet.items.budget_amount：決められた形"),
    ("sheet.items.budget_amount", True, "sheet.items.budget_amount：決められた形"),
    ("sheet.items.plan", None, "sheet.items.plan：文字列"),
    ("sheet.items.overall_grade", "S", "sheet.items.overall_grade：「」、「A」、"),
    ("sheet.items.contribution_type", "寄附", "sheet.items.contribution_type：「分担金」、"),
    ("sheet.items.no_such_item", "", "この様式にない項目"),
    ("sheet.items.staffing.as_of", "2018-02-31", "sheet.items.staffing"),
    ("sheet.items.staffing.japanese_staff", 1.5, "JSONとして読めません"),
    ("sheet.fiscal_year", 2019, "sheet.fiscal_year：「2018」"),
    ("sheet.fiscal_year", "2018", "sheet.fiscal_year：整数"),
    ("sheet.overall_grade_reason", "理由。", "sheet.overall_grade_reason：「」"),
    ("sheet.evaluation_period", [None], "sheet.evaluation_period：決められた形"),
    ("sheet.edition", 7, "sheet.edition：文字列"),
    ("status", "final", "status：「issued」、「draft」"),
    ("revision", 3, "revision：確定したPDFにだけ"),
    ("at", "2018-13-01T00:00:00Z", "at：実在する日時"),
    ("version", 2, "新しい版で"),
    ("format", "other", "評価シートのデータではありません"),
    ("sheet.items.staffing.japanese_staff", -1, "staffing"),
    ("more", 1, "（全体）：この様式にない項目"),
]
# fmt: on


@pytest.mark.parametrize(("place", "value", "message"), SPOILT)
def test_bad_data_is_refused_with_its_place(form, place, value, message):
    stored = spoilt(json.loads(data_of(0)), place.split("."), value)
    with pytest.raises(ImportRefused) as refused:
        read_sheet_pdf(pdf_with(canonical_json(stored)))
    assert message in refused.value.message
    # The library's own words stay inside.
    assert not {"is not", "schema", "Traceback"} & set(refused.value.message.split())


def spoilt(whole, place, value):
    changed = deepcopy(whole)
    inner = changed
    for step in place[:-1]:
        inner[step] = inner[step] or {}
        inner = inner[step]
    inner[place[-1]] = value
    changed["sheet_sha256"] = sha256_of(changed["sheet"])
    return changed


def test_a_missing_field_is_named(form):
    whole = json.loads(data_of(0))
    del whole["sheet"]["items"]
    with pytest.raises(BadData, match="sheet：「items」がありません"):
        parse_sheet_data(canonical_json(whole))
    whole = json.loads(data_of(0))
    del whole["sheet"]["items"]["plan"]
    whole["sheet_sha256"] = sha256_of(whole["sheet"])
    with pytest.raises(ImportRefused, match=r"sheet\.items：「plan」がありません"):
        read_sheet_pdf(pdf_with(canonical_json(whole)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"format": NaN}',
        b'{"format": "\\ud800"}',
        b"1" * 10_000,
    ],
)
def test_hostile_data_is_refused(data):
    with pytest.raises(BadData):
        parse_sheet_data(data)


def test_data_larger_than_any_sheets_is_refused_unread(form, file):
    whole = json.loads(data_of(0))
    whole["sheet"]["items"] |= {f"more_{number}": "" for number in range(100_000)}
    with pytest.raises(CommandError, match=r"値は5,000個.*何も登録していません"):
        call_command("import_sheet", file(pdf_with(canonical_json(whole))))


@pytest.mark.parametrize("levels", [6, 900])
def test_data_nested_deeper_than_any_sheets_is_refused(levels):
    whole = json.loads(data_of(0))
    whole["sheet"] = json.loads('{"items":' * levels + "{}" + "}" * levels)
    told = "入れ子は10段まで" if levels > 10 else "「edition」がありません"
    with pytest.raises(BadData, match=told):
        parse_sheet_data(canonical_json(whole))


def test_a_sheet_has_as_many_items_as_a_form_can_have():
    sheet = published()["$defs"]["sheet"]["properties"]
    assert sheet["items"]["maxProperties"] == MOST_ITEMS
    assert sheet["criterion_grades"]["maxProperties"] == MOST_ITEMS
    whole = json.loads(data_of(0))
    whole["sheet"]["items"] = {f"item_{number}": "" for number in range(MOST_ITEMS)}
    assert parse_sheet_data(canonical_json(whole))
    whole["sheet"]["items"]["one_more"] = ""
    with pytest.raises(BadData, match=r"sheet\.items：300個以下"):
        parse_sheet_data(canonical_json(whole))


def test_a_pdf_of_somebody_else_has_no_data():
    with pytest.raises(NotOurs):
        data_inside(b"%PDF-1.7 nothing")


def test_the_names_a_form_does_not_print_are_in_the_data():
    definition, content = made_up(1)
    assert set(to_json(content, definition)["not_on_form"]) == {
        "contribution_name",
        "contribution_type",
    }
