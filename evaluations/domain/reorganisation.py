"""Renaming, merging and splitting divisions, in one transaction.

Decided sheets stay with the division that decided them. Open sheets pass to the successor with
their contribution, and show the successor's name from then on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.domain.divisions import found_division, hand_over_division
from accounts.domain.transfers import Post, begin_membership, carry_deputies, end_membership
from accounts.enums import Role, SuccessionKind
from accounts.models import Division, Membership, User
from accounts.roles import roles_of
from audit import trail
from audit.records import save_record
from contributions.models import Contribution
from core.locking import lock_in_order
from core.refusals import Invalid, NotAllowed, Stale
from evaluations.domain.entries import store_names
from evaluations.domain.sheet_lock import lock_sheet
from evaluations.enums import DECIDED
from evaluations.models import Cycle, Sheet

# Reorganisations are entered within months. An earlier date is probably a typing error, and would
# end roles in which people have acted since.
LONGEST_AGO = timedelta(days=366)


@dataclass(frozen=True)
class Plan:
    """The divisions that end, and those that succeed them from the day ``on``.

    ``new`` holds unsaved divisions, and existing ones that others are merged into. ``flaw``
    describes what is wrong with an invalid plan, such as a split into one.
    """

    kind: SuccessionKind
    on: date
    old: tuple[Division, ...]
    new: tuple[Division, ...]

    @property
    def last_day(self) -> date:
        """The last day of the old divisions."""
        return self.on - timedelta(days=1)

    @property
    def flaw(self) -> str:
        """What makes the plan impossible, as a sentence; empty if nothing does."""
        taken_in = [division for division in self.new if division.pk]
        names = [division.name for division in self.new]
        if ended := [d.name for d in (*self.old, *taken_in) if d.valid_until]:
            return f"{'、'.join(ended)}は、既に終わっているか、終わることが決まっています。"
        if young := [d.name for d in self.old if d.valid_from and d.valid_from >= self.on]:
            return f"{'、'.join(young)}は、施行日より前に設置されていません。"
        if self.on < timezone.localdate() - LONGEST_AGO:
            return "施行日は、今日から1年前までの日にしてください。年の誤りではありませんか。"
        if len(set(names)) < len(names) or set(taken_in) & set(self.old):
            return "後の課室には、互いに違い、前の課室とも違う名称を記入してください。"
        return self._wrong_number(len(self.old), len(self.new), len(taken_in))

    def _wrong_number(self, old: int, new: int, taken_in: int) -> str:
        match self.kind:
            case SuccessionKind.RENAME if (old, new, taken_in) != (1, 1, 0):
                return "改称では、前の課室を一つ選び、新しい名称を一つ記入してください。"
            case SuccessionKind.MERGE if new != 1 or (old < 2 and not taken_in):
                return (
                    "統合では、前の課室を二つ以上選び（今ある課室に加わるときは一つ以上）、"
                    "後の課室を一つ記入してください。"
                )
            case SuccessionKind.SPLIT if old != 1 or new < 2:
                return "分割では、前の課室を一つ選び、後の課室を二つ以上記入してください。"
        return ""


@dataclass(frozen=True)
class Affected:
    """The objects that a plan changes, read for the preview and again when it is carried out."""

    contributions: tuple[Contribution, ...]
    memberships: tuple[Membership, ...]
    open_sheets: tuple[Sheet, ...]
    decided_sheets: int


@dataclass(frozen=True)
class Choices:
    """The successors, as indexes of ``Plan.new`` by primary key; None ends a membership."""

    contributions: Mapping[int, int]
    memberships: Mapping[int, int | None]


def affected_by(plan: Plan) -> Affected:
    """Return the objects that ``plan`` changes. Five queries."""
    contributions = Contribution.objects.filter(responsible_division__in=plan.old)
    memberships = Membership.objects.filter(division__in=plan.old).exclude(
        valid_until__lte=plan.last_day
    )
    sheets = Sheet.objects.filter(division__in=plan.old).select_related(
        "division", "edition", "contribution__organization"
    )
    newest = Cycle.objects.values_list("pk", flat=True).first()
    return Affected(
        tuple(contributions.select_related("responsible_division").order_by("pk")),
        tuple(memberships.select_related("user", "division").order_by("division", "role", "pk")),
        tuple(
            sheets.filter(cycle=newest, contribution__responsible_division__in=plan.old)
            .exclude(state__in=DECIDED)
            .order_by("pk")
        ),
        sheets.filter(state__in=DECIDED).count(),
    )


def reorganise(plan: Plan, choices: Choices, *, actor: User) -> None:
    """Carry out ``plan`` with ``choices``, with an audit entry for each change.

    Not before the day ``plan.on``, since contributions and sheets change at once. Raises
    NotAllowed (not an administrator), Invalid (a flaw, too early, a membership that cannot end,
    values the register refuses) or Stale if ``choices`` are not for exactly the objects that the
    plan changes now.
    """
    if not roles_of(actor).is_administrator:
        raise NotAllowed("課室の改称・統合・分割は、システム管理者が行います。")
    try:
        _carry_out(plan, choices, actor)
    except ValidationError as error:
        raise Invalid("".join(error.messages)) from error
    except IntegrityError as error:
        raise Stale(
            "後の課室の名称が、ほかの人によって同時に登録されました。もう一度確かめてください。"
        ) from error


def _carry_out(plan: Plan, choices: Choices, actor: User) -> None:
    with transaction.atomic():
        plan = _lock(plan)
        if flaw := plan.flaw:
            raise Invalid(flaw)
        if plan.on > timezone.localdate():
            raise Invalid(
                f"施行日（{plan.on:%Y年%-m月%-d日}）になってから実行してください。"
                "内容は、前もってこの画面で確かめられます。"
            )
        affected = affected_by(plan)
        _check_complete(affected, choices)
        for division in plan.new:
            if not division.pk:
                found_division(division, plan.on, actor=actor)
        for contribution in affected.contributions:
            contribution.responsible_division = plan.new[choices.contributions[contribution.pk]]
            save_record(contribution, actor=actor)
        for membership in affected.memberships:
            _pass_on_role(membership, plan, choices.memberships[membership.pk], actor)
        for sheet in affected.open_sheets:
            hand_over(sheet, plan.new[choices.contributions[sheet.contribution_id]], actor=actor)
        for division in plan.old:
            hand_over_division(division, plan.new, kind=plan.kind, on=plan.on, actor=actor)


def hand_over(sheet: Sheet, division: Division, *, actor: User) -> None:
    """Pass the open ``sheet`` to ``division``. Call it inside a transaction.

    The version of the sheet is increased, so that a step on a page opened before is Stale.
    """
    locked = lock_sheet(sheet)
    if locked.state in DECIDED:
        raise Stale(f"「{locked}」は、画面を開いた後に確定しました。もう一度確かめてください。")
    before = locked.division
    locked.division = division
    locked.version += 1
    locked.save(update_fields=["division", "version"])
    store_names(locked)
    trail.record(
        "sheet.hand_over",
        locked,
        actor=actor,
        before={"division": before.name},
        after={"division": division.name},
    )


def _lock(plan: Plan) -> Plan:
    """Return ``plan`` with fresh rows, after locking its divisions and everything it changes.

    The order is that of all verbs: divisions, open sheets, contributions, roles, the audit chain.
    """
    known = [each.pk for each in (*plan.old, *plan.new) if each.pk]
    fresh = {each.pk: each for each in lock_in_order(Division.objects.filter(pk__in=known))}
    sheets = Sheet.objects.only("pk").filter(division__in=plan.old)
    lock_in_order(sheets.exclude(state__in=DECIDED))
    lock_in_order(Contribution.objects.filter(responsible_division__in=plan.old))
    lock_in_order(Membership.objects.filter(division__in=known))
    return Plan(
        plan.kind,
        plan.on,
        tuple(fresh[each.pk] for each in plan.old),
        tuple(fresh[each.pk] if each.pk else each for each in plan.new),
    )


def _check_complete(affected: Affected, choices: Choices) -> None:
    """Raise Stale if ``choices`` were made for other objects than ``affected``."""
    if {each.pk for each in affected.contributions} != set(choices.contributions) or {
        each.pk for each in affected.memberships
    } != set(choices.memberships):
        raise Stale(
            "画面を開いた後に、拠出金の担当課室又は役割の割当てが変わりました。"
            "今の内容を確かめて、もう一度実行してください。"
        )


def _pass_on_role(membership: Membership, plan: Plan, place: int | None, actor: User) -> None:
    """End a membership of the old division and begin it at the new one, with its deputies.

    A membership that began after the end of the old division, before that end was recorded, ends
    yesterday: what was done in it was done at the old division.
    """
    last_day, today = plan.last_day, timezone.localdate()
    if membership.valid_from > last_day:
        if place is None:
            raise Invalid(f"{membership}は、施行日以後に始まるため、引継ぎ先を選んでください。")
        if membership.valid_from >= today:
            membership.division = plan.new[place]
            save_record(membership, actor=actor)
            return
        last_day = min(membership.valid_until or today, today - timedelta(days=1))
    until = membership.valid_until
    end_membership(membership, last_day, actor=actor)
    if place is not None and (until is None or until > last_day):
        post = Post(Role(membership.role), plan.new[place])
        first_day = last_day + timedelta(days=1)
        begun = _role_held(membership.user, post, first_day, until, actor)
        carry_deputies(membership, begun, actor=actor)


def _role_held(
    person: User, post: Post, first_day: date, until: date | None, actor: User
) -> Membership:
    """Return the membership of ``person`` in ``post`` from ``first_day`` to ``until``.

    A person with memberships of two divisions that merge gets one, until the later of the ends.
    """
    held = person.memberships.on(first_day).filter(role=post.role, division=post.division).first()
    if held is None:
        return begin_membership(person, post, first_day, actor=actor, until=until)
    if held.valid_until and (until is None or until > held.valid_until):
        held.valid_until = until
        save_record(held, actor=actor)
    return held
