from django.db import migrations, models


def take_from_content(apps, schema_editor):
    """Say beside each form what it says of its year."""
    for edition in apps.get_model("evaluations", "Edition").objects.all():
        edition.year_label = edition.content.get("year_label", "")
        edition.save(update_fields=["year_label"])


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0008_grading_and_improvement")]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="year_label",
            field=models.CharField(default="", max_length=100, verbose_name="年度の表示"),
            preserve_default=False,
        ),
        migrations.RunPython(take_from_content, migrations.RunPython.noop),
    ]
