"""What an address of the admin may ask for: a closed list of names, and 400 for all others.

Django looks up whatever field a name in the address leads to, through relations as well. Who sees
a list could ask it about records they must not see. So a list takes what its own links and forms
send, and every other page takes what leads to it from another page of the admin.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.contrib.admin.options import (
    IS_FACETS_VAR,
    IS_POPUP_VAR,
    TO_FIELD_VAR,
    IncorrectLookupParameters,
)
from django.contrib.admin.sites import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.views.main import ALL_VAR, ORDER_VAR, PAGE_VAR, SEARCH_VAR, ChangeList
from django.core.exceptions import BadRequest
from django.http import HttpRequest

MOST_CHARACTERS = 200  # of a filter's value; what is searched for is bounded in words
PAGE_NUMBER = re.compile(r"[0-9]{1,9}")
COLUMN = re.compile(r"-?[0-9]{1,2}")
AUTOCOMPLETE = {"term", "page", "app_label", "model_name", "field_name"}
# What leads from one page to another: a window opened from a form, and the list to go back to,
# whose own names the list checks.
BETWEEN_PAGES: dict[str, set[str]] = {
    IS_POPUP_VAR: {"1"},
    TO_FIELD_VAR: {"id"},
    "_changelist_filters": set(),
}


class UnknownQuery(BadRequest):
    """The ``names`` in the address of a page that the page itself never puts there."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = frozenset(names)
        super().__init__("query parameters that the page does not make")


class ClosedChangeList(ChangeList):
    """A list that answers its own filters, search, order, dates and pages, and nothing else."""

    def get_filters(self, request: HttpRequest) -> Any:
        if unknown := self._unknown(request):
            raise UnknownQuery(unknown)
        return super().get_filters(request)

    def _unknown(self, request: HttpRequest) -> set[str]:
        """Return the names in the address that are not the list's, or whose values are not."""
        asked = dict(request.GET.lists())
        known = {
            SEARCH_VAR: True,
            ALL_VAR: True,
            IS_FACETS_VAR: True,
            PAGE_VAR: bool(PAGE_NUMBER.fullmatch(request.GET.get(PAGE_VAR, ""))),
            ORDER_VAR: self._is_order(request.GET.get(ORDER_VAR, "")),
        }
        bounded = asked.keys() - known.keys()
        own = self._names_of_filters(request) | self._names_of_dates() if bounded else set()
        return {
            name
            for name, values in asked.items()
            if len(values) > 1
            or not known.get(name, name in own)
            or (name in bounded and len(values[0]) > MOST_CHARACTERS)
        }

    def _names_of_filters(self, request: HttpRequest) -> set[str]:
        """Return what the filters beside the list put into the address."""
        asked, self.filter_params = self.filter_params, {}
        specs, *_ = super().get_filters(request)
        self.filter_params = asked
        return {name for spec in specs for name in spec.expected_parameters() if name}

    def _names_of_dates(self) -> set[str]:
        if not self.date_hierarchy:
            return set()
        return {f"{self.date_hierarchy}__{part}" for part in ("year", "month", "day")}

    def _is_order(self, value: str) -> bool:
        """Whether ``value`` names columns by which the list's headings sort, or none of them."""
        columns = value.split(".") if value else []
        return len(columns) <= len(self.list_display) and all(
            COLUMN.fullmatch(column) and self._sorts(int(column.removeprefix("-")))
            for column in columns
        )

    def _sorts(self, number: int) -> bool:
        names = self.list_display[number : number + 1]
        return any(self.get_ordering_field(name) for name in names)

    def get_results(self, request: HttpRequest) -> None:
        """Show the last page where there are fewer than when the link was made."""
        try:
            super().get_results(request)
        except IncorrectLookupParameters:
            paginator = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)
            self.page_num = paginator.num_pages
            super().get_results(request)


class ClosedAutocompleteView(AutocompleteJsonView):
    """Suggestions for the fields of the admin's forms that ask for them, and for no others."""

    def process_request(self, request: HttpRequest) -> Any:
        asked = [request.GET.get(name, "") for name in ("app_label", "model_name", "field_name")]
        if unknown := request.GET.keys() - AUTOCOMPLETE:
            raise UnknownQuery(unknown)
        if tuple(asked) not in _fields_that_suggest(self.admin_site):
            raise UnknownQuery(AUTOCOMPLETE)
        return super().process_request(request)


def _fields_that_suggest(site: AdminSite | None) -> set[tuple[str, str, str]]:
    forms = [
        (form.model._meta, form.autocomplete_fields)
        for model_admin in (site._registry.values() if site else ())
        for form in (model_admin, *model_admin.inlines)
    ]
    return {(meta.app_label, str(meta.model_name), name) for meta, names in forms for name in names}


def check_address(request: HttpRequest) -> None:
    """Refuse what no link of the admin puts into the address of this page.

    The lists and the suggestions have lists of their own, and check them where they read them.
    """
    page = request.resolver_match.url_name if request.resolver_match else None
    if page is None or page == "autocomplete" or "_changelist" in page:
        return
    unknown = {
        name
        for name, values in request.GET.lists()
        if name not in BETWEEN_PAGES
        or len(values) > 1
        or (BETWEEN_PAGES[name] and values[0] not in BETWEEN_PAGES[name])
    }
    if unknown:
        raise UnknownQuery(unknown)
