"""Print what a scan found: for reading, for programs, for a spreadsheet, for a page."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from secondlook.files import inert
from secondlook.scan.findings import LEVELS, OF_COLUMN, Finding
from secondlook.scan.scanning import Scan

if TYPE_CHECKING:
    from rich.console import Console

_ASKED = "A question may have an answer that the article does not print; only you can tell."
_RANGES = "A range is of all values that round to what is printed."
HEADS = ("", "where", "printed", "held against", "recomputed", "why")
_INDENT = " " * 4
MOST_LINES, FEW_LINES = 8, 3
"""Places that the printed listing names of what has one root; of a column, or slight ones."""
_NUMBER = re.compile(r"\d[\d.,]*")
_BLANK = re.compile(r"\s")
_MARK = re.compile(r"\^(?:[*†‡§¶#]+|[a-h](?![A-Za-z]))(?:, ?\^?[a-h](?![A-Za-z]))*")
"""What points to a note from a head or a label."""
_RAISED = re.compile(r"\^([-+]?\d+|[-+]|(?:st|nd|rd|th)\b)")
_RAISED_SIGNS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
WORDS = {"fails": "does not hold", "question": "question", "holds": "holds"}
_STYLES = {"fails": "bold red", "question": "yellow", "holds": "green"}


def as_json(scan: Scan) -> str:
    """Return the scan as JSON: the file, its numbers, its findings, what was not read."""
    told = {
        "file": scan.file,
        "title": scan.title,
        "numbers": [number.as_dict() for number in scan.numbers],
        "findings": [finding.as_dict() for finding in scan.findings],
        "unread_tables": scan.unread,
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def as_csv(scan: Scan) -> str:
    """Return the findings as CSV; a text that a spreadsheet would compute gets an apostrophe."""
    out = io.StringIO()
    writer = csv.DictWriter(out, ["file", *Finding.__dataclass_fields__], lineterminator="\n")
    writer.writeheader()
    for finding in scan.findings:
        row = {"file": scan.file} | finding.as_dict()
        writer.writerow({name: inert(value) for name, value in row.items()})
    return out.getvalue()


def as_markdown(scan: Scan) -> str:
    """Return what does not hold and what is asked as a Markdown table, then a count."""
    scan = _for_reading(scan)
    told = _summary(scan).replace("\n", "\n\n")
    lines = [f"# {_cell(scan.title or scan.file)}", "", told, ""]
    if shown := by_root(_shown(scan)):
        lines += [f"| {' | '.join(HEADS)} |", "|" + " --- |" * len(HEADS)]
        lines += [f"| {' | '.join(map(_cell, row))} |" for group in shown for row in _rows(group)]
    return "\n".join(lines).rstrip() + "\n"


def as_html(scan: Scan) -> str:
    """Return a page of its own, without script, that needs no network."""
    scan = _for_reading(scan)
    rows = "\n".join(
        f'<tr class="{group[0].level}">'
        + "".join(
            f'<td data-head="{head}">{html.escape(text)}</td>'
            for head, text in zip(HEADS, row, strict=True)
        )
        + "</tr>"
        for group in by_root(scan.findings)
        for row in _rows(group)
    )
    heads = "".join(f"<th>{head}</th>" for head in HEADS)
    title = html.escape(scan.title or scan.file)
    told = "\n".join(f"<p>{html.escape(line)}</p>" for line in _summary(scan).split("\n"))
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<meta name="viewport" content="width=device-width">
<style>
body {{ font: 1rem/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem;
padding: 0 1rem; }}
table {{ border-collapse: collapse; }} td, th {{ padding: .3rem .6rem; text-align: left;
vertical-align: top; border-bottom: 1px solid #ccc; }}
td:first-child {{ white-space: nowrap; }}
.fails td:first-child {{ color: #a00; font-weight: bold; }}
.holds {{ color: #595959; }}
@media (max-width: 45rem) {{ thead {{ display: none; }} table, tbody, tr, td {{ display: block; }}
tr {{ border-bottom: 1px solid #ccc; padding: .5rem 0; }} td {{ border: 0; padding: .1rem 0; }}
td::before {{ content: attr(data-head) " "; color: #595959; font-weight: normal; }}
td:empty {{ display: none; }} }}
</style></head>
<body><h1>{title}</h1>
{told}
<table><thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody></table></body></html>
"""


def print_table(scan: Scan, console: Console, *, everything: bool = False) -> None:
    """Print what does not hold and what is asked, what has one root once; or everything."""
    from rich.markup import escape

    scan = _for_reading(scan)
    console.print(escape(one_line(scan.title or scan.file)), style="bold", highlight=False)
    shown = [[finding] for finding in scan.findings] if everything else by_root(_shown(scan))
    for group in shown:
        level = f"[{_STYLES[group[0].level]}]{WORDS[group[0].level]}[/]"
        console.print(f"\n{level}: {escape(one_line(_where(group)))}", highlight=False)
        lines = _sentences(group[0])
        if len(group) > 1:
            common, one_place = _common(group), _at_one_place(group)
            each = []
            for finding in group:
                printed, *reading = _sentences(finding)
                told = printed.removeprefix("printed: ")
                told = told if one_place else f"{_rest(finding)}: {told}"
                each.append("; ".join([told, *([] if common else reading)]))
            short = common.endswith(OF_COLUMN) or group[0].slight
            most = FEW_LINES if short else MOST_LINES
            more = len(each) - most
            lines = [common] if common else []
            lines += each if more < 2 else each[:most]
            lines += [f"and {more} more; --all lists each"] if more > 1 else []
        for line in lines:
            told = textwrap.fill(
                one_line(line), max(40, console.width - 1), initial_indent=_INDENT,
                subsequent_indent=_INDENT, break_on_hyphens=False,
            )  # fmt: skip
            console.print(escape(told), highlight=False, soft_wrap=True)
    console.print("\n" + escape(_summary(scan)), highlight=False)


def by_root(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Put together what has one root: it says the same of a table, or asks the same of the text.

    What it says is the same but for its numbers. An accusation is of one column, or of one place of
    the text, and so is a question that says that it is of the column. Slight ones are one root.
    """
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        said, place = _NUMBER.sub("#", finding.reading), None
        if finding.level == "fails" or said.endswith(OF_COLUMN):
            place = finding.place if finding.column is None else finding.column
        root = (finding.level, finding.check, finding.table, place, said)
        groups.setdefault(("slight",) if finding.slight else root, []).append(finding)
    return list(groups.values())


def _where(group: Sequence[Finding]) -> str:
    """Say where a finding is, or of which table and of how many of its numbers a group is."""
    if len(group) == 1:
        return group[0].place
    if _at_one_place(group):
        return f"{group[0].place}, {len(group)} numbers"
    if group[0].slight:
        return f"slight differences, {len(group)} places"
    table = group[0].place.split(", ")[0] if group[0].table is not None else "Text"
    return f"{table}, {len(group)} places"


def _at_one_place(group: Sequence[Finding]) -> bool:
    return len({finding.place for finding in group}) == 1


def _rest(finding: Finding) -> str:
    """Return the place without its table, of which the head tells except of slight ones."""
    told = finding.table is not None and not finding.slight
    return finding.place.split(", ", 1)[-1] if told else finding.place


def _sentences(finding: Finding) -> list[str]:
    """Say what is printed and what it was held against, and then why it holds or does not."""
    told = f"printed: {finding.printed}"
    shown = _BLANK.sub("", f"{finding.printed} {finding.recomputed}")
    told_already = all(part in shown for part in _BLANK.sub("", finding.against).split(","))
    if finding.against and not (told_already or finding.against.startswith("limits ")):
        told += f"; held against: {finding.against}"
    if finding.recomputed:
        told += f"; recomputed: {finding.recomputed}"
    return [told, finding.reading] if finding.reading else [told]


def one_line(text: str) -> str:
    """Return text on one line, without signs that a terminal would obey."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _for_reading(scan: Scan) -> Scan:
    """Name the places without the marks of their notes, and raise what is a power."""
    places = (_MARK.sub("", finding.place) for finding in scan.findings)
    raised = (_RAISED.sub(lambda up: up[1].translate(_RAISED_SIGNS), place) for place in places)
    found = zip(scan.findings, raised, strict=True)
    return replace(scan, findings=[replace(finding, place=place) for finding, place in found])


def _shown(scan: Scan) -> list[Finding]:
    return [finding for finding in scan.findings if finding.level != "holds"]


def _rows(group: Sequence[Finding]) -> Iterator[Sequence[str]]:
    """Give the row of a finding, or one for what many have in common and one for each of them."""
    level, common = WORDS[group[0].level], _common(group)
    if len(group) > 1:
        yield level, _where(group), "", "", "", common
        level = ""
    for f in group:
        place = f.place if level else _rest(f)
        reading = f.reading if level or not common else ""
        yield level, place, f.printed, f.against, f.recomputed, reading


def _common(group: Sequence[Finding]) -> str:
    """Return the reading of all, or nothing where they differ in their numbers."""
    return group[0].reading if len({finding.reading for finding in group}) == 1 else ""


def _summary(scan: Scan) -> str:
    counts = {level: scan.count(level) for level in LEVELS}
    fails, asked, holds = counts["fails"], counts["question"], counts["holds"]
    few = sum(finding.slight for finding in scan.findings)
    slight = f" ({few} slight)" if few else ""
    numbers, checks = len(scan.numbers), len(scan.findings)
    read = f"{numbers} number{'s' * (numbers != 1)}"
    missing = [unread(scan)] if scan.unread else []
    if not checks:
        none = f"{read}, none of them beside others that it can be checked against"
        return "\n".join([none, *missing])
    told = (
        f"{read}, {checks} check{'s' * (checks != 1)}: "
        f"{fails} {'does' if fails == 1 else 'do'} not hold, "
        f"{asked} question{'s' * (asked != 1)}{slight}, {holds} hold{'s' * (holds == 1)}"
    )
    notes = missing + ([_ASKED] if asked else [])
    notes += [_RANGES] if any(" to " in finding.recomputed for finding in _shown(scan)) else []
    return "\n".join([told, *notes])


def unread(scan: Scan) -> str:
    """Say which tables the text names that nothing was read of."""
    *first, last = map(str, scan.unread)
    those = f"Tables {', '.join(first)} and {last} are" if first else f"Table {last} is"
    found, whole = ("they", "as tables") if first else ("it", "as a table")
    return (
        f"{those} named, but not in the file {whole} (a picture, a page of its own, plain text, "
        "in a PDF without rules?): "
        f"what {found} print{'s' * (not first)} was not checked."
    )


def _cell(text: str) -> str:
    escaped = html.escape(text, quote=False).replace("\\", "\\\\")
    for sign in "|*_`[]":
        escaped = escaped.replace(sign, f"\\{sign}")
    return escaped.replace("\n", " ")
