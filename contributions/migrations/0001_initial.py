import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Organization",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_ja", models.CharField(max_length=200, unique=True, verbose_name="機関名")),
                ("abbreviation", models.CharField(blank=True, max_length=40, verbose_name="略称")),
                (
                    "name_kana",
                    models.CharField(blank=True, max_length=300, verbose_name="よみ（ひらがな）"),
                ),
            ],
            options={
                "verbose_name": "国際機関等",
                "verbose_name_plural": "国際機関等",
                "ordering": ("name_kana", "name_ja"),
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="「機関名（略称）拠出金（事業名）」の形で、印字するとおりに記入します。",
                        max_length=300,
                        unique=True,
                        verbose_name="分担金・拠出金名",
                    ),
                ),
                (
                    "contribution_type",
                    models.CharField(
                        choices=[
                            ("assessed", "分担金"),
                            ("mandatory", "義務的拠出金"),
                            ("voluntary", "任意拠出金"),
                        ],
                        max_length=20,
                        verbose_name="種別",
                    ),
                ),
                (
                    "earmarking",
                    models.CharField(
                        blank=True,
                        choices=[("earmarked", "イヤマーク拠出"), ("core", "ノンイヤマーク拠出")],
                        help_text="分からないときは空のままにします。",
                        max_length=20,
                        verbose_name="使途の指定",
                    ),
                ),
                (
                    "first_fiscal_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="西暦。分からないときは空のままにします。",
                        null=True,
                        verbose_name="開始年度",
                    ),
                ),
                (
                    "last_fiscal_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="西暦。続いているときは空のままにします。",
                        null=True,
                        verbose_name="終了年度",
                    ),
                ),
                (
                    "responsible_division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="accounts.division",
                        verbose_name="担当課室",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="contributions.organization",
                        verbose_name="拠出先国際機関等",
                    ),
                ),
            ],
            options={
                "verbose_name": "分担金・拠出金",
                "verbose_name_plural": "分担金・拠出金",
                "ordering": ("organization__name_kana", "organization__name_ja", "name"),
            },
        ),
        migrations.CreateModel(
            name="YearlyAmount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fiscal_year", models.PositiveSmallIntegerField(verbose_name="年度（西暦）")),
                (
                    "kind",
                    models.CharField(
                        choices=[("initial", "当初予算"), ("supplementary", "補正予算")],
                        default="initial",
                        max_length=20,
                        verbose_name="区分",
                    ),
                ),
                (
                    "budget_amount_thousand_yen",
                    models.PositiveBigIntegerField(verbose_name="予算額（千円）"),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amounts",
                        to="contributions.contribution",
                        verbose_name="分担金・拠出金",
                    ),
                ),
            ],
            options={
                "verbose_name": "年度予算額",
                "verbose_name_plural": "年度予算額",
                "ordering": ("contribution", "-fiscal_year", "kind"),
            },
        ),
        migrations.CreateModel(
            name="FinancialReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fiscal_year", models.PositiveSmallIntegerField(verbose_name="評価年度（西暦）")),
                (
                    "status",
                    models.CharField(
                        choices=[("received", "受領済み"), ("not_received", "未受領")],
                        default="received",
                        max_length=20,
                        verbose_name="受領状況",
                    ),
                ),
                (
                    "received_month",
                    models.DateField(blank=True, null=True, verbose_name="受領年月"),
                ),
                (
                    "covers_fiscal_year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="報告の対象年度（西暦）"
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, max_length=500, verbose_name="未受領の理由"),
                ),
                (
                    "chase_date",
                    models.DateField(blank=True, null=True, verbose_name="次に照会する日"),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="financial_reports",
                        to="contributions.contribution",
                        verbose_name="分担金・拠出金",
                    ),
                ),
            ],
            options={
                "verbose_name": "財政状況の報告",
                "verbose_name_plural": "財政状況の報告",
                "ordering": ("contribution", "-fiscal_year"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contribution", "fiscal_year"),
                        name="financial_report_once_per_year",
                        violation_error_message="この評価年度の報告は登録済みです。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("received_month__isnull", False), ("status", "received")),
                            models.Q(
                                ("status", "not_received"), models.Q(("reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="financial_report_received_or_reasoned",
                        violation_error_message="受領済みなら受領年月を、未受領ならその理由を記入してください。",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_fiscal_year", None),
                    ("last_fiscal_year", None),
                    ("last_fiscal_year__gte", models.F("first_fiscal_year")),
                    _connector="OR",
                ),
                name="contribution_years_in_order",
                violation_error_message="終了年度は開始年度以後にしてください。",
            ),
        ),
        migrations.AddConstraint(
            model_name="yearlyamount",
            constraint=models.UniqueConstraint(
                fields=("contribution", "fiscal_year", "kind"),
                name="amount_once_per_year_and_kind",
                violation_error_message="この年度・区分の予算額は登録済みです。登録済みの額を直してください。",
            ),
        ),
    ]
