"""Opening a year: one draft for every contribution in scope, once."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from audit.models import AuditEntry
from audit.trail import Verification, verify
from contributions.enums import ContributionType
from core.refusals import Stale
from editions.enums import Scope
from evaluations.domain.cycles import add_missing_sheets, open_cycle
from evaluations.domain.entries import fill_entries
from evaluations.models import Cycle, Sheet
from evaluations.queries.content import entries_of
from tests.factories import ContributionFactory, DivisionFactory, h30, make_person, open_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return make_person(Role.COORDINATOR)


def names(sheets):
    return sorted(sheet.contribution.name for sheet in sheets)


def test_every_contribution_of_the_year_gets_a_draft_with_every_box_of_the_form(coordinator):
    contributions = [ContributionFactory(contribution_type=kind) for kind in ContributionType]
    ContributionFactory(last_fiscal_year=2017)
    ContributionFactory(first_fiscal_year=2019)
    cycle = Cycle(fiscal_year=2018, edition=h30())
    sheets = open_cycle(cycle, actor=coordinator)
    assert names(sheets) == sorted(c.name for c in contributions)
    for sheet in sheets:
        assert (sheet.state, sheet.version, sheet.division, sheet.edition) == (
            "draft",
            1,
            sheet.contribution.responsible_division,
            cycle.edition,
        )
        boxes = [item.key for item in sheet.edition.definition.text_items]
        written = {key: (e.text, e.version) for key, e in entries_of(sheet).items()}
        assert written == dict.fromkeys(boxes, ("", 0))
    actions = [e.action for e in AuditEntry.objects.filter(actor=coordinator).order_by("sequence")]
    assert actions == ["cycle.open", "sheet.create", "sheet.create", "sheet.create"]
    assert verify() == Verification(AuditEntry.objects.count())


def test_opening_the_first_year_puts_its_edition_in_use():
    edition = h30()
    assert edition.published_at is None
    open_year(edition)
    edition.refresh_from_db()
    first = edition.published_at
    assert first is not None
    open_year(edition, fiscal_year=2019)
    edition.refresh_from_db()
    assert edition.published_at == first


def test_a_year_is_opened_once(coordinator):
    ContributionFactory()
    cycle = open_year()
    before = AuditEntry.objects.count()
    again = Cycle(fiscal_year=2018, edition=cycle.edition)
    with pytest.raises(Stale) as refusal:
        open_cycle(again, actor=coordinator)
    assert refusal.value.message == (
        "2018年度の評価は、ほかの人が開始しました。評価年度の一覧で確かめてください。"
    )
    assert (Cycle.objects.count(), Sheet.objects.count()) == (1, 1)
    assert AuditEntry.objects.count() == before


def test_what_is_registered_later_is_added_and_nothing_is_made_twice(coordinator):
    ContributionFactory()
    cycle = open_year()
    later = ContributionFactory()
    assert names(add_missing_sheets(cycle, actor=coordinator)) == [later.name]
    assert add_missing_sheets(cycle, actor=coordinator) == []
    assert Sheet.objects.count() == 2


def test_a_type_outside_the_form_gets_no_sheet():
    assessed = ContributionFactory(contribution_type=ContributionType.ASSESSED)
    ContributionFactory(contribution_type=ContributionType.VOLUNTARY)
    edition = h30()
    edition.content = edition.content | {"contribution_types": ["assessed"]}
    edition.save()
    open_year(edition)
    assert names(Sheet.objects.all()) == [assessed.name]


def test_what_is_said_of_an_organisation_is_carried_into_the_next_year():
    contribution = ContributionFactory()
    edition = h30()
    open_year(edition, fiscal_year=2018)
    last_year = contribution.sheets.get()
    items = edition.definition.text_items
    fill_entries(last_year, {item.key: f"・{item.key}" for item in items})
    new = ContributionFactory(organization=contribution.organization)
    stranger = ContributionFactory()
    open_year(edition, fiscal_year=2019)
    of_the_organisation = {i.key for i in items if i.scope == Scope.ORGANIZATION}
    assert of_the_organisation == {"background_and_mandate"}
    for each in (contribution, new):
        texts = entries_of(each.sheets.get(cycle__fiscal_year=2019))
        assert {key: entry.text for key, entry in texts.items() if entry.text} == {
            "background_and_mandate": "・background_and_mandate"
        }
        assert {entry.version for entry in texts.values()} == {0}
    texts = entries_of(stranger.sheets.get(cycle__fiscal_year=2019))
    assert {entry.text for entry in texts.values()} == {""}


def test_the_division_of_a_sheet_is_that_of_its_year():
    old, new = DivisionFactory(), DivisionFactory()
    contribution = ContributionFactory(responsible_division=old)
    edition = h30()
    open_year(edition, fiscal_year=2018)
    contribution.responsible_division = new
    contribution.save()
    open_year(edition, fiscal_year=2019)
    sheets = contribution.sheets.order_by("cycle__fiscal_year")
    assert [sheet.division for sheet in sheets] == [old, new]


@pytest.mark.parametrize(
    ("dates", "message"),
    [
        (
            {"evaluation_period_start": "2018-06-30", "evaluation_period_end": "2017-07-01"},
            "評価対象期間の終わりは始め以後にしてください。",
        ),
        (
            {"submission_deadline": "2018-10-01", "review_deadline": "2018-09-30"},
            "審査の期限は課室からの提出期限以後にしてください。",
        ),
    ],
)
def test_the_dates_of_a_year_stand_in_order(dates, message):
    days = {name: date.fromisoformat(day) for name, day in dates.items()}
    with pytest.raises(ValidationError) as refusal:
        Cycle(fiscal_year=2018, edition=h30(), **days).full_clean()
    assert refusal.value.messages == [message]


def test_the_figures_of_a_year_end_with_its_period_or_with_the_year():
    assert Cycle(fiscal_year=2018).figures_until == date(2019, 3, 31)
    assert Cycle(fiscal_year=2018, evaluation_period_end=date(2018, 6, 30)).figures_until == date(
        2018, 6, 30
    )
