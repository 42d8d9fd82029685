"""Fixtures of the tests of the print engine."""

from tests.weasyprint_log import no_warning_of_weasyprint  # noqa: F401 -- used by every test
