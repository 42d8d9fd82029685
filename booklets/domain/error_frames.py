"""What the log keeps of a fault: its kind and where it happened, never what it says.

The words of an error may quote the sheet that caused it.
"""

from traceback import extract_tb


def frames_of(error: Exception) -> dict[str, object]:
    """Return the kind of ``error``, and the places in the code it came through."""
    places = [f"{each.filename}:{each.lineno}" for each in extract_tb(error.__traceback__)]
    return {"error": type(error).__name__, "places": places}
