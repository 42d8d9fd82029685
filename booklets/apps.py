"""Many sheets in one file."""

from django.apps import AppConfig

from audit.actions import register

LABELS = {
    "booklet.ask": "冊子の依頼",
    "booklet.cancel": "冊子の取消し",
    "booklet.make": "冊子の作成",
}


class BookletsConfig(AppConfig):
    """Booklets, ZIP files and lists of sheets, made by the worker."""

    name = "booklets"
    verbose_name = "冊子"

    def ready(self) -> None:
        """Register the actions for the record."""
        register(LABELS)
