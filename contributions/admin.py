"""Organisations and contributions in the admin."""

from django.contrib import admin

from accounts.admin.base import RegisterAdmin, RegisterInline
from contributions.models import Contribution, FinancialReport, Organization, YearlyAmount


@admin.register(Organization)
class OrganizationAdmin(RegisterAdmin):
    """Organisations (国際機関等)."""

    list_display = ("name_ja", "abbreviation", "name_kana")
    search_fields = ("name_ja", "abbreviation", "name_kana")
    printed_fields = ("name_ja", "abbreviation")


class YearlyAmountInline(RegisterInline):
    """The budgets of one contribution, in thousand yen."""

    model = YearlyAmount
    fk_name = "contribution"


class FinancialReportInline(RegisterInline):
    """The financial reports of one contribution."""

    model = FinancialReport
    fk_name = "contribution"


@admin.register(Contribution)
class ContributionAdmin(RegisterAdmin):
    """Contributions (分担金・拠出金), with their budgets and reports."""

    list_display = (
        "name",
        "organization",
        "contribution_type",
        "earmarking",
        "responsible_division",
    )
    list_filter = ("contribution_type", "earmarking", "responsible_division")
    list_select_related = ("organization", "responsible_division")
    search_fields = (
        "name",
        "organization__name_ja",
        "organization__abbreviation",
        "organization__name_kana",
        "responsible_division__name",
    )
    autocomplete_fields = ("organization", "responsible_division")
    printed_fields = ("name",)
    inlines = (YearlyAmountInline, FinancialReportInline)


@admin.register(YearlyAmount)
class YearlyAmountAdmin(RegisterAdmin):
    """Yearly budgets (年度予算額) in thousand yen."""

    list_display = ("contribution", "fiscal_year", "kind", "budget_amount_thousand_yen")
    list_filter = ("fiscal_year", "kind")
    list_select_related = ("contribution",)
    search_fields = ("contribution__name",)
    autocomplete_fields = ("contribution",)


@admin.register(FinancialReport)
class FinancialReportAdmin(RegisterAdmin):
    """Financial reports (財政状況の報告), received and outstanding."""

    list_display = (
        "contribution",
        "fiscal_year",
        "status",
        "received_month",
        "covers_fiscal_year",
        "chase_date",
    )
    list_filter = ("status", "fiscal_year")
    list_select_related = ("contribution",)
    search_fields = ("contribution__name",)
    autocomplete_fields = ("contribution",)
