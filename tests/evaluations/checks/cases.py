"""The corpus for the rules: invented passages, each in a sheet that is otherwise correct."""

import tomllib
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from editions.definition import Definition
from editions.domain.load import SHIPPED
from editions.parse import parse_edition
from evaluations.checks import CarriedPoint, CheckedSheet, Finding, OtherSheet, findings_in
from evaluations.content import ReportFacts, SheetContent
from staffing.figures import StaffingFigures

CORPUS = Path(__file__).with_name("corpus")
HELD_OUT = ("held_out", "held_out_2")

DEFINITION: Definition = parse_edition((SHIPPED / "h30.toml").read_text(encoding="utf-8"))

TEXTS = {
    "background_and_mandate": "・1961年に設立された、港湾の安全に関する規範をつくる政府間機関。",
    "contribution_summary": "港湾行政官の研修に充てる拠出。2019年3月までに修了者を100名とする。",
    "results_and_influence": "・2017年10月に新しい指針を採択した。",
    "organizational_financial_management": "・決算は監査で適正と認められた。",
    "diplomatic_relevance": "・日本は理事会に出席し、意見を伝達した。",
    "remarks": "・日本人職員の増加に向け、機関の人事担当者と協議している。",
    "plan": "行動計画に照らして予算を要求した。",
    "do": "拠出し、四半期ごとに報告を受けた。",
    "check": "年次報告書により実績を点検した。",
    "act": "点検の結果、旅費の見直しを求めた。",
}
FIGURES = StaffingFigures(
    as_of=date(2017, 12, 31),
    member_count=88,
    professional_staff_total=310,
    japanese_staff=12,
    japanese_senior_staff=2,
    previous_as_of=date(2016, 12, 31),
    previous_japanese_staff=11,
    previous_japanese_senior_staff=2,
)
CONTENT = SheetContent(
    edition="h30",
    fiscal_year=2018,
    contribution_name="国際港湾協力機関（IPC）拠出金（港湾人材育成事業）",
    contribution_type="voluntary",
    earmarking="earmarked",
    organization="国際港湾協力機関（IPC）",
    division="協力第一課",
    budget_thousand_yen=48_200,
    overall_grade="B",
    overall_grade_reason="修了者が前年を上回ったため。",
    staffing=FIGURES,
    financial_report=ReportFacts(received_month=date(2018, 5, 1), covers_fiscal_year=2017),
    texts=TEXTS,
    evaluation_period=(date(2017, 7, 1), date(2018, 6, 30)),
)
VIEW = CheckedSheet(
    CONTENT,
    DEFINITION,
    today=date(2018, 7, 20),
    last_year_budget_thousand_yen=47_500,
    known_organizations=(("国際港湾協力機関", "IPC"), ("アジア水資源機構", "AWO")),
)


@dataclass(frozen=True)
class Case:
    """A passage, what is known around it, and what has to be found: {"R01 E"}."""

    id: str
    file: str
    text: str
    item: str = "diplomatic_relevance"
    expect: frozenset[str] = frozenset()
    facts: dict[str, Any] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)
    view: dict[str, Any] = field(default_factory=dict)
    last_year: dict[str, str] | None = None
    others: tuple[OtherSheet, ...] | None = None

    def findings(self) -> list[Finding]:
        """Check the sheet with this passage in it."""
        return findings_in(self._view())

    def found(self) -> frozenset[str]:
        """Return what is found, in the words of ``expect``."""
        return frozenset(f"{each.rule} {each.level.value}" for each in self.findings())

    def _view(self) -> CheckedSheet:
        around = dict(self.view)
        reason = around.pop("last_year_reason", "")
        staff = around.pop("last_year_japanese_staff", None)
        before = None
        if self.last_year is not None or reason or staff is not None:
            then = StaffingFigures(japanese_staff=staff)
            before = replace(
                CONTENT,
                fiscal_year=CONTENT.fiscal_year - 1,
                texts=self.last_year or {},
                overall_grade_reason=reason,
                staffing=then,
                financial_report=None,
            )
        if "carried_points" in around:
            carried = (CarriedPoint(**point) for point in around["carried_points"])
            around["carried_points"] = tuple(carried)
        for pairs in ("earlier_grades", "known_organizations"):
            if pairs in around:
                around[pairs] = tuple(map(tuple, around[pairs]))
        return replace(
            VIEW, content=self._content(), last_year=before, others=self.others, **around
        )

    def _content(self) -> SheetContent:
        facts = dict(self.facts)
        figures = replace(FIGURES, **self.figures)
        if facts.pop("staffing", True) is False:
            figures = StaffingFigures()
        report = CONTENT.financial_report or ReportFacts()
        told = {
            key: facts.pop(key) for key in ("received_month", "covers_fiscal_year") if key in facts
        }
        return replace(
            CONTENT,
            texts=TEXTS | {self.item: self.text},
            staffing=figures,
            financial_report=replace(report, **told),
            **facts,
        )


def cases(*names: str) -> list[Case]:
    """Return the cases of the files called ``names``; by default of all but the held-out."""
    names = names or tuple(sorted(p.stem for p in CORPUS.glob("*.toml") if p.stem not in HELD_OUT))
    return [
        _case(table, name)
        for name in names
        for table in tomllib.loads((CORPUS / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    ]


def _case(table: dict[str, Any], file: str) -> Case:
    expect = frozenset(table.pop("expect", ()))
    others = table.pop("others", None)
    if others is not None:
        others = tuple(OtherSheet(**other) for other in others)
    return Case(file=file, expect=expect, others=others, **table)
