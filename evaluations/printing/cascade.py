"""A short way to the value of a property that nobody has set.

Of the hundred properties WeasyPrint asks of each element, our style sheets set a handful. For
every other one it works out whether it is a variable, a formula, a logical property or a special
case. This looks first whether it is none of these, which saves a twenty-fifth of the time of a
sheet. The values are the same, and so are the bytes of the PDF. Where it steps in is no public
interface; hence exactly one version of WeasyPrint is accepted.

Importing this module imports WeasyPrint, which takes half a second.
"""

from typing import Any

from weasyprint.css import ComputedStyle
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

from evaluations.printing.justification import require_supported_version

# What depends on more than what is set for it. Variables (``__…``) have no initial values.
_SPECIAL = {"display", "float", "page", "position", *INITIAL_NOT_COMPUTED} | {
    name for name in INITIAL_VALUES if name.startswith("text_decoration_")
}
_INITIAL = {
    name: value
    for name, value in INITIAL_VALUES.items()
    if name not in _SPECIAL and name not in INHERITED
}
_INHERITED = frozenset(INHERITED) - _SPECIAL
_missing = ComputedStyle.__missing__


def install() -> None:
    """Have the short way tried first, in this process, for good.

    It knows no logical properties (``margin-inline``…): our style sheets use none. Raises
    ImproperlyConfigured for a version whose inside has not been tried.
    """
    require_supported_version()
    ComputedStyle.__missing__ = _value


def _value(style: Any, name: str) -> Any:
    if name not in style.cascaded:
        if name in _INITIAL:
            value = style[name] = _INITIAL[name]
            return value
        if name in _INHERITED and style.parent_style is not None:
            value = style[name] = style.parent_style[name]
            return value
    return _missing(style, name)
