"""The log of WeasyPrint: what it has to say fails a test of printing."""

import logging
from collections.abc import Iterator

import pytest


class _Strict(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        pytest.fail(f"WeasyPrint: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_warning_of_weasyprint(paper: None) -> Iterator[None]:
    """A missing asset, an unknown property, a missing glyph: each fails the test."""
    logger, handler = logging.getLogger("weasyprint"), _Strict(logging.WARNING)
    logger.addHandler(handler)
    yield
    logger.removeHandler(handler)
