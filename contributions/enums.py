"""Types of contributions, budgets and reports."""

from django.db import models


class ContributionType(models.TextChoices):
    """The type (種別), as printed on the sheet."""

    ASSESSED = "assessed", "分担金"
    MANDATORY = "mandatory", "義務的拠出金"
    VOLUNTARY = "voluntary", "任意拠出金"


class Earmarking(models.TextChoices):
    """Whether the money is earmarked (イヤマーク) or its use is left to the organisation."""

    EARMARKED = "earmarked", "イヤマーク拠出"
    CORE = "core", "ノンイヤマーク拠出"


class AmountKind(models.TextChoices):
    """The budget of an amount: initial or supplementary."""

    INITIAL = "initial", "当初予算"
    SUPPLEMENTARY = "supplementary", "補正予算"


class ReportStatus(models.TextChoices):
    """Whether the organisation's financial report has been received, or there is none."""

    RECEIVED = "received", "受領済み"
    NOT_RECEIVED = "not_received", "未受領"
    NOT_APPLICABLE = "not_applicable", "該当なし"
