"""The words of a form: what an item holds, and of what it speaks."""

from enum import StrEnum


class ItemKind(StrEnum):
    """What an item of an edition holds, and so where its value lives and how it is printed."""

    # Figures and names that have their home in the register
    CONTRIBUTION_NAME = "contribution_name"
    CONTRIBUTION_TYPE = "contribution_type"
    BUDGET = "budget"
    ORGANIZATION = "organization"
    STAFFING = "staffing"
    FINANCIAL_REPORT = "financial_report"
    DIVISION = "division"
    # The reviewer's judgement
    GRADE = "grade"
    # Texts, each an entry of the sheet
    OVERVIEW = "overview"
    CRITERION = "criterion"
    PDCA = "pdca"


TEXT_KINDS = frozenset({ItemKind.OVERVIEW, ItemKind.CRITERION, ItemKind.PDCA})


class Scope(StrEnum):
    """Whether a text speaks of the one contribution or of its whole organisation."""

    SHEET = "sheet"
    ORGANIZATION = "organization"
