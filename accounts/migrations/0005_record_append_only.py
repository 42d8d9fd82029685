"""The audit log only grows; the database itself sees to it. A new log begins a new file of heads."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import migrations

from accounts.append_only import append_only


def set_older_heads_aside(apps, schema_editor):
    """A new database has nothing to do with heads noted of one that stood in its place."""
    file = Path(settings.AUDIT_HEADS_FILE)
    if file.exists() and not apps.get_model("accounts", "AuditEntry").objects.exists():
        file.rename(file.with_name(f"{file.name}.{datetime.now():%Y%m%d-%H%M%S}"))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_auditor_and_search")]

    operations = [
        append_only("accounts_auditentry"),
        migrations.RunPython(set_older_heads_aside, migrations.RunPython.noop),
    ]
