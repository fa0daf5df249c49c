"""Draft a ledger: the folder ``data/<key>/`` that ``secondlook check <key>`` runs on at once.

Each table is written as printed, each number becomes a claim. Where the scan found how it follows,
the claim says so; else it needs a reader, and says ``needs: "?"``. No more text of the paper is
copied than a few words that locate a number.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from secondlook.scan.cells import numeral, printed_as, whole
from secondlook.scan.checks.percent import Entry, resolve
from secondlook.scan.document import Document, Table
from secondlook.scan.layout import Layout
from secondlook.scan.numbers import Number, numbers, read

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_AT_RISK = re.compile(
    r"numbers?\s(?:of\s\w+\s)?at\srisk\b[^0-9]{0,20}((?:\d{1,5}[\s,;]+){2,}\d{1,5})", re.I
)
_BRACKETED = re.compile(r"[(\[,]\s?$|\s?\(n\s?=\s?\d+;\s?$")
_SIZES = {"patients", "denominator", "count"}
_ACCUSING = {"differs": ("differs", "unknown"), "truncated": ("truncated", "rounding")}


@dataclass
class Draft:
    """A claim to be written."""

    id: str
    number: Number
    follows: str = ""
    same: str = ""
    verdict: str = "reproduced"
    why: str = ""


def draft(document: Document, key: str, root: Path, *, source: str = "") -> list[Path]:
    """Write the folder of a paper.

    Parameters
    ----------
    document
        The article.
    key
        The paper's citation key, such as ``smith-2024``.
    root
        The folder with ``data/``.
    source
        The name of the file that the article was read from.

    Raises
    ------
    ValueError
        If the key is not one, or the folder is there already.
    """
    if not _KEY.fullmatch(key):
        raise ValueError(f"a key is lower-case words joined by hyphens (smith-2024); got {key!r}")
    folder = root / "data" / key
    if folder.exists():
        raise ValueError(f"{folder} is there already; nothing was written")
    tables = {f"table-{t.index + 1}.csv": _csv(t) for t in document.tables if t.grid}
    texts = tables | {
        "datapackage.yaml": _package(document, key, source, tables),
        "claims.yaml": _claims_file(document),
    }
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


def drafted(document: Document) -> list[Draft]:
    """Return the claims of an article, with what the scan found of each."""
    found = [
        Draft(name, number)
        for name, number in _named(numbers(document))
        if not _of_a_curve(document, number)
    ]
    by_cell: dict[tuple[int, int, int], list[Draft]] = defaultdict(list)
    for claim in found:
        number = claim.number
        if number.table is not None and number.row is not None and number.column is not None:
            by_cell[number.table, number.row, number.column].append(claim)
    told: dict[tuple[int, str], Draft] = {}
    for table in document.tables:
        layout = Layout(table)
        for entry in resolve(layout, document):
            _say(layout, entry, by_cell, told)
    _of_text(document, found, told)
    return found


def _named(listed: list[Number]) -> Iterator[tuple[str, Number]]:
    counted: dict[str, int] = defaultdict(int)
    for number in listed:
        if number.row is not None:
            stem = f"t{(number.table or 0) + 1}-{number.row}-{number.column}"
        elif number.table is not None:
            stem = f"t{number.table + 1}-about"
        else:
            words = re.findall(r"[a-z]+", number.place.lower())
            stem = words[0] if words else "text"
        counted[stem] += 1
        yield (stem if number.row is not None and counted[stem] == 1 else
               f"{stem}-{counted[stem]}"), number  # fmt: skip


def _say(
    layout: Layout,
    entry: Entry,
    by_cell: dict[tuple[int, int, int], list[Draft]],
    told: dict[tuple[int, str], Draft],
) -> None:
    """Write how a percent follows from its count and what it is of."""
    count, percent = (_claim(layout, entry, by_cell, kind) for kind in ("count", "percent"))
    if count is None or percent is None or not entry.holds:
        return
    told.setdefault((entry.count, entry.percent), percent)
    of = _whole(layout, entry, by_cell)
    if of is None or percent.follows:
        return
    percent.follows = f"percent({count.id}, {of})"
    percent.verdict = entry.verdict
    if entry.verdict == "truncated":
        percent.why = "the digits were cut."


def _claim(
    layout: Layout, entry: Entry, by_cell: dict[tuple[int, int, int], list[Draft]], kind: str
) -> Draft | None:
    column = entry.column - (1 if kind == "count" and " | " in entry.share.text else 0)
    cell = by_cell.get((layout.table.index, entry.row, column), [])
    wanted = str(entry.count) if kind == "count" else entry.percent
    fitting = [
        c for c in cell if c.number.text.replace(",", "").replace("·", ".").lstrip("≥≤<>") == wanted
    ]
    if kind == "percent" and len(fitting) > 1:
        fitting = [c for c in fitting if c.number.kind == "percent"] or fitting
    if entry.part and len(fitting) > 1:
        return None  # several statements of one cell print the same; a reader is to tell them apart
    return fitting[-1 if kind == "percent" else 0] if fitting else None


def _whole(
    layout: Layout, entry: Entry, by_cell: dict[tuple[int, int, int], list[Draft]]
) -> str | None:
    """Return the expression of what a percent is of, if its numbers are claims."""
    index = layout.table.index
    if entry.share.of is not None:
        cell = by_cell.get((index, entry.row, entry.column), [])
        found = next((c for c in cell if c.number.kind == "denominator"), None)
        return found.id if found else None
    for r in range(layout.head):
        for claim in by_cell.get((index, r, entry.column), []):
            if (
                re.fullmatch(r"[\d,\u202f]+", claim.number.text)
                and whole(claim.number.text) == entry.of
            ):
                return claim.id
    parts = [_claim(layout, part, by_cell, "count") for part in entry.parts]
    known = [part.id for part in parts if part is not None]
    return f"sum({', '.join(known)})" if known and len(known) == len(parts) else None


def _of_text(document: Document, found: list[Draft], told: dict[tuple[int, str], Draft]) -> None:
    """Say how the percents of the text follow: repeated from a table, or of their own sentence."""
    places: dict[str, list[Draft]] = defaultdict(list)
    for claim in found:
        if claim.number.table is None:
            places[claim.number.place].append(claim)
    for paragraph in document.paragraphs:
        here = places.get(f"{paragraph.section}, paragraph {paragraph.number}", [])
        spots = [spot for (_, spot), *_ in read(paragraph.text)]
        if len(spots) != len(here):
            continue  # the paragraph gives a curve too
        for i in range(1, len(here)):
            count, percent = here[i - 1], here[i]
            between = paragraph.text[spots[i - 1] : spots[i]]
            if percent.number.kind != "percent" or not _BRACKETED.search(between):
                continue
            value, shown = _count(count), percent.number.text.replace("·", ".")
            if value is None or not re.fullmatch(r"[\d.]+", shown):
                continue
            if (original := told.get((value, shown))) is not None:
                percent.same = original.id
                continue
            ends = [m.end() for m in re.finditer(r"[.;] (?=[A-Z(])", paragraph.text)]
            first = max((e for e in ends if e <= spots[i]), default=0)
            last = min((e for e in ends if e > spots[i]), default=len(paragraph.text))
            near = sorted(
                (j for j in range(len(here)) if j not in (i, i - 1) and first <= spots[j] < last),
                key=lambda j: abs(spots[j] - spots[i]),
            )
            for j in near:
                size = _count(here[j])
                if size and size >= value and here[j].number.kind in _SIZES:
                    verdict = printed_as(shown, value, size)
                    if verdict == "reproduced":
                        percent.follows = f"percent({count.id}, {here[j].id})"
                        break


def _count(claim: Draft) -> int | None:
    return numeral(claim.number.text.replace("\u202f", ","))


def _of_a_curve(document: Document, number: Number) -> bool:
    return number.table is None and any(
        number.place == f"{p.section}, paragraph {p.number}" and _AT_RISK.search(p.text)
        for p in document.paragraphs
        if "risk" in p.text and number.kind in {"count", "patients", "denominator", "value"}
    )


def _curves(document: Document) -> Iterator[tuple[str, str]]:
    for paragraph in document.paragraphs:
        for match in _AT_RISK.finditer(paragraph.text):
            yield (
                f"{paragraph.section}, paragraph {paragraph.number}",
                " ".join(re.findall(r"\d+", match[1])),
            )


def _claims_file(document: Document) -> str:
    lines = [
        "# Drafted by `secondlook scan --draft`. Read each against the paper: say what `?` stands",
        "# for, which claims are one number at several places, and what quantity a number is.",
    ]
    curves = list(_curves(document))
    if curves:
        lines.append("curves:")
        for order, (where, at_risk) in enumerate(curves, start=1):
            n = at_risk.split()[0]
            lines.append(
                f"  c{order}: {{where: {_text(where)}, n: {_text(n)}, at_risk: {_text(at_risk)}, "
                "ticks: unknown, interval: unknown}"
            )
    lines.append("claims:")
    lines += [_line(claim) for claim in drafted(document)]
    return "\n".join(lines) + "\n"


def _line(claim: Draft) -> str:
    number = claim.number
    where = number.place
    quantity = ", ".join(part for part in (number.kind, number.unit, number.near) if part)
    fields = [f"id: {claim.id}", f"where: {_text(where)}", f"quantity: {_text(quantity)}",
              f"printed: {_text(number.text)}"]  # fmt: skip
    if claim.same:
        fields.append(f"same: {claim.same}")
    elif claim.follows:
        fields.append(f"from: {_text(claim.follows)}")
    else:
        fields.append('needs: "?"')
    if claim.follows and not claim.same and claim.verdict != "reproduced":
        expect, cause = _ACCUSING[claim.verdict]
        fields += [f"expect: {expect}", f"cause: {cause}", f"why: {_text(claim.why)}"]
    return f"- {{{', '.join(fields)}}}"


def _text(text: str) -> str:
    """Return a text as YAML reads it back, whatever it holds; JSON's strings are YAML's."""
    return json.dumps(" ".join(text.split())[:300], ensure_ascii=False)


def _csv(table: Table) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = _columns(table)
    writer.writerow(names)
    head = Layout(table).head
    for row in table.grid[head:]:
        texts = [cell.text.replace("\n", " / ").strip() if cell.first else "" for cell in row]
        if any(texts):
            writer.writerow(texts)
    return out.getvalue()


def _columns(table: Table) -> list[str]:
    """Name the columns by their heads, each name once."""
    names: list[str] = []
    for order, head in enumerate(Layout(table).heads, start=1):
        stem = "-".join(re.findall(r"[a-z0-9]+", head.lower())[:6]) or f"column-{order}"
        names.append(stem if stem not in names else f"{stem}-{order}")
    return names


def _package(document: Document, key: str, source: str, tables: dict[str, str]) -> str:
    lines = [
        f"name: {key}",
        f"x-name: {' '.join(key.split('-')).title()}",
        f"title: {_text(document.title or key)}",
        "resources:" if tables else "resources: []",
    ]
    for table in document.tables:
        name = f"table-{table.index + 1}"
        if f"{name}.csv" not in tables:
            continue
        digest = hashlib.sha256(tables[f"{name}.csv"].encode()).hexdigest()
        lines += [
            f"  - name: {name}",
            f"    title: {_text(table.label)}",
            f"    path: {name}.csv",
            "    type: table",
            "    format: csv",
            "    mediatype: text/csv",
            "    encoding: utf-8",
            f'    hash: "sha256:{digest}"',
            f"    x-source: {{table: {_text(table.label)}}}",
            f"    x-obtained: {_text(f'Read by secondlook scan from {source or document.kind}.')}",
            "    schema:",
            '      missingValues: [""]',
            "      fields:",
        ]
        lines += [
            f"        - {{name: {column}, type: string, title: {_text(head or column)}}}"
            for column, head in zip(_columns(table), Layout(table).heads, strict=True)
        ]
    return "\n".join(lines) + "\n"
