"""How static files are served: compressed, and under names made of their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Also the modules that a module imports are called by such names: none is ever out of date."""

    support_js_module_import_aggregation = True
