import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PrintedDraft",
            fields=[
                (
                    "key",
                    models.CharField(
                        max_length=64, primary_key=True, serialize=False, verbose_name="SHA-256"
                    ),
                ),
                ("content", models.BinaryField(verbose_name="PDF")),
                (
                    "used_at",
                    models.DateTimeField(
                        db_index=True,
                        default=django.utils.timezone.now,
                        verbose_name="最終使用日時",
                    ),
                ),
            ],
            options={
                "verbose_name": "下書きの印刷",
                "verbose_name_plural": "下書きの印刷",
            },
        ),
        migrations.CreateModel(
            name="Booklet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("requested_at", models.DateTimeField(auto_now_add=True, verbose_name="依頼日時")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pdf", "一冊のPDF（表紙と目次付き）"),
                            ("zip", "シートごとのPDF（ZIP。目録付き）"),
                            ("list", "一覧表（A4横のPDF）"),
                        ],
                        max_length=10,
                        verbose_name="種類",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="表題")),
                ("selection", models.JSONField(default=list, verbose_name="条件")),
                ("sheet_ids", models.JSONField(verbose_name="シート")),
                (
                    "own_before",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="先に依頼した冊子"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "待機中"),
                            ("running", "作成中"),
                            ("done", "完成"),
                            ("failed", "作成できず"),
                            ("cancelled", "取消し"),
                            ("expired", "保存期間終了"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状況",
                    ),
                ),
                ("holder", models.CharField(blank=True, editable=False, max_length=32)),
                ("lease_until", models.DateTimeField(editable=False, null=True)),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(default=0, verbose_name="着手の回数"),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="印刷したシート")),
                ("started_at", models.DateTimeField(null=True, verbose_name="作成開始日時")),
                ("resumed_at", models.DateTimeField(editable=False, null=True)),
                ("resumed_done", models.PositiveIntegerField(default=0, editable=False)),
                ("finished_at", models.DateTimeField(null=True, verbose_name="終了日時")),
                ("left_out", models.JSONField(default=list, verbose_name="入っていないシート")),
                (
                    "error",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="作成できなかった理由"
                    ),
                ),
                ("included_ids", models.JSONField(default=list, verbose_name="入っているシート")),
                ("size", models.PositiveBigIntegerField(null=True, verbose_name="大きさ")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                ("expires_at", models.DateTimeField(null=True, verbose_name="保存期限")),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="booklets",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="依頼者",
                    ),
                ),
            ],
            options={
                "verbose_name": "冊子",
                "verbose_name_plural": "冊子",
                "ordering": ("-requested_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="BookletPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                (
                    "booklet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="booklets.booklet",
                    ),
                ),
            ],
            options={
                "verbose_name": "冊子の一部",
                "verbose_name_plural": "冊子の一部",
            },
        ),
        migrations.AddIndex(
            model_name="booklet",
            index=models.Index(
                fields=["status", "requested_at"], name="booklets_bo_status_339541_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="booklet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["cancelled", "done", "expired", "failed", "running", "waiting"])
                ),
                name="booklet_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="booklet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "running"), _negated=True),
                    models.Q(
                        models.Q(("holder", ""), _negated=True), ("lease_until__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="booklet_running_is_held",
            ),
        ),
        migrations.AddConstraint(
            model_name="booklet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "done"), _negated=True),
                    models.Q(
                        ("expires_at__isnull", False),
                        ("size__isnull", False),
                        models.Q(("sha256", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="booklet_done_has_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="bookletpart",
            constraint=models.UniqueConstraint(
                fields=("booklet", "number"), name="booklet_part_numbered_once"
            ),
        ),
    ]
