"""Exceptions for requests that are refused without changing anything.

Messages are Japanese sentences for the person: what is wrong, where, and what to do.
"""

from collections.abc import Sequence


class Refusal(Exception):
    """The base of all refusals. ``status`` is the HTTP status of the response.

    ``heading`` is the heading of the error page. ``retry_after`` is the number of seconds after
    which a retry can succeed, 0 if none can.
    """

    status = 422
    heading = "この操作はできません"
    retry_after = 0

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(Refusal):
    """The person may not do this, or not now.

    ``ask`` says who can help, in the terms of the app that refuses.
    """

    status = 403

    def __init__(self, message: str, ask: object = None) -> None:
        super().__init__(message)
        self.ask = ask


class Stale(Refusal):
    """The page was out of date: somebody else made a change in the meantime."""

    status = 409


class Invalid(Refusal):
    """The input is invalid."""


class NotStored(Exception):
    """Nothing on the page was stored; ``messages`` are Japanese sentences that say why.

    An exception rather than a Django message, so that the response can give back the input.
    """

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__(*messages)
        self.messages = tuple(messages)
