"""Print what a scan found: for reading, for programs, for a spreadsheet, for a page."""

from __future__ import annotations

import csv
import html
import io
import json
import textwrap
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from secondlook.scan.findings import LEVELS, OF_COLUMN, Finding
from secondlook.scan.scanning import Scan

if TYPE_CHECKING:
    from rich.console import Console

_ASKED = (
    "A question would hold under a reading that is possible and not printed; only you can tell."
)
HEADS = ("", "where", "printed", "held against", "recomputed", "why")
_INDENT = " " * 4
WORDS = {"fails": "does not hold", "question": "question", "holds": "holds"}
_STYLES = {"fails": "bold red", "question": "yellow", "holds": "green"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(scan: Scan) -> str:
    """Return the scan as JSON: the file, its numbers, its findings."""
    told = {
        "file": scan.file,
        "title": scan.title,
        "numbers": [number.as_dict() for number in scan.numbers],
        "findings": [finding.as_dict() for finding in scan.findings],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def as_csv(scan: Scan) -> str:
    """Return the findings as CSV; a text that a spreadsheet would compute gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = list(Finding.__dataclass_fields__)
    writer.writerow(["file", *names])
    for finding in scan.findings:
        row = [scan.file, *(finding.as_dict()[name] for name in names)]
        writer.writerow([inert(value) for value in row])
    return out.getvalue()


def as_markdown(scan: Scan) -> str:
    """Return what does not hold and what is asked as a Markdown table, then a count."""
    lines = [f"# {_cell(scan.title or scan.file)}", "", _summary(scan), ""]
    shown = _shown(scan)
    if shown:
        lines += [f"| {' | '.join(HEADS)} |", "|" + " --- |" * len(HEADS)]
        lines += [f"| {' | '.join(_cell(text) for text in _row(f))} |" for f in shown]
    return "\n".join(lines).rstrip() + "\n"


def as_html(scan: Scan) -> str:
    """Return a page of its own, without script, that needs no network."""
    rows = "\n".join(
        f'<tr class="{f.level}">'
        + "".join(
            f'<td data-head="{head}">{html.escape(text)}</td>'
            for head, text in zip(HEADS, _row(f), strict=True)
        )
        + "</tr>"
        for f in scan.findings
    )
    heads = "".join(f"<th>{head}</th>" for head in HEADS)
    title = html.escape(scan.title or scan.file)
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
<p>{html.escape(_summary(scan))}</p>
<table><thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody></table></body></html>
"""


def print_table(scan: Scan, console: Console, *, everything: bool = False) -> None:
    """Print what does not hold and what is asked, one cause in a table once; or everything."""
    from rich.markup import escape

    console.print(escape(_one_line(scan.title or scan.file)), style="bold", highlight=False)
    alike = Counter() if everything else Counter(map(_cause, scan.findings))
    told_of = set()
    for finding in scan.findings if everything else _shown(scan):
        cause = _cause(finding)
        if alike[cause] > 1 and cause in told_of:
            continue
        told_of.add(cause)
        level = f"[{_STYLES[finding.level]}]{WORDS[finding.level]}[/]"
        console.print(f"\n{level}: {escape(_one_line(finding.place))}", highlight=False)
        lines = _sentences(finding)
        if alike[cause] > 1:
            lines.append(f"{alike[cause]} places of this table say so; --all lists each")
        for line in lines:
            told = textwrap.fill(
                _one_line(line), max(40, console.width - 1), initial_indent=_INDENT,
                subsequent_indent=_INDENT, break_on_hyphens=False,
            )  # fmt: skip
            console.print(escape(told), highlight=False, soft_wrap=True)
    console.print("\n" + escape(_summary(scan)), highlight=False)


def _cause(finding: Finding) -> tuple[object, ...]:
    """Return what questions of one table share that ask the same of the same numbers."""
    if finding.level != "question" or finding.table is None:
        return (id(finding),)
    if finding.reading.endswith(OF_COLUMN):
        return (finding.table, finding.check, finding.column, finding.reading)
    return (finding.table, finding.check, finding.against, finding.recomputed, finding.reading)


def _sentences(finding: Finding) -> list[str]:
    """Say what is printed and what it was held against, and then why it holds or does not."""
    told = f"printed: {finding.printed}"
    shown = f"{finding.printed} {finding.recomputed}"
    if finding.against and not all(part in shown for part in finding.against.split(", ")):
        told += f"; held against: {finding.against}"
    if finding.recomputed:
        told += f"; recomputed: {finding.recomputed}"
    return [told, finding.reading] if finding.reading else [told]


def _one_line(text: str) -> str:
    """Return text without line breaks and without signs that a terminal would obey."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _shown(scan: Scan) -> list[Finding]:
    return [finding for finding in scan.findings if finding.level != "holds"]


def _row(finding: Finding) -> Sequence[str]:
    return (
        WORDS[finding.level],
        finding.place,
        finding.printed,
        finding.against,
        finding.recomputed,
        finding.reading,
    )


def _summary(scan: Scan) -> str:
    counts = {level: scan.count(level) for level in LEVELS}
    fails, asked, holds = counts["fails"], counts["question"], counts["holds"]
    numbers, checks = len(scan.numbers), len(scan.findings)
    told = (
        f"{numbers} number{'s' * (numbers != 1)}, {checks} check{'s' * (checks != 1)}: "
        f"{fails} {'does' if fails == 1 else 'do'} not hold, "
        f"{asked} question{'s' * (asked != 1)}, {holds} hold{'s' * (holds == 1)}"
    )
    return f"{told}\n{_ASKED}" if asked else told


def inert(value: object) -> object:
    """Return a value that no spreadsheet computes: a text that begins a formula is quoted."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _cell(text: str) -> str:
    escaped = html.escape(text, quote=False).replace("\\", "\\\\")
    for sign in "|*_`[]":
        escaped = escaped.replace(sign, f"\\{sign}")
    return escaped.replace("\n", " ")
