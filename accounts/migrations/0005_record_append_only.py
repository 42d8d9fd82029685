"""The audit log only grows; the database itself sees to it."""

from django.db import migrations

from core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_auditor_and_search")]

    operations = [append_only("accounts_auditentry")]
