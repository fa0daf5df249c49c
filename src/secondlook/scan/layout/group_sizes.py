"""The sizes of the groups of a table: in a head, in a row of its own, or beside a label."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from secondlook.scan.cells import WHOLE, any_case, only_count
from secondlook.scan.layout.grid import Grid
from secondlook.scan.layout.labels import CONTINUOUS, N_IS, P_HEAD, sizes

_DONE = (
    "(?:initial|total|included|enrolled|recruited|randomi[sz]ed|assigned|treated|surveyed|"
    "analy[sz]ed|evaluated|evaluable)"
)
_KIND = f"(?:{_DONE} )?"
_NUMBER = r"(?:,? ?\(?(?:n|no\.?)\)?)?"
_SIZE_ROW = any_case(
    rf"^(?:n|n ?=|no\.?|total|total n|total \(n\)|n total|n \(total\)|all|"
    rf"(?:(?:subject )?number|sample size|cohort|{_DONE}){_NUMBER}|"
    rf"{_KIND}(?:#|no?\.?|number)(?: of)? {_KIND}(?:patients|subjects|participants|women|men|cases|"
    rf"children|infants|individuals|adults|eyes|students|volunteers|residents)"
    rf"(?: {_DONE}| \({_DONE}\)| (?:in|per) (?:(?:each|the) )?(?:group|arm))?{_NUMBER}|"
    rf"{_KIND}(?:patients?|subjects?|participants)(?: {_DONE})?{_NUMBER})[:.]?$"
)
_NO_DECIMALS = re.compile(r"\.0+$")
"""A size printed as 64.00, as the means below it."""
_OF_SIZE = re.compile(r"\s?\((?:%|n)\)$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_NAMED = re.compile(r"[A-Za-z]")
VISITS = 2
"""As many times the size of a head."""


@dataclass(frozen=True)
class Sized(Grid):
    """A grid with the sizes of its groups."""

    @cached_property
    def head_sizes(self) -> list[list[int]]:
        """The group sizes in each column's head, the lowest head row first."""
        found = []
        last = self.grid[self.head - 1] if self.head else ()
        years = sum(bool(_YEAR.match(cell.text.strip())) for cell in last) > 1
        # Points, times and the numbers of groups are no sizes.
        alone = [n for cell in last if (n := only_count(cell.text)) is not None]
        scale = alone == sorted({*alone}) and (len(alone) > 3 or alone[:2] == [1, 2])
        for c in range(self.width):
            told: list[int] = []
            for r in reversed(range(self.head)):
                text = self.grid[r][c].text
                told += sizes(text, head=c >= self.labels)
                lone, plain = only_count(text), r == self.head - 1 and not (years or scale)
                if lone and (plain or _SIZE_ROW.match(self.grid[r][0].text.strip())):
                    told.append(lone)
            found.append(list(dict.fromkeys(told)))
        return found

    @cached_property
    def sizes(self) -> dict[int, int]:
        """The group size in the head of each column that has one."""
        return {c: told[0] for c, told in enumerate(self.head_sizes) if told}

    @cached_property
    def size_rows(self) -> dict[int, dict[int, list[int]]]:
        """Rows of the body that give group sizes: row -> column -> sizes."""
        found: dict[int, dict[int, list[int]]] = {}
        for r in self.rows:
            row = self.grid[r]
            names = (row[0].text, self.heading(r))
            named = any(_SIZE_ROW.match(name.strip().rstrip("*†‡^")) for name in names)
            named = named and not self._answers(r)
            told: dict[int, list[int]] = {}
            for c in range(1, self.width):
                text = row[c].text.strip()
                lone = only_count(_NO_DECIMALS.sub("", _OF_SIZE.sub("", text)))
                if named and lone and not self._is_level(r, c, lone):
                    told[c] = [lone]
                elif re.fullmatch(rf"[(\[]?\s*[nN]\s?=\s?{WHOLE}\s*[)\]]?[^±%]{{0,12}}", text):
                    told[c] = sizes(text)
            told = told or self._head_again(r)
            if told and not (named and self._counts_events(told)):
                found[r] = told
        return found

    def sizes_above(self, r: int, c: int) -> list[int]:
        """Return the sizes of a column in the last row of them above a row."""
        above = [row[c] for at, row in self.size_rows.items() if at < r and row.get(c)]
        return above[-1] if above else []

    def _head_again(self, r: int) -> dict[int, list[int]]:
        """Return the sizes of a head that is repeated for another part of the table.

        All that a row says are names with sizes, and no 45.5% (n = 30); those of one word and
        several sizes are no head.
        """
        texts = {c: x.text for c, x in enumerate(self.grid[r]) if c and x.text.strip()}
        named = {c: text for c, text in texts.items() if not P_HEAD.search(text)}
        if len(named) < 2 or CONTINUOUS.search(self.label(r)):
            return {}
        words = {c: N_IS.sub("", text) for c, text in named.items()}
        if not all(N_IS.search(named[c]) and _NAMED.search(words[c]) for c in named):
            return {}
        of_one_word = len(set(words.values())) == 1 < len(set(named.values()))
        return {} if of_one_word else {c: sizes(text) for c, text in named.items()}

    def _counts_events(self, told: dict[int, list[int]]) -> bool:
        """Whether a total is somewhat larger than its head: of visits it is far larger."""
        both = ((told[c], self.head_sizes[c]) for c in told)
        most = max((own[0] / head[0] for own, head in both if own and head), default=0)
        return 1 < most < VISITS

    def _is_level(self, r: int, c: int, count: int) -> bool:
        """Whether a total has less than a row of its block: a thyroidectomy may be total."""
        section = self.sections[r]
        block = [row for row, s in enumerate(self.sections) if section is not None and s == section]
        others = (only_count(self.grid[row][c].text) for row in block)
        return any(n > count for n in others if n)

    def _answers(self, r: int) -> bool:
        """Whether a row No stands beside one of Yes, and is no number of patients."""
        labels = [row[0].text.strip().lower() for row in self.grid[max(0, r - 1) : r + 2]]
        return "no" in labels and "yes" in labels

    @cached_property
    def heads_anew(self) -> set[int]:
        """Rows of sizes that are of other groups than the head of the table."""
        return {r for r in self.size_rows if self._names_others(r)}

    def _names_others(self, r: int) -> bool:
        """Whether a row of sizes names another group in each column than its head.

        One that is a whole head, as of a second study, need do so in one.
        """
        row = self.grid[r]
        if len({row[c].text for c in self.size_rows[r]}) < 2:
            return False  # one that spans them all names a block
        names = {c: N_IS.sub("", row[c].text).strip(" ,;()") for c in self.size_rows[r]}
        if self._head_again(r).keys() >= self.sizes.keys():
            return any(name not in self.heads[c] for c, name in names.items())
        words = [(c, re.findall(r"\w\w+", name)) for c, name in names.items()]
        return all(w and not any(name in self.heads[c] for name in w) for c, w in words)
