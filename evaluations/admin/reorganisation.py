"""課室の変遷 in the admin: what became of divisions, and the page that renames, merges, splits."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.admin.base import AddOnlyMixin, RegisterAdmin, administers
from accounts.models import DivisionSuccession
from accounts.requests import person
from accounts.roles import Roles
from core.form_pages import posted, refusals_as_errors, status_of
from evaluations.domain.reorganisation import affected_by, reorganise
from evaluations.forms.reorganisation import ChoicesForm, PlanForm


@admin.register(DivisionSuccession)
class DivisionSuccessionAdmin(AddOnlyMixin, RegisterAdmin):
    """Successions of divisions. Adding one carries out a reorganisation; none can be changed."""

    list_display = ("predecessor", "successor", "kind", "on", "is_direct")
    list_filter = ("kind", "is_direct")
    list_select_related = ("predecessor", "successor")
    search_fields = ("predecessor__name", "successor__name")

    def may_change(self, roles: Roles) -> bool:
        return administers(roles)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Ask for the plan; show all it changes, with the choices; carry it out when confirmed."""
        if not self.has_add_permission(request):
            raise PermissionDenied("課室の改称・統合・分割は、システム管理者が行います。")
        plan_form = PlanForm(posted(request))
        if not plan_form.is_valid():
            return self._page(request, plan_form, status=status_of(plan_form))
        plan = plan_form.plan
        affected = affected_by(plan)
        confirmed = "confirmed" in request.POST
        choices = ChoicesForm(request.POST if confirmed else None, plan=plan, affected=affected)
        if choices.is_valid():
            with refusals_as_errors(choices):
                reorganise(plan, choices.choices, actor=person(request))
                messages.success(request, f"課室の{plan.kind.label}を登録しました。")
                return redirect("admin:accounts_divisionsuccession_changelist")
        preview = {
            "plan": plan,
            "affected": affected,
            "choices": choices,
            "contribution_fields": [choices[name] for name in choices.contributions.values()],
            "membership_fields": [choices[name] for name in choices.memberships.values()],
            "too_early": plan.on > timezone.localdate(),
        }
        return self._page(request, plan_form, preview, status=status_of(choices))

    def _page(
        self, request: HttpRequest, form: PlanForm, preview: Any = None, *, status: int
    ) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "title": "課室の改称・統合・分割",
            "opts": self.opts,
            "form": form,
            "preview": preview,
        }
        template = "admin/accounts/divisionsuccession/reorganise.html"
        return TemplateResponse(request, template, context, status=status)
