"""How far a sheet has come, section by section."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from evaluations.checks import Finding
from evaluations.content import SheetContent
from evaluations.editions.definition import Definition, Section, applicable_items

Status = Literal["done", "todo", "error"]


@dataclass(frozen=True)
class SectionProgress:
    """A section with what was found in it; ``error`` means something is written and is wrong."""

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
        blocked = any(finding.blocks for finding in here)
        status: Status = "done" if not blocked else "error" if written else "todo"
        progress.append(SectionProgress(section, status, here))
    return progress
