"""The scoreboard: a row a paper, with its verdicts counted and its headline findings.

Papers are discovered: each folder of ``data/`` with claims is a row. Its ``datapackage.yaml`` may
say ``x-name`` (how the row is called) and ``x-headlines`` (ids of the claims to show). Under the
name stands the subtitle of its report, or where that has none the title of the paper.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from secondlook import claims, data
from secondlook.claims import Verdict
from secondlook.markup import Markup, badge
from secondlook.render.document import front_matter
from secondlook.render.problems import RenderError

_WORST_FIRST: tuple[Verdict, ...] = ("conflicts", "unattainable", "differs", "truncated")
_HEADLINES = 3
_FOUND: dict[Verdict, str] = {
    "conflicts": "elsewhere:",
    "attainable": "possible:",
    "unattainable": "possible:",
}
"""How the result is introduced, where it is not one recomputed number."""


@dataclass(frozen=True)
class Paper:
    """A paper: citation key, short name, what it is, its ledger's rows, those to show first."""

    key: str
    name: str
    about: str
    judged: tuple[Mapping[str, Any], ...]
    headlines: tuple[Mapping[str, Any], ...]

    def count(self, verdict: Verdict) -> int:
        """Count the claims with a verdict."""
        return sum(each["verdict"] == verdict for each in self.judged)


def papers() -> list[Paper]:
    """Recompute the claims of every paper there is, in the order of their keys."""
    return [_paper(key) for key in claims.keys()]  # noqa: SIM118 - a function, no mapping


def verdict_table(board: Sequence[Paper]) -> Markup:
    """Lay the papers out as a table: name, what it is, links, verdicts as a bar and in numbers."""
    shown = [verdict for verdict in claims.VERDICTS if any(paper.count(verdict) for paper in board)]
    head = "".join(f'<th scope="col" class="number">{verdict}</th>' for verdict in shown)
    rows = "".join(_row(paper, shown) for paper in board)
    return Markup(
        '<div class="wide"><table class="scoreboard">'
        f'<thead><tr><th scope="col">Document</th><th scope="col" class="number">claims</th>{head}'
        f"</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def headlines(board: Sequence[Paper]) -> Markup:
    """List the headline findings of each paper: printed, recomputed, and why they differ."""
    return Markup("".join(_findings(paper) for paper in board if paper.headlines))


def meanings() -> Markup:
    """List the verdicts with their colours and what they say."""
    items = "".join(
        f"<div><dt>{badge(verdict)}</dt><dd>{html.escape(text)}</dd></div>"
        for verdict, text in claims.MEANINGS.items()
    )
    return Markup(f'<dl class="verdicts">{items}</dl>')


def source(key: str) -> Markup:
    """Name a paper under the title of its report: what was read, where it is printed, its DOI."""
    title = html.escape(str(data.description(key)["title"]))
    return Markup(f'<p class="source"><cite>{title}</cite> {_source(key)}</p>')


def opening(key: str) -> str:
    """Write the subtitle of a paper's deck, for a cell with ``output: asis``.

    It names the source, or the paper's title, and links the report and the scoreboard. A document
    cannot compute its front matter, but a block of YAML in its text goes before it, under both
    engines.
    """
    ways = f'<a href="../{key}.html">Report</a> · <a href="../../index.html">Papers</a>'
    told = _source(key) or html.escape(str(data.description(key)["title"]))
    shown = f'A second look at<span class="source">{told}</span>{ways}'
    subtitle = json.dumps(f"`{shown.replace('`', '&#96;')}`{{=html}}", ensure_ascii=False)
    return f"---\nsubtitle: {subtitle}\n---"


def _source(key: str) -> str:
    parts = []
    for each in data.description(key).get("sources", ()):
        link = html.escape(str(each.get("path", "")))
        parts.append(html.escape(str(each["title"])))
        parts += [f'<a href="{link}">{link.removeprefix("https://")}</a>'] if link else []
    return " ".join(parts)


def _paper(key: str) -> Paper:
    described = data.description(key)
    judged = tuple(claims.rows(key))
    name = str(described.get("x-name") or key.replace("-", " ").title())
    about = _subtitle(key) or str(described.get("title") or "")
    return Paper(key, name, about, judged, _headlines(described.get("x-headlines"), judged))


def _subtitle(key: str) -> str:
    """Return the subtitle of a paper's report, without the backslashes of its markup."""
    report, subtitle = data.root() / "reports" / f"{key}.qmd", ""
    with suppress(RenderError):  # Its own page tells what is wrong with it.
        subtitle = str(front_matter(report, data.root()).values.get("subtitle") or "")
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", subtitle)


def _headlines(
    named: Sequence[str] | None, judged: Sequence[Mapping[str, Any]]
) -> tuple[Mapping[str, Any], ...]:
    if named:
        by_id = {each["id"]: each for each in judged}
        return tuple(by_id[each] for each in named)
    ranked = [each for verdict in _WORST_FIRST for each in judged if each["verdict"] == verdict]
    # One misprint may be printed in three places; it is one finding.
    reasons = {each["why"] or each["id"]: each for each in reversed(ranked)}
    return tuple([each for each in ranked if each in reasons.values()][:_HEADLINES])


def _row(paper: Paper, shown: Sequence[Verdict]) -> str:
    counts = "".join(_count(paper.count(each), each) for each in shown)
    return (
        f'<tr><th scope="row"><span class="paper">{html.escape(paper.name)}</span> '
        f'<span class="links">{_links(paper.key)}</span> '
        f'<span class="about">{html.escape(paper.about)}</span>{_bar(paper)}</th>'
        f'<td class="number" data-label="claims">{len(paper.judged)}</td>{counts}</tr>'
    )


def _count(count: int, verdict: Verdict) -> str:
    """Write a cell, with what a phone shows beside its number: the colour and the verdict."""
    key = f' data-label="{verdict}" style="--v: var(--v-{verdict})"' if count else ""
    return f'<td class="number"{key}>{count or "–"}</td>'


def _links(key: str) -> str:
    places = (("report", f"reports/{key}"), ("slides", f"reports/slides/{key}"))
    return " · ".join(
        f'<a href="{path}.html">{text}</a>'
        for text, path in places
        if (data.root() / f"{path}.qmd").is_file()
    )


def _bar(paper: Paper) -> str:
    """Draw the shares of the verdicts; the numbers beside it say the same in words."""
    parts = [(verdict, paper.count(verdict)) for verdict in claims.VERDICTS]
    told = ", ".join(f"{count} {verdict}" for verdict, count in parts if count)
    pieces = "".join(
        f'<span class="verdict-{verdict}" style="flex-grow:{count}"></span>'
        for verdict, count in parts
        if count
    )
    return f'<span class="verdict-bar" role="img" aria-label="{told}">{pieces}</span>'


def _findings(paper: Paper) -> str:
    items = "".join(_finding(each) for each in paper.headlines)
    return (
        f'<section class="findings"><p class="paper">{html.escape(paper.name)} '
        f'<span class="links">{_links(paper.key)}</span></p><ul>{items}</ul></section>'
    )


def _finding(row: Mapping[str, Any]) -> str:
    shown = row["recomputed"]
    found = _FOUND.get(row["verdict"], "recomputed")
    why = f" {html.escape(' '.join(row['why'].split()))}" if row["why"] else ""
    return (
        f"<li>{badge(row['verdict'])} <b>{html.escape(_sentence(row['quantity']))}</b> "
        f"({html.escape(row['where'])}): printed <b>{html.escape(row['printed'])}</b>; "
        f"{found} {html.escape(shown if shown.endswith('.') else f'{shown}.')}{why}</li>"
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
