"""Characters that cannot be printed: the text is kept, and shown before anybody approves it."""

import pytest
from django.urls import reverse

from contributions.models import Organization
from core.refusals import Invalid
from evaluations.queries.content import entries_of
from evaluations.refusals import Blocked
from evaluations.workflow import perform
from tests.evaluations.review import comment, rewrite, wording

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(ministry):
    return ministry.sheet


def test_the_text_is_saved_and_the_place_is_shown(client, ministry, sheet):
    client.force_login(ministry.people["officer"])
    entry = entries_of(sheet)["plan"]
    client.post(
        reverse("entry_save", args=[sheet.pk, "plan"]),
        {"text": "・水😀を引く。", "version": entry.version},
    )
    assert entries_of(sheet)["plan"].text == "・水😀を引く。"
    words = client.get(reverse("sheet_section", args=[sheet.pk, "pdca"])).content.decode()
    assert "「😀」（U+1F600）は印刷用の書体にないため" in words


def test_a_sheet_with_it_is_not_submitted(ministry, sheet):
    rewrite(sheet, plan="・水😀を引く。")
    officer = ministry.people["officer"]
    with pytest.raises(Blocked) as refused:
        perform(sheet, "submit", actor=officer, version=sheet.version)
    (problem,) = refused.value.problems
    assert problem.item == "plan"
    assert "U+1F600" in problem.message


def test_a_name_of_the_register_holds_the_sheet_up_as_well(ministry, sheet):
    Organization.objects.filter(pk=sheet.contribution.organization_id).update(name_ja="機関😀")
    with pytest.raises(Blocked) as refused:
        perform(sheet, "submit", actor=ministry.people["officer"], version=sheet.version)
    assert any("台帳" in problem.message for problem in refused.value.problems)


@pytest.mark.parametrize(
    ("form", "field", "more"),
    [
        ("contributions_organization", "name_ja", {"abbreviation": "IOX", "name_kana": "きかん"}),
        ("accounts_division", "name", {"name_kana": "か"}),
        ("contributions_contribution", "name", {}),
    ],
)
def test_the_admin_takes_no_name_that_cannot_be_printed(client, ministry, form, field, more):
    client.force_login(ministry.people["superuser"])
    answer = client.post(reverse(f"admin:{form}_add"), {field: "国際😀機関", **more})
    assert answer.status_code == 200
    errors = answer.context["adminform"].form.errors
    assert "「😀」（U+1F600）は印刷用の書体にない" in str(errors[field])


def test_comments_and_reasons_are_printed_and_so_refused(ministry, sheet):
    head = ministry.put("division_check") and ministry.people["head"]
    with pytest.raises(Invalid, match=r"U\+1F600"):
        comment(sheet, head, "よい😀。")
    with pytest.raises(Invalid, match=r"U\+1F600"):
        wording(sheet, head, "・改めた😀計画。")
    with pytest.raises(Invalid, match=r"U\+1F600"):
        wording(sheet, head, "・改めた計画。", reason="😀")


def test_a_suggestion_may_leave_what_is_there(ministry, sheet):
    rewrite(sheet, plan="・水😀を引く。")
    ministry.put("division_check")
    assert wording(sheet, ministry.people["head"], "・水😀を早く引く。").pk
