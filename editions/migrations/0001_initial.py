from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40, unique=True, verbose_name="キー")),
                ("title", models.CharField(max_length=100, verbose_name="表題")),
                ("year_label", models.CharField(max_length=100, verbose_name="年度の表示")),
                ("content", models.JSONField(verbose_name="定義")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("loaded_at", models.DateTimeField(auto_now_add=True, verbose_name="読込日時")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="使用開始日時"),
                ),
            ],
            options={
                "verbose_name": "様式",
                "verbose_name_plural": "様式",
                "ordering": ("-key",),
            },
        ),
    ]
