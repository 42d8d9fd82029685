"""The log only grows: on PostgreSQL the database itself refuses to change or delete an entry."""

from django.db import migrations

from core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [append_only("audit_auditentry")]
