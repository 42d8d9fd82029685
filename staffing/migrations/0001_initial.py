import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contributions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="StaffingSnapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "as_of",
                    models.DateField(
                        help_text="月末時点のときは、その月の末日を指定します。",
                        verbose_name="時点",
                    ),
                ),
                (
                    "member_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="加盟国等の数"),
                ),
                (
                    "professional_staff_total",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="全職員数（専門職以上）"
                    ),
                ),
                (
                    "japanese_staff",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="日本人職員数"),
                ),
                (
                    "japanese_senior_staff",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="日本人幹部職員数"
                    ),
                ),
                (
                    "senior_definition",
                    models.CharField(
                        default="D1以上",
                        help_text="通常はD1以上です。",
                        max_length=100,
                        verbose_name="幹部の範囲",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="staffing_snapshots",
                        to="contributions.organization",
                        verbose_name="国際機関等",
                    ),
                ),
            ],
            options={
                "verbose_name": "職員数の記録",
                "verbose_name_plural": "職員数の記録",
                "ordering": ("organization", "-as_of"),
            },
        ),
        migrations.CreateModel(
            name="StaffCategoryCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("consultant", "コンサルタント"),
                            ("jpo", "JPO"),
                            ("locally_recruited", "現地採用"),
                            ("intern", "インターン"),
                            ("ungraded", "ランクなしの職員"),
                        ],
                        max_length=20,
                        verbose_name="区分",
                    ),
                ),
                ("count", models.PositiveIntegerField(verbose_name="人数")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="備考")),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="category_counts",
                        to="staffing.staffingsnapshot",
                        verbose_name="職員数の記録",
                    ),
                ),
            ],
            options={
                "verbose_name": "表に含まれない日本人",
                "verbose_name_plural": "表に含まれない日本人",
                "ordering": ("snapshot", "category"),
            },
        ),
        migrations.CreateModel(
            name="SeniorPost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="役職名")),
                (
                    "grade",
                    models.CharField(help_text="D1、P5など。", max_length=20, verbose_name="等級"),
                ),
                (
                    "counts_as_senior",
                    models.BooleanField(default=True, verbose_name="幹部職員数に含む"),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="senior_posts",
                        to="staffing.staffingsnapshot",
                        verbose_name="職員数の記録",
                    ),
                ),
            ],
            options={
                "verbose_name": "主なポスト",
                "verbose_name_plural": "主なポスト",
                "ordering": ("snapshot", "grade", "title"),
            },
        ),
        migrations.AddConstraint(
            model_name="staffingsnapshot",
            constraint=models.UniqueConstraint(
                fields=("organization", "as_of"),
                name="staffing_once_per_date",
                violation_error_message="この機関の同じ時点の記録は登録済みです。登録済みの記録を直してください。",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffingsnapshot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("japanese_senior_staff", None),
                    ("japanese_staff", None),
                    ("japanese_senior_staff__lte", models.F("japanese_staff")),
                    _connector="OR",
                ),
                name="staffing_senior_within_japanese",
                violation_error_message="日本人幹部職員数が日本人職員数を超えています。どちらかを直してください。",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffingsnapshot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("japanese_staff", None),
                    ("professional_staff_total", None),
                    ("japanese_staff__lte", models.F("professional_staff_total")),
                    _connector="OR",
                ),
                name="staffing_japanese_within_total",
                violation_error_message="日本人職員数が全職員数を超えています。どちらかを直してください。",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffcategorycount",
            constraint=models.UniqueConstraint(
                fields=("snapshot", "category"),
                name="staff_category_once_per_snapshot",
                violation_error_message="同じ区分が二度あります。一つにまとめてください。",
            ),
        ),
    ]
