"""A booklet of a whole ministry: small, whole, and no heavier to make than one of thirty sheets."""

import io
import os
import random
from pathlib import Path

import pytest

from booklets.paper.binding import bind_sheets
from printing.binder import SourcePdf
from tests.booklets.paper.conftest import COVER, Booklet

SHEETS = 150
DIFFERENT = 15
_FIELDS = ("人身取引", "保健医療", "食料安全保障", "難民支援", "海洋環境", "地雷対策", "司法制度")
_DONE = ("着実に貢献した", "高く評価された", "更なる改善を要する", "目標を達成した")
# Memory may vary by so much; thirty parsed sheets are more than that.
SLACK_MB = 25


def resident_mb() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


@pytest.mark.nightly
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="Linux以外では測れません")
def test_150_sheets_are_2_5_mb_at_most_and_take_no_more_memory_than_30(part_of):
    chance = random.Random(150)
    rendered = [
        part_of(f"第{n}号", *(words(chance) for _ in range(7))).pdf for n in range(DIFFERENT)
    ]

    def parts():
        for number in range(SHEETS):
            pdf = rendered[number % DIFFERENT]
            yield SourcePdf(f"国際機関第{number + 1}号拠出金", "水道課", pdf)

    target, used = io.BytesIO(), {}
    bind_sheets(COVER, parts(), target, lambda done: used.update({done: resident_mb()}))
    booklet = Booklet(target.getvalue(), list(parts()))
    assert len(booklet.texts) - booklet.front >= 300
    assert len(booklet.data) <= 2_500_000
    assert used[SHEETS] - used[30] <= SLACK_MB
    for title, first in zip(("第0号", "第1号"), booklet.first_pages(), strict=False):
        assert booklet.texts[first - 1].startswith(title)


def words(chance: random.Random) -> str:
    return "\n".join(
        f"・{chance.randint(2000, 2030)}年{chance.randint(1, 12)}月、"
        f"{chance.choice(_FIELDS)}の分野で{chance.randint(10, 999)}名を対象とする事業を"
        f"{chance.randint(2, 40)}か国で実施し、"
        f"{chance.choice(_FIELDS)}の改善に関し{chance.choice(_DONE)}。"
        for _ in range(6)
    )
