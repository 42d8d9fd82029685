"""Every link of every page of the admin is answered, for each role."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from accounts.domain.deputies import appoint_deputy
from accounts.models import Deputyship, DivisionSuccession, User
from audit.models import AuditEntry
from audit.records import save_record
from evaluations.enums import State
from notices.models import OutgoingMail
from tests.evaluations.pages import change_url
from tests.factories import PASSWORD, DivisionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

LINK = re.compile(r'<(?:a|form)\b[^>]*?\s(?:href|action)="([^"]+)"')
SIGN_OUT = "/admin/logout/"  # a form that is sent, not followed
PERSON = re.compile(r"/admin/accounts/user/\d+/change/")


@pytest.fixture
def register(ministry):
    """A ministry with a record of every kind that the admin shows."""
    officer, today = ministry.people["officer"], timezone.localdate()
    lent = Deputyship(
        membership=officer.memberships.get(),
        deputy=ministry.people["nobody"],
        valid_from=today,
        valid_until=today,
        reason="出張",
    )
    appoint_deputy(lent, actor=officer)
    DivisionSuccession.objects.create(
        predecessor=ministry.sheet.division, successor=DivisionFactory(), kind="rename", on=today
    )
    OutgoingMail.objects.create(
        subject="見本", address="a@example.jp", key="a", not_before=timezone.now() + timedelta(1)
    )
    ministry.people["nobody"].set_unusable_password()
    save_record(ministry.people["nobody"], actor=ministry.people["superuser"])
    ministry.put(State.REVIEW)
    ministry.put(State.PUBLISHED, ministry.other_sheet)
    return ministry


def pages():
    """Yield the list, the form to add, and each record's pages of every kind."""
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_add")
        for record in model._base_manager.all()[:2]:
            yield change_url(record)
            yield reverse(f"{name}_delete", args=[record.pk])
    yield from (change_url(user) for user in User.objects.filter(password__startswith="!"))


class Walk:
    """The pages one person opens, each of them once."""

    def __init__(self, client):
        self.client = client
        self.statuses, self.links = {}, {}

    def open(self, page):
        """Return the status of a page, and note where its links lead."""
        if page not in self.statuses:
            answer = self.client.get(page, follow=True)
            self.statuses[page] = answer.status_code
            is_page = answer.status_code == 200 and not answer.streaming  # a CSV file is streamed
            links = LINK.findall(answer.content.decode()) if is_page else []
            found = {urlsplit(urljoin(page, unescape(link))) for link in links}
            self.links[page] = {link._replace(fragment="").geturl() for link in found} - {SIGN_OUT}
        return self.statuses[page]


@pytest.mark.sweep
@pytest.mark.parametrize(
    "role", ["officer", "head", "reviewer", "coordinator", "auditor", "superuser"]
)
def test_no_link_of_the_admin_is_broken(register, sign_in, role):
    walk, found = Walk(sign_in(role)), {}
    walk.client.raise_request_exception = False
    kinds = {model for model in admin.site._registry if model._base_manager.exists()}
    assert kinds == set(admin.site._registry)
    for page in ["/admin/", *pages()]:
        if walk.open(page) == 200:
            found |= {(page, link): walk.open(link) for link in walk.links[page]}
    closed = {link for link, status in found.items() if status == 403}
    # Django links each related record; people are shown to the administrator alone.
    assert {each for each in closed if not PERSON.fullmatch(each[1])} == set()
    assert not closed or role != "superuser"
    others = {each: found[each] for each in found.keys() - closed}
    assert others == dict.fromkeys(others, 200)


# --- passwords -----------------------------------------------------------------------------------
def test_a_person_without_a_password_sets_one(ministry, client):
    """Where the administrator took it away from somebody who is signed in."""
    officer = ministry.people["officer"]
    officer.set_unusable_password()
    officer.save()
    client.force_login(officer)
    answer = client.get(reverse("admin:password_change"), follow=True)
    assert answer.status_code == 200
    new = f"{PASSWORD}-9"
    sent = {"password1": new, "password2": new}
    assert client.post(answer.request["PATH_INFO"], sent).status_code == 302
    assert User.objects.get(pk=officer.pk).check_password(new)
    assert AuditEntry.objects.latest("sequence").object_id == str(officer.pk)
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("usable", [True, False])
def test_the_administrator_gives_a_password_and_takes_it_away(ministry, sign_in, usable):
    officer = ministry.people["officer"]
    if not usable:
        officer.set_unusable_password()
        officer.save()
    client, url = sign_in("superuser"), urljoin(change_url(officer), "../password/")
    assert client.get(url).status_code == 200
    new = f"{PASSWORD}-9"
    sent = {"usable_password": "true", "password1": new, "password2": new}
    assert client.post(url, sent).status_code == 302
    assert User.objects.get(pk=officer.pk).check_password(new)
    assert client.post(url, {"usable_password": "false", "unset-password": "1"}).status_code == 302
    assert not User.objects.get(pk=officer.pk).has_usable_password()
    assert AuditEntry.objects.latest("sequence").object_id == str(officer.pk)
