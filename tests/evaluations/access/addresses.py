"""Every URL of the site, with the arguments and form fields it needs."""

import re

from django.contrib import admin
from django.db import transaction
from django.urls import get_resolver, reverse

from accounts.models import User
from booklets.models import Booklet
from bulk_steps.models import BulkStep
from evaluations.domain.figures import mark_of
from notices.domain.messages import notify
from notices.enums import MessageKind
from notices.models import Message
from tests.evaluations.scene import shown


def project_urls(resolver=None, namespace=""):
    """Return every named address of the site, admin and sign-in included."""
    names = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            names |= project_urls(pattern, inner)
        elif pattern.name:
            names.add(namespace + pattern.name)
    return names


OURS = {name for name in project_urls() if not name.startswith(("admin:", "account_"))}

# These are of no sheet in particular.
OF_NO_SHEET = {
    "booklet_cancel",
    "booklet_detail",
    "booklet_file",
    "booklet_list",
    "booklet_new",
    "booklet_progress",
    "bulk_step_detail",
    "bulk_step_list",
    "bulk_step_new",
    "bulk_step_progress",
    "calibration",
    "point_list",
    "deputies",
    "home",
    "message_open",
    "messages",
    "messages_read",
    "sheet_list",
    "sheet_queue",
    "token",
    "verify_pdf",
    "workflow_guide",
}

# These take something and show nothing.
ANSWERS = {
    "booklet_cancel",
    "deputy_end",
    "entry_autosave",
    "entry_save",
    "message_open",
    "messages_read",
    "point_remove",
    "presence",
    "suggestion_withdraw",
}

ARGUMENTS = {
    "key": "plan",
    "action": "submit",
    "section_key": "pdca",
    "slug": "officer",
    "number": 1,
    "point": 1,
}


def address(name, sheet):
    """Return the address called ``name`` for ``sheet``."""
    pattern = next(p for p in get_resolver().reverse_dict.getlist(name))
    parameters = pattern[0][0][1]
    values = ARGUMENTS | {"pk": sheet.pk}
    if name == "message_open":
        values["pk"] = message_on(sheet)
    elif name.startswith("booklet_"):
        values["pk"] = Booklet.objects.get().pk
    elif name.startswith("bulk_step_"):
        values["pk"] = BulkStep.objects.get().pk
    values |= said_of(sheet)
    return reverse(name, kwargs={parameter: values[parameter] for parameter in parameters})


def said_of(sheet):
    """Return the URL arguments of the comment and the suggestion on ``sheet``."""
    threads, suggestions = sheet.comment_threads.all(), sheet.suggestions.all()
    return {"thread_pk": threads[0].pk, "suggestion_pk": suggestions[0].pk}


def message_on(sheet):
    """Return the id of a message to the officer about ``sheet``; add one if there is none."""
    officer = User.objects.get(display_name="担当 花子")
    notify(
        [officer],
        kind=MessageKind.NEWS,
        subject=f"確認：{sheet}",
        body="",
        path="/",
        key=f"sheet:{sheet.pk}",
    )
    return Message.objects.get(key=f"sheet:{sheet.pk}").pk


def status(answer):
    """Return the status of a response in the notation of the tables."""
    if answer.status_code == 302 and answer["Location"].startswith("/accounts/login/"):
        return "login"
    if answer.status_code == 401:  # a form: they sign in beside it
        return "login"
    return str(answer.status_code)


class _Undo(Exception):
    pass


def posted(client, url, fields):
    """Post, record the status, and roll everything back."""
    result = ""
    try:
        with transaction.atomic():
            person = {"person": client.session.get("_auth_user_id", "")}
            result = status(client.post(url, fields | person))
            raise _Undo
    except _Undo:
        pass
    return result


def fields_for(name, sheet):
    """Return everything any of the forms asks for."""
    return {
        "text": "・新しい計画。",
        "tab": "0123456789abcdef",
        "version": sheet.version,
        "shown": shown(sheet),
        "comment": "理由を述べます。",
        "audience": "division",
        "kind": "pdf" if name == "booklet_new" else "answer",
        "decision": "take_all",
        "grade": "A",
        "reason": "成果が着実である。",
        "as_of": "2018年3月末",
        "senior_definition": "D1以上",
        "budget_amount_thousand_yen": "1,234",
        "status": "not_received",
        "owner_division": sheet.division_id,
        "due_date": "2100年3月末",
    }


def mark(name, sheet):
    """Return the mark that the form of a figure shows."""
    records = {
        "budget_edit": sheet.contribution.amounts,
        "report_edit": sheet.contribution.financial_reports,
    }
    return mark_of(records[name].get()) if name in records else ""


def every_url(ministry):
    """Return every URL that answers GET, with arguments of existing objects."""
    resolver = get_resolver()
    urls = [address(name, ministry.sheet) for name in sorted(OURS)]
    urls += [f"/sheets/{ministry.sheet.pk}/sections/{s.key}/" for s in sections(ministry.sheet)]
    urls += [f"/sheets/{ministry.sheet.pk}/act/{a}/" for a in ("submit", "exclude", "approve")]
    urls += [
        "/sheets/?q=着実&state=draft&page=9",
        f"/sheets/{ministry.sheet.pk}/staffing/?as_of=2016-12-31",
    ]
    first = {
        model._meta.label_lower.replace(".", "_"): record.pk
        for model in {type(r) for r in registered()}
        if (record := model._default_manager.first())
    }
    for name in sorted(project_urls(resolver) - OURS):
        admin_record = re.fullmatch(r"admin:(\w+?_\w+?)_(change|history|delete)", name)
        if admin_record and admin_record[1] in first:
            urls.append(reverse(name, args=[first[admin_record[1]]]))
        elif name in {"admin:auth_user_password_change", "admin:accounts_user_transfer"}:
            urls.append(reverse(name, args=[ministry.people["officer"].pk]))
        elif name == "admin:app_list":
            urls.append(reverse(name, args=["evaluations"]))
        elif name == "admin:view_on_site":
            continue  # nothing of ours has such a page
        elif name == "account_reset_password_from_key":
            urls.append(reverse(name, args=["1", "set-password"]))
        elif not admin_record:
            urls.append(reverse(name))
    return urls


def sections(sheet):
    return sheet.edition.definition.sections


def registered():
    return [model() for model in admin.site._registry]
