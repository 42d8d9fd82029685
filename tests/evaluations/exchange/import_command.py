"""An official sheet as text, and ``manage.py import_sheet`` run on one."""

import re

from django.core.management import call_command

from evaluations.models import Sheet

OFFICIAL = """平成30年度シート

分担金・ 拠出金名\t国際港湾協力機関（IPC）分担金\t種別\t分担金\t30年度 予算額\t1,204,500千円\t総合評価\tA
拠出先 国際機関名\t国際港湾協力機関（IPC）
国際機関等 の概要及び 成果目標\t<p>（1）設立経緯等・目的：</p> <ul> ・1961年に設立。加盟国は88か国。 ・港の安全を扱う。 </ul> <p>（2）拠出の概要及び成果目標：運営費の分担。2019年3月までに査察を50港に広げる。</p>
1 専門分野 における活 動の成果・影 響力\t・査察を46港で行った。
2 組織・財 政マネジメ ント\t・決算は適正と認められた。
3 日本の外 交課題遂行 における有 用性・重要 性\t・日本の港の査察に 3 回協力した。

2

- ・ IPC は東京で会合を開いた。

4 日本人職員・ポストの状況等\t加盟国等の数\t全職員数 (専門職以上。以下同じ。) (2017 年 12 月末時点)\tうち、 日本人職員数\tうち、 日本人幹部職員数\t日本人職員の比率 (2017 年 12 月末時点)\t日本人職員数 (前年同時期)\t日本人幹部職員数 (前年同時期)
\t88\t310\t12\t2\t3.9%\t11\t2

その他特記事項：

- ・ 事務次長 (D2) を日本人が務めている。
(注) 幹部は D1 以上である。
(注) 派遣職員を除く。

5 PDCA サイクルの確保等\tPLAN\t分担率に基づき予算要求。
\tDO\t期限までに支払った。
\tCHECK\t決算を点検した。
\tACT\t改善を求めた。

・ 財政状況の報告：2018 年 5 月 (2017 年度)

担当課室名 海上安全協力室
"""  # noqa: E501 -- lines as they come out of the PDF


def run(capsys, *args):
    capsys.readouterr()
    call_command("import_sheet", *args)
    *doubts, last = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"sheet \d+", last)
    return Sheet.objects.get(pk=int(last.split()[1])), doubts
