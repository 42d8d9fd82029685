"""The progress of a sheet, section by section."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from editions.definition import Definition, Section, applicable_items
from evaluations.checks import Finding, Level
from evaluations.content import SheetContent

Status = Literal["done", "open", "editing", "todo", "error"]


@dataclass(frozen=True)
class SectionProgress:
    """A section with what was found in it.

    ``todo``: nothing is written; ``editing``: something is still missing; ``error``: something
    that is there is wrong; ``open``: a warning, comment or suggestion waits for an answer.
    """

    section: Section
    status: Status
    findings: list[Finding]


def progress_of(
    content: SheetContent,
    definition: Definition,
    findings: Iterable[Finding],
    *,
    answered: Collection[str] = (),
    waiting: Collection[str] = (),
) -> list[SectionProgress]:
    """Return the sections of the sheet in print order, each with its status.

    ``answered``: the keys of the warnings that have an answer; ``waiting``: those of the items with
    an open comment or a suggestion.
    """
    found = list(findings)
    unanswered = {f.item for f in found if f.level == Level.WARNING and f.key not in answered}
    unsettled = unanswered.union(waiting)
    progress = []
    for section in definition.sections:
        items = list(applicable_items(section, content.facts))
        keys = {item.key for item in items}
        here = [finding for finding in found if finding.item in keys]
        written = any(content.texts.get(item.key) for item in items if item.is_text)
        status = _status(here, written=written, unsettled=bool(keys & unsettled))
        progress.append(SectionProgress(section, status, here))
    return progress


def _status(findings: list[Finding], *, written: bool, unsettled: bool) -> Status:
    blocking = [finding for finding in findings if finding.blocks]
    if not blocking:
        return "open" if unsettled else "done"
    if not all(finding.is_gap for finding in blocking):
        return "error"
    return "editing" if written else "todo"
