"""An administrator's home tells what the register lacks; nobody else's does."""

import pytest
from django.utils import timezone

from accounts.models import Membership, User
from evaluations.enums import State
from evaluations.models import Sheet
from evaluations.queries.register_gaps import gaps_in_register
from notices.models import OutgoingMail

pytestmark = pytest.mark.django_db

HEADING = "整っていない登録"


def names(records):
    return [str(record) for record in records]


def test_people_without_a_role_and_divisions_without_people(ministry, django_assert_num_queries):
    Membership.objects.filter(user=ministry.people["head"]).delete()
    Membership.objects.filter(user=ministry.people["other_officer"]).delete()
    User.objects.filter(pk=ministry.people["clerk"].pk).update(is_active=False)
    with django_assert_num_queries(4):
        gaps = gaps_in_register()
    without = {"役割 なし", "課室 太郎", "環境 三郎", "去年の審査"}
    assert set(names(gaps.without_role)) == without
    assert names(gaps.without_head) == ["人の安全協力室"]
    assert names(gaps.without_officer) == ["地球環境協力課"]
    # A division with nothing left to do needs nobody.
    Sheet.objects.filter(pk=ministry.other_sheet.pk).update(state=State.EXCLUDED)
    assert gaps_in_register().without_officer == []


def test_the_page_names_them_with_the_way_to_mend(ministry, sign_in):
    person = ministry.people["nobody"]
    OutgoingMail.objects.create(
        address="a@example.jp", subject="件名", body="本文", key="k", given_up_at=timezone.now()
    )
    page = sign_in("superuser").get("/").content.decode()
    assert HEADING in page
    assert f'<a href="/admin/accounts/user/{person.pk}/change/">役割 なし</a>' in page
    assert "届けられなかったメール</a>：1通" in page
    # Who gives roles is not told to ask for one.
    assert "役割がまだ割り当てられていません" not in page


def test_nothing_lacking_is_said_too(ministry, sign_in):
    User.objects.filter(memberships=None, is_superuser=False).delete()
    page = sign_in("superuser").get("/").content.decode()
    assert "届かなかったメールはありません" in page


@pytest.mark.parametrize("role", ["officer", "head", "reviewer", "coordinator", "auditor"])
def test_only_administrators_are_told(ministry, sign_in, role):
    assert HEADING not in sign_in(role).get("/").content.decode()
