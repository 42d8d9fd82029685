"""Doing things at the same moment, each in a thread with a database connection of its own."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

from django.db import connection


def at_once(number, act):
    """Call ``act(0)`` … ``act(number - 1)`` at the same moment; return what came of each.

    That is what it returned, or the exception it raised, whichever that was.
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
    """Count what came of ``at_once`` by the type of what was returned or raised."""
    return Counter(type(outcome).__name__ for outcome in outcomes)


def amid(monkeypatch, place, name):
    """Let the first call of ``place.name`` linger, and return the event that it has come.

    Whoever waits for the event and then acts does so amid what the other is about.
    """
    come, act = Event(), getattr(place, name)

    def linger(*args, **kwargs):
        if not come.is_set():
            come.set()
            time.sleep(1)
        return act(*args, **kwargs)

    monkeypatch.setattr(place, name, linger)
    return come
