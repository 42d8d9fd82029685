"""Every kind of paper there is, each as the page it is made of and as the PDF made of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from django.core.management import call_command
from django.db import transaction
from django.template.loader import render_to_string

from accounts.enums import Role
from booklets.paper import year_list
from booklets.queries.year_list import YearLine
from editions.domain.load import load_edition
from evaluations.models import Sheet
from evaluations.paper import comments_annex, comparison_table
from evaluations.paper.build import document_of
from evaluations.paper.rendering import SHEET_STYLES, page_html
from printing.printer import render_page
from tests.evaluations.cycles import test_another_year as another
from tests.evaluations.paper.conftest import pdca, row, sheet, staffing, text
from tests.evaluations.review import comment, say
from tests.factories import (
    ContributionFactory,
    complete,
    h30,
    make_person,
    make_sheet,
    open_year,
    put_in_state,
)
from tests.seed import SEED
from texts.comparison import Origin, Piece

CREATED = datetime(2020, 4, 1, 3, 30, tzinfo=UTC)
DATA: Mapping[str, bytes] = {"sheet.json": b'{"key": 1}', "audit-head.json": b"{}"}
WELL = "井戸を掘り、水の質を確かめ、近くの村に引き渡した。"


@dataclass(frozen=True)
class Paper:
    """A page in HTML, and its PDF."""

    page: str
    pdf: bytes


def empty_sheet() -> str:
    return page_html(document_of(make_sheet()))


def ten_pages() -> str:
    """Every part goes on over a page's end somewhere; lists in lists, notes, underlined words."""
    long = "\n".join(
        f"・{n}番目の[[{WELL}]]{WELL * 2}\n　・{WELL * 3}\n　　・深い{n}。\n（注{n}）{WELL * 2}"
        for n in range(12)
    )
    return page_html(
        sheet(
            row("国際機関等の概要及び成果目標", text(WELL * 90, "（1）目的", run_in=True)),
            row("1 成果・影響力", text(long, "（1）成果"), text("・一\n" + WELL * 60)),
            row("4 日本人職員・ポストの状況等", staffing(), text(long, "その他")),
            row("5 PDCAサイクルの確保等", pdca(long, "", WELL * 60, f"{WELL * 40}\n{long}")),
            draft_note="案（2020年4月1日 12:30時点）",
        )
    )


def another_edition() -> str:
    contribution = ContributionFactory()
    edition = load_edition(another.TOML).edition
    open_year(edition, edition.definition.fiscal_year)
    made = contribution.sheets.get()
    another.write_all(made, make_person(Role.OFFICER, made.division))
    return page_html(document_of(made))


def demonstration(state: str) -> Callable[[], str]:
    def page() -> str:
        h30()
        call_command("load_demonstration", verbosity=0)
        return page_html(document_of(Sheet.objects.get(state=state)))

    return page


def seed() -> str:
    h30()
    call_command("import_sheet", SEED, verbosity=0)
    return page_html(document_of(Sheet.objects.get()))


def comments() -> str:
    """The annex of a sheet of which much was said."""
    made = complete(make_sheet())
    people = [make_person(role, made.division) for role in (Role.OFFICER, Role.HEAD)]
    reviewer = make_person(Role.REVIEWER)
    put_in_state(made, "review", submitter=people[0], confirmer=people[1], approver=reviewer)
    say(made, reviewer)
    for key in ("do", "check", "remarks"):
        comment(made, reviewer, f"{WELL}\n{WELL}" * 12, key)
    return comments_annex.annex_html(comments_annex.annex_of(made, reviewer.roles))


def no_comments() -> str:
    made = make_sheet()
    return comments_annex.annex_html(
        comments_annex.annex_of(made, make_person(Role.OFFICER, made.division).roles)
    )


def two_versions() -> str:
    """A 新旧対照表 of several pages, on each of which its head is repeated."""
    both, new, old = (
        tuple(Piece(origin, WELL * n) for n in (1, 2))
        for origin in (Origin.BOTH, Origin.SECOND, Origin.FIRST)
    )
    rows = [
        comparison_table.ComparedRow(
            comparison_table.RowSide("", both + new), comparison_table.RowSide("", old + both)
        ),
        comparison_table.ComparedRow(
            comparison_table.RowSide("（追加）", new), comparison_table.RowSide()
        ),
        comparison_table.ComparedRow(
            comparison_table.RowSide("", new), comparison_table.RowSide("", old), "加盟国等の数"
        ),
    ]
    places = [
        comparison_table.PrintedPlace(f"欄{n}", "旧の欄" if n % 2 else "", tuple(rows * 2))
        for n in range(9)
    ]
    table = comparison_table.SideBySide(
        "新旧対照表", "架空機関拠出金", "第2版", "第1版", tuple(places), ("担当課室名",)
    )
    return render_to_string(comparison_table.TEMPLATE, {"table": table})


def no_difference() -> str:
    table = comparison_table.SideBySide("新旧対照表", "架空機関拠出金", "第2版", "第1版", (), ())
    return render_to_string(comparison_table.TEMPLATE, {"table": table})


def list_of_years() -> str:
    """A 一覧表 of two years, the first of several pages; of some sheets little is known."""
    lines = [
        YearLine(
            sheet_id=number,
            year="某年度" if number < 50 else "前の年度",
            contribution=f"第{number}号拠出金" + WELL * (number % 3),
            organization="架空機関",
            division="水道課",
            type="任意拠出金",
            budget_thousand_yen=number * 1000 if number % 7 else None,
            grade="A" if number % 5 else "",
            state="公表",
            is_draft=False,
        )
        for number in range(1, 53)
    ]
    return year_list.year_list_html(year_list.year_list(lines, ["担当課室：水道課"], CREATED))


def list_of_nothing() -> str:
    return year_list.year_list_html(year_list.year_list([], [], CREATED))


PAPERS: Mapping[str, tuple[Callable[[], str], Sequence[str]]] = {
    "empty sheet": (empty_sheet, SHEET_STYLES),
    "sheet of ten pages": (ten_pages, SHEET_STYLES),
    "sheet of another edition": (another_edition, SHEET_STYLES),
    "draft of the demonstration": (demonstration("draft"), SHEET_STYLES),
    "sheet of the demonstration": (demonstration("published"), SHEET_STYLES),
    "comments": (comments, comments_annex.STYLES),
    "no comments": (no_comments, comments_annex.STYLES),
    "two versions": (two_versions, comparison_table.STYLES),
    "no difference": (no_difference, comparison_table.STYLES),
    "list of years": (list_of_years, year_list.STYLES),
    "list of nothing": (list_of_nothing, year_list.STYLES),
} | ({"real sheet": (seed, SHEET_STYLES)} if SEED.exists() else {})


@cache
def paper(name: str) -> Paper:
    """Return the paper of ``PAPERS`` called ``name``, made once; the database stays as it was."""
    make, styles = PAPERS[name]
    with transaction.atomic():
        page = make()
        transaction.set_rollback(True)
    attached = DATA if styles == SHEET_STYLES else {}
    return Paper(page, render_page(page, created=CREATED, attached=attached, styles=styles))
