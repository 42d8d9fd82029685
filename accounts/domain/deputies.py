"""Asking somebody to act in one's role, and calling it off."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import Deputyship, Membership, User
from accounts.roles import roles_of
from audit.records import save_record
from core.locking import lock_in_order


def appoint_deputy(deputyship: Deputyship, *, actor: User) -> None:
    """Store the new ``deputyship``, on record.

    Raises PermissionDenied where ``actor`` neither holds the role themselves nor administers
    accounts (a role that is lent cannot be lent on), and ValidationError where the rules of
    deputising forbid it. Two who appoint at once come one after the other.
    """
    with transaction.atomic():
        role = Membership.objects.prefetch_related("user", "division")
        [deputyship.membership] = lock_in_order(role.filter(pk=deputyship.membership_id))
        _check_right(deputyship.membership, actor)
        deputyship.full_clean()
        save_record(deputyship, actor=actor)


def end_deputyship(deputyship: Deputyship, *, actor: User) -> None:
    """End ``deputyship`` now; its row stays. One that is over already is left as it is.

    Raises PermissionDenied for anybody but the holder of the role and administrators.
    """
    with transaction.atomic():
        # The role first, as whoever appoints or transfers does.
        lock_in_order(Membership.objects.filter(pk=deputyship.membership_id))
        known = Deputyship.objects.prefetch_related(
            "membership__user", "membership__division", "deputy"
        )
        [stored] = lock_in_order(known.filter(pk=deputyship.pk))
        _check_right(stored.membership, actor)
        if stored.is_over:
            return
        stored.ended_at = timezone.now()
        stored.valid_until = max(stored.valid_from, timezone.localdate())
        save_record(stored, actor=actor)


def _check_right(holder: Membership, actor: User) -> None:
    if holder.user_id != actor.pk and not roles_of(actor).is_administrator:
        raise PermissionDenied("代行を頼む又は取りやめるのは、役割をもつ本人とシステム管理者です。")
