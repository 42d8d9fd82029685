"""The kinds of contributions and of the money paid."""

from django.db import models


class ContributionType(models.TextChoices):
    """種別, as printed on the sheet."""

    ASSESSED = "assessed", "分担金"
    MANDATORY = "mandatory", "義務的拠出金"
    VOLUNTARY = "voluntary", "任意拠出金"


class Earmarking(models.TextChoices):
    """Whether the use of the money is specified (イヤマーク) or left to the organisation."""

    EARMARKED = "earmarked", "イヤマーク拠出"
    CORE = "core", "ノンイヤマーク拠出"


class AmountKind(models.TextChoices):
    """Which budget an amount stands in."""

    INITIAL = "initial", "当初予算"
    SUPPLEMENTARY = "supplementary", "補正予算"


class ReportStatus(models.TextChoices):
    """Whether the organisation's financial report has come."""

    RECEIVED = "received", "受領済み"
    NOT_RECEIVED = "not_received", "未受領"
