"""Warnings of WeasyPrint fail the tests that print."""

import logging
from collections.abc import Iterator

import pytest


class _Strict(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        pytest.fail(f"WeasyPrint: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_warning_of_weasyprint(paper: None) -> Iterator[None]:
    """Fail the test for a missing asset, an unknown property or a missing glyph."""
    logger, handler = logging.getLogger("weasyprint"), _Strict(logging.WARNING)
    logger.addHandler(handler)
    yield
    logger.removeHandler(handler)
