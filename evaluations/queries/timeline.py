"""The timeline of a sheet in sentences: who did what, when, and in which role."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F
from django.utils import timezone

from accounts.roles import Roles
from audit.actions import action_in_words
from audit.models import AuditEntry
from evaluations.enums import Action, State
from evaluations.models import Sheet

# Items named in the sentence that sums up a day of writing.
MOST_NAMED = 3
SAVED, ANSWERED = "entry.save", "finding.answer"
STEPS = frozenset(f"sheet.{action}" for action in Action)
# Steps come from the transitions, which know the revision and its PDF. Comments and second
# readings are shown only on pages that check who may see them.
UNTOLD = STEPS | {"pdf.issue", "sheet.second_reading"}


@dataclass(frozen=True)
class Moment:
    """A sentence of the timeline. ``until`` is set where it sums up several acts."""

    at: datetime
    title: str
    who: str
    role: str
    sentence: str
    until: datetime | None = None
    comment: str = ""

    @property
    def words(self) -> str:
        """The whole sentence: 「担当 花子（人道課 担当官）が、シートを提出しました。」."""
        return f"{self.who}{f'（{self.role}）' if self.role else ''}が、{self.sentence}"


@dataclass(frozen=True)
class _Act:
    """One act, read from the transitions or the audit log."""

    at: datetime
    action: str
    who: str
    role: str
    told: str = ""
    comment: str = ""


@dataclass
class _Spell:
    """The acts of one person and kind on one day, between two steps of the workflow."""

    acts: list[_Act] = field(default_factory=list)

    def told(self) -> Moment:
        first, last = self.acts[0], self.acts[-1]
        things = list(dict.fromkeys(act.told for act in self.acts))
        return Moment(
            at=first.at,
            until=last.at if _minute(last.at) != _minute(first.at) else None,
            title=action_in_words(first.action),
            who=first.who,
            role=first.role,
            sentence=_sum(first.action, things, len(self.acts)),
        )


def _minute(at: datetime) -> datetime:
    """Return ``at`` truncated to the minute, as it is shown."""
    return at.replace(second=0, microsecond=0)


def timeline_of(sheet: Sheet, roles: Roles) -> list[Moment]:
    """Return the timeline of ``sheet``, the newest first. Two queries, however long it is.

    Grades given in the review are told to the people who grade and coordinate, and to auditors
    once the sheet is decided.
    """
    tells_grades = roles.sees_all_divisions or (roles.is_auditor and sheet.is_final)
    acts = [*_steps(sheet), *_other_acts(sheet, tells_grades=tells_grades)]
    acts.sort(key=lambda act: act.at)
    return sorted(_moments(acts), key=lambda moment: moment.at, reverse=True)


def _moments(acts: Iterable[_Act]) -> Iterator[Moment]:
    """Yield the moments; acts are summed up until the next step of the workflow."""
    spells: dict[tuple[date, str, str, str], _Spell] = {}
    for act in acts:
        if act.action in (SAVED, ANSWERED):
            day = timezone.localdate(act.at)
            spells.setdefault((day, act.action, act.who, act.role), _Spell()).acts.append(act)
            continue
        yield from (spell.told() for spell in spells.values())
        spells.clear()
        title = Action(act.action).label if act.action in Action else action_in_words(act.action)
        yield Moment(act.at, title, act.who, act.role, act.told, comment=act.comment)
    yield from (spell.told() for spell in spells.values())


def _steps(sheet: Sheet) -> Iterator[_Act]:
    transitions = sheet.transitions.select_related("actor").annotate(
        number=F("revision__number"), pdf=F("revision__issued_pdf__sha256")
    )
    for each in transitions:
        was, became = State(each.from_state).label, State(each.to_state).label
        told = f"{_done(Action(each.action))}。シートは「{was}」から「{became}」になりました。"
        if each.number:
            told += f"この時の内容を第{each.number}版として保存しました。"
        if each.pdf:
            told += f"公式PDFを発行しました（SHA-256 {each.pdf[:12]}…）。"
        yield _Act(each.at, each.action, str(each.actor), each.role, told, each.comment)


def _done(action: Action) -> str:
    match action:
        case Action.WITHDRAW:
            return "シートの提出を取り下げました"
        case Action.RETURN:
            return "理由を付けてシートを差し戻しました"
        case Action.REOPEN:
            return "訂正のためシートを差し戻しました"
        case Action.UNDO_RETURN:
            return "差戻しを取り消しました"
        case Action.UNDO_APPROVE:
            return "確定を取り消しました"
        case Action.EXCLUDE:
            return "シートを評価の対象外としました"
        case Action.INCLUDE:
            return "シートを評価の対象に戻しました"
        case _:
            return f"シートを{action.label}しました"


def _other_acts(sheet: Sheet, *, tells_grades: bool) -> Iterator[_Act]:
    entries = (
        AuditEntry.objects.filter(object_type=Sheet._meta.label_lower, object_id=str(sheet.pk))
        .exclude(action__in=UNTOLD)
        .exclude(action__startswith="comment.")
        .order_by("sequence")
        .values_list("at", "action", "actor_name", "role", "before", "after")
    )
    name_of = sheet.edition.definition.name_of
    for at, action, who, role, before, after in entries:
        match action:
            case "entry.save":
                told = name_of(after["key"])
            case "finding.answer":
                told = after["finding"]
            case "sheet.grade" if not tells_grades:
                told = "総合評価を記入しました。"
            case "sheet.grade" if before.get("overall_grade"):
                told = (
                    f"総合評価を「{before['overall_grade']}」から"
                    f"「{after['overall_grade']}」に改めました。"
                )
            case "sheet.grade":
                told = f"総合評価を「{after['overall_grade']}」としました。"
            case "sheet.create":
                told = f"シートを作りました。担当は{after['division']}です。"
            case "sheet.import":
                told = f"公式シートの文章を読み込みました。担当は{after['division']}です。"
            case _:
                told = f"{action_in_words(action)}をしました。"
        yield _Act(at, action, who, role, told)


def _sum(action: str, things: list[str], times: int) -> str:
    if action == ANSWERED:
        return f"要確認の指摘{len(things)}件に回答しました。"
    named = "、".join(things[:MOST_NAMED])
    if len(things) > MOST_NAMED:
        named += f"など{len(things)}項目"
    return f"{named}を記入しました（保存{times}回）。"
