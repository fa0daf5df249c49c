"""The value of one expression over a paper's claims and tables, with the limits of rounding."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Protocol

from secondlook import printed
from secondlook.claims import expression
from secondlook.claims.claim import Claim
from secondlook.claims.expression import ExpressionError, Node
from secondlook.claims.functions import COLUMNS, FUNCTIONS, POSSIBLE, STATISTICS, statistic
from secondlook.claims.value import (
    Answer,
    Rows,
    Value,
    bracketed,
    exactly,
    in_digits,
    legend,
    limits_of,
    nearest,
    number_in,
    paper_in_words,
    summed,
    table_in_words,
)  # fmt: skip
from secondlook.claims.verdict import Derived, Possible
from secondlook.printed import Number


class Sources(Protocol):
    """What a derivation may rest on: the claims and the tables of the paper."""

    def claim(self, name: str) -> Claim | None:
        """Return the claim of this id or address; ``other-key:id`` is a claim of another paper."""

    def table(self, name: str) -> Rows | None:
        """Return the table of this name."""

    def address(self, table: str, row: int, column: str) -> str | None:
        """Return the address of the claim of a cell, if the table is declared."""

    def names(self) -> Iterable[str]:
        """Return the ids and addresses of the paper, and the names of its tables."""


@dataclass(frozen=True)
class _Column:
    """Numbers of a column with their limits, in words, and what they rest on."""

    values: Sequence[Value]
    said: str
    rests_on: frozenset[str]


_OPERATIONS: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
}  # fmt: skip
_COMPARISONS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le,
    ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_SIGNS: Mapping[str, str] = {"<=": "≤", ">=": "≥", "!=": "≠", "-": "−", "*": "×"}


class Evaluation:
    """The value of one expression over a paper's claims and tables."""

    def __init__(self, text: str, sources: Sources, claim: str, *, itself: bool = False) -> None:
        self.text, self.sources, self.claim, self.itself = text, sources, claim, itself
        self.tree = expression.read(text)

    def fail(self, node: Node, said: str) -> ExpressionError:
        """Return the error that names a part of the expression."""
        return ExpressionError(said, node.start, node.end, self.text)

    def source(self, node: Node) -> str:
        """Return a part as it is written, on one line."""
        return " ".join(self.text[node.start : node.end].split())

    def answer(
        self, result: Derived | Possible, rests_on: frozenset[str], values: tuple[Value, ...] = ()
    ) -> Answer:
        """Return an answer, with the names of what it rests on after the words of its result."""
        self.refuse_a_literal(rests_on)
        return Answer(replace(result, how=result.how + legend(rests_on)), rests_on, values)

    def refuse_a_literal(self, rests_on: frozenset[str]) -> None:
        """Refuse an expression of numbers alone: a result rests on what is printed."""
        if not rests_on:
            raise self.fail(
                self.tree, "rests on nothing printed; name the claims or cells that it follows from"
            )

    # Values ---------------------------------------------------------------------------------

    def value(self, node: Node) -> Value:
        """Return the value of a part."""
        if node.kind == "number":
            return exactly(int(node.text))
        if node.kind == "name":
            return self.printed_value(node, self.named(node))
        if node.kind == "negative":
            part = self.value(node.parts[0])
            return Value(
                self.source(node), f"-{bracketed(part)}", -part.value, -part.high, -part.low,
                part.rests_on, (part,),
            )  # fmt: skip
        if node.kind in "+-*/":
            return self.joined(node)
        if node.kind == "call":
            return self.called(node)
        what = "a text" if node.kind == "text" else "a condition"
        raise self.fail(node, f"{what} has no value here")

    def rounded(self, node: Node) -> Value:
        """Return the value of a part that was rounded, if it is a claim's, decimals or none."""
        if node.kind != "name":
            return self.value(node)
        return FUNCTIONS["rounded"](self, Node("call", "rounded", (node,), node.start, node.end))

    def joined(self, node: Node) -> Value:
        """Return a sum, difference, product or quotient."""
        left, right = (self.value(part) for part in node.parts)
        sign = _SIGNS.get(node.kind, node.kind)
        said = f"{bracketed(left, node.kind)} {sign} {bracketed(right, node.kind, last=True)}"
        return self.combined(node, node.kind, said, left, right)

    def combined(self, node: Node, sign: str, said: str, left: Value, right: Value) -> Value:
        """Return two values joined by a sign, in these words."""
        if sign == "/" and right.value == 0:
            raise self.fail(node.parts[-1], "divides by zero")
        value = _OPERATIONS[sign](left.value, right.value)
        if max(value.numerator.bit_length(), value.denominator.bit_length()) > 2000:
            raise self.fail(node, "the value has too many digits")
        low, high = _limits(sign, left, right)
        return Value(
            self.source(node), said, value, low, high, left.rests_on | right.rests_on, (left, right)
        )

    def named(self, node: Node) -> Claim:
        """Return the claim that a name is of."""
        name = node.text
        if name == self.claim and not self.itself:
            raise self.fail(
                node, "is the claim itself: that checks nothing; name what else gives it"
            )
        claim = self.sources.claim(name)
        if claim is None:
            raise self.fail(node, self.unknown(name))
        return claim

    def unknown(self, name: str) -> str:
        """Return what to say of a name that nothing has, with the nearest that something has."""
        known = set(self.sources.names())
        if name.replace(".", "", 1).isdigit():
            return f"{name} is no whole number of a definition; name the claim that prints it"
        if self.sources.table(name) is not None:
            return f"{name} is a table; name a cell of it, as cell({name}, row label, column)"
        if _run_together(name, known):
            sign = "division" if "/" in name else "minus"
            return f"there is no claim {name!r}; a {sign} has blanks around it"
        if inside := sorted(each for each in known if each.startswith(f"{name}/")):
            return f"{name!r} is a table or a part of one; name a number in it, such as {inside[0]}"
        paper, colon, own = name.partition(":")
        if colon:
            return f"there is no paper {paper!r} under this root with a claim {own!r}"
        return f"there is no claim, cell or table {name!r}{nearest(name, known)}"

    def printed_value(self, node: Node, claim: Claim) -> Value:
        """Return the number that a claim prints; one with a relation is no value but a limit."""
        try:
            number = printed.parse(claim.reads)
        except ValueError as error:
            raise self.fail(
                node,
                f"is printed as {claim.printed!r}, which is no number; give that claim `reads: 0` "
                "or the like, if a word or a dash says one",
            ) from error
        if number.relation != "=":
            raise self.fail(
                node, f"is printed as {claim.printed!r}; limit({node.text}) is the number in it"
            )
        limits, said = limits_of(claim.reads), in_digits(claim.reads, number.value)
        return Value(node.text, said, number.value, *limits, frozenset({node.text}))

    # Calls ----------------------------------------------------------------------------------

    def called(self, node: Node) -> Value:
        """Return the value of a function of the language."""
        name = node.text
        if name in POSSIBLE:
            raise self.fail(node, f"{name}() gives several values; it can only stand alone")
        if name in COLUMNS and self.is_of_a_table(node):
            return self.of_rows(node)
        if name == "cell":
            return self.cell(node)
        if name not in FUNCTIONS:
            known = sorted({*FUNCTIONS, *COLUMNS, *POSSIBLE, "cell"})
            raise self.fail(node, f"there is no function {name}(){nearest(name, known)}")
        return FUNCTIONS[name](self, node)

    def arguments(self, node: Node, least: int, most: int | None = None) -> list[Value]:
        """Return the values of the arguments, of which there are so many."""
        count = len(node.parts)
        if count < least or (most is not None and count > most):
            wanted = str(least) if least == most else f"{least} or more"
            raise self.fail(node, f"{node.text}() takes {wanted} values, not {count}")
        return [self.value(part) for part in node.parts]

    # Tables ---------------------------------------------------------------------------------

    def is_of_a_table(self, node: Node) -> bool:
        """Whether the first argument is a table, or a column of one."""
        if not node.parts or node.parts[0].kind != "name":
            return node.text == "count"
        name = node.parts[0].text
        return (
            node.text == "count"
            or self.sources.table(name.rpartition(".")[0] or name) is not None
            or ("." in name and ":" not in name)
        )

    def the_table(self, node: Node, name: str) -> Rows:
        """Return the table of a name."""
        table = self.sources.table(name)
        if table is None:
            raise self.fail(node, self.unknown(name))
        return table

    def column(self, node: Node, table: Rows, name: str) -> str:
        """Return the name of a column that the table has."""
        if name not in table.columns:
            hint = nearest(name, table.columns)
            raise self.fail(node, f"{table.name} has no column {name!r}{hint}")
        return name

    def selected(self, table: Rows, conditions: Sequence[Node]) -> tuple[list[int], str]:
        """Return the positions of the rows that meet every condition, and these in words."""
        rows, words = list(range(len(table.rows))), []
        above = "," if len(conditions) > 1 else ""
        for condition in conditions:
            test = self.condition(condition, table)
            rows = [i for i in rows if test(table.rows[i])]
            words.append(self.condition_in_words(condition, above))
        return rows, (" with " + ", ".join(words) if words else "")

    def resting_on(
        self, node: Node, table: Rows, rows: Sequence[int], column: str
    ) -> frozenset[str]:
        """Return the claims of the cells, or the part itself where no table declares them."""
        found = {self.sources.address(table.name, i, column) for i in rows}
        if self.claim in found and not self.itself:
            raise self.fail(node, "the claim's own cell is among these; leave it out (!=)")
        if None in found:
            return frozenset({self.source(node)})
        return frozenset(str(each) for each in found)

    def condition(self, node: Node, table: Rows) -> Callable[[Mapping[str, str | None]], bool]:
        """Return the test of a row that a condition is; a row with a missing cell fails it."""
        if node.kind in ("and", "or"):
            one, other = (self.condition(part, table) for part in node.parts)
            if node.kind == "and":
                return lambda row: one(row) and other(row)
            return lambda row: one(row) or other(row)
        if node.kind not in ("=", "!=", "<", "<=", ">", ">=", "in"):
            raise self.fail(
                node, "a condition is `column = value`, with = != < <= > >= or in (a, b)"
            )
        left, right = node.parts
        if left.kind not in ("name", "text"):
            raise self.fail(left, "the column comes first")
        name = self.column(left, table, left.text)
        cells = {row[name] for row in table.rows} - {None}
        if node.kind in ("=", "!=", "in"):
            wanted = {
                self.label(part, name, cells, table)
                for part in (right.parts if node.kind == "in" else (right,))
            }
            if node.kind == "!=":
                return lambda row: row[name] is not None and row[name] not in wanted
            return lambda row: row[name] in wanted
        limit, compare = self.value(right).value, _COMPARISONS[node.kind]
        numbers = {cell: self.cell_number(left, table, name, cell) for cell in cells}
        return lambda row: row[name] is not None and compare(numbers[row[name]], limit)

    def condition_in_words(self, node: Node, above: str) -> str:
        """Return the condition of a row as a reader writes it, bracketed if `above` joins it."""
        if node.kind in ("and", "or"):
            words = f" {node.kind} ".join(
                self.condition_in_words(part, node.kind) for part in node.parts
            )
        elif node.kind == "in":
            words = f"{node.parts[0].text} = {' or '.join(map(self.bare, node.parts[1].parts))}"
        else:
            left, right = map(self.bare, node.parts)
            return f"{left} {_SIGNS.get(node.kind, node.kind)} {right}"
        mixed = {"and": ("or",), "or": ("and", ","), "in": ("and",)}[node.kind]
        return f"({words})" if above in mixed else words

    def bare(self, node: Node) -> str:
        """Return a part as it is written, a text without its quotes."""
        return node.text if node.kind == "text" else self.source(node)

    def label(self, node: Node, column: str, cells: set[str | None], table: Rows) -> str:
        """Return the cell text that a value in a condition names; refuse what no cell has."""
        if node.kind in ("name", "text", "number") and node.text in cells:
            return node.text
        if node.kind == "name" and (claim := self.sources.claim(node.text)) is not None:
            wanted = self.printed_value(node, claim).value
            for cell in cells:
                if number_in(cell) == wanted:
                    return str(cell)
        hint = nearest(node.text, sorted(str(cell) for cell in cells))
        raise self.fail(node, f"no cell of {table.name}.{column} is {node.text!r}{hint}")

    def cell_number(self, node: Node, table: Rows, column: str, cell: str | None) -> Fraction:
        """Return the number in a cell."""
        number = number_in(cell)
        if number is None:
            raise self.fail(node, f"{table.name}.{column} holds {cell!r}, which is no number")
        return number

    def of_rows(self, node: Node) -> Value:
        """Return a count of rows, or a statistic of a column."""
        first = node.parts[0] if node.parts else node
        if node.text == "count":
            if first.kind != "name":
                raise self.fail(node, "count(table, column = value, ...) begins with a table")
            if self.sources.table(first.text.rpartition(".")[0]) is not None:
                raise self.fail(first, "is a column; count() takes the table, and then conditions")
            table = self.the_table(first, first.text)
            rows, words = self.selected(table, node.parts[1:])
            n, source = Fraction(len(rows)), self.source(node)
            said = f"{n} {'row' if n == 1 else 'rows'} of {table_in_words(table.name)}{words}"
            return Value(source, said, n, n, n, frozenset({source}))
        column = self.numbers(node, node.parts[1:])
        said = f"{STATISTICS[node.text]} of {column.said}"
        found = statistic(node.text, column.values)
        return Value(self.source(node), said, *found, column.rests_on)

    def in_column(
        self, first: Node, conditions: Sequence[Node]
    ) -> tuple[Rows, str, list[int], str]:
        """Return the table and the column of ``table.column``, and the rows meant, with words."""
        name, _, wanted = first.text.rpartition(".")
        table = self.the_table(first, name)
        return table, self.column(first, table, wanted), *self.selected(table, conditions)

    def numbers(self, node: Node, conditions: Sequence[Node]) -> _Column:
        """Return the numbers of a column, the first argument, in the rows that are meant."""
        first = node.parts[0]
        if "." not in first.text:
            raise self.fail(first, f"name the column: {first.text}.column")
        table, column, rows, words = self.in_column(first, conditions)
        known = [i for i in rows if table.rows[i][column] is not None]
        values = [
            Value(cell, cell, self.cell_number(first, table, column, cell), *limits_of(cell))
            for cell in (str(table.rows[i][column]) for i in known)
        ]
        if not values:
            raise self.fail(node, f"no row of {table.name}{words} has a number in {column!r}")
        gap = f" ({len(rows) - len(known)} missing)" if len(known) < len(rows) else ""
        return _Column(
            values,
            f"{len(values)} {'number' if len(values) == 1 else 'numbers'} in column {column} of "
            f"{table_in_words(table.name)}{words}{gap}",
            self.resting_on(node, table, known, column),
        )

    def cell(self, node: Node) -> Value:
        """Return one cell: ``cell(table, label, ..., column)`` or ``cell(table.column, a = b)``."""
        first = node.parts[0] if node.parts else node
        if first.kind != "name" or len(node.parts) < 2:
            raise self.fail(node, "cell(table, row label, column) names the three")
        if "." in first.text:
            table, column, rows, words = self.in_column(first, node.parts[1:])
        else:
            table = self.the_table(first, first.text)
            last = node.parts[-1]
            column = self.column(last, table, last.text)
            rows = list(range(len(table.rows)))
            words = f" in the row {self.source(node.parts[1])}"
            for part, label in zip(node.parts[1:-1], table.columns, strict=False):
                wanted = self.label(part, label, {table.rows[i][label] for i in rows}, table)
                rows = [i for i in rows if table.rows[i][label] == wanted]
        if len(rows) != 1:
            raise self.fail(node, f"{len(rows)} rows of {table.name} are meant; a cell is in one")
        text = table.rows[rows[0]][column]
        if text is None:
            raise self.fail(node, f"the cell of {table.name} is empty: {column!r}{words}")
        number = self.cell_number(node, table, column, text)
        rests_on = self.resting_on(node, table, rows, column)
        return Value(self.source(node), text, number, *limits_of(text), rests_on)

    # Conditions -----------------------------------------------------------------------------

    def holds(self, node: Node) -> tuple[bool, str, set[str]]:
        """Return whether a condition holds, its words with the numbers, and what it rests on."""
        if node.kind in ("and", "or", "not"):
            found = [self.holds(part) for part in node.parts]
            mixed = {"and": ("or",), "or": ("and",), "not": ("and", "or")}[node.kind]
            words = [
                f"({said})" if part.kind in mixed else said
                for part, (_, said, _) in zip(node.parts, found, strict=True)
            ]
            rests = set().union(*(rests for _, _, rests in found))
            if node.kind == "not":
                return not found[0][0], f"not {words[0]}", rests
            both = (all if node.kind == "and" else any)(one for one, _, _ in found)
            return both, f" {node.kind} ".join(words), rests
        if node.kind not in _COMPARISONS:
            raise self.fail(node, "`if` is a condition, such as a < b or a != b")
        left, right = (self.value(part) for part in node.parts)
        one, two = map(self.compared, node.parts, (left, right))
        said = f"{one} {_SIGNS.get(node.kind, node.kind)} {two}"
        holds = _COMPARISONS[node.kind](left.value, right.value)
        return holds, said, set(left.rests_on | right.rests_on)

    def compared(self, node: Node, value: Value) -> str:
        """Return what is compared in words: a printed number with what it is of."""
        named = node.parts[0] if node.kind == "call" and node.text in ("limit", "rounded") else node
        if named.kind != "name":
            return summed(value)
        of = paper_in_words(named.text) + ("limit: " if node.text == "limit" else "")
        return f"{value.said} ({of}{self.named(named).quantity})"

    def text_of(self, node: Node) -> tuple[str, frozenset[str]]:
        """Return a printed number as text: in quotes, or as the claim prints it."""
        if node.kind == "text":
            return node.text, frozenset()
        if node.kind == "name":
            return self.named(node).reads, frozenset({node.text})
        raise self.fail(node, 'a printed number is wanted: "31.6", or the id of a claim')

    def whole(self, node: Node) -> Value:
        """Return a value that is a whole number, not below 0."""
        value = self.value(node)
        if value.value.denominator != 1 or not 0 <= value.value <= 10_000_000:
            raise self.fail(node, f"is {float(value.value):g}; a whole number is wanted")
        return value


def _run_together(name: str, known: set[str]) -> bool:
    """Whether a name is made of known ones, with a sign but no blanks between them."""
    return any(
        sign in "-/"
        and (name[:at] in known or name[:at].isdigit())
        and ((rest := name[at + 1 :]) in known or rest.isdigit() or _run_together(rest, known))
        for at, sign in enumerate(name)
    )


def _limits(sign: str, left: Value, right: Value) -> tuple[Number, Number]:
    """Return the least and the greatest value of an operation over two intervals."""
    ends = (left.low, left.high, right.low, right.high)
    unbounded = any(isinstance(end, float) for end in ends)
    if unbounded or (sign == "/" and right.low <= 0 <= right.high):
        return -math.inf, math.inf
    found = [
        _OPERATIONS[sign](Fraction(a), Fraction(b))
        for a in (left.low, left.high)
        for b in (right.low, right.high)
    ]
    return min(found), max(found)
