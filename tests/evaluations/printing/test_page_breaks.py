"""Wherever the page breaks, a label stands whole beside the beginning of its body."""

import pytest

from evaluations.printing.document import Part

LONG = "井戸を掘り、水を汲む。" * 12
# The label, and what its body begins with.
PAIRS = {
    "3日本の外交課題遂行における有用性・重要性": "甲始まる",
    "国際機関等の概要及び成果目標": "（1）設立経緯等・目的：・乙始まる",
    "4日本人職員・ポストの状況等": "加盟国等の数",
    "5PDCAサイクルの確保等": "PLAN計始まる",
    "DO": "実始まる",
    "CHECK": "点始まる",
    "ACT": "改始まる",
    "担当課室名": "井戸課",
}


@pytest.mark.parametrize("filler", range(1, 41))
def test_no_label_is_left_behind_or_divided(make, render, pages_of, filler: int):
    document = make.sheet(
        make.row("埋め草", make.text("\n".join(["・草"] * filler))),
        make.row("3 日本の外交課題遂行における有用性・重要性", make.text("甲始まる" + LONG)),
        make.row(
            "国際機関等の概要及び成果目標",
            make.text("・乙始まる" + LONG, "（1）設立経緯等・目的"),
            make.text(LONG, "（2）拠出の概要及び成果目標", run_in=True),
        ),
        make.row("4 日本人職員・ポストの状況等", make.staffing(), make.text("・" + LONG, "その他")),
        make.row(
            "5 PDCAサイクルの確保等",
            make.pdca("計始まる", "実始まる" + LONG, "点始まる" + LONG * 2, "改始まる" + LONG),
            Part("bullet", label="財政状況の報告", value="2020年3月"),
        ),
        make.row("担当課室名", Part("value", value="井戸課")),
    )
    pages = pages_of(render(document))
    for label, beginning in PAIRS.items():
        assert [label in page for page in pages if beginning in page] == [True], label
