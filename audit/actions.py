"""Registry of the actions in the audit log, with their Japanese labels.

Each app registers its own actions in ``AppConfig.ready``, so that this app depends on none of
them.
"""

from collections.abc import Mapping

from django.apps import apps

_LABELS: dict[str, str] = {}


def register(labels: Mapping[str, str]) -> None:
    """Register actions with their labels. Raises ValueError if an action has another label."""
    for action, label in labels.items():
        if _LABELS.setdefault(action, label) != label:
            raise ValueError(f"{action!r} is registered as {_LABELS[action]!r}")


def registered() -> Mapping[str, str]:
    """Return every registered action with its label."""
    return _LABELS


def require_registered(action: str) -> None:
    """Raise ValueError unless ``action`` is registered."""
    if action not in _LABELS:
        raise ValueError(f"the action {action!r} is registered by no room")


def action_in_words(action: str) -> str:
    """Return the label of ``action``, or ``action`` itself if an older version wrote it."""
    return _LABELS.get(action, action)


def kind_in_words(object_type: str) -> str:
    """Return the verbose name of the model ``object_type`` (``app.model``)."""
    try:
        return str(apps.get_model(object_type)._meta.verbose_name)
    except LookupError:
        return object_type
