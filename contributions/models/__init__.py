"""Organisations, contributions, yearly amounts and financial reports."""

from contributions.models.amount import YearlyAmount
from contributions.models.contribution import Contribution
from contributions.models.financial_report import FinancialReport
from contributions.models.organization import Organization

__all__ = ["Contribution", "FinancialReport", "Organization", "YearlyAmount"]
