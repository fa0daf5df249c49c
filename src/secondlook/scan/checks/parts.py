"""Parts that must make a whole: the groups and their total, rows and theirs, levels of a variable.

That a column or a row is the total of others is taken from the table itself: most of it must add,
so often that it is no chance; one that then does not add is a finding. Levels exclude each other
if their heading says so, if their percents add to 100, or if they make the size of another column.
Fewer than the group has are no accusation, because data may be missing; more are one, unless the
article prints the larger size as well.
"""

from __future__ import annotations

from secondlook.scan.checks.counts import counts_of
from secondlook.scan.checks.counts_in_cell import check_counts_in_cells, counts_in_cells
from secondlook.scan.checks.levels import check_levels
from secondlook.scan.checks.percents_to_hundred import check_percents_to_hundred
from secondlook.scan.checks.totals_of_groups import check_totals_of_groups
from secondlook.scan.checks.totals_of_rows import check_totals_of_rows
from secondlook.scan.checks.variables import Variables, check_variables
from secondlook.scan.findings import Finding
from secondlook.scan.groups import Groups
from secondlook.scan.layout import UNWANTED, Layout
from secondlook.scan.shares import Entry


def check_parts(layout: Layout, found: list[Entry], named: Groups) -> list[Finding]:
    """Check the sums that a table promises."""
    beside, counts = counts_in_cells(layout, found), counts_of(layout, found)
    totals = [*check_totals_of_groups(layout, found, counts, beside)]
    totals += check_totals_of_rows(layout, found, beside)
    variables = Variables(layout, counts, found, named)
    several = UNWANTED.search(layout.table.caption)  # of unwanted events a patient has several
    levels = [] if several else list(check_levels(layout, named, variables))
    asked = [] if several else list(check_variables(variables, found, levels))
    places = {(f.row, f.column) for f in asked}
    levels = [f for f in levels if f.level != "holds" or (f.row, f.column) not in places]
    in_cells = check_counts_in_cells(layout, found, named, beside)
    return [*totals, *levels, *asked, *in_cells, *check_percents_to_hundred(layout, found)]
