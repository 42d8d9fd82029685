"""Kinds and scopes of items."""

from enum import StrEnum


class ItemKind(StrEnum):
    """The kind of an item, which determines where its value is stored and how it is printed."""

    # Figures and names from the master data
    CONTRIBUTION_NAME = "contribution_name"
    CONTRIBUTION_TYPE = "contribution_type"
    BUDGET = "budget"
    ORGANIZATION = "organization"
    STAFFING = "staffing"
    FINANCIAL_REPORT = "financial_report"
    DIVISION = "division"
    # Grades by the reviewer
    GRADE = "grade"
    # Texts, stored as entries of the sheet
    OVERVIEW = "overview"
    CRITERION = "criterion"
    PDCA = "pdca"


TEXT_KINDS = frozenset({ItemKind.OVERVIEW, ItemKind.CRITERION, ItemKind.PDCA})


class Scope(StrEnum):
    """Whether a text is about the contribution or about its whole organisation."""

    SHEET = "sheet"
    ORGANIZATION = "organization"
