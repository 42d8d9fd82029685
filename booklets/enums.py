"""Kinds and states of booklets."""

from django.db import models


class BookletKind(models.TextChoices):
    """The kind of file made of many sheets."""

    PDF = "pdf", "一冊のPDF（表紙と目次付き）"
    ZIP = "zip", "シートごとのPDF（ZIP。目録付き）"
    LIST = "list", "一覧表（A4横のPDF）"

    @property
    def suffix(self) -> str:
        """The file name extension."""
        return ".zip" if self == BookletKind.ZIP else ".pdf"

    @property
    def noun(self) -> str:
        """The noun for titles."""
        return {"pdf": "冊子", "zip": "ZIP", "list": "一覧表"}[self.value]


class BookletStatus(models.TextChoices):
    """The state of a booklet."""

    WAITING = "waiting", "待機中"
    RUNNING = "running", "作成中"
    DONE = "done", "完成"
    FAILED = "failed", "作成できず"
    CANCELLED = "cancelled", "取消し"
    EXPIRED = "expired", "保存期間終了"


UNFINISHED = (BookletStatus.WAITING, BookletStatus.RUNNING)
