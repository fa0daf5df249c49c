"""The sizes of groups by their names: what a table leaves out, another or the text may print."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property

from secondlook.scan.cells import WHOLE, any_case, whole
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
_GAP = r"[\s/,-]{1,3}"
_BEHIND = rf"(?:\s(?:groups?|arm|{_PEOPLE})){{0,2}}"
_SIZES = tuple(
    any_case(pattern)
    for pattern in (
        rf"{_BEHIND} ?[(\[;,] ?n ?= ?{_SIZE}",
        rf"{_BEHIND} ?[(\[][^()\[\]=]{{1,60}}[,;] ?n ?= ?{_SIZE}",
        rf"{_BEHIND} ?[(\[] ?{_SIZE} ?{_PEOPLE}",
    )
)
"""Behind the name of a group its size."""
_BEFORE = any_case(
    rf"(?!(?:19|20)\d\d\b){_SIZE}(?: {_PEOPLE})?"
    r"(?: (?:were|was))?(?: (?:randomi[sz]ed|allocated|assigned))? "
    r"(?:in|to|into|for|of|on|received|receiving) (?:(?:the|a) )?$"
)
"""Or before it."""
_JOINED = re.compile(r",?(?: (?:groups?|arms?))? (?:and|or) (?:the )?")
"""Between groups that are named together: to the drug and placebo groups, respectively."""
LEAST = 5
"""Patients of a group."""


def name(head: str) -> str:
    """Return the name of a group, of a head or a phrase: drug, of ``Drug group (n = 40)``."""
    found = " ".join(_PLAIN.sub(" ", _BESIDE.sub(" ", head.lower())).split())
    return "" if _NO_NAME.fullmatch(found) else found


def _names(head: str) -> Iterator[str]:
    """Yield the names in a head, the lowest first: drug alone, of ``Drug (n = 40) / n``."""
    return (found for part in reversed(head.split(" / ")) if (found := name(part)))


class Groups:
    """The sizes that an article prints of its groups, by their names."""

    def __init__(self, document: Document) -> None:
        self._text = document.text.replace("\u0130", "I")  # which is longer in small letters
        self._layouts = document.layouts
        self._lowered = self._text.lower()
        self._told: dict[str, Counter[int]] = {}
        self._heads: dict[str, list[tuple[int, Layout]]] = defaultdict(list)
        for layout in self._layouts:
            for c in layout.columns:
                if len(told := _own(layout, c)) == 1:
                    group = next(_names(layout.heads[c]), "")
                    self._heads[group].append((told[0], layout))

    @cached_property
    def stated(self) -> set[int]:
        """The sizes that text, captions, heads and rows of sizes print of any group."""
        above = (layout.grid[: max(1, layout.head)] for layout in self._layouts)
        heads = (cell.text for rows in above for row in rows for cell in row)
        texts = (self._text, *(layout.table.caption for layout in self._layouts), *heads)
        found = {n for text in texts for n in sizes(text, head=True)}
        rows = (row for layout in self._layouts for row in layout.size_rows.values())
        return found | {n for row in rows for told in row.values() for n in told}

    def says(self, n: int) -> bool:
        """Whether the text prints a number."""
        return bool(re.search(rf"(?<![\d.,])(?:{n}|{n:,})(?![\d.,]*[\d%])", self._text))

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

    @cached_property
    def _names(self) -> dict[str, set[int]]:
        """The sizes under each name of a head, and under what stands before its first number."""
        found: dict[str, set[int]] = defaultdict(set)
        for group, heads in self._heads.items():
            short = re.split(r" (?=\d)", group)[0]
            for each in {group, short} if len(heads) and group else ():
                found[each] |= {n for n, _ in heads}
        return {group: sizes | set(self._in_text(group)) for group, sizes in found.items()}

    @cached_property
    def _named(self) -> re.Pattern[str] | None:
        names = sorted((n for n in self._names if len(n) > 1), key=len, reverse=True)
        each = (_GAP.join(map(re.escape, name.split())) for name in names)
        return any_case(rf"(?<![\w-])({'|'.join(each)})(?![\w-])") if names else None

    def sizes_named(self, text: str) -> set[int]:
        """Return the sizes of the first group that a text names, and of those joined to it."""
        found: set[int] = set()
        end = None
        for named in self._named.finditer(text) if self._named else ():
            if end is not None and not _JOINED.fullmatch(text[end : named.start()]):
                break
            found |= self._names.get(name(named[1]), set())
            end = named.end()
        return found

    def heads(self, layout: Layout) -> dict[str, int]:
        """Return the sizes that the heads of a table print, by the names of its groups."""
        heads = self._heads.items()
        return _once({(group, n) for group, told in heads for n, at in told if at is layout})

    def named_in(self, text: str) -> set[str]:
        """Return the names of groups in a text."""
        return {name(found[1]) for found in self._named.finditer(text)} if self._named else set()

    def told_in(self, text: str) -> dict[str, int]:
        """Return the sizes that a text prints beside names of groups."""
        found = set()
        for named in self._named.finditer(text) if self._named else ():
            if size := _size_beside(text, *named.span()):
                found.add((name(named[1]), whole(size[1])))
        return _once(found)

    def of(self, layout: Layout, c: int) -> list[tuple[int, str]]:
        """Return the sizes of the group of a column, the likeliest first, with their places."""
        found: dict[int, str] = {}
        for group in _names(layout.heads[c]):
            for n, other in self._heads[group]:
                if other is not layout:
                    found.setdefault(n, f"{ELSEWHERE} {other.table.label}")
            for n, _ in self._in_text(group).most_common():
                found.setdefault(n, f"{ELSEWHERE} the text")
            if found:
                break
        return list(found.items())

    def _in_text(self, group: str) -> Counter[int]:
        """Return the sizes that the text prints behind a name, or if there is none before it."""
        if group not in self._told:
            parts = _GAP.join(map(re.escape, group.split()))
            named = re.finditer(rf"(?<![\w-])(?<!no )(?<!non ){parts}", self._lowered)
            told = [(m[1], m.re is not _BEFORE) for each in named
                    if (m := _size_beside(self._text, *each.span()))]  # fmt: skip
            behind = any(after for _, after in told)
            found = (whole(n) for n, after in told if after == behind)
            self._told[group] = Counter(n for n in found if n >= LEAST)
        return self._told[group]


def _size_beside(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the size behind the name of a group, or before it."""
    behind = (size.match(text, end) for size in _SIZES)
    found = next(filter(None, behind), None)
    return found or _BEFORE.search(text, max(0, start - 60), start)


def _once(sizes: set[tuple[str, int]]) -> dict[str, int]:
    """Return the size of each group that has one; a letter alone is no name."""
    times = Counter(group for group, _ in sizes)
    return {group: n for group, n in sorted(sizes) if n >= LEAST and times[group] == 1 < len(group)}


def _own(layout: Layout, c: int) -> list[int]:
    """Return the sizes of a column in its head, else in the rows of sizes."""
    above = {n for row in layout.size_rows.values() for n in row.get(c, [])}
    return layout.head_sizes[c] or list(above)
