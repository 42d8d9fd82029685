"""Log context of an exception: type and stack frames, without the message.

The message may quote the text of a sheet, which must not get into the log.
"""

from traceback import extract_tb


def frames_of(error: Exception) -> dict[str, object]:
    """Return the type and the stack frames of ``error``."""
    places = [f"{each.filename}:{each.lineno}" for each in extract_tb(error.__traceback__)]
    return {"error": type(error).__name__, "places": places}
