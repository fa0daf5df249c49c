"""The checks, and the one pass over a document that runs them all.

=============  ==========================================================================
percent        a count and its percent against the denominator printed for it
parts          parts that must make a whole: groups and their total, levels of a variable
p-of-table     the P of counts: which usual test prints it
statistic      t, F, chi-square, z, r with degrees of freedom against their P; a P against what its
               sentence says
interval       an estimate, its limits, its P, the counts of its row; a difference and its two;
               B, its SE, its statistic and its ratio;
               the limits of one group and its SD or count
mean           a mean with its SD: possible for whole numbers, of its groups, the P of two of them;
               a mean of all in the text, of the groups of a table
spread         a median or mean lies in its range, an SD beside its range and those of others;
               a number with two points
denominators   percents without counts: the size of the group allows them, or another does
curve          printed survival of a group: some patients can have it
restated       what the text repeats of the tables, or of itself; the sizes of groups at two places
=============  ==========================================================================
"""

from __future__ import annotations

from secondlook.scan.checks.curve import check_curves
from secondlook.scan.checks.estimates.estimates_in_tables import table_estimates
from secondlook.scan.checks.estimates.estimates_in_text import text_estimates
from secondlook.scan.checks.explained import explained
from secondlook.scan.checks.intervals.coefficients import check_coefficients
from secondlook.scan.checks.intervals.difference import check_differences
from secondlook.scan.checks.intervals.interval import check_intervals
from secondlook.scan.checks.intervals.limits_of_one import from_spread
from secondlook.scan.checks.intervals.ratio import from_counts, from_counts_in_text
from secondlook.scan.checks.mean import check_means, means
from secondlook.scan.checks.methods import CLUSTERED, Methods, corrections, one_sided
from secondlook.scan.checks.p_of_counts.p_in_text import check_text_p_values
from secondlook.scan.checks.p_of_counts.p_of_table import check_p_values
from secondlook.scan.checks.p_of_means.p_of_means import check_p_of_means
from secondlook.scan.checks.p_of_means.p_of_means_in_text import check_p_of_means_in_text
from secondlook.scan.checks.parts.parts import check_parts
from secondlook.scan.checks.parts.parts_in_text import check_text_parts
from secondlook.scan.checks.percents.denominators import check_denominators
from secondlook.scan.checks.percents.percent import check_percents
from secondlook.scan.checks.percents.percent_in_text import check_text_percents
from secondlook.scan.checks.pooled import check_pooled, check_pooled_in_text
from secondlook.scan.checks.repeated.restated import check_restated
from secondlook.scan.checks.spread import check_spreads, check_spreads_in_text
from secondlook.scan.checks.statistics.eta_squared import check_eta_squared
from secondlook.scan.checks.statistics.impossible_p import check_impossible_p
from secondlook.scan.checks.statistics.said import check_said
from secondlook.scan.checks.statistics.statistic_columns import check_columns
from secondlook.scan.checks.statistics.statistics_reported import check_statistics
from secondlook.scan.decimals import with_points
from secondlook.scan.document import Document
from secondlook.scan.findings import Finding, in_order
from secondlook.scan.groups import Groups
from secondlook.scan.shares.denominators import resolve

__all__ = ["check_document"]


def check_document(document: Document, *, curves: bool = True) -> list[Finding]:
    """Run every check on an article; findings are sorted, what does not hold first.

    A draft, which judges its curves number by number, leaves out that of `curves`.
    """
    if (pointed := with_points(document)) is not None:
        return list(map(pointed.as_printed, _checked(pointed.document, curves)))
    return _checked(document, curves)


def _checked(document: Document, curves: bool) -> list[Finding]:
    findings: list[Finding] = []
    counted = []
    layouts, groups = document.layouts, Groups(document)
    methods = Methods(document, groups)
    for layout in layouts:
        found = resolve(layout, groups)
        percents = check_percents(layout, found, groups)
        findings += percents
        findings += check_parts(layout, found, groups)
        counted.append((layout, found, percents))
        estimates = list(table_estimates(layout))
        counts = from_spread(layout, found, estimates, groups)
        counts |= from_counts(layout, found, estimates)
        intervals = check_intervals(estimates, layout.told, counts, layout.table.index)
        findings += [*intervals, *check_differences(layout, found, estimates, intervals)]
        findings += check_coefficients(layout, estimates)
        shares = {(e.row, e.column) for e in found if e.holds}
        told = [mean for mean in means(layout) if (mean.row, mean.column) not in shares]
        findings += check_means(layout, found, told, methods)
        findings += check_p_of_means(layout, found, methods)
        findings += check_pooled(layout, found, told, groups)
        findings += check_spreads(layout, told, {(f.row, f.column) for f in intervals})
        findings += check_denominators(layout, found)
    findings += check_p_values(counted, methods)
    findings += check_text_p_values([found for _, found, _ in counted], methods)
    findings += check_p_of_means_in_text(methods)
    findings += check_spreads_in_text(document)
    findings += check_pooled_in_text([(layout, found) for layout, found, _ in counted], methods)
    in_text = list(text_estimates(document))
    findings += [*check_text_percents(document, groups), *check_text_parts(document)]
    corrected, sided = corrections(document), one_sided(document)
    findings += check_statistics(document, layouts, corrected, sided, groups.stated)
    findings += [*check_eta_squared(document), *check_impossible_p(document, layouts)]
    findings += check_columns(layouts, corrected, sided, groups.stated)
    findings += check_curves(document) if curves else []
    counts = from_counts_in_text(in_text, methods.names(CLUSTERED))
    findings += check_intervals(in_text, document.text, counts)
    findings += [*check_restated(document, groups), *check_said(document, corrected)]
    return in_order(explained(findings), document.paragraphs)
