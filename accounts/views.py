"""Answers that belong to no page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say politely that the page was open too long, and what to do (403)."""
    return render(request, "403_csrf.html", status=403)
