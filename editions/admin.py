"""The loaded editions in the admin, to be looked at."""

from django.contrib import admin

from accounts.admin.base import ReadOnlyMixin, RegisterAdmin
from editions.models import Edition


@admin.register(Edition)
class EditionAdmin(ReadOnlyMixin, RegisterAdmin):
    """The editions that are loaded. They come in by ``manage.py load_edition``."""

    list_display = ("title", "key", "loaded_at", "published_at")
    fields = ("title", "key", "sha256", "loaded_at", "published_at", "content")
    search_fields = ("title", "key")
