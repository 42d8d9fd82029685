"""File names that Windows, macOS and Linux accept."""

import re
from unicodedata import normalize

# Windows forbids these in a name; their full-width forms read the same.
_FORBIDDEN = str.maketrans('<>:"/\\|?*', "＜＞：”／＼｜？＊")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# Linux allows 255 bytes, and a browser adds 「 (1)」 to the name of a second copy.
_MOST_BYTES = 240


def file_name(stem: str, suffix: str, *, longest: int | None = None) -> str:
    """Return ``stem`` as a safe file name that ends with ``suffix``, such as ``.pdf``.

    A long name is truncated, to ``longest`` characters of the stem if given.
    """
    name = _CONTROL.sub("", normalize("NFC", stem)).translate(_FORBIDDEN)
    name = name[:longest].encode()[: _MOST_BYTES - len(suffix)].decode(errors="ignore")
    return f"{name.rstrip(' .')}{suffix}"
