"""The references of a sheet to other sheets, as links."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.roles import Roles
from evaluations.access.visibility import sheets_visible_to
from evaluations.checks import CheckedSheet
from evaluations.checks.references import leads_of
from evaluations.models import Sheet


@dataclass(frozen=True)
class Link:
    """A link from words of ``item`` to ``item_meant`` of another ``sheet``."""

    item: str
    words: str
    sheet: Sheet
    item_meant: str

    @property
    def url(self) -> str:
        """The URL of the item that is meant."""
        return reverse("sheet_place", args=[self.sheet.pk, self.item_meant])


def links_of(view: CheckedSheet, roles: Roles) -> list[Link]:
    """Return the references of the sheet to other sheets that a person with ``roles`` may see.

    The same words of an item count once. One query, none where nothing is referred to.
    """
    leads = {(lead.item, lead.words): lead for lead in leads_of(view)}
    meant = {lead.other.pk for lead in leads.values()}
    sheets = sheets_visible_to(roles).in_bulk(meant) if meant else {}
    return [
        Link(lead.item, lead.words, sheets[lead.other.pk], lead.other_item)
        for lead in leads.values()
        if lead.other.pk in sheets
    ]
