"""File names that Windows, macOS and Linux accept."""

import re
from unicodedata import normalize

# Windows forbids these in a name; their full-width forms read the same.
_FORBIDDEN = str.maketrans('<>:"/\\|?*', "＜＞：”／＼｜？＊")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# Linux takes 255 bytes; a browser's second copy is called 「… (1).pdf」.
_MOST_BYTES = 240


def file_name(stem: str, suffix: str, *, longest: int | None = None) -> str:
    """Return ``stem`` as a file's name that ends with ``suffix``, such as ``.pdf``.

    A long name is cut, to ``longest`` characters of its stem where that is given.
    """
    name = _CONTROL.sub("", normalize("NFC", stem)).translate(_FORBIDDEN)
    name = name[:longest].encode()[: _MOST_BYTES - len(suffix)].decode(errors="ignore")
    return f"{name.rstrip(' .')}{suffix}"
