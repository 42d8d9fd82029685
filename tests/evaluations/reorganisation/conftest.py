"""A ministry on the morning of its reorganisation."""

import pytest
import time_machine

from tests.evaluations.reorganisation.carrying_out import AFTER


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AFTER, tick=False) as clock:
        yield clock


@pytest.fixture
def administrator(ministry):
    return ministry.people["superuser"]
