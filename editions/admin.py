"""Editions in the admin, read-only."""

from django.contrib import admin

from accounts.admin.base import ReadOnlyMixin, RegisterAdmin
from editions.models import Edition


@admin.register(Edition)
class EditionAdmin(ReadOnlyMixin, RegisterAdmin):
    """The loaded editions. ``manage.py load_edition`` adds them."""

    list_display = ("title", "key", "loaded_at", "published_at")
    fields = ("title", "key", "sha256", "loaded_at", "published_at", "content")
    search_fields = ("title", "key")
