"""The rules that a sheet is checked against: pure functions of a ``CheckedSheet``.

Each rule has an id (the rule numbers of ``docs/checks.md``), and yields findings. What it cannot
read for certain it leaves alone: a finding that is wrong costs more than one that is missing.
"""

from collections.abc import Callable, Iterator

from editions.definition import Definition
from evaluations.checks import (
    agreement,
    as_of,
    breakdowns,
    completeness,
    copy_forward,
    cumulative,
    era_pairs,
    grades,
    improvement,
    money,
    names,
    pdca,
    periods,
    posts,
    printable,
    ratios,
    references,
    reports,
    staffing,
    style,
    targets,
    totals,
    wording,
)
from evaluations.checks.checked_sheet import CarriedPoint, CheckedSheet, OtherSheet
from evaluations.checks.finding import Finding, Level
from evaluations.content import SheetContent

Check = Callable[[CheckedSheet], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    completeness.missing_entries,
    completeness.too_long,
    completeness.missing_register_facts,
    completeness.earmarking_is_known,
    printable.texts_are_printable,
    printable.names_are_printable,
    totals.total_is_sum,
    breakdowns.breakdown_is_total,
    breakdowns.part_within_whole,
    ratios.share_agrees_with_counts,
    ratios.change_agrees_with_counts,
    ratios.percentage_is_founded,
    staffing.table_is_of_the_year,
    staffing.ratio_computable,
    staffing.senior_within_japanese_within_total,
    staffing.last_year_as_printed_then,
    staffing.notable_change,
    posts.senior_posts_counted,
    posts.other_definition_noted,
    as_of.moving_figures_are_dated,
    as_of.members_and_staff_of_one_date,
    agreement.text_agrees_with_table,
    agreement.said_once,
    money.budget_against_last_year,
    money.nothing_but_a_supplementary_budget,
    money.amounts_in_the_right_unit,
    money.budget_of_the_sheets_year,
    grades.grade_on_scale,
    grades.reason_of_its_own,
    grades.top_grade_has_a_dated_result,
    grades.low_for_years_yet_more_money,
    grades.ungraded_though_graded_before,
    improvement.low_grade_names_what_to_improve,
    improvement.carried_points_are_answered,
    references.references_resolve,
    references.graded_on_references_alone,
    copy_forward.text_is_of_this_year,
    copy_forward.years_are_advanced,
    periods.dates_exist,
    periods.spans_run_forward,
    periods.events_are_past,
    periods.results_lie_in_the_period,
    era_pairs.calendars_agree,
    era_pairs.first_year_is_gannen,
    era_pairs.month_lies_in_its_era,
    targets.aim_is_measurable,
    cumulative.annual_within_cumulative,
    cumulative.cumulative_follows_last_year,
    pdca.act_has_acted,
    reports.report_is_in_time,
    names.organizations_as_registered,
    style.figures_and_counters,
    style.sentences_end,
    style.one_comma,
    wording.word_twice,
    wording.mark_twice,
    wording.near_terms,
)

__all__ = [
    "CHECKS",
    "CarriedPoint",
    "CheckedSheet",
    "Finding",
    "Level",
    "OtherSheet",
    "findings_in",
    "findings_of",
]


def findings_in(sheet: CheckedSheet) -> list[Finding]:
    """Return everything the rules find, in the order of the form, then of the place in the text."""
    order = {item.key: place for place, item in enumerate(sheet.definition.items)}
    found = [finding for check in CHECKS for finding in check(sheet)]
    return sorted(found, key=lambda each: (order.get(each.item, -1), each.place or (0, 0)))


def findings_of(content: SheetContent, definition: Definition) -> list[Finding]:
    """Return what the rules find in a sheet by itself, without the register or other sheets."""
    return findings_in(CheckedSheet.of(content, definition))
