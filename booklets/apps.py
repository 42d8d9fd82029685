"""App configuration of the booklets."""

from django.apps import AppConfig

from audit.actions import register

LABELS = {
    "booklet.ask": "冊子の依頼",
    "booklet.cancel": "冊子の取消し",
    "booklet.make": "冊子の作成",
}


class BookletsConfig(AppConfig):
    """Booklets, ZIP archives and lists of many sheets, produced by a background worker."""

    name = "booklets"
    verbose_name = "冊子"

    def ready(self) -> None:
        """Register the actions of the audit log."""
        register(LABELS)
