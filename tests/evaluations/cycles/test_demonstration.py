"""The sample ministry: several states, plainly a sample, and never mixed into real data."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from evaluations.checks import findings_of
from evaluations.models import Publication, Sheet
from evaluations.queries.content import content_of
from notices.models import Message, OutgoingMail
from tests.factories import DivisionFactory, OrganizationFactory, UserFactory, h30

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(capsys, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        h30()
        call_command("load_demonstration")
    return capsys.readouterr().out


def test_it_shows_sheets_in_several_states(loaded):
    assert sorted(Sheet.objects.values_list("state", flat=True)) == [
        "approved",
        "division_check",
        "draft",
        "published",
        "returned",
        "review",
    ]
    assert Publication.objects.filter(is_current=True).count() == 1
    call_command("verify_audit")


def test_a_sheet_graded_c_shows_what_is_to_be_improved(loaded):
    sheet = Sheet.objects.get(overall_grade="C")
    point = sheet.improvement_points.get()
    assert (point.owner_division, "見本" in point.text) == (sheet.division, True)
    assert point.due_date > timezone.localdate()


def test_it_names_an_account_for_each_role(loaded):
    roles = ["担当官", "課室長", "審査担当", "取りまとめ", "閲覧者", "監査", "システム管理者"]
    assert [role for role in roles if role not in loaded] == []
    for user in User.objects.all():
        assert user.username in loaded


def test_its_model_sheet_has_the_figures_of_the_public_one_and_says_it_is_a_sample(loaded):
    sheet = Sheet.objects.get(state="published")
    content = content_of(sheet)
    staffing = content.staffing
    assert content.budget_thousand_yen == 23_100
    assert (staffing.member_count, staffing.professional_staff_total) == (169, 1467)
    assert (staffing.japanese_staff, staffing.japanese_senior_staff) == (25, 1)
    assert (staffing.previous_japanese_staff, staffing.previous_japanese_senior_staff) == (23, 1)
    assert str(staffing.japanese_staff_ratio) == "1.7"
    assert "見本であり、実際の評価ではない" in content.texts["background_and_mandate"]
    assert "見本" in content.division
    assert [f for f in findings_of(content, sheet.edition.definition) if f.blocks] == []


def test_people_have_been_told_of_what_happened(loaded):
    told = {
        name: {m.subject.split("：")[0] for m in Message.objects.filter(recipient__username=name)}
        for name in ("tantokan", "kankyo-tantokan", "etsuran")
    }
    assert told == {
        "tantokan": {"確認", "確定", "公表"},
        "kankyo-tantokan": {"差戻し", "確認", "確定"},
        "etsuran": set(),
    }
    assert OutgoingMail.objects.filter(address="kankyo-tantokan@example.jp").count() == 1


def test_loading_it_again_changes_nothing(loaded, capsys):
    before = list(Sheet.objects.values_list("pk", "state", "version"))
    call_command("load_demonstration")
    assert list(Sheet.objects.values_list("pk", "state", "version")) == before
    assert "見本の利用者" in capsys.readouterr().out


@pytest.mark.parametrize("registered", [UserFactory, OrganizationFactory, DivisionFactory])
def test_it_stays_out_of_a_database_in_which_anything_is_registered(capsys, registered):
    h30()
    registered()
    call_command("load_demonstration")
    assert "すでに登録があるため" in capsys.readouterr().out
    assert not Sheet.objects.exists()
