"""An official sheet is read into a draft: whole, in its places, or not at all."""

import json
import re
from datetime import date

import pdfplumber
import pytest
from django.core.management import CommandError, call_command

from accounts.models import Division
from audit.models import AuditEntry
from contributions.models import Contribution, FinancialReport, Organization, YearlyAmount
from evaluations.enums import State
from evaluations.models import Cycle, Sheet
from evaluations.paper.build import document_of
from staffing.models import StaffingSnapshot
from tests.evaluations.exchange.import_command import OFFICIAL, run
from tests.factories import ContributionFactory, OrganizationFactory, h30
from tests.seed import SEED, lines_by_row, needs_seed, squeezed

pytestmark = pytest.mark.django_db


def as_json(capsys, sheet):
    capsys.readouterr()
    call_command("sheet_json", sheet.pk)
    return json.loads(capsys.readouterr().out)


def test_every_field_comes_to_its_place(official, capsys):
    sheet, doubts = run(capsys, official())
    assert doubts == []
    stored = as_json(capsys, sheet)
    assert stored["state"] == State.DRAFT
    assert stored["items"] == {
        "contribution_name": "国際港湾協力機関（IPC）分担金",
        "contribution_type": "分担金",
        "budget_amount": 1204500,
        "overall_grade": "A",
        "organization": "国際港湾協力機関（IPC）",
        "background_and_mandate": "・1961年に設立。加盟国は88か国。\n・港の安全を扱う。",
        "contribution_summary": "運営費の分担。2019年3月までに査察を50港に広げる。",
        "results_and_influence": "・査察を46港で行った。",
        "organizational_financial_management": "・決算は適正と認められた。",
        "diplomatic_relevance": "・日本の港の査察に3回協力した。\n・IPCは東京で会合を開いた。",
        "staffing": {
            "as_of": "2017-12-31",
            "member_count": 88,
            "professional_staff_total": 310,
            "japanese_staff": 12,
            "japanese_senior_staff": 2,
            "previous_as_of": "2016-12-31",
            "previous_japanese_staff": 11,
            "previous_japanese_senior_staff": 2,
            "japanese_staff_ratio": "3.9",
        },
        "remarks": (
            "・事務次長(D2)を日本人が務めている。\n(注)幹部はD1以上である。\n(注)派遣職員を除く。"
        ),
        "plan": "分担率に基づき予算要求。",
        "do": "期限までに支払った。",
        "check": "決算を点検した。",
        "act": "改善を求めた。",
        "financial_report": {
            "status": "received",
            "received_month": "2018-05-01",
            "covers_fiscal_year": 2017,
            "reason": "",
        },
        "responsible_division": "海上安全協力室",
    }


def test_everything_it_needs_is_made_and_recorded(
    official, capsys, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        sheet, _ = run(capsys, official())
    assert Organization.objects.get().abbreviation == "IPC"
    assert Division.objects.get() == sheet.division
    assert Cycle.objects.get() == sheet.cycle
    assert Contribution.objects.get().contribution_type == "assessed"
    assert AuditEntry.objects.filter(action="sheet.import").count() == 1
    call_command("verify_audit")


def test_what_is_registered_is_matched_by_name(official, capsys):
    organization = OrganizationFactory(name_ja="国際港湾協力機関", abbreviation="IPC")
    contribution = ContributionFactory(
        name="国際港湾協力機関（IPC）分担金",
        organization=organization,
        contribution_type="assessed",
    )
    other = ContributionFactory()
    sheet, _ = run(capsys, official())
    assert sheet.contribution == contribution
    assert Organization.objects.filter(name_ja="国際港湾協力機関").count() == 1
    assert not other.sheets.exists()


def test_reading_the_same_file_again_changes_nothing(official, capsys):
    first, _ = run(capsys, official())
    again, doubts = run(capsys, official())
    assert again == first
    assert doubts == []


def test_other_texts_are_not_overwritten_unless_asked_for(official, capsys):
    sheet, _ = run(capsys, official())
    other = official(OFFICIAL.replace("46港", "47港"))
    with pytest.raises(CommandError, match=r"別の文章が記入されています（1 専門分野.*--replace"):
        call_command("import_sheet", other)
    assert as_json(capsys, sheet)["items"]["results_and_influence"] == "・査察を46港で行った。"
    run(capsys, other, "--replace")
    assert as_json(capsys, sheet)["items"]["results_and_influence"] == "・査察を47港で行った。"


def test_figures_that_differ_from_the_register_are_named(official, capsys):
    run(capsys, official())
    other = OFFICIAL.replace("分担金\t種別", "任意の拠出金\t種別").replace("\t310\t", "\t300\t")
    _, doubts = run(capsys, official(other.replace("3.9%", "4.0%")))
    assert any(
        "全職員数（専門職以上）」は台帳の310から、ファイルの300に" in line for line in doubts
    )


def test_a_sheet_past_editing_is_left_alone(official, capsys):
    sheet, _ = run(capsys, official())
    Sheet.objects.filter(pk=sheet.pk).update(state=State.EXCLUDED)
    with pytest.raises(
        CommandError, match="「評価対象外」のため書き換えられません。何も登録していません"
    ):
        call_command("import_sheet", official(), "--replace")


def test_missing_sections_become_doubts_not_errors(official, capsys):
    text = re.sub(r"2 組織.*\n", "", OFFICIAL).replace(
        "・ 財政状況の報告：2018 年 5 月 (2017 年度)", ""
    )
    sheet, doubts = run(capsys, official(text))
    assert as_json(capsys, sheet)["items"]["organizational_financial_management"] == ""
    assert as_json(capsys, sheet)["items"]["financial_report"] is None
    assert any("組織・財政マネジメント" in line for line in doubts)
    with pytest.raises(SystemExit) as ended:
        call_command("check_sheet", sheet.pk)
    assert ended.value.code == 1


REFUSED = [
    ("", "行目："),
    ("これは評価シートではありません。\n" * 3, "行目："),
    (OFFICIAL.replace("平成30年度", "昭和30年度"), "1行目：「昭和30年度シート」"),
    (OFFICIAL.replace("\t310\t", "\t31x\t"), "行目："),
    (OFFICIAL.replace("\t12\t2\t", "\t2\t12\t"), "日本人幹部職員数が日本人職員数を超えています"),
    (OFFICIAL.replace("国際港湾協力機関（IPC）分担金", "あ" * 301), "300"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_what_cannot_be_read_is_refused_and_nothing_is_stored(official, text, message):
    before = AuditEntry.objects.count()
    with pytest.raises(CommandError, match=message) as refused:
        call_command("import_sheet", official(text))
    assert str(refused.value).endswith("何も登録していません。")
    for model in (Sheet, Cycle, Contribution, Organization, Division, YearlyAmount):
        assert not model.objects.exists()
    assert AuditEntry.objects.count() == before


def test_without_an_edition_it_says_which_command_comes_first(tmp_path):
    with pytest.raises(CommandError, match="load_edition --shipped"):
        call_command("import_sheet", tmp_path / "any.txt")


def test_bytes_that_are_no_text_are_refused(tmp_path):
    h30()
    file = tmp_path / "picture"
    file.write_bytes(bytes(range(256)))
    with pytest.raises(CommandError, match="文字列として読めません"):
        call_command("import_sheet", file)


@needs_seed
class TestTheRealSheet:
    @pytest.fixture
    def sheet(self, capsys):
        h30()
        sheet, _ = run(capsys, SEED)
        return sheet

    def test_its_figures_are_those_of_the_original(self, sheet):
        assert YearlyAmount.objects.get().budget_amount_thousand_yen == 23_100
        now, before = StaffingSnapshot.objects.all()
        assert (now.as_of, before.as_of) == (date(2017, 12, 31), date(2016, 12, 31))
        assert (now.member_count, now.professional_staff_total) == (169, 1467)
        assert (now.japanese_staff, now.japanese_senior_staff) == (25, 1)
        assert (before.japanese_staff, before.japanese_senior_staff) == (23, 1)
        report = FinancialReport.objects.get()
        assert (report.received_month, report.covers_fiscal_year) == (date(2018, 6, 1), 2017)
        assert sheet.overall_grade == "B"

    def test_its_one_slip_is_found(self, sheet, capsys):
        with pytest.raises(SystemExit):
            call_command("check_sheet", sheet.pk)
        errors = [line for line in capsys.readouterr().out.splitlines() if line.startswith("E")]
        assert len(errors) == 1
        assert errors[0].startswith("E（要修正）\tR01\tremarks\t「計26名」とありますが")
        assert "合計は27名です" in errors[0]

    def test_every_text_has_its_bullets(self, sheet):
        parts = {p.key: p for row in document_of(sheet).rows for p in row.parts}
        kinds = {key: [str(block.kind) for block in part.blocks] for key, part in parts.items()}
        depths = {block.depth for part in parts.values() for block in part.blocks}
        assert kinds["background_and_mandate"] == ["bullet"] * 3
        assert kinds["results_and_influence"] == ["bullet"] * 3
        assert kinds["organizational_financial_management"] == ["bullet"]
        assert kinds["diplomatic_relevance"] == ["bullet"] * 11
        assert sorted(kinds["remarks"]) == ["bullet"] * 5 + ["note"]
        assert depths == {0}

    def test_every_line_of_its_body_is_printed_in_its_cell(self, sheet, tmp_path):
        file = tmp_path / "seed.pdf"
        call_command("sheet_pdf", sheet.pk, "-o", file)
        printed = printed_rows(file)
        first_row, *rows = lines_by_row(list(printed)).items()
        assert first_row == ("", ["平成30年度シート"])
        assert [label for label, _ in rows] == list(printed)
        astray = [
            (label, line) for label, lines in rows for line in lines if line not in printed[label]
        ]
        assert astray == []
        left_over = {label: _without(printed[label], lines) for label, lines in rows}
        assert {label: text for label, text in left_over.items() if text} == {}


def _without(text, lines):
    for line in sorted(lines, key=len, reverse=True):
        text = text.replace(line, "", 1)
    return text


def printed_rows(file):
    """Return the text of every row of a printed sheet, squeezed, by its label, over all pages."""
    rows = {}
    with pdfplumber.open(file) as pdf:
        for page in pdf.pages:
            for table in page.find_tables():
                for label, *cells in table.extract():
                    if label:
                        current = squeezed(label)
                    rows[current] = rows.get(current, "") + squeezed("".join(filter(None, cells)))
    return rows
