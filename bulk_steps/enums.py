"""States of the results of a bulk step."""

from django.db import models


class ResultStatus(models.TextChoices):
    """What became of one sheet of a bulk step."""

    WAITING = "waiting", "待機中"
    DONE = "done", "完了"
    REFUSED = "refused", "実行しませんでした"
