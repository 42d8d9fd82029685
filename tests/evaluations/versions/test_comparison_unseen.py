"""What differs and looks the same is told in words, on the page and on paper."""

import io

import pdfplumber
import pytest
from django.urls import reverse

from evaluations.domain.revisions import freeze
from tests.evaluations.review import rewrite, wording
from texts.comparison import Fate, compare, compare_lines, unseen_differences

TOLD = [
    ("計画\u3000策定", "計画 策定", ("全角空白→半角空白",)),
    ("計画 策定", "計画策定", ("半角空白の削除",)),
    ("計画策定", "計画\u3000\u3000策定", ("全角空白の追加",)),
    ("4月〜6月", "4月～6月", ("波ダッシュ「〜」→全角チルダ「～」",)),
    ("国際機関(IOX)", "国際機関（IOX）", ("半角「(」→全角「（」", "半角「)」→全角「）」")),
    ("UN‐HABITAT", "UN-HABITAT", ("ハイフン「‐」→半角ハイフン「-」",)),
    ("\ufa19田氏", "神田氏", ("「\ufa19」（U+FA19）→「神」（U+795E）",)),
    ("葛\U000e0100城", "葛城", ("異体字の指定（U+E0100）の削除",)),
    ("計画を策定", "計面を策定", ()),
    ("一\n二", "一二", ()),
]


@pytest.mark.parametrize(("before", "after", "told"), TOLD)
def test_it_is_told(before, after, told):
    assert unseen_differences(compare(before, after)) == told


def test_a_long_change_is_told_in_general():
    told = unseen_differences(compare("１" * 5_000, "1" * 5_000))
    assert told == ("全角・半角、空白、記号だけの違い",)


def test_a_line_says_it_where_it_stands_now():
    lines = compare_lines(
        "・4月〜6月の取組を進めた。\n・次の行。", "・次の行。\n・4月～6月の取組を進めた。"
    )
    told = {line.fate: line.unseen for line in lines if line.unseen}
    assert told == {Fate.MOVED_HERE: ("波ダッシュ「〜」→全角チルダ「～」",)}


@pytest.mark.django_db
def test_page_paper_and_suggestion_say_it(sign_in, ministry):
    sheet = ministry.sheet
    rewrite(sheet, plan="・4月〜6月に　策定した。")
    freeze(sheet, occasion="submit", actor=ministry.people["officer"])
    rewrite(sheet, plan="・4月～6月に策定した。")
    officer = sign_in("officer")
    words = "波ダッシュ「〜」→全角チルダ「～」、全角空白の削除"
    chosen = {"new": "now", "old": "1"}
    assert (
        f"（{words}）"
        in officer.get(reverse("sheet_compare", args=[sheet.pk]), chosen).content.decode()
    )
    paper = officer.get(reverse("sheet_compare_pdf", args=[sheet.pk]), chosen).content
    with pdfplumber.open(io.BytesIO(paper)) as pdf:
        printed = "".join(pdf.pages[0].extract_text().split())
    assert "波ダッシュ" in printed
    ministry.put("division_check")
    offered = wording(sheet, ministry.people["head"], "・4月～6月に 策定した。")
    page = sign_in("head").get(reverse("suggestion_decide", args=[sheet.pk, offered.pk]))
    assert "見分けにくい違いは、半角空白の追加です。" in page.content.decode()
    ministry.put("draft")
    page = sign_in("officer").get(page.wsgi_request.path).content.decode()
    change = page.index("（半角空白の追加）")
    assert page.index("見分けにくい") < page.index("採り入れる箇所") < change


@pytest.mark.django_db
def test_two_who_wrote_at_once_are_told(sign_in, ministry):
    rewrite(ministry.sheet, plan="・4月〜6月に策定した。")
    address = reverse("entry_save", args=[ministry.sheet.pk, "plan"])
    answer = sign_in("officer").post(address, {"text": "・4月～6月に策定した。", "version": 1})
    assert answer.status_code == 409
    told = "見分けにくい違いは、波ダッシュ「〜」→全角チルダ「～」です。"
    assert told in answer.content.decode()
