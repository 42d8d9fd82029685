"""The progress of a sheet, section by section."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from editions.definition import Definition, Section, applicable_items
from evaluations.checks import Finding
from evaluations.content import SheetContent

Status = Literal["done", "editing", "todo", "error"]


@dataclass(frozen=True)
class SectionProgress:
    """A section with what was found in it.

    ``todo``: nothing is written; ``editing``: something is still missing; ``error``: something
    that is there is wrong.
    """

    section: Section
    status: Status
    findings: list[Finding]


def progress_of(
    content: SheetContent, definition: Definition, findings: Iterable[Finding]
) -> list[SectionProgress]:
    """Return the sections of the sheet in print order, each with its status."""
    found = list(findings)
    progress = []
    for section in definition.sections:
        items = list(applicable_items(section, content.facts))
        keys = {item.key for item in items}
        here = [finding for finding in found if finding.item in keys]
        written = any(content.texts.get(item.key) for item in items if item.is_text)
        progress.append(SectionProgress(section, _status(here, written), here))
    return progress


def _status(findings: list[Finding], written: bool) -> Status:
    blocking = [finding for finding in findings if finding.blocks]
    if not blocking:
        return "done"
    if not all(finding.is_gap for finding in blocking):
        return "error"
    return "editing" if written else "todo"
