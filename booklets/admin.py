"""The worker's own notes have no place in the admin: the pages on 冊子 say how a making stands."""

from django.contrib import admin
from django_tasks_db.models import DBTaskResult

admin.site.unregister(DBTaskResult)
