"""Made-up sheets: a ``MadeSheet`` is the truth that the reader has to recover."""

import random
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from editions.definition import Definition, Item
from editions.enums import ItemKind

NOUNS = (
    "樹木医",
    "灯台",
    "水車・風車",
    "渡り鳥",
    "干潟",
    "織物",
    "養蜂",
    "棚田",
    "製塩",
    "和紙・墨",
    "測量・製図",
    "気球",
    "珊瑚",
    "砂丘",
    "潮汐表",
    "日・ABC合同観測",
    "種子バンク",
    "巡回図書館",
)
LATIN = ("ABC", "XYZ", "Green Map", "Delta Plan", "QR", "Open Lake Forum", "P5", "F-12", "NPO")
VERBS = ("を支援した", "を調べた", "に参加している", "を共同で公表した", "に貢献する", "を改めた")
TAILS = ("。", "（計3回）。", "。また、その記録を残した。", "（うちXYZ分は12件）。", "（要約。）。")
NAMES = (
    ("世界灯台機関", "WLO"),
    ("国際干潟委員会", "UN Tidal"),
    ("砂丘・珊瑚保全条約事務局", "SCC-S"),
    ("渡り鳥協力機構", ""),
)
DIVISIONS = ("灯台政策課", "地球・海洋第二課", "干潟協力室", "総務課（渡り鳥班）")
ADDED = ("", "（灯台守の里帰り支援事業）", "（干潟・砂丘信託基金）")


@dataclass(frozen=True)
class Line:
    """A block of a text: ``mark`` is '', '・', '（注）' or '（1）' and the like."""

    mark: str
    words: str
    depth: int = 0

    @property
    def stored(self) -> str:
        return "\u3000" * self.depth + self.mark + self.words


@dataclass(frozen=True)
class MadeSheet:
    edition: Definition
    organization: str
    abbreviation: str
    name: str
    kind: str
    kind_label: str
    budget: int | None
    grade: str
    texts: dict[str, list[Line]]
    figures: dict[str, int | None]
    ratio: Decimal | None
    as_of: date | None
    received: date
    covers: int
    division: str
    seed: int = 0
    rng: random.Random = field(default_factory=random.Random, compare=False)

    @property
    def organization_cell(self) -> str:
        short = f"（{self.abbreviation}）" if self.abbreviation else ""
        return self.organization + short

    @property
    def budget_cell(self) -> str:
        return "－" if self.budget is None else f"{self.budget:,}千円"

    @property
    def report_cell(self) -> str:
        return f"{self.received.year}年{self.received.month}月（{self.covers}年度）"

    @property
    def stored(self) -> dict[str, str]:
        return {key: "\n".join(each.stored for each in text) for key, text in self.texts.items()}

    def first_row_cell(self, item: Item) -> str:
        return {
            ItemKind.CONTRIBUTION_NAME: self.name,
            ItemKind.CONTRIBUTION_TYPE: self.kind_label,
            ItemKind.BUDGET: self.budget_cell,
            ItemKind.GRADE: self.grade or "―",
            ItemKind.ORGANIZATION: self.organization_cell,
            ItemKind.DIVISION: self.division,
            ItemKind.FINANCIAL_REPORT: self.report_cell,
        }[item.kind]

    def staffing_row(self, item: Item) -> list[str]:
        cells = []
        for column in item.columns:
            if column.key == "japanese_staff_ratio":
                cells.append("―" if self.ratio is None else f"{self.ratio}%")
            else:
                figure = self.figures[column.key]
                cells.append("―" if figure is None else f"{figure:,}")
        return cells

    def staffing_headings(self, item: Item) -> list[str]:
        as_of = f"{self.as_of.year}年{self.as_of.month}月末" if self.as_of else "〇年〇月"
        return [
            " ".join([column.label.replace("\n", " "), *column.qualifiers]).format(as_of=as_of)
            for column in item.columns
        ]


def made_sheet(edition: Definition, seed: int) -> MadeSheet:
    """Return a sheet that depends on ``seed`` alone."""
    rng = random.Random(seed)
    organization, abbreviation = rng.choice(NAMES)
    kind, label = rng.choice(
        (("voluntary", "任意拠出金"), ("mandatory", "義務的拠出金"), ("assessed", "分担金"))
    )
    short = f"（{abbreviation}）" if abbreviation else ""
    name = f"{organization}{short}{'分担金' if kind == 'assessed' else '拠出金'}{rng.choice(ADDED)}"
    total = rng.randint(40, 9000)
    japanese = rng.randint(1, 40)
    senior = rng.randint(0, japanese)
    none = rng.random() < 0.15
    figures = {
        "member_count": rng.randint(20, 195),
        "professional_staff_total": None if none else total,
        "japanese_staff": None if none else japanese,
        "japanese_senior_staff": None if none else senior,
        "previous_japanese_staff": None if none else rng.randint(0, 40),
        "previous_japanese_senior_staff": None if none else rng.randint(0, 5),
    }
    ratio = (Decimal(japanese) / total * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    month = rng.choice((3, 6, 12))
    year = edition.fiscal_year - 1
    return MadeSheet(
        edition=edition,
        organization=organization,
        abbreviation=abbreviation,
        name=name,
        kind=kind,
        kind_label=label,
        budget=None if rng.random() < 0.1 else rng.choice((7, 980, 23456, 1234567, 10000000)),
        grade=rng.choice(["", *(grade.key for grade in edition.overall_scale.grades)]),
        texts={item.key: _text(rng, item) for item in edition.text_items},
        figures=figures,
        ratio=None if none else ratio,
        as_of=date(year, month, 30 if month == 6 else 31),
        received=date(edition.fiscal_year, rng.randint(1, 12), 1),
        covers=year,
        division=rng.choice(DIVISIONS),
        seed=seed,
        rng=rng,
    )


def _sentence(rng: random.Random) -> str:
    parts = []
    for _ in range(rng.randint(1, 5)):
        latin = rng.choice(LATIN)
        number = str(rng.choice((3, 17, 95, 2016, 1234)))
        parts.append(
            rng.choice(
                (
                    f"{latin}は{rng.choice(NOUNS)}と{rng.choice(NOUNS)}",
                    f"{number}年に{rng.choice(NOUNS)}の「{rng.choice(NOUNS)}計画{number}」",
                    f"{rng.choice(NOUNS)}に関する{latin}（{rng.choice(NOUNS)}部会）の提言",
                    f"参加者の{number}%が{rng.choice(NOUNS)}",
                )
            )
        )
    return "、".join(parts) + rng.choice(VERBS) + rng.choice(TAILS)


def _text(rng: random.Random, item: Item) -> list[Line]:
    if item.kind == ItemKind.PDCA:
        return [Line("", _sentence(rng))]
    lines: list[Line] = []
    if rng.random() < 0.3:
        lines += [Line("", _sentence(rng)) for _ in range(rng.randint(1, 2))]
    headings = rng.random() < 0.2 and item.kind == ItemKind.CRITERION
    for number in (1, 2) if headings else (0,):
        if number:
            lines.append(Line(f"（{number}）", rng.choice(NOUNS) + "の成果"))
        for _ in range(rng.randint(1, 6)):
            lines.append(Line("・", _sentence(rng)))
            if rng.random() < 0.2:
                lines += [Line("・", _sentence(rng), 1) for _ in range(rng.randint(1, 2))]
            if rng.random() < 0.15:
                mark = rng.choice(("（注）", "(注)", "（注1）", "※"))
                lines.append(Line(mark, _sentence(rng)))
    return lines
