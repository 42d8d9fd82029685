"""The rules a sheet is checked against: pure functions over a plain view of it.

Each rule has an id (the rule numbers of the field's checking rules), and yields findings.
"""

from collections.abc import Callable, Iterator

from evaluations.checks import completeness, figures
from evaluations.checks.finding import Finding, Level
from evaluations.content import SheetContent
from evaluations.editions.definition import Definition

Check = Callable[[SheetContent, Definition], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    completeness.missing_entries,
    completeness.too_long,
    completeness.missing_register_facts,
    figures.ratio_unknown,
    figures.senior_within_japanese_within_total,
    figures.grade_on_scale,
)

__all__ = ["CHECKS", "Finding", "Level", "findings_of"]


def findings_of(content: SheetContent, definition: Definition) -> list[Finding]:
    """Return everything the rules find in ``content``, in the order of the form."""
    order = {item.key: place for place, item in enumerate(definition.items)}
    found = [finding for check in CHECKS for finding in check(content, definition)]
    return sorted(found, key=lambda finding: order.get(finding.item, -1))
