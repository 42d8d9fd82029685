import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("contributions", "0001_initial"),
        ("editions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Cycle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "fiscal_year",
                    models.PositiveSmallIntegerField(unique=True, verbose_name="年度（西暦）"),
                ),
                (
                    "evaluation_period_start",
                    models.DateField(blank=True, null=True, verbose_name="評価対象期間の始め"),
                ),
                (
                    "evaluation_period_end",
                    models.DateField(blank=True, null=True, verbose_name="評価対象期間の終わり"),
                ),
                (
                    "submission_deadline",
                    models.DateField(blank=True, null=True, verbose_name="課室からの提出期限"),
                ),
                (
                    "review_deadline",
                    models.DateField(blank=True, null=True, verbose_name="審査の期限"),
                ),
                (
                    "publication_date",
                    models.DateField(blank=True, null=True, verbose_name="公表予定日"),
                ),
                ("opened_at", models.DateTimeField(auto_now_add=True, verbose_name="開始日時")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cycles",
                        to="editions.edition",
                        verbose_name="様式",
                    ),
                ),
            ],
            options={
                "verbose_name": "評価年度",
                "verbose_name_plural": "評価年度",
                "ordering": ("-fiscal_year",),
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="番号")),
                ("occasion", models.CharField(max_length=20, verbose_name="契機")),
                ("content", models.JSONField(verbose_name="内容")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("item_hashes", models.JSONField(default=dict, verbose_name="項目ごとのハッシュ")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="作成日時"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "改訂",
                "verbose_name_plural": "改訂",
                "ordering": ("sheet", "-number"),
            },
        ),
        migrations.CreateModel(
            name="IssuedPdf",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content", models.BinaryField(verbose_name="PDF")),
                ("sha256", models.CharField(max_length=64, unique=True, verbose_name="SHA-256")),
                (
                    "data_sha256",
                    models.CharField(
                        blank=True,
                        db_index=True,
                        editable=False,
                        max_length=64,
                        verbose_name="データのSHA-256",
                    ),
                ),
                (
                    "audit_sequence",
                    models.PositiveBigIntegerField(
                        editable=False, null=True, verbose_name="監査記録の番号"
                    ),
                ),
                (
                    "audit_hash",
                    models.CharField(
                        blank=True, editable=False, max_length=64, verbose_name="監査記録のハッシュ"
                    ),
                ),
                ("issued_at", models.DateTimeField(auto_now_add=True, verbose_name="作成日時")),
                (
                    "revision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issued_pdf",
                        to="evaluations.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "確定PDF",
                "verbose_name_plural": "確定PDF",
            },
        ),
        migrations.CreateModel(
            name="SentReminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("deadline", models.CharField(max_length=40, verbose_name="期限")),
                ("day", models.DateField(verbose_name="期限の日")),
                ("days", models.SmallIntegerField(verbose_name="期限からの日数")),
                ("sent_at", models.DateTimeField(auto_now_add=True, verbose_name="日時")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="evaluations.cycle",
                        verbose_name="評価年度",
                    ),
                ),
            ],
            options={
                "verbose_name": "送った期限のお知らせ",
                "verbose_name_plural": "送った期限のお知らせ",
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "作成中"),
                            ("division_check", "課室長確認"),
                            ("review", "審査中"),
                            ("returned", "差戻し"),
                            ("approved", "確定"),
                            ("published", "公表"),
                            ("excluded", "評価対象外"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="状態",
                    ),
                ),
                (
                    "state_since",
                    models.DateTimeField(auto_now_add=True, verbose_name="この状態になった日時"),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版")),
                (
                    "overall_grade",
                    models.CharField(blank=True, max_length=10, verbose_name="総合評価"),
                ),
                ("overall_grade_reason", models.TextField(blank=True, verbose_name="評価の理由")),
                (
                    "graded_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="評価日時"
                    ),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="提出日時"
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="確認日時"
                    ),
                ),
                (
                    "approved_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="確定日時"
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="公表日時"
                    ),
                ),
                ("search_text", models.TextField(blank=True, editable=False)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="確定者",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="確認者",
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="contributions.contribution",
                        verbose_name="分担金・拠出金",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="evaluations.cycle",
                        verbose_name="年度",
                    ),
                ),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="accounts.division",
                        verbose_name="担当課室",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="editions.edition",
                        verbose_name="様式",
                    ),
                ),
                (
                    "graded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="評価者",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出者",
                    ),
                ),
            ],
            options={
                "verbose_name": "評価シート",
                "verbose_name_plural": "評価シート",
                "ordering": ("-cycle__fiscal_year", "contribution__organization__name_kana", "pk"),
            },
        ),
        migrations.CreateModel(
            name="SecondReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(max_length=300, verbose_name="役割（当時）")),
                ("grade", models.CharField(max_length=10, verbose_name="総合評価")),
                ("reason", models.TextField(verbose_name="評価の理由")),
                ("read_at", models.DateTimeField(auto_now=True, verbose_name="日時")),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="第二読者",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="second_readings",
                        to="evaluations.sheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "第二読者の評価",
                "verbose_name_plural": "第二読者の評価",
                "ordering": ("read_at", "pk"),
            },
        ),
        migrations.AddField(
            model_name="revision",
            name="sheet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="revisions",
                to="evaluations.sheet",
            ),
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("published_at", models.DateTimeField(auto_now_add=True, verbose_name="公表日時")),
                ("is_current", models.BooleanField(default=True, verbose_name="現行")),
                (
                    "issued_pdf",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="evaluations.issuedpdf",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="evaluations.sheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "公表",
                "verbose_name_plural": "公表",
                "ordering": ("-published_at",),
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60, verbose_name="項目")),
                ("tab", models.CharField(max_length=32, verbose_name="画面")),
                ("seen_at", models.DateTimeField(db_index=True, verbose_name="最終確認日時")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presences",
                        to="evaluations.sheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "編集中の人",
                "verbose_name_plural": "編集中の人",
            },
        ),
        migrations.CreateModel(
            name="PdcaEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60, verbose_name="項目")),
                ("text", models.TextField(blank=True, verbose_name="本文")),
                ("search_text", models.TextField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=0, verbose_name="版")),
                (
                    "updated_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="更新日時"),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="更新者",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="evaluations.sheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "PDCA",
                "verbose_name_plural": "PDCA",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OverviewPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60, verbose_name="項目")),
                ("text", models.TextField(blank=True, verbose_name="本文")),
                ("search_text", models.TextField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=0, verbose_name="版")),
                (
                    "updated_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="更新日時"),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="更新者",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="evaluations.sheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "概要及び成果目標",
                "verbose_name_plural": "概要及び成果目標",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ImprovementPoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="番号")),
                ("text", models.TextField(verbose_name="改善を要する点")),
                ("key", models.CharField(blank=True, max_length=60, verbose_name="項目")),
                (
                    "owner",
                    models.CharField(blank=True, max_length=100, verbose_name="担当者・担当班"),
                ),
                ("due_date", models.DateField(verbose_name="期限")),
                ("role", models.CharField(max_length=300, verbose_name="役割（当時）")),
                ("raised_at", models.DateTimeField(auto_now_add=True, verbose_name="指摘した日時")),
                (
                    "owner_division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="improvement_points",
                        to="accounts.division",
                        verbose_name="担当課室",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="指摘した人",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="improvement_points",
                        to="evaluations.sheet",
                        verbose_name="評価シート",
                    ),
                ),
            ],
            options={
                "verbose_name": "改善点",
                "verbose_name_plural": "改善点",
                "ordering": ("sheet", "number"),
            },
        ),
        migrations.CreateModel(
            name="ImprovementAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("done", "実施済み"),
                            ("ongoing", "対応中"),
                            ("dropped", "取りやめ"),
                        ],
                        max_length=10,
                        verbose_name="状況",
                    ),
                ),
                ("text", models.TextField(verbose_name="行ったこと")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版")),
                ("answered_at", models.DateTimeField(auto_now=True, verbose_name="回答日時")),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="回答者",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="evaluations.improvementpoint",
                        verbose_name="改善点",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="improvement_answers",
                        to="evaluations.sheet",
                        verbose_name="回答したシート",
                    ),
                ),
            ],
            options={
                "verbose_name": "改善点への回答",
                "verbose_name_plural": "改善点への回答",
            },
        ),
        migrations.CreateModel(
            name="FindingAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("finding", models.CharField(max_length=16, verbose_name="指摘")),
                ("rule", models.CharField(max_length=10, verbose_name="規則")),
                ("message", models.TextField(verbose_name="指摘の文")),
                ("answer", models.TextField(verbose_name="回答")),
                ("answered_at", models.DateTimeField(auto_now=True, verbose_name="回答日時")),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="回答者",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="finding_answers",
                        to="evaluations.sheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "指摘への回答",
                "verbose_name_plural": "指摘への回答",
            },
        ),
        migrations.CreateModel(
            name="CriterionGrade",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60, verbose_name="評価基準")),
                ("grade", models.CharField(blank=True, max_length=10, verbose_name="評定")),
                (
                    "ungraded_reason",
                    models.CharField(blank=True, max_length=60, verbose_name="評定を付けない事由"),
                ),
                ("reason", models.TextField(verbose_name="理由")),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="criterion_grades",
                        to="evaluations.sheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "基準別評価",
                "verbose_name_plural": "基準別評価",
            },
        ),
        migrations.CreateModel(
            name="CriterionAssessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60, verbose_name="項目")),
                ("text", models.TextField(blank=True, verbose_name="本文")),
                ("search_text", models.TextField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=0, verbose_name="版")),
                (
                    "updated_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="更新日時"),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="更新者",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="evaluations.sheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "評価基準の記述",
                "verbose_name_plural": "評価基準の記述",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CommentThread",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60, verbose_name="項目")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("reviewers", "審査担当・取りまとめのみ"),
                            ("division", "担当課室にも見える"),
                        ],
                        max_length=20,
                        verbose_name="見える範囲",
                    ),
                ),
                (
                    "is_blocking",
                    models.BooleanField(default=False, verbose_name="解決するまで確定しない"),
                ),
                (
                    "opened_as",
                    models.CharField(
                        choices=[("head", "課室長"), ("reviewers", "審査担当")],
                        max_length=20,
                        verbose_name="付けた側",
                    ),
                ),
                ("base_text", models.TextField(blank=True, verbose_name="当時の文章")),
                ("start", models.PositiveIntegerField(default=0, verbose_name="語句の始め")),
                ("end", models.PositiveIntegerField(default=0, verbose_name="語句の終わり")),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evaluations.revision",
                        verbose_name="当時の改訂",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comment_threads",
                        to="evaluations.sheet",
                        verbose_name="シート",
                    ),
                ),
            ],
            options={
                "verbose_name": "コメント",
                "verbose_name_plural": "コメント",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Authorship",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(auto_now_add=True, verbose_name="最初の記入日時")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="authorships",
                        to="evaluations.sheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "執筆者",
                "verbose_name_plural": "執筆者",
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60, verbose_name="項目")),
                ("base_text", models.TextField(blank=True, verbose_name="当時の文章")),
                ("base_version", models.PositiveIntegerField(verbose_name="当時の版")),
                ("text", models.TextField(blank=True, verbose_name="修正案")),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                (
                    "made_as",
                    models.CharField(
                        choices=[("head", "課室長"), ("reviewers", "審査担当")],
                        max_length=20,
                        verbose_name="示した側",
                    ),
                ),
                ("role", models.CharField(max_length=300, verbose_name="役割（当時）")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="日時")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提案者",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evaluations.revision",
                        verbose_name="当時の改訂",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestions",
                        to="evaluations.sheet",
                        verbose_name="シート",
                    ),
                ),
            ],
            options={
                "verbose_name": "修正案",
                "verbose_name_plural": "修正案",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="SuggestionDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("accepted", "採用"),
                            ("partly", "一部採用"),
                            ("rejected", "不採用"),
                            ("withdrawn", "取下げ"),
                        ],
                        max_length=20,
                        verbose_name="結果",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="理由・連絡")),
                ("taken", models.PositiveIntegerField(default=0, verbose_name="採り入れた箇所")),
                ("offered", models.PositiveIntegerField(default=0, verbose_name="示された箇所")),
                (
                    "entry_version",
                    models.PositiveIntegerField(null=True, verbose_name="採り入れた後の版"),
                ),
                ("role", models.CharField(max_length=300, verbose_name="役割（当時）")),
                ("decided_at", models.DateTimeField(auto_now_add=True, verbose_name="日時")),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="決めた人",
                    ),
                ),
                (
                    "suggestion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="evaluations.suggestion",
                        verbose_name="修正案",
                    ),
                ),
            ],
            options={
                "verbose_name": "修正案への決定",
                "verbose_name_plural": "修正案への決定",
            },
        ),
        migrations.CreateModel(
            name="Transition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("submit", "提出"),
                            ("withdraw", "取下げ"),
                            ("confirm", "確認"),
                            ("return", "差戻し"),
                            ("approve", "確定"),
                            ("publish", "公表"),
                            ("reopen", "訂正"),
                            ("exclude", "評価対象外とする"),
                            ("include", "対象に戻す"),
                            ("undo_return", "差戻しの取消し"),
                            ("undo_approve", "確定の取消し"),
                        ],
                        max_length=20,
                        verbose_name="行為",
                    ),
                ),
                (
                    "from_state",
                    models.CharField(
                        choices=[
                            ("draft", "作成中"),
                            ("division_check", "課室長確認"),
                            ("review", "審査中"),
                            ("returned", "差戻し"),
                            ("approved", "確定"),
                            ("published", "公表"),
                            ("excluded", "評価対象外"),
                        ],
                        max_length=20,
                        verbose_name="前の状態",
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("draft", "作成中"),
                            ("division_check", "課室長確認"),
                            ("review", "審査中"),
                            ("returned", "差戻し"),
                            ("approved", "確定"),
                            ("published", "公表"),
                            ("excluded", "評価対象外"),
                        ],
                        max_length=20,
                        verbose_name="後の状態",
                    ),
                ),
                ("role", models.CharField(max_length=300, verbose_name="役割（当時）")),
                ("comment", models.TextField(blank=True, verbose_name="理由・連絡")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="日時")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="行為者",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evaluations.revision",
                        verbose_name="改訂",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="transitions",
                        to="evaluations.sheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "経過",
                "verbose_name_plural": "経過",
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Comment",
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
                        choices=[
                            ("opening", "コメント"),
                            ("answer", "返答"),
                            ("addressed", "対応しました"),
                            ("resolved", "解決"),
                            ("withdrawn", "取下げ"),
                        ],
                        max_length=20,
                        verbose_name="種類",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="本文")),
                ("role", models.CharField(max_length=300, verbose_name="役割（当時）")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="日時")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="発言者",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="evaluations.commentthread",
                        verbose_name="コメント",
                    ),
                ),
            ],
            options={
                "verbose_name": "発言",
                "verbose_name_plural": "発言",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["addressed", "answer", "opening", "resolved", "withdrawn"],
                            )
                        ),
                        name="comment_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["answer", "opening"]), _negated=True),
                            models.Q(("text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="comment_says_something",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "opening")),
                        fields=("thread",),
                        name="comment_thread_opened_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind__in", ["resolved", "withdrawn"])),
                        fields=("thread",),
                        name="comment_thread_closed_once",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("evaluation_period_start", None),
                    ("evaluation_period_end", None),
                    ("evaluation_period_end__gte", models.F("evaluation_period_start")),
                    _connector="OR",
                ),
                name="cycle_period_in_order",
                violation_error_message="評価対象期間の終わりは始め以後にしてください。",
            ),
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("submission_deadline", None),
                    ("review_deadline", None),
                    ("review_deadline__gte", models.F("submission_deadline")),
                    _connector="OR",
                ),
                name="cycle_deadlines_in_order",
                violation_error_message="審査の期限は課室からの提出期限以後にしてください。",
            ),
        ),
        migrations.AddConstraint(
            model_name="sentreminder",
            constraint=models.UniqueConstraint(
                fields=("cycle", "deadline", "day", "days"), name="reminder_sent_once"
            ),
        ),
        migrations.AddIndex(
            model_name="sheet",
            index=models.Index(fields=["state", "division"], name="evaluations_state_e8ee2b_idx"),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.UniqueConstraint(
                fields=("cycle", "contribution"),
                name="sheet_once_per_cycle_and_contribution",
                violation_error_message="この年度のシートは作成済みです。",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "approved",
                            "division_check",
                            "draft",
                            "excluded",
                            "published",
                            "returned",
                            "review",
                        ],
                    )
                ),
                name="sheet_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ["approved", "division_check", "published", "review"]),
                        _negated=True,
                    ),
                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                    _connector="OR",
                ),
                name="sheet_submitted_has_submitter",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "published", "review"]), _negated=True),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="sheet_in_review_has_confirmer",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "published"]), _negated=True),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="sheet_approved_has_approver",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["published"]), _negated=True),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="sheet_published_has_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    models.Q(
                        models.Q(("approved_by", models.F("submitted_by")), _negated=True),
                        models.Q(("approved_by", models.F("confirmed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="sheet_approver_is_not_submitter",
            ),
        ),
        migrations.AddConstraint(
            model_name="secondreading",
            constraint=models.UniqueConstraint(
                fields=("sheet", "reader"), name="second_reading_once_per_reader"
            ),
        ),
        migrations.AddConstraint(
            model_name="secondreading",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("grade", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                ),
                name="second_reading_has_grade_and_reason",
                violation_error_message="評価とその理由を記入してください。",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(
                fields=("sheet", "number"), name="revision_numbered_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("sheet",),
                name="publication_one_current_per_sheet",
            ),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.UniqueConstraint(
                fields=("user", "tab"), name="presence_once_per_tab"
            ),
        ),
        migrations.AddConstraint(
            model_name="pdcaentry",
            constraint=models.UniqueConstraint(
                fields=("sheet", "key"), name="pdcaentry_once_per_sheet"
            ),
        ),
        migrations.AddConstraint(
            model_name="overviewpart",
            constraint=models.UniqueConstraint(
                fields=("sheet", "key"), name="overviewpart_once_per_sheet"
            ),
        ),
        migrations.AddIndex(
            model_name="improvementpoint",
            index=models.Index(fields=["due_date"], name="evaluations_due_dat_94ef40_idx"),
        ),
        migrations.AddConstraint(
            model_name="improvementpoint",
            constraint=models.UniqueConstraint(
                fields=("sheet", "number"), name="improvement_point_numbered_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="improvementpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="improvement_point_says_something",
                violation_error_message="改善を要する点を記入してください。",
            ),
        ),
        migrations.AddConstraint(
            model_name="improvementanswer",
            constraint=models.UniqueConstraint(
                fields=("point", "sheet"), name="improvement_answered_once_per_sheet"
            ),
        ),
        migrations.AddConstraint(
            model_name="improvementanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["done", "dropped", "ongoing"])),
                name="improvement_answer_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="improvementanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="improvement_answer_says_something",
                violation_error_message="行ったことを記入してください。",
            ),
        ),
        migrations.AddConstraint(
            model_name="findinganswer",
            constraint=models.UniqueConstraint(
                fields=("sheet", "finding"), name="finding_answered_once_per_sheet"
            ),
        ),
        migrations.AddConstraint(
            model_name="criteriongrade",
            constraint=models.UniqueConstraint(
                fields=("sheet", "key"), name="criterion_graded_once_per_sheet"
            ),
        ),
        migrations.AddConstraint(
            model_name="criteriongrade",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("grade", ""), ("ungraded_reason__gt", "")),
                    models.Q(("grade__gt", ""), ("ungraded_reason", "")),
                    _connector="OR",
                ),
                name="criterion_graded_or_said_why_not",
                violation_error_message="評定か、評定を付けない事由のどちらか一つを選んでください。",
            ),
        ),
        migrations.AddConstraint(
            model_name="criteriongrade",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="criterion_grade_has_reason",
                violation_error_message="理由を記入してください。",
            ),
        ),
        migrations.AddConstraint(
            model_name="criterionassessment",
            constraint=models.UniqueConstraint(
                fields=("sheet", "key"), name="criterionassessment_once_per_sheet"
            ),
        ),
        migrations.AddIndex(
            model_name="commentthread",
            index=models.Index(fields=["sheet", "key"], name="evaluations_sheet_i_d199fa_idx"),
        ),
        migrations.AddConstraint(
            model_name="commentthread",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("audience__in", ["division", "reviewers"]),
                    ("opened_as__in", ["head", "reviewers"]),
                ),
                name="comment_thread_words_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="commentthread",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_blocking", False),
                    models.Q(("audience", "division"), ("opened_as", "reviewers")),
                    _connector="OR",
                ),
                name="comment_thread_blocks_only_in_sight_of_the_division",
                violation_error_message="確定を止められるのは、担当課室にも見える審査担当のコメントだけです。",
            ),
        ),
        migrations.AddConstraint(
            model_name="commentthread",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("audience", "division"), ("opened_as", "reviewers"), _connector="OR"
                ),
                name="comment_thread_for_reviewers_is_by_reviewers",
            ),
        ),
        migrations.AddConstraint(
            model_name="commentthread",
            constraint=models.CheckConstraint(
                condition=models.Q(("start__lte", models.F("end"))),
                name="comment_thread_passage_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorship",
            constraint=models.UniqueConstraint(
                fields=("sheet", "user"), name="authorship_once_per_sheet"
            ),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(fields=["sheet", "key"], name="evaluations_sheet_i_e85e07_idx"),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("made_as__in", ["head", "reviewers"])),
                name="suggestion_side_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", models.F("base_text")), _negated=True),
                name="suggestion_changes_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestiondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["accepted", "partly", "rejected", "withdrawn"])
                ),
                name="suggestion_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestiondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "rejected"), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="suggestion_rejected_with_reason",
                violation_error_message="採り入れない理由を記入してください。",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestiondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome__in", ["accepted", "partly"]), _negated=True),
                    models.Q(
                        ("entry_version__isnull", False),
                        ("taken__gt", 0),
                        ("taken__lte", models.F("offered")),
                    ),
                    _connector="OR",
                ),
                name="suggestion_taken_into_a_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="transition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "action__in",
                            [
                                "exclude",
                                "include",
                                "reopen",
                                "return",
                                "undo_approve",
                                "undo_return",
                            ],
                        ),
                        _negated=True,
                    ),
                    models.Q(("comment", ""), _negated=True),
                    _connector="OR",
                ),
                name="transition_reasoned_where_required",
                violation_error_message="理由を記入してください。",
            ),
        ),
    ]
