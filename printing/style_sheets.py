"""The style sheets a page may load, by name. Nothing else can be loaded."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

# Paths instead of static files finders, since workers do not set up Django.
ELEMENTS_FILE = Path(__file__).with_name("elements.css")
FOLDER = Path(__file__).resolve().parents[1] / "static" / "print"
# The user agent style sheet, and all files of the folder.
ELEMENTS = "print:elements.css"
ASSETS: Mapping[str, Path] = MappingProxyType(
    {ELEMENTS: ELEMENTS_FILE}
    | {f"print:{file.name}": file for file in sorted(FOLDER.glob("*.css"))}
)


def style_files() -> list[Path]:
    """Return the files of all style sheets."""
    return list(ASSETS.values())
