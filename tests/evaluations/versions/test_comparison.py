"""Two versions of a sheet compared place by place, and what changed since a decision."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from accounts.enums import Role
from accounts.roles import acting_as
from contributions.enums import ReportStatus
from editions.domain.load import SHIPPED
from editions.parse import parse_edition
from evaluations.content import ReportFacts, SheetContent
from evaluations.domain.entries import save_entry
from evaluations.domain.grading import grade_sheet
from evaluations.models import Entry, Sheet
from evaluations.queries.content import entries_of
from evaluations.queries.versions import (
    changes_since_last_decision,
    revision_of_last_decision,
    revisions_of,
)
from evaluations.version_comparison import Version, compare_versions
from evaluations.workflow import perform
from staffing.figures import StaffingFigures
from tests.factories import make_person

H30 = parse_edition((SHIPPED / "h30.toml").read_text(encoding="utf-8"))
ANOTHER = parse_edition(
    (Path(__file__).parents[1] / "another_year.toml").read_text(encoding="utf-8"),
)
CONTENT = SheetContent(
    edition="h30",
    fiscal_year=2018,
    contribution_name="架空機関拠出金（井戸事業）",
    contribution_type="voluntary",
    earmarking="earmarked",
    organization="架空機関（KKK）",
    division="井戸課",
    budget_thousand_yen=23_100,
    staffing=StaffingFigures(
        as_of=date(2017, 12, 31),
        member_count=169,
        professional_staff_total=1467,
        japanese_staff=25,
        japanese_senior_staff=1,
    ),
    texts={item.key: f"{item.key}の文。" for item in H30.text_items},
)


def compared(new, old=CONTENT, new_form=H30, old_form=H30):
    return compare_versions(Version("1", "旧", old, old_form), Version("now", "新", new, new_form))


def differing_cells(comparison):
    """Return what differs in figures and names: place, label, old, new."""
    return [
        (place.label, cell.label, cell.old, cell.new)
        for place in comparison.changed
        for cell in place.cells
        if cell.changed
    ]


def test_the_same_twice_differs_nowhere():
    comparison = compared(CONTENT)
    assert comparison.changed == ()
    assert [place.key for place in comparison.unchanged] == [item.key for item in H30.items]


@pytest.mark.parametrize(
    ("change", "cells"),
    [
        (
            {"budget_thousand_yen": 24_000},
            [("基本事項「30年度予算額」", "", "23,100千円", "24,000千円")],
        ),
        ({"overall_grade": "B"}, [("基本事項「総合評価」", "", "―", "B")]),
        (
            {"organization": "架空機構（KKK）"},
            [("拠出先国際機関名", "", "架空機関（KKK）", "架空機構（KKK）")],
        ),
        ({"division": "水道課"}, [("担当課室名", "", "井戸課", "水道課")]),
        (
            {"staffing": replace(CONTENT.staffing, japanese_staff=30, previous_japanese_staff=25)},
            [
                ("4 日本人職員・ポストの状況等「職員数」", *cell)
                for cell in (
                    ("うち、日本人職員数", "25", "30"),
                    ("日本人職員の比率", "1.7%", "2.0%"),
                    ("日本人職員数(前年同時期)", "―", "25"),
                )
            ],
        ),
        (
            {"staffing": replace(CONTENT.staffing, as_of=date(2018, 3, 31))},
            [("4 日本人職員・ポストの状況等「職員数」", "時点", "2017年12月末", "2018年3月末")],
        ),
        (
            {"financial_report": ReportFacts(ReportStatus.NOT_RECEIVED, reason="督促中")},
            [
                ("5 PDCAサイクルの確保等「財政状況の報告」", *cell)
                for cell in (("受領", "―", "未受領"), ("理由", "", "督促中"))
            ],
        ),
    ],
)  # fmt: skip
def test_figures_and_names_are_compared_cell_by_cell(change, cells):
    assert differing_cells(compared(replace(CONTENT, **change))) == cells


def test_texts_are_compared_where_they_stand_and_in_print_order():
    texts = CONTENT.texts | {"act": "actの文である。", "plan": "", "remarks": "remarksの文。"}
    comparison = compared(replace(CONTENT, texts=texts))
    assert [(place.label, place.change) for place in comparison.changed] == [
        ("5 PDCAサイクルの確保等「PLAN」", "changed"),
        ("5 PDCAサイクルの確保等「ACT」", "changed"),
    ]  # fmt: skip


def test_the_reason_of_the_grade_is_compared_and_is_no_place_of_the_form():
    reasoned = replace(CONTENT, overall_grade_reason="成果が着実である。")
    (place,) = compared(reasoned).changed
    assert (place.label, place.is_printed) == ("総合評価の理由", False)


def test_another_form_is_followed_by_lineage_and_kind():
    """計画 (plan) descends from ACT; figures keep their kind under whatever key."""
    old = replace(CONTENT, texts=CONTENT.texts | {"plan": "", "check": "", "remarks": ""})
    new = replace(
        CONTENT,
        texts={"plan": "actの文である。", "goals": "新しい目標。", "effects": "", "check": ""},
        budget_thousand_yen=24_000,
        supplementary_thousand_yen=900,
    )
    comparison = compared(new, old, new_form=ANOTHER)
    found = {place.key: place for place in comparison.changed}
    assert (found["plan"].label, found["plan"].old_label) == (
        "Ⅰ 振り返り「計画」",
        "5 PDCAサイクルの確保等「ACT」",
    )
    assert found["plan"].change == "changed"
    assert found["goals"].change == "only_new"
    assert found["do"].change == "only_old"
    assert "remarks" not in found  # it was empty, so nothing is lost
    (money,) = found["money"].cells
    assert (money.old, money.new) == ("23,100千円", "24,000千円（うち補正900千円）")
    assert [place.key for place in comparison.places][-1] == "financial_report"


def test_what_does_not_apply_any_more_is_told_as_gone():
    texts = {"effects": "効果の文。", "goals": "目標。"}
    old = replace(CONTENT, texts=texts)
    new = replace(old, earmarking="core")
    (place,) = compared(new, old, new_form=ANOTHER, old_form=ANOTHER).changed
    assert (place.key, place.change) == ("effects", "only_old")


# --- since a decision -------------------------------------------------------------------------


def step(ministry, who, action, comment=""):
    sheet = ministry.sheet
    sheet.refresh_from_db()
    perform(sheet, action, actor=ministry.people[who], comment=comment, version=sheet.version)


def write(ministry, key, text):
    entry: Entry = entries_of(ministry.sheet)[key]
    save_entry(ministry.sheet, key, text, version=entry.version, actor=ministry.people["officer"])


def since(ministry, who):
    """Return the keys of what changed since this person, or their side, decided."""
    user = ministry.people[who]
    sheet = Sheet.objects.get(pk=ministry.sheet.pk)
    comparison = changes_since_last_decision(sheet, acting_as(user))
    return comparison and [place.key for place in comparison.changed]


@pytest.mark.django_db
def test_each_side_is_shown_what_changed_since_it_decided(ministry):
    assert since(ministry, "reviewer") is None
    assert since(ministry, "officer") is None
    step(ministry, "officer", "submit")
    step(ministry, "head", "return", "目標を具体的にしてください。")
    write(ministry, "plan", "・第二稿の計画。")
    assert since(ministry, "head") == ["plan"]
    assert since(ministry, "reviewer") is None
    step(ministry, "officer", "submit")
    step(ministry, "head", "confirm")
    assert since(ministry, "head") == []
    step(ministry, "reviewer", "return", "成果の時点を書いてください。")
    write(ministry, "do", "・第三稿の実施。")
    assert since(ministry, "reviewer") == ["do"]
    assert since(ministry, "head") == ["do"]
    assert since(ministry, "officer") == ["do"]
    assert since(ministry, "viewer") is None
    assert since(ministry, "coordinator") is None


@pytest.mark.django_db
def test_whoever_has_not_decided_takes_over_from_their_side(ministry):
    ministry.people["colleague"] = make_person(Role.REVIEWER)
    for comment, who in (("一度目。", "reviewer"), ("二度目。", "colleague")):
        step(ministry, "officer", "submit")
        step(ministry, "head", "confirm")
        step(ministry, who, "return", comment)
        write(ministry, "plan" if who == "reviewer" else "do", f"・{comment}")
    ministry.people["newcomer"] = make_person(Role.REVIEWER)
    assert since(ministry, "reviewer") == ["plan", "do"]
    assert since(ministry, "colleague") == ["do"]
    assert since(ministry, "newcomer") == ["do"]
    numbers = {}
    for who in ("reviewer", "colleague", "newcomer", "head"):
        user = ministry.people[who]
        revision = revision_of_last_decision(ministry.sheet, acting_as(user))
        numbers[who] = revision.number
    assert numbers == {"reviewer": 3, "colleague": 6, "newcomer": 6, "head": 5}


@pytest.mark.django_db
def test_an_approval_is_a_decision_too(ministry, fake_pdf):
    step(ministry, "officer", "submit")
    step(ministry, "head", "confirm")
    ministry.sheet.refresh_from_db()
    grade_sheet(
        ministry.sheet,
        grade="B",
        reason="成果が着実である。",
        actor=ministry.people["reviewer"],
        version=ministry.sheet.version,
    )
    step(ministry, "reviewer", "approve")
    assert [r.occasion for r in revisions_of(ministry.sheet)] == ["approve", "confirm", "submit"]
    step(ministry, "coordinator", "reopen", "数値の誤り。")
    write(ministry, "check", "・正しい数値。")
    assert since(ministry, "reviewer") == ["check"]
    # The grade is open again until the next approval, and no matter of the division.
    assert since(ministry, "head") == ["check"]
