"""How the site's own files are served."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Files under names that change with their content, also where one module imports another."""

    support_js_module_import_aggregation = True
    # Our own modules alone: those of libraries import what they do not bring along.
    _js_module_import_aggregation_patterns = (
        "js/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )
