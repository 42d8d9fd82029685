"""Concurrency: calls in threads, each with a database connection of its own."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

from django.db import connection


def at_once(number, act):
    """Call ``act(0)`` … ``act(number - 1)`` at the same moment.

    Return the result of each, or the exception it raised.
    """
    barrier = Barrier(number)

    def run(place):
        barrier.wait()
        try:
            return act(place)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(run, range(number)))


def kinds(outcomes):
    """Count the outcomes of ``at_once`` by their types."""
    return Counter(type(outcome).__name__ for outcome in outcomes)


def pause_first_call(monkeypatch, place, name):
    """Pause the first call of ``place.name``, and return an event that is set when it has begun.

    A thread that waits for the event then runs in the middle of what the paused one is doing.
    """
    come, act = Event(), getattr(place, name)

    def linger(*args, **kwargs):
        if not come.is_set():
            come.set()
            time.sleep(1)
        return act(*args, **kwargs)

    monkeypatch.setattr(place, name, linger)
    return come
