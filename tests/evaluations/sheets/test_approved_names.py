"""What was decided keeps its name, whatever the register says afterwards."""

from urllib.parse import unquote

import pytest
from django.urls import reverse

from evaluations.enums import Action
from evaluations.models import Sheet
from evaluations.workflow import perform
from tests.evaluations.scene import make_ministry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

OLD, NEW = "国際移住機関（IOM）拠出金", "国際移住機関（IOM）任意拠出金"


@pytest.fixture
def ministry():
    """A published sheet and a draft of the same organisation, then renamed in the register."""
    ministry = make_ministry()
    sheet, judge = ministry.sheet, ministry.people["reviewer"]
    ministry.put("review")
    Sheet.objects.filter(pk=sheet.pk).update(overall_grade="B", overall_grade_reason="着実。")
    step(ministry, Action.APPROVE, judge)
    step(ministry, Action.PUBLISH, ministry.people["coordinator"])
    sheet.contribution.name = NEW
    sheet.contribution.save()
    division = sheet.division
    division.name = "新しい室"
    division.save()
    return ministry


def step(ministry, action, actor, comment=""):
    sheet = ministry.sheet
    sheet.refresh_from_db()
    perform(sheet, action, actor=actor, comment=comment, version=sheet.version)


def shown(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


def file_name(client, name, pk):
    return unquote(client.get(reverse(name, args=[pk]))["Content-Disposition"])


def test_lists_pages_and_files_of_a_decided_sheet_keep_its_name(ministry, client):
    pk = ministry.sheet.pk
    assert OLD in shown(client, "published_list")
    assert OLD in file_name(client, "published_pdf", pk)
    client.force_login(ministry.people["coordinator"])
    for page in (
        shown(client, "published_list"),
        shown(client, "sheet_list"),
        shown(client, "sheet_detail", pk),
        shown(client, "admin:evaluations_sheet_changelist"),
    ):
        assert OLD in page
        assert NEW not in page
    assert "新しい室" not in shown(client, "published_list")
    assert OLD in file_name(client, "sheet_pdf", pk)


def test_a_correction_works_with_the_new_name_and_the_public_list_with_the_old(ministry, client):
    pk = ministry.sheet.pk
    step(ministry, Action.REOPEN, ministry.people["coordinator"], "数値の誤り。")
    client.force_login(ministry.people["coordinator"])
    assert f"<h1>{NEW}</h1>" in shown(client, "sheet_detail", pk)
    assert OLD in shown(client, "published_list")
    assert NEW not in shown(client, "published_list")
    assert OLD in file_name(client, "published_pdf", pk)
