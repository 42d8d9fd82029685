"""Fixtures of the tests of sheets."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.evaluations.scene import Ministry, make_ministry


@pytest.fixture
def ministry() -> Ministry:
    return make_ministry()


@pytest.fixture
def sign_in(client: Client, ministry: Ministry) -> Callable[[str], Client]:
    """Return a function that gives the browser of a role."""

    def as_(role: str) -> Client:
        client.force_login(ministry.people[role])
        return client

    return as_
