"""A file's names are those of the register, however they are spelled; none is made twice."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Division
from contributions.models import Contribution, Organization
from evaluations.enums import State
from evaluations.models import Sheet
from tests.evaluations.exchange.import_command import OFFICIAL, run
from tests.factories import OrganizationFactory

pytestmark = pytest.mark.django_db

NAMED = (Organization, Contribution, Division)


SAME_NAMES = [
    ("国際港湾協力機関（IPC）", "国際港湾協力機関(IPC)"),
    ("海上安全協力室", "海上\u3000安全協力室"),
]


@pytest.mark.parametrize(("official_name", "typed"), SAME_NAMES)
def test_a_name_is_matched_whatever_its_width_and_blanks_and_that_is_said(
    official, capsys, official_name, typed
):
    sheet, _ = run(capsys, official())
    again, doubts = run(capsys, official(OFFICIAL.replace(official_name, typed)))
    assert again == sheet
    assert [model.objects.count() for model in NAMED] == [1, 1, 1]
    assert any("と同じものとみました" in line for line in doubts)


def test_beside_a_decided_sheet_no_second_one_is_made(official, capsys):
    sheet, _ = run(capsys, official())
    Sheet.objects.filter(pk=sheet.pk).update(state=State.EXCLUDED)
    half_width = OFFICIAL.replace("国際港湾協力機関（IPC）", "国際港湾協力機関(IPC)")
    with pytest.raises(CommandError, match="書き換えられません"):
        call_command("import_sheet", official(half_width))
    assert Sheet.objects.get() == sheet


LIKE_NAMES = [
    ("国際港湾協力機関（IPC）分担金", "国際港湾協力機関IPC分担金", "分担金・拠出金「"),
    ("海上安全協力室", "海上・安全協力室", "課室「"),
]


@pytest.mark.parametrize(("official_name", "typed", "what"), LIKE_NAMES)
def test_a_name_like_another_is_refused_unless_it_is_said_to_be_new(
    official, capsys, official_name, typed, what
):
    run(capsys, official())
    like = official(OFFICIAL.replace(official_name, typed))
    with pytest.raises(CommandError, match=f"{what}{typed}」は台帳にありません.*--new") as refused:
        call_command("import_sheet", like)
    assert f"よく似た「{official_name}」" in str(refused.value)
    assert [model.objects.count() for model in NAMED] == [1, 1, 1]
    run(capsys, like, "--new")
    assert sorted(model.objects.count() for model in NAMED) == [1, 1, 2]


def test_an_organisation_of_a_known_abbreviation_is_not_made_twice(official, capsys):
    OrganizationFactory(name_ja="港湾協力国際機関", abbreviation="IPC")
    with pytest.raises(CommandError, match="よく似た「港湾協力国際機関（IPC）」"):
        call_command("import_sheet", official())
    sheet, _ = run(capsys, official(), "--new")
    assert sheet.contribution.organization.name_ja == "国際港湾協力機関"


def test_the_register_keeps_its_organisation_and_makes_none_for_the_file(official, capsys):
    run(capsys, official())
    renamed = OFFICIAL.replace("国際機関名\t国際港湾協力機関", "国際機関名\t万国港湾機構")
    _, doubts = run(capsys, official(renamed))
    assert any("台帳では拠出先が「国際港湾協力機関（IPC）」" in line for line in doubts)
    assert Organization.objects.count() == 1
