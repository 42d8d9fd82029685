"""Doing things at the same moment, each in a thread with a database connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

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
