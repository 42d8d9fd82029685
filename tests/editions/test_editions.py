"""An edition is loaded whole or not at all, and never changes once a year has begun with it."""

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from editions.definition import Item, Section
from editions.domain.load import SHIPPED, load_edition
from editions.enums import ItemKind
from editions.models import Edition
from editions.parse import MOST_ITEMS, EditionError, parse_edition
from evaluations.paper.build import build
from evaluations.queries.content import content_of
from tests.factories import h30, make_sheet, open_year

H30 = (SHIPPED / "h30.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_edition_parses(file):
    definition = parse_edition(file.read_text(encoding="utf-8"))
    assert definition.key == file.stem


def test_h30_has_the_rows_of_the_official_form_in_their_order():
    definition = parse_edition(H30)
    assert [section.name for section in definition.sections if not section.first_row] == [
        "拠出先国際機関名",
        "国際機関等の概要及び成果目標",
        "1 専門分野における活動の成果・影響力",
        "2 組織・財政マネジメント",
        "3 日本の外交課題遂行における有用性・重要性",
        "4 日本人職員・ポストの状況等",
        "5 PDCAサイクルの確保等",
        "担当課室名",
    ]
    assert [item.name for item in definition.sections[0].items] == [
        "分担金・拠出金名",
        "種別",
        "30年度予算額",
        "総合評価",
    ]
    assert len(definition.item_of_kind(ItemKind.STAFFING).columns) == 7


EMPTY_SCALE = '[[scales]]\nkey = "empty"\ngrades = []\n\n[[scales]]'

FAULTS = [
    ('key = "h30"', "key = 30", "key：文字列で指定してください。"),
    ('key = "h30"', 'kee = "h30"', "key：指定がありません。"),
    ('key = "h30"', 'kee = "h30"', "kee：このキーはありません。"),
    ('kind = "staffing"', 'kind = "staff"', "sections[6].items[0].kind：「staff」は使えません。"),
    ('scale = "overall"', 'scale = "other"', "overall_grade.scale：評定の段階「other」が"),
    ('key = "act"', 'key = "plan"', "sections.items：キー「plan」が重複しています。"),
    ('overall_rule = "manual"', 'overall_rule = "sum"', "overall_rule：「sum」は使えません。"),
    ('amounts = ["initial"]', "", "sections[0].items[2].amounts：印字する予算額の区分"),
    ('key = "member_count"', 'key = "members"', "columns[0].key：「members」は使えません。"),
    ('"voluntary"]', '"gift"]', "contribution_types：「gift」は使えません。"),
    ("required = false", "required = 0", "required：true か false"),
    ('key = "h30"', 'key = "H 30"', "key：「H 30」は使えません。英小文字・数字・_だけに"),
    ("fiscal_year = 2018", "fiscal_year = 30", "fiscal_year：30は西暦の年度ではありません。"),
    ("max_length = 2000", "max_length = -1", "background_and_mandate.max_length：1以上に"),
    (
        '"({as_of}時点)"',
        '"({day}時点)"',
        "staffing.columns：「({day}時点)」に使えるのは{as_of}だけ",
    ),
    ('kind = "contribution_type"', 'kind = "staffing"', "columns：職員表の列を指定して"),
    ("[[scales]]", EMPTY_SCALE, "scales：「empty」に評定がありません。追加してください。"),
    ('scope = "organization"', 'applies_when = { size = ["big"] }', "applies_when.size："),
]


@pytest.mark.parametrize(("right", "wrong", "problem"), FAULTS)
def test_a_fault_is_named_with_its_key_and_the_reason(right, wrong, problem):
    assert right in H30
    with pytest.raises(EditionError) as refused:
        parse_edition(H30.replace(right, wrong, 1))
    assert problem in "\n".join(refused.value.problems)


def test_all_faults_are_named_at_once():
    faulty = H30.replace('kind = "staffing"', 'kind = "x"').replace(
        "required = false", "required = 1"
    )
    with pytest.raises(EditionError) as refused:
        parse_edition(faulty)
    assert len(refused.value.problems) == 2


def test_a_form_has_no_more_items_than_can_be_read_back():
    many = "".join(
        f"""
[[sections.items]]
key = "more_{number}"
kind = "criterion"
label = "基準"
"""
        for number in range(MOST_ITEMS)
    )
    with pytest.raises(EditionError) as refused:
        parse_edition(H30 + many)
    assert refused.value.problems == ["items：項目は300個までです（今は318個）。"]


@pytest.mark.django_db
class TestLoading:
    def test_loading_again_changes_nothing(self):
        assert load_edition(H30).changed
        assert not load_edition(H30).changed
        assert Edition.objects.count() == 1

    def test_an_edition_not_yet_in_use_can_be_mended(self):
        load_edition(H30)
        mended = load_edition(H30.replace("いつ、どのような経緯で", "どのような経緯で"))
        assert mended.changed
        assert Edition.objects.count() == 1

    def test_a_published_edition_is_never_altered(self):
        open_year(h30())
        before = Edition.objects.get().sha256
        with pytest.raises(EditionError, match="使用中のため変更できません"):
            load_edition(H30.replace("いつ、どのような経緯で", "どのような経緯で"))
        assert Edition.objects.get().sha256 == before

    def test_a_missing_print_template_is_refused(self):
        with pytest.raises(EditionError, match=r"印刷の雛形「nowhere\.html」がありません"):
            load_edition(H30.replace("evaluations/paper/h30.html", "nowhere.html"))

    def test_the_command_loads_all_that_ship_and_says_so(self, capsys):
        call_command("load_edition", "--shipped")
        call_command("load_edition", "--shipped")
        assert re.findall(r"：(.+)。", capsys.readouterr().out) == [
            "読み込みました",
            "読込済みです（変更なし）",
        ]

    def test_the_command_refuses_a_faulty_file_and_stores_nothing(self, tmp_path: Path):
        good, faulty = tmp_path / "good.toml", tmp_path / "faulty.toml"
        good.write_text(H30.replace('key = "h30"', 'key = "good"'), encoding="utf-8")
        faulty.write_text(H30.replace('title = "平成30年度シート"\n', ""), encoding="utf-8")
        with pytest.raises(CommandError, match=r"faulty.toml は様式として使えません。\n  title："):
            call_command("load_edition", good, faulty)
        assert not Edition.objects.exists()

    @pytest.mark.parametrize(
        ("content", "message"),
        [(b"\x82\xa0", "UTF-8の文字列として読めません"), (b"key = ", "TOMLとして読めません")],
    )
    def test_the_command_refuses_what_is_no_toml(self, tmp_path: Path, content, message):
        file = tmp_path / "bad.toml"
        file.write_bytes(content)
        with pytest.raises(CommandError, match=message):
            call_command("load_edition", file)

    def test_the_command_names_a_missing_file(self, tmp_path: Path):
        with pytest.raises(CommandError, match="を開けません"):
            call_command("load_edition", tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("", "達成状況"),
        ("1-1", "1-1 達成状況"),
        ("Ⅱ", "Ⅱ 達成状況"),
        ("（1）", "（1）達成状況"),
        ("(1)", "(1)達成状況"),
        ("①", "①達成状況"),
    ],
)
def test_a_number_stands_apart_from_its_label(number, name):
    item = Item("aims", ItemKind.CRITERION, label="達成\n状況", number=number)
    assert (item.name, Section("aims", "達成\n状況", (), number=number).name) == (name, name)


@pytest.mark.django_db
def test_the_paper_prints_number_and_label_as_they_are_named():
    numbers = {'"（1）"': '"1-1"', '"5"': '"（5）"'}
    text = H30
    for official, other in numbers.items():
        assert f"number = {official}" in text
        text = text.replace(f"number = {official}", f"number = {other}")
    rows = build(content_of(make_sheet()), parse_edition(text)).rows
    labels = {part.label for row in rows for part in row.parts}
    assert "1-1 設立経緯等・目的" in labels
    assert ("（5）PDCAサイクルの確保等",) in {row.label_lines for row in rows}
