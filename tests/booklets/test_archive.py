"""Names that every system takes, and an index that does nothing but be read."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from booklets.paper.zip_archive import ArchivedSheet, file_names_of, index_of, write_archive
from booklets.queries.year_list import YearLine

CREATED = datetime(2020, 4, 1, 3, 30, 10, tzinfo=UTC)
LINE = YearLine(
    1, "某年度", "試験拠出金", "試験機関", "試験課", "任意拠出金", 1234, "A", "公表", False
)


def leaf(**changes):
    return ArchivedSheet(replace(LINE, **changes), "0" * 64)


@pytest.mark.parametrize(
    ("contribution", "name"),
    [
        ("試験拠出金", "001_某年度_試験拠出金.pdf"),
        ('a<b>c:d"e/f\\g|h?i*j', "001_某年度_a＜b＞c：d”e／f＼g｜h？i＊j.pdf"),
        ("改行\nと\tタブ\x00", "001_某年度_改行とタブ.pdf"),
        ("終わりの点と空白. . ", "001_某年度_終わりの点と空白.pdf"),
        ("../../etc/passwd", "001_某年度_..／..／etc／passwd.pdf"),
        ("か\u3099", "001_某年度_が.pdf"),
        ("CON", "001_某年度_CON.pdf"),
    ],
)
def test_a_name_is_taken_everywhere(contribution, name):
    assert file_names_of([leaf(contribution=contribution)]) == [name]


def test_a_long_name_fits_and_equal_ones_stay_apart():
    names = file_names_of([leaf(contribution="長" * 200)] * 2)
    assert len(set(names)) == 2
    assert all(len(name.encode()) <= 255 for name in names)


def test_a_draft_is_marked_in_its_name():
    assert file_names_of([leaf(is_draft=True)]) == ["001_某年度（案）_試験拠出金.pdf"]


def test_the_index_starts_no_formula():
    leaves = [leaf(contribution="＝cmd|' /C calc'!A0", budget_thousand_yen=None)]
    text = index_of(leaves, file_names_of(leaves))
    assert text.startswith("\ufeff番号,")
    assert "'＝cmd" in text


def test_the_archive_is_the_same_twice_and_in_utf_8():
    leaves = [leaf(), leaf(contribution="二つ目")]
    files = []
    for _ in range(2):
        target = BytesIO()
        write_archive(leaves, iter([b"%PDF-1", b"%PDF-2"]), b"%PDF-0", target, CREATED)
        files.append(target.getvalue())
    assert files[0] == files[1]
    with ZipFile(BytesIO(files[0])) as archive:
        entries = archive.infolist()
        assert archive.testzip() is None
        assert [archive.read(each) for each in entries[1:]] == [b"%PDF-0", b"%PDF-1", b"%PDF-2"]
    assert all(each.flag_bits & 0x800 for each in entries)
    assert [each.compress_type for each in entries] == [ZIP_DEFLATED] + [ZIP_STORED] * 3
    assert {each.date_time for each in entries} == {(2020, 4, 1, 12, 30, 10)}
