"""What a page may load: the style sheets of the paper, by name. Nothing else, from nowhere."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

# By their paths, since the processes that render set up no Django.
ELEMENTS_FILE = Path(__file__).with_name("elements.css")
FOLDER = Path(__file__).resolve().parents[1] / "static" / "print"
# What the elements of a page are before any style; then whatever stands in the folder.
ELEMENTS = "print:elements.css"
ASSETS: Mapping[str, Path] = MappingProxyType(
    {ELEMENTS: ELEMENTS_FILE}
    | {f"print:{file.name}": file for file in sorted(FOLDER.glob("*.css"))}
)


def style_files() -> list[Path]:
    """Return the file of every style sheet."""
    return list(ASSETS.values())
