"""Parts that must make a whole: the groups and their total, the levels of a variable.

A total column is one of all groups only if the group sizes add to its size, or most rows do; a row
that then does not add is a finding. Levels whose percents are of their own sum are exclusive: what
is missing from the group's size is told, and is no accusation, because data may be missing. Levels
that hold more than the group although their percents add to 100 are asked about.
"""

from __future__ import annotations

from collections import defaultdict

from secondlook import printed as numbers
from secondlook.scan.cells import only_count, value
from secondlook.scan.findings import Finding, Level
from secondlook.scan.layout import CONTINUOUS, ESTIMATED, PERCENT, Layout
from secondlook.scan.shares import UNSAID, Entry


def check_parts(layout: Layout, found: list[Entry]) -> list[Finding]:
    """Check the sums that a table promises."""
    return [*_groups_and_total(layout, found), *_levels(layout, found)]


def _counts(layout: Layout, found: list[Entry]) -> dict[int, dict[int, int]]:
    rows: dict[int, dict[int, int]] = defaultdict(dict)
    several = {(e.row, e.column) for e in found if e.part > 0}
    for entry in found:
        if entry.strength < UNSAID or CONTINUOUS.search(layout.context(entry.row)):
            continue
        if (entry.row, entry.column) not in several and entry.share.of is None and entry.holds:
            rows[entry.row][entry.column] = entry.count
    for r in range(layout.head, len(layout.table.grid)):
        context = layout.context(r)
        if CONTINUOUS.search(context) or ESTIMATED.search(context) or PERCENT.search(context):
            continue  # a lone whole number here may be a percent or a mean
        for c in range(layout.labels, layout.table.columns):
            count = only_count(layout.table.grid[r][c].text)
            if count is not None and layout.table.grid[r][c].first and c not in layout.p_columns:
                rows[r].setdefault(c, count)
    return rows


def _groups_and_total(layout: Layout, found: list[Entry]) -> list[Finding]:
    rows = _counts(layout, found)
    columns = [c for c in range(layout.labels, layout.table.columns) if layout.head_sizes[c]]
    findings = []
    for total in (c for c in columns if layout.is_total(c)):
        size = layout.head_sizes[total][0]
        groups = [c for c in columns if c != total and not layout.is_total(c)]
        if len(groups) < 2 or sum(layout.head_sizes[c][0] for c in groups) != size:
            continue
        full = {r: row for r, row in rows.items() if total in row and all(c in row for c in groups)}
        adding = [r for r, row in full.items() if sum(row[c] for c in groups) == row[total]]
        trusted = len(adding) >= 4 and len(adding) * 10 >= 9 * len(full) - 10
        for r, row in full.items():
            added, printed = sum(row[c] for c in groups), row[total]
            if added == printed:
                level: Level = "holds"
                reading = "the groups add to their total"
            elif not trusted:
                level = "question"
                reading = "the groups do not add to the total; few other rows of this table do"
            else:
                level = "fails"
                reading = f"the groups add to their total in {len(adding)} other rows, not here"
            sums = " + ".join(str(row[c]) for c in groups)
            findings.append(
                layout.finding("parts", level, r, total, str(printed), sums, str(added), reading)
            )
    return findings


def _blocks(layout: Layout, found: list[Entry]) -> dict[tuple[int, int], list[Entry]]:
    """Return the levels of each variable that all are of one printed size, by column and label."""
    blocks: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    for entry in found:
        if (section := layout.sections[entry.row]) is not None:
            blocks[entry.column, section].append(entry)
    return {at: e for at, e in blocks.items() if len(e) > 1 and len({each.of for each in e}) == 1}


def _levels(layout: Layout, found: list[Entry]) -> list[Finding]:
    """Tell for each variable with exclusive levels whether they make the size of the group."""
    findings = []
    blocks: dict[tuple[int, int | None, int], list[Entry]] = defaultdict(list)
    for entry in found:
        if entry.exclusive and entry.of is not None:
            blocks[entry.column, layout.sections[entry.row], entry.of].append(entry)
    for (column, label), levels in _blocks(layout, found).items():
        printed_size, total = levels[0].of, sum(e.count for e in levels)
        percents = sum(value(e.percent) for e in levels)
        unit = max(numbers.parse(e.percent).unit for e in levels)
        near = abs(float(percents) - 100) <= float(unit) * len(levels) / 2
        if printed_size and total > printed_size and near:
            blocks.setdefault((column, label, total), levels)
    for (column, _, of), levels in blocks.items():
        section = layout.sections[levels[0].row]
        whole = [e for e in found if e.column == column and layout.sections[e.row] == section]
        if section is None or len(whole) != len(levels) or sum(e.count for e in levels) != of:
            continue
        sizes = [n for n, where in levels[0].own if "head" in where] or layout.head_sizes[column]
        if levels[0].of not in (of, None):
            sizes = [levels[0].of]
        if not sizes:
            continue
        size = sizes[0]
        gap = size - of
        level: Level = "holds" if gap == 0 else "question"
        reading = (
            "the levels make the size of the group"
            if gap == 0
            else f"{gap} of {size} are in no level; their percents are of {of}"
            if gap > 0
            else f"the levels hold {-gap} more than the group has; their percents are of "
            f"{levels[0].of}"
        )
        first, added = levels[0], " + ".join(str(e.count) for e in levels)
        findings.append(
            layout.finding(
                "parts", level, first.row, column, added, str(size), str(of), reading, first.part
            )
        )
    return findings
