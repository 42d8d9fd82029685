"""A file with an official sheet in it."""

import pytest

from tests.evaluations.exchange.import_command import OFFICIAL
from tests.factories import h30


@pytest.fixture
def official(tmp_path):
    h30()

    def write(text=OFFICIAL):
        file = tmp_path / "official.txt"
        file.write_text(text, encoding="utf-8")
        return file

    return write
