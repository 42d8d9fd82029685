"""Tests that have no database, and so need to run on one database only."""

import pytest

from accounts.models import Division


def test_what_is_given_no_database_is_run_once_and_refused_every_query(request):
    assert request.node.get_closest_marker("one_database")
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Division.objects.exists()


@pytest.mark.django_db
def test_what_is_given_a_database_is_run_on_both(request):
    assert not request.node.get_closest_marker("one_database")
    assert not Division.objects.exists()


@pytest.mark.usefixtures("live_server")
def test_so_is_what_asks_for_it_by_a_fixture(request):
    assert not request.node.get_closest_marker("one_database")
    assert not Division.objects.exists()
