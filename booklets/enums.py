"""What many sheets are made into, and how far that has come."""

from django.db import models


class BookletKind(models.TextChoices):
    """What many sheets are put together into."""

    PDF = "pdf", "一冊のPDF（表紙と目次付き）"
    ZIP = "zip", "シートごとのPDF（ZIP。目録付き）"
    LIST = "list", "一覧表（A4横のPDF）"

    @property
    def suffix(self) -> str:
        """The ending of the file's name."""
        return ".zip" if self == BookletKind.ZIP else ".pdf"

    @property
    def noun(self) -> str:
        """What it is, in a title."""
        return {"pdf": "冊子", "zip": "ZIP", "list": "一覧表"}[self.value]


class BookletStatus(models.TextChoices):
    """How far the making of a booklet has come."""

    WAITING = "waiting", "待機中"
    RUNNING = "running", "作成中"
    DONE = "done", "完成"
    FAILED = "failed", "作成できず"
    CANCELLED = "cancelled", "取消し"
    EXPIRED = "expired", "保存期間終了"


UNFINISHED = (BookletStatus.WAITING, BookletStatus.RUNNING)
