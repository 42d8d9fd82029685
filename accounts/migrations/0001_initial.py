import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="LimitEntry",
            fields=[
                (
                    "cache_key",
                    models.CharField(
                        max_length=255, primary_key=True, serialize=False, verbose_name="鍵"
                    ),
                ),
                ("value", models.TextField(verbose_name="値")),
                ("expires", models.DateTimeField(db_index=True, verbose_name="期限")),
            ],
            options={
                "verbose_name": "回数の制限",
                "verbose_name_plural": "回数の制限",
                "db_table": "limits",
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "first_name",
                    models.CharField(blank=True, max_length=150, verbose_name="first name"),
                ),
                (
                    "last_name",
                    models.CharField(blank=True, max_length=150, verbose_name="last name"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                ("display_name", models.CharField(blank=True, max_length=60, verbose_name="氏名")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "利用者",
                "verbose_name_plural": "利用者",
                "ordering": ("username",),
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Division",
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
                        help_text="誤記の訂正のほかは変えないでください。改称・統合・分割は「課室の変遷」に追加します。",
                        max_length=100,
                        unique=True,
                        verbose_name="課室名",
                    ),
                ),
                (
                    "name_kana",
                    models.CharField(blank=True, max_length=200, verbose_name="よみ（ひらがな）"),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="設置日")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="最後の日")),
            ],
            options={
                "verbose_name": "課室",
                "verbose_name_plural": "課室",
                "ordering": ("name_kana", "name"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="division_period_in_order",
                        violation_error_message="最後の日は設置日以後にしてください。",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("officer", "担当官"),
                            ("head", "課室長"),
                            ("reviewer", "審査担当"),
                            ("coordinator", "取りまとめ"),
                            ("viewer", "閲覧者"),
                            ("auditor", "監査"),
                        ],
                        max_length=20,
                        verbose_name="役割",
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="開始日"
                    ),
                ),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="この日まで有効です。",
                        null=True,
                        verbose_name="終了日",
                    ),
                ),
                (
                    "division",
                    models.ForeignKey(
                        blank=True,
                        help_text="担当官と課室長には必ず指定します。審査担当・取りまとめ・閲覧者・監査は省内全体が対象です。",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="accounts.division",
                        verbose_name="課室",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="利用者",
                    ),
                ),
            ],
            options={
                "verbose_name": "役割の割当て",
                "verbose_name_plural": "役割の割当て",
                "ordering": ("user", "role", "division", "valid_from"),
            },
        ),
        migrations.CreateModel(
            name="Deputyship",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="開始日"
                    ),
                ),
                (
                    "valid_until",
                    models.DateField(help_text="この日まで有効です。", verbose_name="終了日"),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="取りやめた日時"
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputyships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="代行する人",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputyships",
                        to="accounts.membership",
                        verbose_name="代行される役割",
                    ),
                ),
            ],
            options={
                "verbose_name": "代行",
                "verbose_name_plural": "代行",
                "ordering": ("-valid_from", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="DivisionSuccession",
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
                        choices=[("rename", "改称"), ("merge", "統合"), ("split", "分割")],
                        max_length=20,
                        verbose_name="種類",
                    ),
                ),
                (
                    "on",
                    models.DateField(help_text="新しい課室の最初の日です。", verbose_name="施行日"),
                ),
                ("is_direct", models.BooleanField(default=True, verbose_name="直接の後継")),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="accounts.division",
                        verbose_name="前の課室",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="heritage",
                        to="accounts.division",
                        verbose_name="後の課室",
                    ),
                ),
            ],
            options={
                "verbose_name": "課室の変遷",
                "verbose_name_plural": "課室の変遷",
                "ordering": ("-on", "predecessor", "successor"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("predecessor", "successor"),
                        name="succession_once",
                        violation_error_message="この変遷は登録済みです。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                        name="succession_of_another",
                        violation_error_message="同じ課室が後を継ぐことはできません。",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("division__isnull", False), ("role__in", ["head", "officer"])),
                    models.Q(
                        models.Q(("role__in", ["head", "officer"]), _negated=True),
                        ("division__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="membership_division_fits_role",
                violation_error_message="担当官と課室長には課室を指定し、それ以外の役割では課室を空にしてください。",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until", None),
                    ("valid_until__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="membership_period_in_order",
                violation_error_message="終了日は開始日以後にしてください。",
            ),
        ),
        migrations.AddConstraint(
            model_name="deputyship",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_until__gte", models.F("valid_from"))),
                name="deputyship_period_in_order",
                violation_error_message="終了日は開始日以後にしてください。",
            ),
        ),
    ]
