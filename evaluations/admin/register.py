"""Contributions, organisations and divisions in the admin, which tell what a change reaches.

They are registered by their own rooms, which know no sheets; here they are registered again.
"""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import HttpRequest

from accounts.admin.base import RegisterAdmin
from accounts.admin.people import DivisionAdmin as DivisionRegister
from accounts.models import Division
from contributions.admin import ContributionAdmin as ContributionRegister
from contributions.admin import OrganizationAdmin as OrganizationRegister
from contributions.models import Contribution, Organization
from evaluations.queries.open_sheets import open_sheets_of

SHOWN = 5


class TellsOpenSheets(RegisterAdmin):
    """Says after a change which sheets print it, and that decided ones do not."""

    told_fields: ClassVar[frozenset[str]]

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and self.told_fields.intersection(form.changed_data):
            sheets = [str(sheet) for sheet in open_sheets_of(obj)]
            if sheets:
                others = f"ほか{len(sheets) - SHOWN}件" if len(sheets) > SHOWN else ""
                named = "".join(f"「{sheet}」" for sheet in sheets[:SHOWN])
                messages.warning(
                    request,
                    f"この変更は、作成から審査までの間のシート{len(sheets)}件の表示と印刷にも"
                    f"及びます：{named}{others}。確定・公表したシートは変わりません。",
                )


admin.site.unregister([Contribution, Organization, Division])


@admin.register(Contribution)
class ContributionAdmin(TellsOpenSheets, ContributionRegister):
    """Contributions (分担金・拠出金), with the sheets that a change reaches."""

    # Its sheets keep their own division.
    told_fields = frozenset({"name", "organization", "contribution_type", "earmarking"})


@admin.register(Organization)
class OrganizationAdmin(TellsOpenSheets, OrganizationRegister):
    """Organisations (国際機関等), with the sheets that a change reaches."""

    told_fields = frozenset({"name_ja", "abbreviation"})


@admin.register(Division)
class DivisionAdmin(TellsOpenSheets, DivisionRegister):
    """Divisions (担当課室), with the sheets that a change reaches."""

    told_fields = frozenset({"name"})
