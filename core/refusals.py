"""Refusals: what is raised when something is not done, and nothing was changed.

Messages are Japanese sentences for the person: what is wrong, where, and what to do.
"""

from collections.abc import Sequence


class Refusal(Exception):
    """The base of all refusals. ``status`` is the HTTP status a page answers with.

    ``heading``: what a page of its own is called. ``retry_after``: seconds until it is worth to
    try again; 0: it is not.
    """

    status = 422
    heading = "この操作はできません"
    retry_after = 0

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(Refusal):
    """The person may not do this, or not now.

    ``whom_to_ask``: the people who can help, as the room that refuses names them.
    """

    status = 403

    def __init__(self, message: str, whom_to_ask: object = None) -> None:
        super().__init__(message)
        self.whom_to_ask = whom_to_ask


class Stale(Refusal):
    """Somebody else acted since the person looked."""

    status = 409


class Invalid(Refusal):
    """What the person gave cannot be used."""


class NotStored(Exception):
    """Nothing of the page was stored; ``messages`` are Japanese sentences that say why.

    An exception and no message on the page of now, so that what was typed can be given back.
    """

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__(*messages)
        self.messages = tuple(messages)
