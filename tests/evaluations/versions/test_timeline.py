"""What became of a sheet, told in sentences, to those who take part and to auditors."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.enums import Role
from accounts.roles import Roles, roles_of
from evaluations.checks import findings_in
from evaluations.domain.entries import save_entry
from evaluations.domain.finding_answers import answer_warnings
from evaluations.domain.grading import grade_sheet
from evaluations.enums import Action, State
from evaluations.models import IssuedPdf, PdcaEntry, Sheet, Transition
from evaluations.queries.checked_sheets import checked_sheet_of
from evaluations.queries.timeline import timeline_of
from evaluations.workflow import perform
from tests.evaluations.review import rewrite
from tests.factories import ContributionFactory, DivisionFactory, complete, make_person, make_sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

SECRET = "極秘の合言葉"


def at(moment):
    return time_machine.travel(f"2026-{moment} +0900", tick=False)


@pytest.fixture
def people():
    division = DivisionFactory(name="人道課")
    return {
        "officer": make_person(Role.OFFICER, division, display_name="担当 花子"),
        "other": make_person(Role.OFFICER, division, display_name="担当 次郎"),
        "head": make_person(Role.HEAD, division, display_name="課室 太郎"),
        "reviewer": make_person(Role.REVIEWER, display_name="審査 一郎"),
    }


@pytest.fixture
def sheet(people):
    """A fresh draft, with a finding to be answered."""
    with at("04-01 09:00"):
        division = people["officer"].memberships.get().division
        return make_sheet(ContributionFactory(responsible_division=division))


def save(sheet, key, words, person):
    version = PdcaEntry.objects.get(sheet=sheet, key=key).version
    save_entry(sheet, key, words, version=version, actor=person)


# Those of a reviewer, to whom everything is told.
ROLES = Roles(is_reviewer=True)


def told(sheet, roles=ROLES):
    """Return title, sentence and span of each moment, the oldest first."""
    return [
        (
            moment.title,
            moment.words,
            *(f"{timezone.localtime(t):%m-%d %H:%M}" for t in (moment.at, moment.until) if t),
        )
        for moment in reversed(timeline_of(sheet, roles))
    ]


def test_a_day_of_writing_is_one_sentence_for_each_person(sheet, people):
    for moment, key, person in (
        ("04-02 10:00", "plan", "officer"),
        ("04-02 10:05", "plan", "officer"),
        ("04-02 10:10", "do", "other"),
        ("04-02 11:00", "check", "officer"),
        ("04-03 00:30", "plan", "officer"),
    ):
        with at(moment):
            save(sheet, key, f"・{moment}に書いた。", people[person])
    name = sheet.edition.definition.name_of
    assert told(sheet)[1:] == [
        (
            "文章の保存",
            f"担当 花子（人道課 担当官）が、{name('plan')}、{name('check')}を記入しました"
            "（保存3回）。",
            "04-02 10:00",
            "04-02 11:00",
        ),
        (
            "文章の保存",
            f"担当 次郎（人道課 担当官）が、{name('do')}を記入しました（保存1回）。",
            "04-02 10:10",
        ),
        (
            "文章の保存",
            f"担当 花子（人道課 担当官）が、{name('plan')}を記入しました（保存1回）。",
            "04-03 00:30",
        ),
    ]


# fmt: off
STEPS = {
    Action.SUBMIT:       "シートを提出しました",
    Action.WITHDRAW:     "シートの提出を取り下げました",
    Action.CONFIRM:      "シートを確認しました",
    Action.RETURN:       "理由を付けてシートを差し戻しました",
    Action.APPROVE:      "シートを確定しました",
    Action.PUBLISH:      "シートを公表しました",
    Action.REOPEN:       "訂正のためシートを差し戻しました",
    Action.UNDO_RETURN:  "差戻しを取り消しました",
    Action.UNDO_APPROVE: "確定を取り消しました",
    Action.EXCLUDE:      "シートを評価の対象外としました",
    Action.INCLUDE:      "シートを評価の対象に戻しました",
}
# fmt: on


@pytest.mark.parametrize("action", Action)
def test_every_step_has_its_sentence(sheet, people, action):
    with at("04-02 10:00"):
        Transition.objects.create(
            sheet=sheet,
            action=action,
            from_state=State.REVIEW,
            to_state=State.RETURNED,
            actor=people["reviewer"],
            role="審査担当",
            comment="理由を述べる。",
        )
    said = "シートは「審査中」から「差戻し」になりました。"
    assert told(sheet)[-1] == (
        action.label,
        f"審査 一郎（審査担当）が、{STEPS[action]}。{said}",
        "04-02 10:00",
    )


def test_many_items_are_counted_not_listed(sheet, people):
    with at("04-02 10:00"):
        for key in ("plan", "do", "check", "act"):
            save(sheet, key, "・書いた。", people["officer"])
    assert told(sheet)[-1][1].endswith("など4項目を記入しました（保存4回）。")


def test_a_step_parts_what_was_written_before_it_from_what_was_written_after(sheet, people):
    with at("04-02 10:00"):
        save(sheet, "plan", "・前。", people["officer"])
        complete(sheet)
    with at("04-02 11:00"):
        perform(sheet, "submit", actor=people["officer"], version=sheet.version)
    with at("04-02 12:00"):
        perform(
            sheet,
            "return",
            actor=people["head"],
            comment="時期を書き加えて。",
            version=sheet.version,
        )
    with at("04-02 13:00"):
        save(sheet, "plan", "・後。", people["officer"])
    assert [title for title, *_ in told(sheet)] == [
        "シートの作成",
        "文章の保存",
        "文章の保存",
        "提出",
        "差戻し",
        "文章の保存",
    ]


def test_the_whole_way_is_told(sheet, people):
    officer, head, reviewer = people["officer"], people["head"], people["reviewer"]
    with at("04-02 10:00"):
        complete(sheet)
        rewrite(sheet, do="・JPOの定着率は95%である。")
    [warning] = [f for f in findings_in(checked_sheet_of(sheet)) if not f.blocks]
    with at("04-02 10:30"):
        answer_warnings(sheet, {warning.key: f"{SECRET}による。"}, actor=officer)
        answer_warnings(sheet, {warning.key: f"{SECRET}でした。"}, actor=officer)
    for moment, action, actor, comment in (
        ("04-02 11:00", "submit", officer, ""),
        ("04-02 11:30", "return", head, "時期を書き加えてください。"),
        ("04-02 12:00", "submit", officer, "書き加えました。"),
        ("04-02 13:00", "confirm", head, ""),
    ):
        with at(moment):
            perform(sheet, action, actor=actor, comment=comment, version=sheet.version)
    for moment, grade in (("04-03 09:00", "B"), ("04-03 09:30", "A")):
        with at(moment):
            grade_sheet(sheet, grade=grade, reason=SECRET, actor=reviewer, version=sheet.version)
    with at("04-03 10:00"):
        perform(sheet, "approve", actor=reviewer, version=sheet.version)
    sha256 = IssuedPdf.objects.get().sha256[:12]
    assert [words for _, words, *_ in told(sheet) if "記入しました" not in words] == [
        "システムが、シートを作りました。担当は人道課です。",
        "担当 花子（人道課 担当官）が、要確認の指摘1件に回答しました。",
        "担当 花子（人道課 担当官）が、シートを提出しました。"
        "シートは「作成中」から「課室長確認」になりました。この時の内容を第1版として保存しました。",
        "課室 太郎（人道課 課室長）が、理由を付けてシートを差し戻しました。"
        "シートは「課室長確認」から「差戻し」になりました。この時の内容を第2版として保存しました。",
        "担当 花子（人道課 担当官）が、シートを提出しました。"
        "シートは「差戻し」から「課室長確認」になりました。この時の内容を第3版として保存しました。",
        "課室 太郎（人道課 課室長）が、シートを確認しました。"
        "シートは「課室長確認」から「審査中」になりました。この時の内容を第4版として保存しました。",
        "審査 一郎（審査担当）が、総合評価を「B」としました。",
        "審査 一郎（審査担当）が、総合評価を「B」から「A」に改めました。",
        "審査 一郎（審査担当）が、シートを確定しました。"
        "シートは「審査中」から「確定」になりました。この時の内容を第5版として保存しました。"
        f"公式PDFを発行しました（SHA-256 {sha256}…）。",
    ]
    comments = [moment.comment for moment in reversed(timeline_of(sheet, ROLES)) if moment.comment]
    assert comments == ["時期を書き加えてください。", "書き加えました。"]
    officer = roles_of(people["officer"])
    graded = [words for _, words, *_ in told(sheet, officer) if "総合評価" in words]
    assert graded == ["審査 一郎（審査担当）が、総合評価を記入しました。"] * 2
    assert SECRET not in str(timeline_of(sheet, ROLES))


def test_each_sheet_tells_its_own_story(sheet, people):
    other = make_sheet()
    with at("04-02 10:00"):
        save(other, "plan", "・別のシート。", make_person(Role.OFFICER, other.division))
    assert [title for title, *_ in told(sheet)] == ["シートの作成"]


def test_a_long_story_takes_as_many_queries_as_a_short_one(sheet, people):
    sheet = Sheet.objects.select_related("edition").get(pk=sheet.pk)
    asked = []
    for number in (1, 12):
        for day in range(number):
            with time_machine.travel(timezone.now() + timedelta(days=day), tick=False):
                save(sheet, "plan", f"・{number}の{day}。", people["officer"])
        with CaptureQueriesContext(connection) as queries:
            timeline_of(sheet, ROLES)
        asked.append(len(queries))
    assert asked == [2, 2]


def test_the_page_tells_it_the_newest_first_with_the_reasons(client, sheet, people):
    complete(sheet)
    perform(sheet, "submit", actor=people["officer"], version=sheet.version)
    perform(sheet, "return", actor=people["head"], comment="<b>時期</b>を。", version=sheet.version)
    client.force_login(people["officer"])
    page = client.get(f"/sheets/{sheet.pk}/timeline/").content.decode()
    assert page.index("差し戻しました") < page.index("提出しました") < page.index("作りました")
    assert '<blockquote class="text-plain">&lt;b&gt;時期&lt;/b&gt;を。</blockquote>' in page
    assert (
        f'href="/sheets/{sheet.pk}/timeline/"'
        in client.get(f"/sheets/{sheet.pk}/").content.decode()
    )


def test_the_admins_page_tells_it_too(client, sheet, people):
    client.force_login(people["officer"])
    page = client.get(f"/admin/evaluations/sheet/{sheet.pk}/change/").content.decode()
    assert "システムが、シートを作りました。" in page
