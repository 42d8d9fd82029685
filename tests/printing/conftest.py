"""What every test of the print engine relies on."""

from tests.weasyprint_log import no_warning_of_weasyprint  # noqa: F401 -- used by every test
