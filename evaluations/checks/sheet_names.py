"""The ways in which a text names another sheet: in full, in short, by its project."""

from contributions.enums import ContributionType
from evaluations.checks.checked_sheet import CheckedSheet, OtherSheet
from evaluations.checks.reading import reading_of


def is_own(sheet: CheckedSheet, other: OtherSheet) -> bool:
    """Whether ``other`` is of the same organisation."""
    name = sheet.content.organization.partition("（")[0]
    return other.organization_name == name


def is_named(sheet: CheckedSheet, other: OtherSheet, name: str) -> bool:
    """Whether ``name`` is one of the ways to name ``other``: 「IPC分担金」「同機関分担金」."""
    organizations = [other.organization_name, other.abbreviation]
    organizations.append(f"{other.organization_name}({other.abbreviation})")
    full = folded(other.contribution_name)
    what = full
    for each in filter(None, organizations):
        what = what.replace(folded(each), "", 1)
    what = what.replace("()", "").removeprefix("への")
    if is_own(sheet, other):
        organizations += ["同機関", "当該機関", "同"]
    label = ContributionType(other.contribution_type).label
    project = what[what.find("(") + 1 : -1] if what.endswith(")") else ""
    said = folded(name)
    alone = {full, *filter(None, (project, what))}
    if is_own(sheet, other):
        alone |= {label, label.removeprefix("任意")}
    with_organization = {
        f"{folded(each)}{to}{kind}"
        for each in filter(None, organizations)
        for kind in filter(None, (what, label, what.partition("(")[0]))
        for to in ("", "への", "の")
    }
    return said in alone or said.endswith(tuple(with_organization))


def folded(text: str) -> str:
    """Return ``text`` in half width, without spaces."""
    return reading_of("", text).plain
