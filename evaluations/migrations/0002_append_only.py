"""What became of a sheet is added to and never altered; PostgreSQL itself sees to it."""

from django.db import migrations

from core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0001_initial")]

    operations = [
        append_only("evaluations_transition"),
        append_only("evaluations_revision"),
        append_only("evaluations_issuedpdf"),
        append_only("evaluations_commentthread"),
        append_only("evaluations_comment"),
        append_only("evaluations_suggestion"),
        append_only("evaluations_suggestiondecision"),
    ]
