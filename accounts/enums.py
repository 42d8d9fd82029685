"""Roles of people, and kinds of successions of divisions."""

from django.db import models


class Role(models.TextChoices):
    """A role a person holds for a period, in one division or for the whole ministry."""

    OFFICER = "officer", "担当官"
    HEAD = "head", "課室長"
    REVIEWER = "reviewer", "審査担当"
    COORDINATOR = "coordinator", "取りまとめ"
    VIEWER = "viewer", "閲覧者"
    AUDITOR = "auditor", "監査"


DIVISION_ROLES = frozenset({Role.OFFICER, Role.HEAD})


class SuccessionKind(models.TextChoices):
    """How a division is succeeded: renamed, merged or split."""

    RENAME = "rename", "改称"
    MERGE = "merge", "統合"
    SPLIT = "split", "分割"
