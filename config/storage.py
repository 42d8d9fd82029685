"""Storage of the static files."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed file names, also in imports between JavaScript modules."""

    support_js_module_import_aggregation = True
    # Our own modules only: those of libraries import files that are not shipped.
    _js_module_import_aggregation_patterns = (
        "js/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )
