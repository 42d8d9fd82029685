"""Each entry is folded for search by itself; a sheet keeps its names alone."""

from django.db import migrations, models

from evaluations.text import searchable


def fold_apart(apps, schema_editor):
    for name in ("OverviewPart", "CriterionAssessment", "PdcaEntry"):
        model = apps.get_model("evaluations", name)
        for entry in model.objects.exclude(text="").only("text").iterator():
            entry.search_text = searchable(entry.text)
            entry.save(update_fields=["search_text"])
    sheets = apps.get_model("evaluations", "Sheet").objects.select_related(
        "contribution__organization", "division"
    )
    for sheet in sheets.iterator():
        contribution, organization = sheet.contribution, sheet.contribution.organization
        printed = organization.name_ja
        if organization.abbreviation:
            printed += f"（{organization.abbreviation}）"
        names = [contribution.name, printed, sheet.division.name]
        sheet.search_text = searchable("\n".join(names))
        sheet.save(update_fields=["search_text"])


class Migration(migrations.Migration):
    dependencies = [
        ("evaluations", "0016_sent_reminder"),
        ("evaluations", "0015_revision_item_hashes"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="search_text",
                field=models.TextField(blank=True, editable=False),
            )
            for name in ("criterionassessment", "overviewpart", "pdcaentry")
        ),
        migrations.RunPython(fold_apart, migrations.RunPython.noop),
    ]
