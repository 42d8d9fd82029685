"""The rules on whole sheets: the real one, and those of the demonstration."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command

from evaluations.checks import CheckedSheet, findings_in
from evaluations.demonstration.load import load_ministry, read_ministry
from evaluations.models import Sheet
from evaluations.queries.content import content_of
from tests.factories import h30
from tests.seed import SEED, needs_seed

pytestmark = pytest.mark.django_db


@needs_seed
def test_the_real_sheet_has_its_one_wrong_total_and_no_other_error(capsys):
    h30()
    call_command("import_sheet", SEED)
    sheet = Sheet.objects.get()
    view = CheckedSheet.of(content_of(sheet), sheet.edition.definition)
    view = replace(view, others=(), today=date(2018, 8, 31))
    found = findings_in(view)
    for each in found:
        print(each.rule, each.level, each.item, each.quote, each.message)
    errors = [each for each in found if each.blocks]
    assert [(each.rule, each.item, each.quote) for each in errors] == [("R01", "remarks", "計26名")]
    assert "（1＋8＋6＋5＋7）の合計は27名" in errors[0].message
    assert content_of(sheet).texts["remarks"][slice(*errors[0].place)] == "計26名"


def test_no_sheet_of_the_demonstration_is_blocked_by_its_text():
    h30()
    load_ministry(read_ministry())
    blocked = {}
    for sheet in Sheet.objects.select_related("edition", "cycle", "contribution__organization"):
        view = CheckedSheet.of(content_of(sheet), sheet.edition.definition)
        for each in findings_in(view):
            print(
                sheet.contribution.name, each.rule, each.level, each.item, each.quote, each.message
            )
        errors = {each.rule for each in findings_in(view) if each.blocks}
        if errors:
            blocked[sheet.contribution.name] = errors
    # The last one is only begun: what it lacks is not written yet.
    assert blocked == {"見本防災教育基金（MBK）拠出金": {"R00", "R07", "R23", "R24"}}
