"""Every kind of verb, each as a function of a ``House``: the table is ``VERBS``.

For what no two of them may do to each other. ``make_ready`` puts all of it back, so that each verb
can be used again.
"""

from datetime import date

from django.utils import timezone

from accounts.domain.deputies import appoint_deputy, end_deputyship
from accounts.domain.transfers import Post, transfer
from accounts.enums import Role
from accounts.models import Deputyship, Division, User
from audit.records import delete_record, save_record
from booklets.domain.queue import work_on
from booklets.domain.requests import cancel_booklet, request_booklet
from booklets.domain.retention import delete_expired
from booklets.enums import BookletKind
from booklets.models import Booklet
from bulk_steps.domain.queue import work_on as take_bulk_step
from bulk_steps.domain.requests import SeenSheet, request_bulk_step
from bulk_steps.domain.retention import delete_old_bulk_steps
from bulk_steps.models import BulkStep
from contributions.models import Contribution
from editions.domain.load import SHIPPED, load_edition
from evaluations.content import to_json
from evaluations.domain.comments import add_remark, open_thread
from evaluations.domain.cycles import add_missing_sheets, start_cycle
from evaluations.domain.digests import send_digests
from evaluations.domain.entries import save_entry
from evaluations.domain.figures import mark_of, save_figures
from evaluations.domain.grading import grade_sheet, read_second
from evaluations.domain.improvement import PointFields, add_point
from evaluations.domain.presence import be_present
from evaluations.domain.reminders import remind
from evaluations.domain.reorganisation import reorganise
from evaluations.domain.suggestions import suggest, take_in
from evaluations.enums import Action, CommentAudience, CommentKind
from evaluations.exchange.from_pdf import store_data
from evaluations.exchange.official import ReadReport as ReadReport
from evaluations.exchange.official import ReadSheet, ReadStaffing
from evaluations.exchange.store import store_official
from evaluations.models import CommentThread, Cycle, PdcaEntry, Suggestion, SuggestionDecision
from evaluations.paper.sheet_reading import SheetData
from evaluations.queries.content import content_now
from notices.domain.messages import mark_all_read
from notices.domain.outbox import retry, send_due
from notices.models import OutgoingMail
from staffing.models import StaffingSnapshot
from tests.evaluations.plans import all_to_the_first, renamed_today
from tests.evaluations.steps.house import LONG_AGO, House, numbers


def autosave(house: House) -> object:
    entry = PdcaEntry.objects.get(sheet=house.sheets["draft"], key="do")
    text = f"・{next(numbers)}番目の文章。"
    return save_entry(house.sheet("draft"), "do", text, version=entry.version, actor=house.person)


def grade(house: House) -> object:
    sheet = house.sheet("reviewed")
    letter = "C" if sheet.overall_grade == "B" else "B"
    return grade_sheet(
        sheet, grade=letter, reason="着実。", actor=house.person, version=sheet.version
    )


def second_reading(house: House) -> object:
    sheet = house.sheet("judged")
    return read_second(sheet, grade="A", reason="高い。", actor=house.person, version=sheet.version)


def comment(house: House) -> object:
    text = f"{next(numbers)}件目のコメント。"
    return open_thread(
        house.sheet("reviewed"), "plan", text, audience=CommentAudience.DIVISION, actor=house.person
    )


def comment_answered(house: House) -> object:
    thread = CommentThread.objects.earliest("pk")
    text = f"{next(numbers)}件目の返答。"
    return add_remark(
        house.sheet("reviewed"), thread.pk, CommentKind.ANSWER, text, actor=house.person
    )


def suggestion(house: House) -> object:
    entry = PdcaEntry.objects.get(sheet=house.sheets["reviewed"], key="plan")
    return suggest(
        house.sheet("reviewed"),
        "plan",
        f"{entry.text}\n・{next(numbers)}件目の案。",
        version=entry.version,
        actor=house.person,
    )


def suggestion_decided(house: House) -> object:
    sheet = house.sheet("draft")
    entry = PdcaEntry.objects.get(sheet=sheet, key="plan")
    open_one = Suggestion.objects.undecided().filter(sheet=sheet).order_by("pk").last()
    if open_one is None:
        return SuggestionDecision.objects.order_by("pk").last()
    return take_in(sheet, open_one.pk, {0}, version=entry.version, actor=house.person)


def improvement_point(house: House) -> object:
    sheet = house.sheet("judged")
    fields = PointFields("改める。", house.division, date(2100, 3, 31))
    return add_point(sheet, fields, actor=house.person, version=sheet.version)


def figures(house: House) -> object:
    """The staff of the organisation, which stands on every sheet."""
    sheet = house.sheet("draft")
    snapshot = StaffingSnapshot.objects.filter(
        organization=sheet.contribution.organization_id, japanese_staff__gte=24
    ).latest("as_of")
    seen = mark_of(snapshot)
    snapshot.japanese_staff = 24 if snapshot.japanese_staff == 25 else 25
    return save_figures(sheet, snapshot, seen=seen, actor=house.person)


def budget(house: House) -> object:
    amount = house.sheet("draft").contribution.amounts.get()
    seen = mark_of(amount)
    amount.budget_amount_thousand_yen += 1
    return save_figures(house.sheet("draft"), amount, seen=seen, actor=house.person)


def transferred(house: House) -> object:
    person, actor = house.person, house.administrator
    today = timezone.localdate()
    return transfer(person, last_day=today, leave=[], posts=[Post(Role.VIEWER)], actor=actor)


def deputy(house: House) -> object:
    today = timezone.localdate()
    lent = Deputyship(
        membership=house.person.memberships.get(role=Role.HEAD, valid_from=LONG_AGO),
        deputy=house.others[0],
        valid_from=today,
        valid_until=today,
        reason="出張のため",
    )
    appoint_deputy(lent, actor=house.person)
    return lent


def deputyship_ended(house: House) -> object:
    lent = Deputyship.objects.filter(membership__user=house.person).last() or deputy(house)
    return end_deputyship(lent, actor=house.person)


def reorganisation(house: House) -> object:
    plan = renamed_today(Division.objects.get(pk=house.division.pk))
    plan.new[0].name = f"改称課{next(numbers)}"
    return reorganise(plan, all_to_the_first(plan), actor=house.administrator)


def division_renamed(house: House) -> object:
    """The name is unique, so that PostgreSQL locks the row against all who refer to it."""
    division = Division.objects.get(pk=house.division.pk)
    division.name = f"直した名称{next(numbers)}課"
    return save_record(division, actor=house.administrator)


def person_renamed(house: House) -> object:
    person = User.objects.get(pk=house.person.pk)
    person.username = f"renamed{next(numbers)}"
    return save_record(person, actor=house.administrator)


def contribution_renamed(house: House) -> object:
    contribution = Contribution.objects.get(pk=house.sheets["draft"].contribution_id)
    contribution.name = f"改めた{next(numbers)}番目の拠出金"
    return save_record(contribution, actor=house.person)


def contribution_deleted(house: House) -> object:
    """One without a sheet: what refers to it is looked for while the row is locked."""
    unused = Contribution.objects.filter(sheets=None).earliest("pk")
    return delete_record(unused, actor=house.person)


def year_opened(house: House) -> object:
    cycle = Cycle(fiscal_year=2100 + next(numbers), edition=house.sheets["draft"].edition)
    return start_cycle(cycle, actor=house.person)


def sheets_added(house: House) -> object:
    return add_missing_sheets(house.sheet("draft").cycle, actor=house.person)


def booklet_asked(house: House) -> object:
    ids = [house.sheets["draft"].pk, house.sheets["checked"].pk]
    return request_booklet(ids, kind=BookletKind.LIST, selection=(), actor=house.person)


def booklet_made(house: House) -> object:
    return work_on(Booklet.objects.filter(requested_by=house.person).earliest("pk").pk)


def booklet_cancelled(house: House) -> object:
    booklet = Booklet.objects.filter(requested_by=house.person).earliest("pk")
    return cancel_booklet(booklet, actor=house.person)


def bulk_step_asked(house: House) -> object:
    """Few enough to be taken at once: one is returned, the other refused."""
    seen = [SeenSheet(s.pk, s.version) for s in (house.sheet("reviewed"), house.sheet("draft"))]
    return request_bulk_step(
        seen, action=Action.RETURN, comment="直してください。", actor=house.person
    )


def bulk_step_taken(house: House) -> object:
    return take_bulk_step(BulkStep.objects.filter(requested_by=house.person).earliest("pk").pk)


def mail_retried(house: House) -> object:
    return retry(OutgoingMail.objects.filter(sent_at=None).earliest("pk"), actor=house.person)


def all_read(house: House) -> object:
    newest = house.person.messages.latest("pk")
    return mark_all_read(house.person, up_to=newest.pk)


def present(house: House) -> object:
    return be_present(house.sheet("draft"), "plan", tab="0123456789abcdef", actor=house.person)


def imported(house: House) -> object:
    sheet = house.sheet("ready")
    definition = sheet.edition.definition
    words = f"・読み込んだ{next(numbers)}番目の文章。"
    read = ReadSheet(
        edition_key=definition.key,
        contribution_name=sheet.contribution.name,
        contribution_type=sheet.contribution.contribution_type,
        budget_thousand_yen=23_100,
        overall_grade="B",
        organization_name=sheet.contribution.organization.name_ja,
        organization_abbreviation="",
        texts={item.key: words for item in definition.text_items},
        staffing=ReadStaffing(),
        financial_report=ReadReport(),
        responsible_division="",
        doubts=(),
    )
    return store_official(read, sheet.edition, replace=True)


def imported_from_pdf(house: House) -> object:
    sheet = house.sheet("ready")
    says = to_json(content_now(sheet), sheet.edition.definition)
    return store_data(sheet.edition, SheetData(None, timezone.now(), says, ""), replace=True)


def edition_loaded(house: House) -> object:
    return load_edition((SHIPPED / "h30.toml").read_text(encoding="utf-8"))


VERBS = {
    "autosave": autosave,
    "submit": lambda house: house.step("ready", "submit"),
    "withdraw": lambda house: house.step("submitted", "withdraw"),
    "confirm": lambda house: house.step("checked", "confirm"),
    "return": lambda house: house.step("reviewed", "return", "直してください。"),
    "approve": lambda house: house.step("graded", "approve"),
    "publish": lambda house: house.step("approved", "publish"),
    "grade": grade,
    "second_reading": second_reading,
    "comment": comment,
    "comment_answered": comment_answered,
    "suggestion": suggestion,
    "suggestion_decided": suggestion_decided,
    "improvement_point": improvement_point,
    "figures": figures,
    "budget": budget,
    "transferred": transferred,
    "deputy": deputy,
    "deputyship_ended": deputyship_ended,
    "reorganisation": reorganisation,
    "division_renamed": division_renamed,
    "person_renamed": person_renamed,
    "contribution_renamed": contribution_renamed,
    "contribution_deleted": contribution_deleted,
    "year_opened": year_opened,
    "sheets_added": sheets_added,
    "booklet_asked": booklet_asked,
    "booklet_made": booklet_made,
    "booklet_cancelled": booklet_cancelled,
    "booklets_cleared": lambda house: delete_expired(),
    "bulk_step_asked": bulk_step_asked,
    "bulk_step_taken": bulk_step_taken,
    "bulk_steps_cleared": lambda house: delete_old_bulk_steps(),
    "reminded": lambda house: remind(house.sheet("draft").cycle.review_deadline),
    "digests": lambda house: send_digests(timezone.localdate()),
    "mails_sent": lambda house: send_due(),
    "mail_retried": mail_retried,
    "all_read": all_read,
    "present": present,
    "imported": imported,
    "imported_from_pdf": imported_from_pdf,
    "edition_loaded": edition_loaded,
}
