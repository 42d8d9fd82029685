"""Removes the task results from the admin; the pages of the booklets show their progress."""

from django.contrib import admin
from django_tasks_db.models import DBTaskResult

admin.site.unregister(DBTaskResult)
