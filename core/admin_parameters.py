"""Allow-list of query parameters for the admin; any other parameter is answered with 400.

Django's changelist turns any parameter into a field lookup, across relations as well. A user could
use that to probe records they must not see. A changelist therefore accepts only the parameters of
its own links and forms, and every other page only those of links from other admin pages.
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

LONGEST_FILTER_VALUE = 200  # characters; search terms are limited by number instead
PAGE_NUMBER = re.compile(r"[0-9]{1,9}")
COLUMN = re.compile(r"-?[0-9]{1,2}")
AUTOCOMPLETE = {"term", "page", "app_label", "model_name", "field_name"}
# Parameters with which one page links to another: a popup opened from a form, and the changelist
# to return to, which checks its own parameters.
NAVIGATION_PARAMETERS: dict[str, set[str]] = {
    IS_POPUP_VAR: {"1"},
    TO_FIELD_VAR: {"id"},
    "_changelist_filters": set(),
}


class UnknownParameters(BadRequest):
    """The query string has parameters, ``names``, that no link to the page contains."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = frozenset(names)
        super().__init__("query parameters that the page does not make")


class StrictChangeList(ChangeList):
    """A changelist that accepts only the parameters of its own filters, search, order and pages."""

    def get_filters(self, request: HttpRequest) -> Any:
        if unknown := self._unknown(request):
            raise UnknownParameters(unknown)
        return super().get_filters(request)

    def _unknown(self, request: HttpRequest) -> set[str]:
        """Return the parameters that are unknown or have an unacceptable value."""
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
            or (name in bounded and len(values[0]) > LONGEST_FILTER_VALUE)
        }

    def _names_of_filters(self, request: HttpRequest) -> set[str]:
        """Return the parameters of the list's filters."""
        asked, self.filter_params = self.filter_params, {}
        specs, *_ = super().get_filters(request)
        self.filter_params = asked
        return {name for spec in specs for name in spec.expected_parameters() if name}

    def _names_of_dates(self) -> set[str]:
        if not self.date_hierarchy:
            return set()
        return {f"{self.date_hierarchy}__{part}" for part in ("year", "month", "day")}

    def _is_order(self, value: str) -> bool:
        """Whether ``value`` is empty or names only sortable columns."""
        columns = value.split(".") if value else []
        return len(columns) <= len(self.list_display) and all(
            COLUMN.fullmatch(column) and self._sorts(int(column.removeprefix("-")))
            for column in columns
        )

    def _sorts(self, number: int) -> bool:
        names = self.list_display[number : number + 1]
        return any(self.get_ordering_field(name) for name in names)

    def get_results(self, request: HttpRequest) -> None:
        """Show the last page if the requested one no longer exists."""
        try:
            super().get_results(request)
        except IncorrectLookupParameters:
            paginator = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)
            self.page_num = paginator.num_pages
            super().get_results(request)


class StrictAutocompleteView(AutocompleteJsonView):
    """Autocomplete for the ``autocomplete_fields`` of the registered admins only."""

    def process_request(self, request: HttpRequest) -> Any:
        asked = [request.GET.get(name, "") for name in ("app_label", "model_name", "field_name")]
        if unknown := request.GET.keys() - AUTOCOMPLETE:
            raise UnknownParameters(unknown)
        if tuple(asked) not in _autocomplete_fields(self.admin_site):
            raise UnknownParameters(AUTOCOMPLETE)
        return super().process_request(request)


def _autocomplete_fields(site: AdminSite | None) -> set[tuple[str, str, str]]:
    forms = [
        (form.model._meta, form.autocomplete_fields)
        for model_admin in (site._registry.values() if site else ())
        for form in (model_admin, *model_admin.inlines)
    ]
    return {(meta.app_label, str(meta.model_name), name) for meta, names in forms for name in names}


def check_query_string(request: HttpRequest) -> None:
    """Raise UnknownParameters for a parameter that no admin link to this page contains.

    Changelists and the autocomplete view are skipped: they check their parameters themselves.
    """
    page = request.resolver_match.url_name if request.resolver_match else None
    if page is None or page == "autocomplete" or "_changelist" in page:
        return
    unknown = {
        name
        for name, values in request.GET.lists()
        if name not in NAVIGATION_PARAMETERS
        or len(values) > 1
        or (NAVIGATION_PARAMETERS[name] and values[0] not in NAVIGATION_PARAMETERS[name])
    }
    if unknown:
        raise UnknownParameters(unknown)
