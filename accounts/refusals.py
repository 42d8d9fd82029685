"""What a page of the register raises when it stores nothing."""

from collections.abc import Sequence


class NotStored(Exception):
    """Nothing of the page was stored; ``messages`` are Japanese sentences that say why.

    An exception and no message on the page of now, so that what was typed can be given back.
    """

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__(*messages)
        self.messages = tuple(messages)
