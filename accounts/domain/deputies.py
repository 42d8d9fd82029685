"""Appointing a deputy, and ending a deputyship."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import Deputyship, Membership, User
from accounts.roles import roles_of
from audit.records import save_record
from core.locking import lock_in_order


def appoint_deputy(deputyship: Deputyship, *, actor: User) -> None:
    """Save the new ``deputyship``, with an audit entry. Serialized by a row lock.

    Raises PermissionDenied unless ``actor`` holds the role (not as a deputy) or administers
    accounts, and ValidationError if the deputyship is invalid.
    """
    with transaction.atomic():
        role = Membership.objects.prefetch_related("user", "division")
        [deputyship.membership] = lock_in_order(role.filter(pk=deputyship.membership_id))
        _check_right(deputyship.membership, actor)
        deputyship.full_clean()
        save_record(deputyship, actor=actor)


def end_deputyship(deputyship: Deputyship, *, actor: User) -> None:
    """End ``deputyship`` now, unless it has ended. The row is kept.

    Raises PermissionDenied unless ``actor`` holds the role or administers accounts.
    """
    with transaction.atomic():
        # The membership first, in the same order as appointing and transferring.
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
