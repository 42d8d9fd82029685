import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sequence", models.PositiveBigIntegerField(default=0, verbose_name="最後の番号")),
                ("hash", models.CharField(max_length=64, verbose_name="最後のハッシュ")),
                (
                    "chain",
                    models.CharField(blank=True, max_length=64, verbose_name="最初のハッシュ"),
                ),
            ],
            options={
                "verbose_name": "監査記録の末尾",
                "verbose_name_plural": "監査記録の末尾",
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sequence", models.PositiveBigIntegerField(unique=True, verbose_name="番号")),
                ("at", models.DateTimeField(verbose_name="日時")),
                ("actor_name", models.CharField(max_length=150, verbose_name="行為者（当時）")),
                ("role", models.CharField(blank=True, max_length=300, verbose_name="役割（当時）")),
                ("action", models.CharField(max_length=60, verbose_name="行為")),
                ("object_type", models.CharField(max_length=60, verbose_name="対象の種類")),
                ("object_id", models.CharField(max_length=60, verbose_name="対象の番号")),
                ("object_label", models.CharField(max_length=300, verbose_name="対象")),
                ("before", models.JSONField(default=dict, verbose_name="変更前")),
                ("after", models.JSONField(default=dict, verbose_name="変更後")),
                (
                    "request_id",
                    models.CharField(blank=True, max_length=60, verbose_name="要求番号"),
                ),
                ("previous_hash", models.CharField(max_length=64, verbose_name="直前のハッシュ")),
                ("hash", models.CharField(max_length=64, verbose_name="ハッシュ")),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="行為者",
                    ),
                ),
            ],
            options={
                "verbose_name": "監査記録",
                "verbose_name_plural": "監査記録",
                "ordering": ("-sequence",),
                "indexes": [
                    models.Index(
                        fields=["object_type", "object_id"], name="audit_audit_object__3eefc4_idx"
                    ),
                    models.Index(
                        fields=["action", "sequence"], name="audit_audit_action_e02dc6_idx"
                    ),
                    models.Index(fields=["at"], name="audit_audit_at_bd7d43_idx"),
                    models.Index(fields=["request_id"], name="audit_audit_request_b965f1_idx"),
                ],
            },
        ),
    ]
