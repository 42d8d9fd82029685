"""Permission to download a booklet."""

from accounts.roles import Roles
from booklets.models import Booklet
from evaluations.access.rules import ALLOWED, Decision, refused
from evaluations.access.visibility import sheets_visible_to


def can_download(roles: Roles, booklet: Booklet) -> Decision:
    """Return whether the requester may download ``booklet``. One query.

    The requester must still be allowed to see all of its sheets.
    """
    if not booklet.is_downloadable:
        return refused("保存期間が終わりました。必要なときは、もう一度作成してください。")
    visible = sheets_visible_to(roles).order_by().filter(pk__in=booklet.included_ids)
    if visible.count() == len(booklet.included_ids):
        return ALLOWED
    return refused(
        "作成した後に見られなくなったシートが含まれているため、保存できません。"
        "今見られるシートで、もう一度作成してください。"
    )
