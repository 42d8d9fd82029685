"""The bench is ready to be run; what it measures is told by ``make bench`` alone."""

import importlib
import pkgutil

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import bench
from bench.editions import a_year_earlier, fiscal_year_of, of_many_texts, shipped
from bench.figures import HEAD, counted, percentile, timed
from bench.ministry import PEOPLE
from bench.people import _COST
from bench.prose import prose
from bench.run import QUESTIONS, name_of
from bench.urls import REFERENCE_PAGE
from editions.parse import parse_edition

SCRIPTS = {"__main__"}
MODULES = {module.name for module in pkgutil.iter_modules(bench.__path__)} - SCRIPTS


@pytest.mark.parametrize("name", sorted(MODULES))
def test_every_module_is_imported(name):
    assert importlib.import_module(f"bench.{name}").__doc__


def test_every_question_is_asked():
    asked = {name for name in MODULES if hasattr(importlib.import_module(f"bench.{name}"), "main")}
    assert {name_of(question) for question in QUESTIONS} == asked


def test_a_row_tells_times_target_and_verdict():
    times = [float(number) for number in range(1, 101)]
    slow = timed("Saving", "SQLite", limit=12, reference_ms=5, milliseconds=times, of="saves")
    right = counted("Kept", "SQLite", target="all", measured="7 of 7", met=True)
    assert str(slow) == (
        "| Saving | SQLite | p95 ≤ 12 × reference | 100 saves "
        "| 50 ms | 95 ms | 19.00 × | **missed** |"
    )
    assert str(right) == "| Kept | SQLite | all | 7 of 7 |  |  |  | met |"
    assert {line.count("|") for line in (*HEAD.splitlines(), str(slow), str(right))} == {9}


def test_the_percentile_is_one_of_the_values():
    assert [percentile([3, 1, 2], percent) for percent in (1, 50, 95)] == [1, 2, 3]


def test_its_forms_can_be_loaded():
    form = shipped()
    earlier, many = a_year_earlier(form), of_many_texts(form)
    assert fiscal_year_of(earlier) + 1 == fiscal_year_of(form) == fiscal_year_of(many) - 1
    assert parse_edition(earlier).items == parse_edition(form).items
    assert len(parse_edition(many).text_items) >= PEOPLE


def test_its_prose_is_as_long_as_asked_for_and_always_the_same():
    one = prose(10_000, year=2018, seed=1)
    assert 10_000 <= len(one) < 10_400
    assert one == prose(10_000, year=2018, seed=1) != prose(10_000, year=2018, seed=2)


@pytest.mark.django_db
def test_the_reference_page_asks_the_database_one_thing(client, settings):
    settings.ROOT_URLCONF = "bench.urls"
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(REFERENCE_PAGE)
    assert (answer.status_code, len(queries)) == (200, 1)


@pytest.mark.django_db
def test_an_answer_tells_the_queries_it_took(client, settings):
    settings.MIDDLEWARE = ["bench.server_timing.ServerTiming", *settings.MIDDLEWARE]
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/published/")
    told = _COST.match(answer["Server-Timing"])
    assert int(told[2]) == len(queries) > 0
