"""The progress of a sheet, section by section."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from editions.definition import Definition, Section, applicable_items
from editions.models import Edition
from evaluations.checks import Finding, Level
from evaluations.content import SheetContent
from evaluations.models import Sheet
from evaluations.queries.content import applicable_items_of, texts_of

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


@dataclass(frozen=True)
class TextsWritten:
    """How many of the texts that the form asks for are written."""

    done: int
    total: int


def texts_written_in(sheets: Collection[Sheet]) -> dict[int, TextsWritten]:
    """Return what is written in each of ``sheets``, by id. Two queries, none for no sheet."""
    if not sheets:
        return {}
    texts = texts_of(sheet.pk for sheet in sheets)
    # Lists defer the definitions of the forms; many sheets share one.
    editions = Edition.objects.in_bulk({sheet.edition_id for sheet in sheets})
    found = {}
    for sheet in sheets:
        items = applicable_items_of(sheet.contribution, editions[sheet.edition_id].definition)
        asked = [item.key for item in items if item.is_text and item.required]
        done = sum(bool(texts[sheet.pk].get(key, "").strip()) for key in asked)
        found[sheet.pk] = TextsWritten(done, len(asked))
    return found


def _status(findings: list[Finding], *, written: bool, unsettled: bool) -> Status:
    blocking = [finding for finding in findings if finding.blocks]
    if not blocking:
        return "open" if unsettled else "done"
    if not all(finding.is_gap for finding in blocking):
        return "error"
    return "editing" if written else "todo"
