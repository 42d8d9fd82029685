"""The queue found and sorted: words, kinds, grades, and in which order."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from contributions.enums import ContributionType
from contributions.models import YearlyAmount
from evaluations.enums import QueueOrder, State
from evaluations.models import Cycle, Sheet
from tests.evaluations.scene import make_ministry
from tests.factories import (
    ContributionFactory,
    DivisionFactory,
    OrganizationFactory,
    complete,
    make_sheet,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]


@pytest.fixture
def ministry():
    """Three sheets in review: あ, い and う, each first in an order of its own."""
    ministry = make_ministry()
    Sheet.objects.all().delete()
    now = timezone.now()
    # organisation, division, budget, days in this state
    for kana, division, budget, days in (
        ("あ", "さん", 10, 1),
        ("い", "いち", 30, 5),
        ("う", "に", 20, 9),
    ):
        contribution = ContributionFactory(
            name=f"{kana}拠出金",
            organization=OrganizationFactory(name_kana=kana),
            responsible_division=DivisionFactory(name=f"第{division}課", name_kana=division),
        )
        sheet = complete(make_sheet(contribution))
        ministry.put(State.REVIEW, sheet)
        YearlyAmount.objects.filter(contribution=contribution).update(
            budget_amount_thousand_yen=budget
        )
        since = now - timedelta(days=days)
        Sheet.objects.filter(pk=sheet.pk).update(state_since=since)
    return ministry


def found(client, ministry, who="reviewer", **wanted):
    client.force_login(ministry.people[who])
    rows = client.get(reverse("sheet_queue"), wanted).context["rows"]
    return "".join(row.sheet.name[0] for row, _ in rows)


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("", "ういあ"),
        (QueueOrder.WAITING, "ういあ"),
        (QueueOrder.DIVISION, "いあう"),
        (QueueOrder.ORGANIZATION, "あいう"),
        (QueueOrder.BUDGET, "いうあ"),
        ("nonsense", "ういあ"),
    ],
)
def test_it_is_sorted_as_the_person_chooses(ministry, client, order, names):
    assert found(client, ministry, order=order) == names


def test_what_is_due_first_comes_first_and_what_has_no_deadline_last(ministry, client):
    Cycle.objects.update(review_deadline=None, publication_date=timezone.localdate())
    approved = Sheet.objects.get(contribution__name__startswith="あ")
    ministry.put(State.APPROVED, approved)
    ministry.people["reviewer"].memberships.create(role="coordinator")
    assert found(client, ministry, order=QueueOrder.DEADLINE)[0] == "あ"


def test_it_is_searched_and_filtered(ministry, client):
    assert found(client, ministry, q="い拠出金") == "い"
    assert found(client, ministry, q="ない語") == ""
    kinds = [ContributionType.MANDATORY, ContributionType.VOLUNTARY]
    assert "".join(sorted(found(client, ministry, contribution_type=k) for k in kinds)) == "ういあ"
    graded = Sheet.objects.filter(contribution__name__startswith="う")
    graded.update(overall_grade="B", graded_at=timezone.now())
    assert found(client, ministry, graded="yes") == "う"
    assert found(client, ministry, graded="no") == "いあ"


def test_only_reviewers_filter_by_grade(ministry, client):
    client.force_login(ministry.people["head"])
    page = client.get(reverse("sheet_queue"), {"graded": "yes"})
    assert "graded" not in page.context["form"].fields


@pytest.mark.parametrize(
    ("who", "state", "address"),
    [
        ("officer", State.DRAFT, "/sheets/{}/"),
        ("head", State.DIVISION_CHECK, "/sheets/{}/act/confirm/"),
        ("reviewer", State.REVIEW, "/sheets/{}/grade/"),
        ("coordinator", State.APPROVED, "/sheets/{}/act/publish/"),
    ],
)
def test_each_row_leads_to_the_page_on_which_it_is_decided(client, who, state, address):
    ministry = make_ministry()
    sheet = ministry.put(state)
    client.force_login(ministry.people[who])
    [(row, url)] = client.get(reverse("sheet_queue")).context["rows"]
    assert (row.sheet, url) == (sheet, address.format(sheet.pk))
    assert client.get(url).status_code == 200
