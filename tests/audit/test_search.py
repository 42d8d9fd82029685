"""The log is found in as people speak of it, and taken along in a form that others can verify."""

import csv
import io
import json
import re
import subprocess
import sys
from datetime import date, datetime

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership
from audit import trail
from audit.filters import distinct_values
from audit.models import AuditEntry
from tests.factories import DivisionFactory, UserFactory, make_person

pytestmark = pytest.mark.django_db

LIST = "/admin/audit/auditentry/"


@pytest.fixture
def log():
    """Entries of three days, two people and the system; times are those of Tokyo."""
    hanako = make_person(Role.OFFICER, DivisionFactory(name="人道課"), display_name="担当 花子")
    ichiro = make_person(Role.REVIEWER, display_name="審査 一郎")
    sheet, other = DivisionFactory(name="国際移住機関拠出金"), DivisionFactory(name="＝ゼータ計画")
    for at, actor, action, target in (
        ("2026-04-01 00:00", hanako, "entry.save", sheet),
        ("2026-04-01 23:59", hanako, "sheet.submit", sheet),
        ("2026-04-02 09:00", ichiro, "sheet.return", sheet),
        ("2026-04-03 09:00", None, "register.change", other),
    ):
        with time_machine.travel(f"{at} +0900", tick=False):
            trail.record(action, target, actor=actor, after={"name": "=1+1"})
    return AuditEntry.objects.order_by("sequence")


@pytest.fixture
def auditor(client, log):
    client.force_login(make_person(Role.AUDITOR, display_name="監査 六子"))
    return client


def shown(client, query):
    """Return the numbers of the entries that the list shows."""
    answer = client.get(LIST + query)
    assert answer.status_code == 200
    return sorted(entry.sequence for entry in answer.context["cl"].result_list)


# fmt: off
SEARCHES = {
    "":                              [1, 2, 3, 4],
    "?q=差戻し":                     [3],
    "?q=花子":                       [1, 2],
    "?q=花子 提出":                  [2],
    "?q=花子　提出":                 [2],
    "?q=移住機関 審査担当":          [3],
    "?q=課室":                       [1, 2, 3, 4],
    "?q=システム":                   [4],
    "?q=どこにもない":               [],
    "?action=sheet.return":          [3],
    "?object_type=accounts.division": [1, 2, 3, 4],
    "?since=2026-04-02":             [3, 4],
    "?until=2026-04-01":             [1, 2],
    "?since=2026-04-01&until=2026-04-01": [1, 2],
    "?since=2026-04-04":             [],
    "?until=9999-12-31":             [1, 2, 3, 4],
    "?person=一郎":                  [3],
    "?target=移住":                  [1, 2, 3],
    "?person=花子&action=entry.save": [1],
    "?person=花子&q=提出":           [2],
    "?since=いつか":                 [],
    "?since=2026-13-01":             [],
    "?request=":                     [1, 2, 3, 4],
    "?request=abc":                  [],
}
# fmt: on


@pytest.mark.parametrize("query", SEARCHES)
def test_what_is_asked_for_is_found(auditor, query):
    assert shown(auditor, query) == SEARCHES[query]


def test_full_width_letters_find_half_width_ones(auditor):
    with time_machine.travel("2026-04-05 09:00 +0900", tick=False):
        trail.record("register.add", DivisionFactory(name="IOM"), actor=None)
    assert shown(auditor, "?q=ＩＯＭ") == [5]


def test_an_object_and_a_request_are_found_by_their_whole_number(auditor, log):
    number = log[3].object_id
    assert shown(auditor, f"?target={number}") == [4]
    assert shown(auditor, f"?q={number}") == [4]


def test_a_day_that_is_none_is_told(auditor):
    page = auditor.get(LIST + "?since=いつか").content.decode()
    assert "日付を正しく入力してください。" in page


def test_the_form_keeps_what_else_was_asked_for(auditor):
    page = auditor.get(LIST + "?action=sheet.return&q=審査&person=一郎").content.decode()
    form = re.search(r'<form class="audit-search".*?</form>', page, re.DOTALL)[0]
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))
    assert sent == {"action": "sheet.return", "q": "審査"}
    assert 'value="一郎"' in form


def test_the_list_is_asked_for_in_as_many_queries_whatever_its_length(auditor, log):
    asked = []
    for more in (0, 60):
        for _ in range(more):
            trail.record("register.add", DivisionFactory(), actor=UserFactory())
        with CaptureQueriesContext(connection) as queries:
            assert auditor.get(LIST + "?q=課").status_code == 200
        asked.append(len(queries))
    # Session, person, roles; the actions and the kinds to filter by; the count, and the page.
    assert asked == [7, 7]
    # What to filter by is stepped through along an index: the whole log is never read for it.
    assert [q["sql"] for q in queries if "DISTINCT" in q["sql"]] == []
    assert distinct_values("action") == sorted({entry.action for entry in log})
    assert len(shown(auditor, "")) == 50


# --- files ---------------------------------------------------------------------------------------
def body(answer):
    assert answer.status_code == 200
    assert re.fullmatch(
        r'attachment; filename="audit-log-\d{8}-\d{6}\.\w+"', answer["Content-Disposition"]
    )
    return b"".join(answer.streaming_content).decode()


def test_the_csv_file_holds_what_the_list_shows_and_no_formula(auditor):
    text = body(auditor.get(LIST + "export.csv?since=2026-04-02"))
    assert text.startswith("\ufeff番号,日時,")
    first, second = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert first | {"直前のハッシュ": "", "ハッシュ": "", "対象の番号": ""} == {
        "番号": "3",
        "日時": "2026-04-02 09:00:00",
        "行為者（当時）": "審査 一郎",
        "役割（当時）": "審査担当",
        "行為": "差戻し",
        "対象の種類": "課室",
        "対象": "国際移住機関拠出金",
        "対象の番号": "",
        "変更前": "{}",
        "変更後": '{"name": "=1+1"}',
        "要求番号": "",
        "直前のハッシュ": "",
        "ハッシュ": "",
    }
    assert second["番号"] == "4"


def test_no_cell_of_the_file_begins_like_a_formula(auditor):
    trail.record("register.add", DivisionFactory(name="＝1+1"), actor=None)
    *_, last = csv.DictReader(io.StringIO(body(auditor.get(LIST + "export.csv"))))
    assert last["対象"] == "'＝1+1"


def test_the_file_goes_beyond_the_page(auditor):
    for _ in range(60):
        trail.record("register.add", DivisionFactory(), actor=None)
    assert len(body(auditor.get(LIST + "export.jsonl")).splitlines()) == 64


def test_a_search_that_is_none_gives_no_file_but_the_list_that_says_why(auditor):
    answer = auditor.get(f"{LIST}export.csv?since=いつか", follow=True)
    assert answer.redirect_chain
    assert answer["Content-Type"].startswith("text/html")
    assert auditor.get(f"{LIST}export.csv?no_such_field=1").status_code == 400


@pytest.mark.parametrize("role", ["officer", "head", "reviewer", "viewer"])
@pytest.mark.parametrize("path", ["", "export.csv", "export.jsonl"])
def test_others_get_neither_the_list_nor_the_files(client, log, role, path):
    division = DivisionFactory() if role in ("officer", "head") else None
    client.force_login(make_person(Role(role), division))
    answer = client.get(LIST + path)
    assert answer.status_code in {302, 403}
    assert not answer.streaming


# --- the published way to verify, without a line of ours ---------------------------------------
@pytest.fixture
def script(tmp_path):
    """The script that docs/audit.md prints for others."""
    text = (settings.BASE_DIR / "docs" / "audit.md").read_text(encoding="utf-8")
    file = tmp_path / "check.py"
    file.write_text(re.search(r"```python\n(.*?)```", text, re.DOTALL)[1], encoding="utf-8")
    assert "django" not in file.read_text(encoding="utf-8")
    return file


def run(script, lines):
    file = script.with_name("log.jsonl")
    file.write_text(lines, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", script, file], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout.splitlines(), done.returncode


def test_others_can_verify_the_file_by_what_we_publish(auditor, log, script):
    told, code = run(script, body(auditor.get(LIST + "export.jsonl")))
    assert (told, code) == ([f"末尾 4 {log[3].hash} 異状 0"], 0)


def test_a_part_of_the_log_can_be_verified_too(auditor, log, script):
    told, code = run(script, body(auditor.get(LIST + "export.jsonl?q=移住機関")))
    assert (told, code) == ([f"末尾 3 {log[2].hash} 異状 0"], 0)


def test_others_find_what_was_altered_in_the_file(auditor, script):
    lines = body(auditor.get(LIST + "export.jsonl")).splitlines(keepends=True)
    second = json.loads(lines[1])
    altered = json.dumps(second | {"actor_name": "別人"}, ensure_ascii=False) + "\n"
    told, code = run(script, lines[0] + altered + "".join(lines[2:]))
    assert (told[0], code) == ("書き換え 2", 1)
    relinked = json.dumps(second | {"sequence": 4}, ensure_ascii=False) + "\n"
    told, code = run(script, "".join(lines[:3]) + relinked)
    assert (told[:2], code) == (["書き換え 4", "つながらない 4"], 1)


# --- the role ------------------------------------------------------------------------------------
def test_an_auditor_of_yesterday_reads_nothing_today(client, log):
    person = UserFactory()
    Membership.objects.create(
        user=person, role=Role.AUDITOR, valid_from=date(2026, 1, 1), valid_until=date(2026, 4, 1)
    )
    client.force_login(person)
    for at, expected in (("2026-04-01 12:00", 200), ("2026-04-02 00:00", 302)):
        with time_machine.travel(f"{at} +0900", tick=False):
            client.force_login(person)
            assert client.get(LIST).status_code == expected


def test_what_is_searched_by_day_is_the_day_in_tokyo(log):
    assert timezone.localtime(log[1].at) == timezone.make_aware(datetime(2026, 4, 1, 23, 59))
