import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OutgoingMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="参照番号"
                    ),
                ),
                ("address", models.EmailField(max_length=254, verbose_name="宛先（当時）")),
                ("subject", models.CharField(max_length=420, verbose_name="件名")),
                ("body", models.TextField(verbose_name="本文")),
                (
                    "key",
                    models.CharField(max_length=200, unique=True, verbose_name="重複を防ぐキー"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="作成日時"
                    ),
                ),
                (
                    "not_before",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="次に送る日時"
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="試行回数")),
                (
                    "claimed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="送り始めた日時"),
                ),
                (
                    "last_error",
                    models.CharField(blank=True, max_length=300, verbose_name="直近の失敗"),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="送信日時")),
                (
                    "given_up_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="断念日時"),
                ),
            ],
            options={
                "verbose_name": "送信メール",
                "verbose_name_plural": "送信メール",
                "ordering": ("-created_at", "-pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("given_up_at", None), ("sent_at", None)),
                        fields=["not_before"],
                        name="mail_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at", None), ("given_up_at", None), _connector="OR"
                        ),
                        name="mail_sent_or_given_up",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("task", "対応のお願い"), ("news", "経過"), ("deadline", "期限")],
                        max_length=20,
                        verbose_name="種類",
                    ),
                ),
                ("subject", models.CharField(max_length=400, verbose_name="件名")),
                ("body", models.TextField(blank=True, verbose_name="本文")),
                ("note", models.TextField(blank=True, verbose_name="理由・連絡")),
                ("path", models.CharField(max_length=200, verbose_name="リンク先")),
                ("key", models.CharField(max_length=150, verbose_name="重複を防ぐキー")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="日時"),
                ),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="既読日時")),
                (
                    "mailed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="メールに載せた日時"),
                ),
                (
                    "division",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.division",
                        verbose_name="担当課室",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="宛先",
                    ),
                ),
            ],
            options={
                "verbose_name": "お知らせ",
                "verbose_name_plural": "お知らせ",
                "ordering": ("-created_at", "-pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("read_at", None)),
                        fields=["recipient"],
                        name="message_unread",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("recipient", "key"), name="message_told_once")
                ],
            },
        ),
    ]
