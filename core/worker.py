"""The task queue and its worker (``manage.py db_worker``), as every room that has tasks sees them.

The library notes of a worker only which tasks it has begun. A killed one leaves its task marked
as running, and nothing restarts it: each room sees to its own unfinished work.
"""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

# Workers poll the queue every second, so a delay of this length means that none is running.
PATIENCE = timedelta(minutes=1)
# No task takes longer: one marked as running for more was begun by a worker that was killed.
LONGEST_TASK = timedelta(minutes=30)
TASK_RETENTION = timedelta(days=14)


def a_task_is_running() -> bool:
    """Return whether a worker seems to be at work. One query."""
    begun = DBTaskResult.objects.running().filter(started_at__gt=timezone.now() - LONGEST_TASK)
    return begun.exists()


def delete_old_tasks() -> None:
    """Delete the tasks of two weeks ago, those of killed workers included."""
    DBTaskResult.objects.filter(enqueued_at__lt=timezone.now() - TASK_RETENTION).delete()
