"""The sizes of groups by their names: what a table leaves out, another or the text may print."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property

from secondlook.scan.cells import WHOLE, whole
from secondlook.scan.document import Document
from secondlook.scan.layout import Layout, sizes

ELSEWHERE = "the size of the group in"
_BESIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|\bn ?= ?[\d,]+|\^\S{1,3}|[*†‡§¶#%]")
_PLAIN = re.compile(r"\b(?:groups?|arms?|n|the)\b|[^a-z0-9+]+")
_NO_NAME = re.compile(
    r"(?:total|all|overall|mean|sd|number|percent|value|patients|p|both|yes|baseline|"
    r"\d+|male|female|men|women|range|median|frequency|count|before|after|pre|post)?"
)
_PEOPLE = "(?:patients|subjects|participants|women|men|children)"
_SIZE = rf"(?<![\d.,/-])({WHOLE})(?![\d.,]*\d|\s?(?:%|/|m[gL]|weeks?|days?|months?|years?|hours?))"
LEAST = 5
"""Patients of a group."""


def name(head: str) -> str:
    """Return the name of a group, of a head or a phrase: drug, of ``Drug group (n = 40)``."""
    found = " ".join(_PLAIN.sub(" ", _BESIDE.sub(" ", head.lower())).split())
    return "" if _NO_NAME.fullmatch(found) else found


class Groups:
    """The sizes that an article prints of its groups, by their names."""

    def __init__(self, document: Document, layouts: Sequence[Layout]) -> None:
        self._text = document.text
        self._layouts = layouts
        self._lowered = self._text.lower()
        self._told: dict[str, Counter[int]] = {}
        self._heads: dict[str, list[tuple[int, Layout]]] = defaultdict(list)
        for layout in layouts:
            for c in range(layout.labels, layout.table.columns):
                if len(told := _own(layout, c)) == 1:
                    self._heads[name(layout.lowest_head(c))].append((told[0], layout))

    @cached_property
    def stated(self) -> set[int]:
        """The sizes that text, captions, heads and rows of sizes print of any group."""
        heads = (
            cell.text
            for layout in self._layouts
            for row in layout.table.grid[: max(1, layout.head)]
            for cell in row
        )
        texts = (self._text, *(layout.table.caption for layout in self._layouts), *heads)
        found = {n for text in texts for n in sizes(text, head=True)}
        rows = (row for layout in self._layouts for row in layout.size_rows.values())
        return found | {n for row in rows for told in row.values() for n in told}

    @cached_property
    def _assigned(self) -> list[tuple[str, int]]:
        """How many patients each sentence assigns, and where the name of the group begins."""
        found = re.finditer(
            rf"{_SIZE} (?:(?:{_PEOPLE}|were|was) ){{0,2}}"
            rf"(?:randomi[sz]ed|allocated|assigned) (?:in)?to(?= )",
            self._text,
            re.IGNORECASE,
        )
        return [(m[1], m.end()) for m in found]

    def printed(self, layout: Layout, c: int) -> list[int]:
        """Return the sizes of a column in its head, else the one of its rows, or elsewhere."""
        other = _own(layout, c) or [n for n, _ in self.of(layout, c)]
        return other if layout.head_sizes[c] or len(other) == 1 else []

    def named(self, head: str) -> int | None:
        """Return the likeliest size of the group of this name, in any table or in the text."""
        group = name(head)
        told = [n for n, _ in self._heads.get(group, [])]
        if group and not told:
            told = [n for n, _ in self._in_text(group).most_common(1)]
        return told[0] if group and told else None

    def of(self, layout: Layout, c: int) -> list[tuple[int, str]]:
        """Return the sizes of the group of a column, the likeliest first, with their places."""
        found: dict[int, str] = {}
        for head in reversed(layout.heads[c].split(" / ")):
            group = name(head)
            if not group:
                continue
            for n, other in self._heads[group]:
                if other is not layout:
                    found.setdefault(n, f"{ELSEWHERE} {other.table.label}")
            for n, _ in self._in_text(group).most_common():
                found.setdefault(n, f"{ELSEWHERE} the text")
            if found:
                break
        return list(found.items())

    def _in_text(self, group: str) -> Counter[int]:
        if group not in self._told and group.split()[0] not in self._lowered:
            self._told[group] = Counter()
        if group not in self._told:
            words = r"[\s/,-]{1,3}".join(map(re.escape, group.split()))
            named = rf"(?<![\w-])(?<!no )(?<!non ){words}(?:\s(?:groups?|arm|{_PEOPLE})){{0,2}}"
            patterns = (
                rf"{named} ?[(\[;,] ?n ?= ?{_SIZE}",
                rf"{named} ?[(\[] ?{_SIZE} ?{_PEOPLE}",
            )
            told = [
                m[1]
                for pattern in patterns
                for m in re.finditer(pattern, self._text, re.IGNORECASE)
            ]
            there = re.compile(rf" (?:(?:the|a) )?{named}", re.IGNORECASE)
            told += [n for n, end in self._assigned if there.match(self._text, end)]
            self._told[group] = Counter(n for n in map(whole, told) if n >= LEAST)
        return self._told[group]


def _own(layout: Layout, c: int) -> list[int]:
    """Return the sizes of a column in its head, else in the rows of sizes."""
    above = {n for row in layout.size_rows.values() for n in row.get(c, [])}
    return layout.head_sizes[c] or list(above)
