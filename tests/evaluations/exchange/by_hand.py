"""A short sheet written by hand, in which one thing at a time is made awkward."""

from evaluations.exchange.official import ReadSheet
from tests.evaluations.exchange.official_editions import read

PARTS = {
    "title": "平成30年度シート",
    "first_row": "分担金・拠出金名\t灯台機関（WLO）拠出金\t種別\t任意拠出金\t"
    "30年度予算額\t1,200千円\t総合評価\tB",
    "organization": "拠出先国際機関名\t灯台機関（WLO）",
    "overview": "国際機関等の概要及び成果目標\t（1）設立経緯等・目的：\n・灯台を守る。\n"
    "（2）拠出の概要及び成果目標：光を届ける。",
    "results": "1 専門分野における活動の成果・影響力\t・光が届いた。",
    "management": "2 組織・財政マネジメント\t・監査を受けた。",
    "relevance": "3 日本の外交課題遂行における有用性・重要性\t・港が栄えた。",
    "staffing": "4 日本人職員・ポストの状況等\t加盟国等の数\t全職員数(専門職以上。以下同じ。)"
    "(2017年12月末時点)\tうち、日本人職員数\tうち、日本人幹部職員数\t"
    "日本人職員の比率(2017年12月末時点)\t日本人職員数(前年同時期)\t日本人幹部職員数(前年同時期)\n"
    "\t169\t1,000\t25\t1\t2.5%\t23\t1",
    "remarks": "その他特記事項：\n・灯台守が増えた。",
    "pdca": "5 PDCAサイクルの確保等\tPLAN\t立てる。\n\tDO\t行う。\n"
    "\tCHECK\t調べる。\n\tACT\t直す。",
    "report": "・財政状況の報告：2018年6月（2017年度）",
    "division": "担当課室名 灯台課",
}


def sheet_text(**changes: str) -> str:
    return "\n".join((PARTS | changes).values())


def read_with(**changes: str) -> ReadSheet:
    return read(sheet_text(**changes))


def first_row(
    name: str = "灯台機関（WLO）拠出金",
    kind: str = "任意拠出金",
    budget: str = "1,200千円",
    grade: str = "B",
) -> str:
    return f"分担金・拠出金名\t{name}\t種別\t{kind}\t30年度予算額\t{budget}\t総合評価\t{grade}"


def criterion(text: str) -> tuple[str, ReadSheet]:
    sheet = read_with(results="1 専門分野における活動の成果・影響力\n" + text)
    return sheet.texts["results_and_influence"], sheet


def row(*figures: str) -> str:
    return PARTS["staffing"].split("\n")[0] + "\n\t" + "\t".join(figures)
