"""Claims with their verdicts as a table for the terminal, JSON, CSV, Markdown or JUnit.

What is shown was written by others: control characters are made visible, and each format's own
signs are escaped, so that a claim can neither move the cursor nor become a formula or a link.
"""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

from secondlook.claims.ledger import rows as ledger_rows
from secondlook.files import CONTROL, inert, visible

Record = dict[str, str | bool]
"""A claim's fields with ``paper``, ``recomputed``, ``verdict``, ``as_expected`` and ``how``."""

_COLOURS = {
    "reproduced": "32",
    "attainable": "32",
    "truncated": "33",
    "differs": "31",
    "conflicts": "31",
    "unattainable": "31",
    "not-derivable": "90",
}
_HEADINGS = ("claim", "printed", "recomputed", "verdict", "expected")
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def records(key: str) -> list[Record]:
    """Return the claims of one paper, recomputed, in the order of the claims file."""
    return [{"paper": key} | each for each in ledger_rows(key)]


class _Folded(textwrap.TextWrapper):
    """Folds text at spaces and the address of a cell behind a slash, but no fraction."""

    wordsep_simple_re = re.compile(r"(\s+|(?<=/)(?=[^\s\d]))")


def as_table(key: str, rows: Sequence[Record], *, width: int, colour: bool) -> str:
    """Return the claims of a paper as lines for a terminal; what is not as expected stands out."""

    def painted(text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if colour and code else text

    cells = [
        [
            visible(row["id"]), visible(row["printed"]), visible(row["recomputed"]),
            str(row["verdict"]),
            str(row["expect"]) + ("" if row["as_expected"] else "  <- not so"),
        ]
        for row in rows
    ]  # fmt: skip
    widths = [max(len(each[i]) for each in [list(_HEADINGS), *cells]) for i in range(5)]
    widths[0] = min(widths[0], max(20, width // 3))
    widths[1] = min(widths[1], 24)
    rest = width - widths[0] - widths[1] - widths[3] - widths[4] - 8
    widths[2] = min(widths[2], max(12, rest))
    heads = "  ".join(map(str.ljust, _HEADINGS, widths)).rstrip()
    lines = [painted(key, "1"), heads]
    for row, cell in zip(rows, cells, strict=True):
        folded = [
            _Folded(wide, break_on_hyphens=False).wrap(text) or [""]
            for text, wide in zip(cell, widths, strict=True)
        ]
        codes = ["", "", "", _COLOURS.get(cell[3], ""), ""]
        if not row["as_expected"]:
            codes[0] = codes[4] = "1;31"
        for number in range(max(map(len, folded))):
            parts = [part[number] if number < len(part) else "" for part in folded]
            padded = map(str.ljust, parts, widths)
            lines.append("  ".join(map(painted, padded, codes)).rstrip())
    return "\n".join(lines)


def as_json(listing: Mapping[str, Sequence[Record]]) -> str:
    """Write claims as a JSON array, one object a claim."""
    rows = [row for rows in listing.values() for row in rows]
    text = json.dumps(rows, ensure_ascii=False, indent=2)
    return re.sub(
        CONTROL.pattern.replace(r"\x00-\x1f", ""),
        lambda found: f"\\u{ord(found.group()):04x}",
        text,
    )


def as_csv(listing: Mapping[str, Sequence[Record]]) -> str:
    """Write claims as CSV; a cell that a spreadsheet would compute begins with an apostrophe."""
    rows = [row for rows in listing.values() for row in rows]
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(_columns())
    for row in rows:
        writer.writerow([inert(visible(row[name])) for name in _columns()])
    return file.getvalue().removesuffix("\n")


def as_markdown(listing: Mapping[str, Sequence[Record]]) -> str:
    """Write the claims of each paper as a table in Markdown."""
    parts = []
    for key, rows in listing.items():
        lines = [f"## {key}", "", "| claim | printed | recomputed | verdict | why |"]
        lines.append("|---|---|---|---|---|")
        for row in rows:
            verdict = str(row["verdict"])
            wrong = "" if row["as_expected"] else f" (expected {row['expect']})"
            cells = [row["id"], row["printed"], row["recomputed"], verdict + wrong, row["why"]]
            lines.append("| " + " | ".join(_literal(cell) for cell in cells) + " |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _literal(text: object) -> str:
    """Return a text as Markdown shows it, with nothing in it read as markup."""
    safe = re.sub(r"([\\`*_{}\[\]<>()#+!|~$^@&=\"'])", r"\\\1", visible(text))
    # A bare address becomes a link by itself in many programs.
    return re.sub(r"(?i)\b(https?|ftp|www|mailto)([:.])", "\\1\u2060\\2", safe)


def as_junit(listing: Mapping[str, Sequence[Record]], errors: Mapping[str, str]) -> str:
    """Write claims as JUnit's XML: a case a claim, failed where the verdict is not as expected."""
    top = ElementTree.Element("testsuites", name="secondlook")
    for key in [*listing, *errors]:
        rows = listing.get(key, [])
        wrong = [row for row in rows if not row["as_expected"]]
        suite = ElementTree.SubElement(
            top, "testsuite", name=key, tests=str(len(rows) + (key in errors)),
            failures=str(len(wrong)), errors=str(int(key in errors)),
        )  # fmt: skip
        if key in errors:
            case = ElementTree.SubElement(suite, "testcase", classname=key, name="claims.yaml")
            ElementTree.SubElement(case, "error", message=_xml(errors[key]))
        for row in rows:
            case = ElementTree.SubElement(suite, "testcase", classname=key, name=_xml(row["id"]))
            if not row["as_expected"]:
                said = f"{row['verdict']}, expected {row['expect']}"
                failure = ElementTree.SubElement(case, "failure", message=said)
                failure.text = _xml(
                    f"{row['where']}: {row['quantity']}: printed {row['printed']}, recomputed "
                    f"{row['recomputed']} ({row['how']})"
                )
    ElementTree.indent(top)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(
        top, encoding="unicode"
    )


def _xml(text: object) -> str:
    return _NOT_XML.sub("\ufffd", str(text))


def _columns() -> tuple[str, ...]:
    return (
        "paper", "id", "where", "quantity", "printed", "recomputed", "verdict", "expect",
        "as_expected", "cause", "why", "how", "cites",
    )  # fmt: skip
