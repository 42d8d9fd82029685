"""A booklet is held to what its papers are held to, and to what only a booklet has."""

import pytest

from tests.evaluations.printing.bound import booklet
from tests.evaluations.printing.structure import faults

pytestmark = pytest.mark.django_db


def test_our_checker_finds_no_fault():
    assert faults(booklet()) == []
