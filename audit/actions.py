"""The actions that are recorded, and their names for people.

Each room registers its own when it is loaded (``AppConfig.ready``), so that the record knows none
of the rooms above it.
"""

from collections.abc import Mapping

from django.apps import apps

_LABELS: dict[str, str] = {}


def register(labels: Mapping[str, str]) -> None:
    """Add actions with their Japanese labels. Raises ValueError where one has another label."""
    for action, label in labels.items():
        if _LABELS.setdefault(action, label) != label:
            raise ValueError(f"{action!r} is registered as {_LABELS[action]!r}")


def registered() -> Mapping[str, str]:
    """Return every registered action with its label."""
    return _LABELS


def require_registered(action: str) -> None:
    """Raise ValueError where no room has registered ``action``."""
    if action not in _LABELS:
        raise ValueError(f"the action {action!r} is registered by no room")


def action_in_words(action: str) -> str:
    """Return the label of ``action``; one of an older version shows as it is."""
    return _LABELS.get(action, action)


def kind_in_words(object_type: str) -> str:
    """Return the name of the model called ``object_type`` (app.model), for people."""
    try:
        return str(apps.get_model(object_type)._meta.verbose_name)
    except LookupError:
        return object_type
