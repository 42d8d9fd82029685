"""What an address of the admin may ask: what the page's own links and forms ask, and no more."""

import re
from functools import cache
from html import unescape

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.checks import run_checks
from django.db import models
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import reverse

from accounts.admin_site import AdminSite
from accounts.models import Deputyship, Division, User
from core.admin_parameters import UnknownParameters
from evaluations.enums import State
from tests.evaluations.scene import SECRET_TEXT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

SHEETS = "/admin/evaluations/sheet/"
IN_ADMIN = ("officer", "head", "other_officer", "reviewer", "coordinator", "auditor", "superuser")

# What the filters beside each list and its dates put into the address.
FILTERS = {
    "accounts.user": "is_active__* memberships__role__* memberships__division__id__*",
    "accounts.membership": "role__* division__id__*",
    "accounts.deputyship": "membership__role__* membership__division__id__*",
    "audit.auditentry": "since until person target request action object_type at__@",
    "notices.outgoingmail": "state created_at__@",
    "accounts.divisionsuccession": "kind__* is_direct__*",
    "accounts.division": "",
    "contributions.organization": "",
    "contributions.contribution": "contribution_type__* earmarking__* responsible_division__id__*",
    "contributions.yearlyamount": "fiscal_year fiscal_year__isnull kind__*",
    "contributions.financialreport": "status__* fiscal_year fiscal_year__isnull",
    "staffing.staffingsnapshot": "as_of__gte as_of__lt",
    "editions.edition": "",
    "evaluations.cycle": "",
    "evaluations.sheet": "state__* division__id__* cycle__id__*",
}


def written_out(names):
    """Return the names for which the table has one: ``*`` is a value or none, ``@`` a date."""
    for name in names.split():
        if name.endswith("*"):
            yield name[:-1] + "exact"
            yield name[:-1].removesuffix("id__") + "isnull"
        elif name.endswith("@"):
            yield from (name[:-1] + part for part in ("year", "month", "day"))
        else:
            yield name


OWN = {label: set(written_out(names)) for label, names in FILTERS.items()}
COMPARED = ("", "exact", "contains", "startswith", "regex", "iregex", "gte", "isnull", "in", "year")


def paths(model, depth):
    """Yield every name that leads from ``model`` to a field, through up to ``depth`` relations."""
    for field in model._meta.get_fields():
        yield field.name
        if isinstance(field, models.ForeignKey):
            yield field.attname
        if field.is_relation and depth and field.related_model:
            yield from (f"{field.name}__{path}" for path in paths(field.related_model, depth - 1))


@cache
def lookups(model):
    """Return every question that an address could put to ``model``, but for its list's own."""
    own = OWN[model._meta.label_lower]
    asked = {f"{path}__{how}".rstrip("_") for path in paths(model, 2) for how in COMPARED}
    asked |= {f"{name}__{how}" for name in own for how in COMPARED if how}
    asked |= {"pk", "pk__in", "id__gte", "nonsense", "_popup", "e", "query", "page"}
    return asked - own


def list_of(model_admin, person, asked):
    """Return the list of ``model_admin`` as ``person`` gets it by an address that asks this."""
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=person.pk)
    request.GET = QueryDict(mutable=True)
    request.GET.update(asked)
    return model_admin.get_changelist_instance(request)


@pytest.mark.sweep
@pytest.mark.parametrize("role", IN_ADMIN)
def test_no_list_answers_a_lookup_through_any_relation(ministry, role):
    for model, model_admin in admin.site._registry.items():
        questions = lookups(model)
        with pytest.raises(UnknownParameters) as refused:
            list_of(model_admin, ministry.people[role], dict.fromkeys(questions, "1"))
        assert questions - refused.value.names == set()


@pytest.mark.sweep
def test_the_lists_answer_what_their_own_filters_ask(ministry, sign_in):
    """Every link on every list, each name of the table among them or answered all the same."""
    ministry.put(State.PUBLISHED)
    client = sign_in("superuser")
    for model, model_admin in admin.site._registry.items():
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        page = client.get(url).content.decode()
        links = {unescape(link) for link in re.findall(r'href="(\?[^"]*)"', page)}
        assert {link: client.get(url + link).status_code for link in links} == dict.fromkeys(
            links, 200
        )
        names = {name for link in links for name in QueryDict(link[1:])}
        assert names - {"o", "p", "all", "_facets"} <= OWN[model._meta.label_lower]
        assert list_of(model_admin, ministry.people["superuser"], {"q": "見本", "all": ""})


REFUSED = [
    {"cycle__sheets__search_text__contains": SECRET_TEXT},
    {"cycle__sheets__overall_grade": "B"},
    {"cycle__sheets__comment_threads__comments__text__startswith": "a"},
    {"division__memberships__user__password__regex": "^md5"},
    {"search_text__regex": "(.*.*.*)*X{9}"},
    {"state__regex": "(a+)+$"},
    {"state__exact": ["draft", "review"]},
    {"state__exact": "a" * 201},
    {"division__id__exact": "x"},
    {"_popup": "1"},
    {"_to_field": "id"},
    {"e": "1"},
    {"p": "x"},
    {"p": "-1"},
    {"o": "search_text"},
    {"o": "0"},
    {"o": "99"},
    {"o": "1." * 20 + "1"},
    {"o": "１"},
]


@pytest.mark.parametrize("role", ["officer", "reviewer", "superuser"])
def test_what_a_list_does_not_ask_is_refused_in_words(ministry, sign_in, role):
    client = sign_in(role)
    for query in REFUSED:
        answer = client.get(SHEETS, query)
        html = answer.content.decode()
        assert (query, answer.status_code) == (query, 400)
        assert "アドレスに、この画面の絞り込み・検索・並べ替えにはない条件" in html
        assert f'href="{SHEETS}"' in html


def test_a_page_that_is_no_longer_there_shows_the_last_one(ministry, sign_in):
    assert sign_in("coordinator").get(SHEETS, {"p": "9"}).status_code == 200
    model_admin = admin.site._registry[Division]
    for number in range(model_admin.list_per_page + 1):
        Division.objects.create(name=f"見本{number}課")
    shown = list_of(model_admin, ministry.people["coordinator"], {"p": "9"})
    assert (shown.page_num, len(shown.result_list)) == (2, 3)


LISTS = sorted(
    reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    for model in admin.site._registry
)


@pytest.mark.sweep
def test_every_list_searches_for_anything(ministry, sign_in):
    client = sign_in("superuser")
    for words in ("a " * 1500, '"a ' * 1500, "あ" * 3000, "'", "\\", "%"):
        answers = {url: client.get(url, {"q": words}).status_code for url in LISTS}
        assert answers == dict.fromkeys(LISTS, 200)


# --- the other pages -----------------------------------------------------------------------------
@pytest.mark.parametrize("page", ["change", "delete", "history", "add", "index", "export"])
def test_a_form_takes_no_names_of_fields(ministry, sign_in, page):
    client, division = sign_in("superuser"), ministry.sheet.division
    url = {
        "add": reverse("admin:accounts_division_add"),
        "index": reverse("admin:index"),
        "export": reverse("admin:audit_auditentry_changelist_csv"),
    }.get(page) or reverse(f"admin:accounts_division_{page}", args=[division.pk])
    for query in ("name__regex=a", "name=x", "_popup=x", "_to_field=password", "_popup=1&_popup=1"):
        assert (query, client.get(f"{url}?{query}").status_code) == (query, 400)


def test_a_form_opened_beside_another_is_answered(ministry, sign_in):
    url = reverse("admin:accounts_division_add")
    assert sign_in("superuser").get(f"{url}?_to_field=id&_popup=1").status_code == 200
    sent = {"name": "新設課", "name_kana": "しんせつか", "_popup": "1", "_to_field": "name"}
    assert sign_in("superuser").post(url, sent).status_code == 400
    assert not Division.objects.filter(name="新設課").exists()


def suggestions(client, model, field, **more):
    asked = {"app_label": model._meta.app_label, "model_name": model._meta.model_name}
    return client.get("/admin/autocomplete/", asked | {"field_name": field, "term": ""} | more)


# What the forms of the admin suggest records for.
SUGGESTED = {
    "accounts.membership": {"division"},
    "accounts.deputyship": {"membership", "deputy"},
    "contributions.contribution": {"organization", "responsible_division"},
    "contributions.yearlyamount": {"contribution"},
    "contributions.financialreport": {"contribution"},
    "staffing.staffingsnapshot": {"organization"},
}


@pytest.mark.sweep
@pytest.mark.parametrize("role", ["officer", "coordinator", "superuser"])
def test_only_the_forms_own_fields_suggest(ministry, sign_in, role):
    client, answered = sign_in(role), {}
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.is_relation and (
                status := suggestions(client, model, field.name).status_code
            ) in {200, 403}:
                answered.setdefault(model._meta.label_lower, set()).add(field.name)
            elif field.is_relation:
                assert status == 400
    assert answered == SUGGESTED


def test_suggestions_take_no_other_names(ministry, sign_in):
    client = sign_in("superuser")
    assert suggestions(client, Deputyship, "deputy").status_code == 200
    assert suggestions(client, Deputyship, "deputy", to_field="password").status_code == 400


def test_an_admin_without_these_rules_is_reported():
    class Open(admin.ModelAdmin):
        pass

    assert [message for message in run_checks() if message.id == "accounts.E001"] == []
    site = AdminSite()
    site.register(Division, Open)
    assert [error.id for error in site.check(None)] == ["accounts.E001"]
    site.unregister(Division)


# --- our own lists -------------------------------------------------------------------------------
@pytest.mark.parametrize("address", ["/sheets/", "/queue/", "/improvement-points/", "/published/"])
def test_our_own_lists_know_their_own_names_alone(ministry, sign_in, address):
    ministry.put(State.PUBLISHED)
    client = sign_in("reviewer")
    plain = list(client.get(address).context["page"].object_list)
    for name in ("search_text__contains", "cycle__sheets__overall_grade", "o", "order_by", "sort"):
        asked = client.get(address, {name: "-pk"})
        assert list(asked.context["page"].object_list) == plain
