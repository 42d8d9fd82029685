"""The head of the audit log knows the first hash, by which a file of heads is known as its own."""

from django.db import migrations, models


def read_first_hash(apps, schema_editor):
    first = apps.get_model("accounts", "AuditEntry").objects.filter(sequence=1).first()
    if first:
        apps.get_model("accounts", "AuditHead").objects.update(chain=first.hash)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_limits")]

    operations = [
        migrations.AddField(
            model_name="audithead",
            name="chain",
            field=models.CharField(
                blank=True, default="", max_length=64, verbose_name="最初のハッシュ"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(read_first_hash, migrations.RunPython.noop),
    ]
