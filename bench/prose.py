"""Invented text for sheets: bullets with the figures, dates and names that the checks read."""

from collections.abc import Iterator
from random import Random

_PLACES = ("東アフリカ", "南アジア", "中東", "中米", "太平洋島嶼国", "サヘル地域", "東南アジア")
_FIELDS = (
    "保健医療",
    "人身取引対策",
    "食料安全保障",
    "難民支援",
    "海洋環境",
    "地雷対策",
    "司法制度",
)
_ACTS = ("研修事業", "帰国支援事業", "緊急支援事業", "能力強化事業", "調査研究事業", "啓発事業")
_SENTENCES = (
    "{place}において{field}分野の{act}を{count}件実施し、計{people}名が参加した。",
    "{year}年{month}月、{place}の{count}か国を対象とする{act}を開始し、{field}の改善に着実に貢献した。",
    "{act}の対象者{people}名のうち{part}名（{share}％）が{year}年{month}月末までに目標を達成した。",
    "日本の拠出により{place}で実施した{act}は、現地政府から高く評価され、{field}に関する国家計画に反映された。",
    "{year}年{month}月の理事会において、日本は{field}分野の重点化を主張し、その内容が議長総括に盛り込まれた。",
    "同機関は{field}に関する国際的な基準の策定を主導しており、{count}の加盟国が国内法に取り入れている。",
    "前年度に指摘した{act}の報告の遅れについては、{year}年{month}月に四半期ごとの報告に改められた。",
    "邦人職員の増強に向け、{year}年{month}月に幹部との協議を行い、{field}分野の公募情報の早期提供を求めた。",
)


def prose(characters: int, *, year: int, seed: int) -> str:
    """Return bullets about ``year``, of ``characters`` or a few more. A seed gives one text."""
    lines: list[str] = []
    written = 0
    for sentence in _sentences(Random(seed), year):  # noqa: S311 -- no secret
        lines.append(f"・{sentence}")
        written += len(lines[-1])
        if written >= characters:
            break
    return "\n".join(lines)


def _sentences(chance: Random, year: int) -> Iterator[str]:
    while True:
        people = chance.randint(40, 900)
        part = chance.randint(20, people)
        yield chance.choice(_SENTENCES).format(
            place=chance.choice(_PLACES),
            field=chance.choice(_FIELDS),
            act=chance.choice(_ACTS),
            year=year,
            month=chance.randint(1, 6),
            count=chance.randint(2, 60),
            people=people,
            part=part,
            share=f"{100 * part / people:.1f}",
        )
