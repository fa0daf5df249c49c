"""A printed table declares its numbers: each cell becomes a claim, and says what else gives it.

A block of ``tables:`` names the file, what its columns hold and what adds up; every cell gets an
address such as ``t3/sex/female/survivors``, and the percent beside a count
``t3/sex/female/survivors/percent``::

    tables:
      t3:
        file: table-3                    # a resource of datapackage.yaml
        where: Table 3
        rows: [variable, level]          # columns of labels; by default the first
        groups: [nonsurvivors, survivors]  # columns of numbers; by default all others
        cells: n (%)                     # or n, or %; other cells need `statistics`
        n: {nonsurvivors: n-dead, survivors: n-alive}   # the size of each group: claims
        adds: [sex, age]                 # variables whose levels add up to n; or `all`; or `rows`
        missing: [unknown]               # levels that count who is left out of the percents
        total: all                       # the column that the other groups add up to
        p: p                             # the column of P values
        statistics: {age: [median, min, max]}   # of a variable; of one row of it: age/median
        columns: {cd33: {needs: the patients' records}}   # how all cells of a column follow,
                                         # with `quantity`, `expect`, `cause`, `why` that they share

What a cell rests on is the first of these that there is: `columns`; the other levels of a variable
that adds up, or the other rows of its column where the `rows` add up; the percent beside it; the
other groups of a total; else the patients' records, or, of a percent, the size of its group.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from secondlook import printed
from secondlook.claims.claim import (
    FORMS,
    KEBAB,
    Claim,
    ClaimsError,
    ClaimsFile,
    Declared,
    declared_by,
    expectation,
    several,
)
from secondlook.claims.value import Rows, nearest
from secondlook.plain_yaml import Faults, Lined

TESTS_OF_MEANS = (
    *(f"{sides}{test}" for test in ("t test", "Welch t test", "z test")
      for sides in ("", "one-sided ")),
    "one-way analysis of variance",
)  # fmt: skip
"""The tests of a row of means, as `secondlook.means` calls them, which is too heavy to import for
its names; those of counts are `proportions.usual_tests`."""
_CELLS = ("n (%)", "n", "%")
_SHARED = ("quantity", "expect", "cause", "why")
_KEYS = (
    "file", "where", "rows", "groups", "cells", "n", "adds", "missing", "total", "p",
    "statistics", "columns", "quantity", "named",
)  # fmt: skip
COUNT = re.compile(
    r"(?P<count>\d[\d,]*)\s*(?:[(\[]\s*(?P<percent>[<>]?\s*\d+(?:[.,·]\d+)?)\s*(?:%?\s*[)\]]|%))?"
)
"""A count, with or without its percent; of "24 (46%" the bracket was forgotten."""
_PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s*%?")
NUMBER = re.compile(r"[<>≤≥]?\s*(?:(?<![\d.%)])-)?(?:\d+(?:[.,·]\d+)*|\.\d+)")
"""The numbers of any other cell; a hyphen after a number is a range, and no minus."""
_MARKS = re.compile(r"\s*[*\u2217\u204e†‡§¶‖#]+$")
"""Signs of footnotes after a number."""
_NO_P = ("ns", "nr", "na", "notsignificant", "notreported")
_SIGNS = {"<": "under-", "≤": "to-", ">": "over-", "≥": "from-", "%": "percent", "+": "plus"}
_NOTHING = Declared("needs", "the patients' records")
_NO_SIZE = Declared("needs", "the size of the group")


def cell_claims(
    file: ClaimsFile, table: Callable[[str], Rows | None], listed: Mapping[str, Claim]
) -> Iterator[Claim]:
    """Yield the claims of the tables that a claims file declares, in the order of their cells."""
    for name, block in file.tables.items():
        at = f"{file.path}, line {block.line}, table {name!r}"
        with file.faults.at(block.line, name):
            known = {*listed, *file.faults.of}
            yield from _Block(name, block, at, table, listed, known).claims(file.faults)


def slug(label: str) -> str:
    """Return a row or column label as a part of an address.

    Examples
    --------
    >>> slug("Age ≥65 years, %"), slug("t(9;22)")
    ('age-from-65-years-percent', 't-9-22')
    """
    text = "".join(_SIGNS.get(letter, letter) for letter in label)
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")


@dataclass(frozen=True)
class _Row:
    """A printed row: its labels, the address of its variable and its level, its cells."""

    labels: tuple[str, ...]
    variable: str
    level: str
    cells: Mapping[str, str | None]
    number: int


class _Block:
    """One declared table."""

    def __init__(
        self,
        name: str,
        block: Lined,
        at: str,
        table: Callable[[str], Rows | None],
        listed: Mapping[str, Claim],
        known: Collection[str],
    ) -> None:
        self.name, self.block, self.at, self.listed, self.known = name, block, at, listed, known
        if unknown := sorted(set(block) - set(_KEYS)):
            raise ClaimsError(f"{at}: unknown field {unknown[0]!r}; known are {', '.join(_KEYS)}")
        file = self.text("file")
        rows = table(file.removesuffix(".csv"))
        if rows is None:
            raise ClaimsError(f"{at}: `file: {file}` names no resource of datapackage.yaml")
        self.table = rows
        self.where = self.text("where")
        self.labels = self.texts("rows") or [rows.columns[0]]
        self.p = self.optional("p")
        rest = [c for c in rows.columns if c not in {*self.labels, self.p}]
        self.groups = self.texts("groups") or rest
        for column in (*self.labels, *self.groups, self.p):
            if column is not None and column not in rows.columns:
                raise ClaimsError(
                    f"{at}: {file} has no column {column!r}; it has {', '.join(rows.columns)}"
                )
        self.total = self.optional("total")
        if self.total is not None and self.total not in self.groups:
            raise ClaimsError(f"{at}: `total: {self.total}` is none of the groups")
        self.parts = [group for group in self.groups if group != self.total]
        self.rows = self._rows()
        adds = self.texts("adds")
        self.rows_add = adds == ["rows"]
        self.adds = (
            {row.variable for row in self.rows}
            if adds in (["all"], ["rows"])
            else {self._variable(each) for each in adds}
        )
        self.missing = {slug(each) for each in self.texts("missing")}
        self.cells = self.optional("cells") or "n"
        if self.cells not in _CELLS:
            raise ClaimsError(f"{at}: `cells` is one of {', '.join(_CELLS)}; got {self.cells!r}")
        self.quantity = self.optional("quantity") or "patients"
        self.named = self.texts("named")
        self.sizes = self._sizes()
        self.statistics = {
            each: self._texts(names, f"statistics: {label}")
            for label, names in self.mapping("statistics").items()
            for each in self._named(str(label))
        }
        self.columns = self.mapping("columns")

    # Reading the block --------------------------------------------------------------------------

    def text(self, name: str) -> str:
        value = self.block.get(name)
        if not isinstance(value, str) or not value.strip():
            raise ClaimsError(f"{self.at}: `{name}` must be text, got {value!r:.80}")
        return value

    def optional(self, name: str) -> str | None:
        return self.text(name) if name in self.block else None

    def texts(self, name: str) -> list[str]:
        """Return a field that is a text or a list of texts, as a list."""
        return self._texts(self.block[name], name) if name in self.block else []

    def _texts(self, value: Any, name: str) -> list[str]:
        found = [value] if isinstance(value, str) else value
        if not isinstance(found, list) or not all(isinstance(e, str) and e for e in found):
            raise ClaimsError(
                f"{self.at}: `{name}` is a text or a list of texts, got {value!r:.80}"
            )
        return found

    def _sizes(self) -> Mapping[str, str]:
        """Return group -> the expression of its size; one text is the size of every group."""
        value = self.block.get("n", {})
        if isinstance(value, str):
            value = dict.fromkeys(self.groups, value)
        if not isinstance(value, Mapping) or not all(
            group in self.groups and isinstance(size, str) for group, size in value.items()
        ):
            raise ClaimsError(
                f"{self.at}: `n` gives each group ({', '.join(self.groups)}) the id of the claim "
                f"that is its size; got {value!r:.80}"
            )
        for size in value.values():
            if KEBAB.fullmatch(size) and not size.isdigit() and size not in self.known:
                raise ClaimsError(
                    f"{self.at}: `n` names {size!r}, which is no claim{nearest(size, self.known)}"
                )
        return dict(value)

    def mapping(self, name: str) -> Mapping[str, Any]:
        value = self.block.get(name) or {}
        if not isinstance(value, Mapping):
            raise ClaimsError(f"{self.at}: `{name}` must be a mapping, got {value!r:.80}")
        return value

    def _rows(self) -> list[_Row]:
        found: list[_Row] = []
        first: dict[tuple[str, str], int] = {}
        for number, cells in enumerate(self.table.rows, start=1):
            labels = tuple(cells[label] or "" for label in self.labels)
            parts = [slug(label) for label in labels if slug(label)]
            if not parts:
                raise ClaimsError(f"{self.at}: row {number} has no label in {self.labels}")
            variable, level = parts[0], "-".join(parts[1:])
            if (variable, level) in first:
                raise ClaimsError(
                    f"{self.at}: rows {first[variable, level]} and {number} have the same labels "
                    f"({', '.join(labels)}); name a further column under `rows`"
                )
            first[variable, level] = number
            numbers = {
                name: None if cell is None else _MARKS.sub("", cell.strip())
                for name, cell in cells.items()
            }
            found.append(_Row(labels, variable, level, numbers, number - 1))
        return found

    def _variable(self, label: str) -> str:
        known = {row.variable for row in self.rows}
        if slug(str(label)) not in known:
            raise ClaimsError(
                f"{self.at}: no row is of {label!r}; there are {', '.join(sorted(known))}"
            )
        return slug(str(label))

    def _named(self, label: str) -> list[int]:
        """Return the places of the rows of a variable, or of the one row with this address."""
        address = "/".join(map(slug, label.split("/")))
        alone = [row.number for row in self.rows if f"{row.variable}/{row.level}" == address]
        return alone or [row.number for row in self.rows if row.variable == self._variable(label)]

    # The claims ---------------------------------------------------------------------------------

    def claims(self, faults: Faults) -> Iterator[Claim]:
        for row in self.rows:
            for group in self.groups:
                text = row.cells[group]
                if text is not None:
                    with faults.at(self.block.line, self.name):
                        yield from self.of_cell(row, group, text)
            p = row.cells[self.p] if self.p else None
            # A word in place of a P is no printed number, and nothing follows for it.
            if p is not None and re.sub(r"[^a-z]", "", p.lower()) not in _NO_P:
                yield self.of_p(row, p)

    def address(self, row: _Row, group: str) -> str:
        return "/".join(part for part in (self.name, row.variable, row.level, slug(group)) if part)

    def claim(
        self, row: _Row, group: str, text: str, what: str, declared: Declared, suffix: str = ""
    ) -> Claim:
        labels = ", ".join(label for label in row.labels if label)
        shared = {} if suffix == "percent" else self.shared(group)
        return Claim(
            self.address(row, group) + (f"/{suffix}" if suffix else ""),
            f"{self.where}, {labels}, {group}",
            f"{labels}, {group}: {shared.get('quantity', what)}",
            text,
            *expectation(shared, declared, f"{self.at}, column {group!r}"),
            declared=declared,
            line=self.block.line,
            cell=(self.table.name, row.number, group),
            shares=f"{self.name}/{group}" if declared == self.given(row, group) else "",
        )

    def of_cell(self, row: _Row, group: str, text: str) -> Iterator[Claim]:
        if row.number in self.statistics:
            yield from self.of_statistics(row, group, text)
            return
        given = self.given(row, group)
        if self.cells == "%":
            if not _PERCENT.fullmatch(text):
                raise self.refused(row, group, text)
            size = self.sizes.get(group)
            some = Declared("from", f"some_count({size})") if size else None
            yield self.claim(row, group, text, "percent", given or some or _NOTHING)
            return
        found = COUNT.fullmatch(text)
        if not found:
            if given is None:
                raise self.refused(row, group, text)
            yield self.claim(row, group, text, self.quantity, given)
            return
        percent = found["percent"]
        follows = given or self.count_follows(row, group, percent)
        claim = self.claim(row, group, found["count"], self.quantity, follows)
        yield self.several(claim, row, group, percent)
        if percent is not None:
            whole = self.denominator(row, group)
            follows = Declared("from", f"percent({claim.id}, {whole})") if whole else _NO_SIZE
            yield self.claim(row, group, percent, "percent", follows, "percent")

    def refused(self, row: _Row, group: str, text: str) -> ClaimsError:
        labels = ", ".join(label for label in row.labels if label)
        alone = sum(each.variable == row.variable for each in self.rows) == 1
        name = row.variable if alone else f"{row.variable}/{row.level}"
        advice = f"say what its numbers are, as `statistics: {{{name}: [median, min, max]}}`"
        if not re.search(r"\d", text):
            advice = f"if it means none, put {text!r} under `missingValues` of the table's schema"
        return ClaimsError(
            f"{self.at}: the cell of {labels}, {group} is {text!r}, not {self.cells!r}; {advice}"
        )

    def of_statistics(self, row: _Row, group: str, text: str) -> Iterator[Claim]:
        names, numbers = self.statistics[row.number], NUMBER.findall(text)
        if len(names) != len(numbers):
            raise ClaimsError(
                f"{self.at}: {text!r} ({', '.join(row.labels)}, {group}) holds {len(numbers)} "
                f"numbers, `statistics` names {len(names)}: {', '.join(names)}"
            )
        for name, number in zip(names, numbers, strict=True):
            declared = self.given(row, group) or _NOTHING
            yield self.claim(row, group, number.strip(), name, declared, slug(name))

    def of_p(self, row: _Row, text: str) -> Claim:
        """Return the claim of a P value: does a usual test of the variable's counts print it."""
        column = str(self.p)
        number = text.removeprefix("P").removeprefix("p").lstrip(" =").strip()
        if row.number in self.statistics:
            return self.claim(row, column, number, "P", self.of_means(row))
        levels = [
            each
            for each in self.rows
            if each.variable == row.variable and each.level not in self.missing
            and each.number not in self.statistics
        ]  # fmt: skip
        if row.variable not in self.adds and len(levels) > 1:
            # A patient may be in several of these levels: a P beside each is of that row alone.
            levels = [row] if all(each.cells[column] is not None for each in levels) else []
        counted = all(COUNT.fullmatch(each.cells[g] or "") for each in levels for g in self.parts)
        rows: list[list[str]] = []
        if levels and counted:
            rows = [[self.address(each, group) for each in levels] for group in self.parts]
            if len(levels) == 1:
                wholes = [self.denominator(row, group) for group in self.parts]
                rows = [
                    [*cells, f"{whole} - {cells[0]}"]
                    for cells, whole in zip(rows, wholes, strict=True)
                    if whole
                ]
        if len(rows) < 2:
            return self.claim(row, column, number, "P", _NOTHING)
        body: dict[str, Any] = {"table": rows}
        if named := [test for test in self.named if test not in TESTS_OF_MEANS]:
            body["named"] = named
        return self.claim(row, column, number, "P", Declared("test", body))

    def of_means(self, row: _Row) -> Declared:
        """Return the test of a row of means that the table names; others need the records."""
        named = [test for test in self.named if test in TESTS_OF_MEANS]
        sized = all(row.cells[group] and group in self.sizes for group in self.parts)
        if not named or not sized or self.statistics[row.number] != ["mean", "sd"]:
            return _NOTHING
        means = [
            [*(f"{self.address(row, group)}/{each}" for each in ("mean", "sd")), self.sizes[group]]
            for group in self.parts
        ]
        return Declared("test", {"means": means, "named": named})

    # How a count follows --------------------------------------------------------------------------

    def shared(self, group: str) -> Mapping[str, Any]:
        """Return what `columns` says of every cell of a column beside how it follows."""
        entry = self.columns.get(group)
        return {name: entry[name] for name in _SHARED if name in entry} if entry else {}

    def given(self, row: _Row, group: str) -> Declared | None:
        """Return what `columns` says of a cell; {row} in it stands for the row's first label."""
        entry = self.columns.get(group)
        if entry is None:
            return None
        forms = [form for form in FORMS if isinstance(entry, Mapping) and form in entry]
        if len(forms) != 1 or set(entry) - {forms[0], "if", *_SHARED}:
            raise ClaimsError(
                f"{self.at}: `columns` gives a column one of {', '.join(FORMS)}, and "
                f"{', '.join(_SHARED)} where all cells share them; got {entry!r:.80}"
            )
        declared = declared_by(entry, f"{self.at}, column {group!r}")
        if declared is None or not isinstance(declared.body, str):
            return declared
        return replace(declared, body=declared.body.replace("{row}", _quoted(row.labels[0])))

    def count_follows(self, row: _Row, group: str, percent: str | None) -> Declared:
        others = [
            self.address(each, group)
            for each in self.rows
            if (self.rows_add or each.variable == row.variable)
            and each is not row
            and each.number not in self.statistics
            and each.cells[group] is not None
        ]
        size = self.sizes.get(group)
        if row.variable in self.adds and size and others:
            return Declared("from", f"rest({', '.join([size, *others])})")
        if percent is not None and (whole := self.denominator(row, group)):
            return Declared("from", f"count_behind({self.address(row, group)}/percent, {whole})")
        if self.total is not None and all(row.cells[g] is not None for g in self.groups):
            parts = [self.address(row, each) for each in self.parts]
            if group == self.total:
                return Declared("from", f"sum({', '.join(parts)})")
            rest = [part for part in parts if part != self.address(row, group)]
            return Declared("from", f"rest({', '.join([self.address(row, self.total), *rest])})")
        return _NOTHING if percent is None or size else _NO_SIZE

    def denominator(self, row: _Row, group: str) -> str | None:
        """Return what a percent is of: the group, less those of whom it is not known."""
        size = self.sizes.get(group)
        unknown = [
            self.address(each, group)
            for each in self.rows
            if each.variable == row.variable
            and each.level in self.missing
            and each.cells[group] is not None
        ]
        if size is None or row.level in self.missing or not unknown:
            return size
        return f"({size} - {' - '.join(unknown)})"

    def several(self, claim: Claim, row: _Row, group: str, percent: str | None) -> Claim:
        """Return the claim of a count: expected to be attainable if several print its percent."""
        declared = claim.declared
        if not str(declared.body).startswith("count_behind("):
            return claim
        whole = self.known_size(row, group)
        if percent is None or whole is None:
            return claim
        counts = printed.admits(percent).rounded.times(Fraction(whole, 100)).whole(whole)
        return several(claim) if len(counts) > 1 else claim

    def known_size(self, row: _Row, group: str) -> int | None:
        listed = self.listed.get(self.sizes.get(group) or "")
        if listed is None:
            return None
        try:
            number = printed.parse(listed.reads)
        except ValueError:
            return None
        return int(number.value) if 0 < number.value <= 100_000 else None


def _quoted(label: str) -> str:
    return f"'{label}'" if '"' in label else f'"{label}"'
