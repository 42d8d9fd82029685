"""Divisions merge and split; their work and their past go where they belong."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.domain.deputies import appoint_deputy
from accounts.enums import Role, SuccessionKind
from accounts.models import Deputyship, Division, DivisionSuccession, Membership
from accounts.roles import roles_of
from evaluations.access.visibility import sheets_visible_to
from evaluations.domain.entries import fill_entries
from evaluations.domain.reorganisation import Plan
from evaluations.enums import State
from evaluations.models import Sheet
from evaluations.queries.last_year import earlier_sheet
from tests.evaluations.reorganisation.carrying_out import ON, carry_out, plan_of, titles
from tests.factories import (
    ContributionFactory,
    UserFactory,
    edition_of,
    make_person,
    make_sheet,
    open_year,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]


# --- merged --------------------------------------------------------------------------------------
def test_two_divisions_merge_and_see_each_others_past(ministry, administrator):
    people = ministry.people
    own, other = ministry.put(State.APPROVED), ministry.put(State.APPROVED, ministry.other_sheet)
    both = make_person(Role.OFFICER, own.division)
    Membership.objects.create(
        user=both, role=Role.OFFICER, division=other.division, valid_from=date(2000, 1, 1)
    )
    carry_out(plan_of("merge", [own.division, other.division], "地球協力課"), administrator)
    for name in ("officer", "other_officer"):
        assert titles(people[name]) == ("地球協力課 担当官",)
        assert set(sheets_visible_to(roles_of(people[name]))) == {own, other}
    # Who was in both is in the new one once.
    assert titles(both) == ("地球協力課 担当官",)


@pytest.mark.parametrize(
    ("own", "other", "then"),
    [
        (None, date(2019, 5, 1), None),
        (date(2019, 5, 1), None, None),
        (date(2019, 5, 1), date(2019, 6, 1), date(2019, 6, 1)),
        (date(2019, 6, 1), date(2019, 5, 1), date(2019, 6, 1)),
    ],
)
def test_who_was_in_both_stays_for_as_long_as_in_either(ministry, administrator, own, other, then):
    """The division that goes on takes the other in; neither role cuts the other short."""
    both, divisions = UserFactory(), (ministry.sheet.division, ministry.other_sheet.division)
    for division, until in zip(divisions, (own, other), strict=True):
        Membership.objects.create(
            user=both,
            role=Role.OFFICER,
            division=division,
            valid_from=date(2000, 1, 1),
            valid_until=until,
        )
    carry_out(plan_of("merge", [divisions[1]], divisions[0]), administrator)
    assert both.memberships.get(division=divisions[0]).valid_until == then


def test_a_division_is_taken_in_by_another_that_goes_on(ministry, administrator):
    own, other = ministry.sheet, ministry.put(State.APPROVED, ministry.other_sheet)
    carry_out(plan_of("merge", [other.division], own.division), administrator)
    own.division.refresh_from_db()
    assert own.division.valid_until is None
    assert titles(ministry.people["other_head"]) == ("人の安全協力室 課室長",)
    assert set(sheets_visible_to(roles_of(ministry.people["officer"]))) == {own, other}


def test_the_past_passes_through_every_step(ministry, administrator, clock):
    """A becomes B, B becomes C: the people of C see what A wrote."""
    sheet = ministry.put(State.APPROVED)
    carry_out(plan_of("rename", [sheet.division], "乙課"), administrator)
    clock.move_to("2020-04-01 09:00 +0900")
    second = Plan(
        SuccessionKind.RENAME,
        date(2020, 4, 1),
        (Division.objects.get(name="乙課"),),
        (Division(name="丙課"),),
    )
    carry_out(second, administrator)
    assert titles(ministry.people["officer"]) == ("丙課 担当官",)
    assert set(sheets_visible_to(roles_of(ministry.people["officer"]))) == {sheet}
    assert list(
        DivisionSuccession.objects.order_by("pk").values_list(
            "predecessor__name", "successor__name", "is_direct"
        )
    ) == [
        ("人の安全協力室", "乙課", True),
        ("乙課", "丙課", True),
        ("人の安全協力室", "丙課", False),
    ]


# --- split ---------------------------------------------------------------------------------------
def test_a_division_splits_and_each_contribution_goes_where_it_was_put(ministry, administrator):
    people, first = ministry.people, ministry.sheet
    division = first.division
    second = make_sheet(ContributionFactory(responsible_division=division))
    decided = ministry.put(
        State.PUBLISHED, make_sheet(ContributionFactory(responsible_division=division))
    )
    leaver = make_person(Role.OFFICER, division)
    carry_out(
        plan_of("split", [division], "移住室", "人道室"),
        administrator,
        contributions={second.contribution_id: 1, decided.contribution_id: 1},
        memberships={
            people["head"].memberships.get().pk: 1,
            leaver.memberships.get().pk: None,
        },
    )
    assert titles(people["officer"]) == ("移住室 担当官",)
    assert titles(people["head"]) == ("人道室 課室長",)
    assert titles(leaver) == ()
    # What is open is seen by the one that has it; the common past by both, to read.
    assert set(sheets_visible_to(roles_of(people["officer"]))) == {first, decided}
    assert set(sheets_visible_to(roles_of(people["head"]))) == {second, decided}
    moved = Sheet.objects.order_by("pk").filter(pk__in=[first.pk, second.pk, decided.pk])
    assert [sheet.division.name for sheet in moved] == ["移住室", "人道室", "人の安全協力室"]


def test_last_years_text_stays_beside_the_entry_when_the_contribution_moves(
    ministry, administrator, client
):
    sheet, officer = ministry.sheet, ministry.people["officer"]
    fill_entries(sheet, {"plan": "・昨年度の計画。"})
    ministry.put(State.PUBLISHED)
    open_year(edition_of(2019), 2019)
    now = sheet.contribution.sheets.get(cycle__fiscal_year=2019)
    carry_out(plan_of("split", [sheet.division], "移住室", "人道室"), administrator)
    now = Sheet.objects.get(pk=now.pk)
    assert now.division.name == "移住室"
    earlier = earlier_sheet(now)
    assert (earlier.content.texts["plan"], earlier.content.division) == (
        "・昨年度の計画。",
        "人の安全協力室",
    )
    client.force_login(officer)
    page = client.get(reverse("sheet_section", args=[now.pk, "pdca"]))
    assert "・昨年度の計画。" in page.content.decode()


def test_a_deputy_stays_a_deputy_under_the_new_name(ministry, administrator):
    head, deputy = ministry.people["head"], UserFactory()
    appoint_deputy(
        Deputyship(
            membership=head.memberships.get(),
            deputy=deputy,
            valid_from=ON,
            valid_until=date(2019, 4, 10),
            reason="出張のため",
        ),
        actor=head,
    )
    carry_out(plan_of("rename", [ministry.sheet.division], "人間の安全保障室"), administrator)
    assert titles(deputy) == ("人間の安全保障室 課室長（代行：課室 太郎の代わり）",)
