"""The declared language: from what a claim declares to its result, exactly, and how it came about.

=====================================  ==============================================  ============
form                                   says                                            result
=====================================  ==============================================  ============
``from: n - men``                      arithmetic over claims, cells, whole numbers    Derived
``from: percent(cr + pr, n)``          `FUNCTIONS`: the words that papers use          Derived
``from: count(table-4, sex = male)``   rows, columns, cells of the paper's own tables  Derived
``from:`` with one line a place        several places give it                          Alternatives
``from: count_behind(p, n)``           `POSSIBLE`: what a percent or a bound allows    Possible
``same: other-id``                     printed elsewhere, too                          Restated
``test: {table: [[a, b], [c, d]]}``    a usual test that prints this P                 Possible
``contradicts: id`` with ``if: ...``   another statement bears on it by logic          Contradicted
``needs: the patients' records``       nothing printed bears on it                     NotDerivable
=====================================  ==============================================  ============

Values are exact fractions. A number printed with decimals stands for all values that print so;
where the point value does not print as the claim does, these limits decide if it still may.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from secondlook import printed
from secondlook.claims import expression
from secondlook.claims.claim import Claim, Declared
from secondlook.claims.expression import ExpressionError, Node
from secondlook.claims.verdict import (
    Alternatives,
    Contradicted,
    Derived,
    NotDerivable,
    Possible,
    Restated,
    Result,
)
from secondlook.printed import Bounds, Number

__all__ = ["Answer", "Rows", "Sources", "Value", "answer"]


@dataclass(frozen=True)
class Rows:
    """A table of the paper: its cells as text, a missing one as None."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Mapping[str, str | None]]


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
class Value:
    """The value of a part of an expression, and what it rests on.

    Attributes
    ----------
    source
        The part, as written.
    said
        The part with numbers in place of names.
    value
        The value if every number is taken as printed.
    low, high
        The least and the greatest value that the rounding of printed numbers allows.
    rests_on
        The claims, and the parts of tables, that it rests on.
    parts
        The values of its parts; for a name, none.
    """

    source: str
    said: str
    value: Fraction
    low: Number
    high: Number
    rests_on: frozenset[str] = frozenset()
    parts: tuple[Value, ...] = ()

    @property
    def within(self) -> Bounds | None:
        """The limits that rounding allows, or None if there is no rounded number in it."""
        if self.low == self.high:
            return None
        return Bounds(self.low, self.high, True, True)


@dataclass(frozen=True)
class Answer:
    """The result of a derivation, with what it rests on and the values of its expressions."""

    result: Result
    rests_on: frozenset[str]
    values: tuple[Value, ...] = ()


def answer(claim: Claim, declared: Declared, sources: Sources) -> Answer:
    """Return what follows for a claim from what it declares.

    Parameters
    ----------
    claim
        The claim; its own printed number is no source of its own derivation.
    declared
        Form and body; every form but ``curve`` and ``by``.
    sources
        The claims and tables of the paper.

    Raises
    ------
    ExpressionError
        With the place in the expression, where it has no value.
    ValueError
        If the body is not what its form holds.
    """
    if declared.form == "needs":
        return Answer(NotDerivable(declared.body), frozenset())
    if declared.form == "same":
        return _restated(claim, declared.body, sources)
    if declared.form == "contradicts":
        return _contradicted(claim, declared, sources)
    if declared.form == "test":
        return _tested(claim, declared.body, sources)
    if isinstance(declared.body, Mapping):
        return _alternatives(claim, declared.body, sources)
    return _from(_Evaluation(declared.body, sources, claim.id))


def _from(evaluation: _Evaluation) -> Answer:
    node = evaluation.tree
    if node.kind == "call" and node.text in POSSIBLE:
        return POSSIBLE[node.text](evaluation, node)
    value = evaluation.value(node)
    evaluation.refuse_a_literal(value)
    how = f"{value.said}{_legend(value.rests_on)}"
    return Answer(Derived(value.value, how, value.within), value.rests_on, (value,))


def _alternatives(claim: Claim, body: Mapping[str, object], sources: Sources) -> Answer:
    values: dict[str, Value] = {}
    for place, text in body.items():
        if not isinstance(text, str):
            raise ValueError(f"`from` has an expression for each place; {place!r} has {text!r:.80}")
        evaluation = _Evaluation(text, sources, claim.id)
        values[place] = evaluation.value(evaluation.tree)
        evaluation.refuse_a_literal(values[place])
    rests_on = frozenset().union(*(value.rests_on for value in values.values()))
    how = "; ".join(f"{place}: {value.said}" for place, value in values.items())
    result = Alternatives(
        {place: value.value for place, value in values.items()},
        how + _legend(rests_on),
        {place: value.within for place, value in values.items() if value.within is not None},
    )
    return Answer(result, rests_on, tuple(values.values()))


def _restated(claim: Claim, name: str, sources: Sources) -> Answer:
    other = _Evaluation(name, sources, claim.id).named(Node("name", name, (), 0, len(name)))
    return Answer(Restated(other.reads, f"restated: {other.where}"), frozenset({name}))


def _contradicted(claim: Claim, declared: Declared, sources: Sources) -> Answer:
    names = declared.body if isinstance(declared.body, list) else [declared.body]
    said, rests_on = [], set[str]()
    for name in names:
        if not isinstance(name, str):
            raise ValueError(f"`contradicts` names a claim or is a sentence; got {name!r:.80}")
        other = sources.claim(name)
        if other is None and " " not in name:
            _Evaluation(name, sources, claim.id).named(Node("name", name, (), 0, len(name)))
        if other is None:
            said.append(name)
        else:
            said.append(f"{other.quantity}: {other.printed} ({other.where})")
            rests_on.add(name)
    evaluation = _Evaluation(declared.condition or "", sources, claim.id, itself=True)
    holds, condition, more = evaluation.holds(evaluation.tree)
    rests_on |= more - {claim.id}
    both = "both cannot hold" if holds else "both can hold"
    how = f"{condition}: {'so' if holds else 'not so'}, {both}{_legend(frozenset(rests_on))}"
    return Answer(Contradicted("; ".join(said), holds, how), frozenset(rests_on))


def _tested(claim: Claim, body: Mapping[str, object], sources: Sources) -> Answer:
    if unknown := sorted(set(body) - {"table", "named"}):
        raise ValueError(f"`test` has table and named, not {unknown[0]!r}")
    rows, named = body.get("table"), body.get("named")
    if not isinstance(rows, list) or not all(isinstance(row, list) and row for row in rows):
        raise ValueError("`test: {table: [[a, b], [c, d]]}` has a list of rows, a row a group")
    cells = [[_Evaluation(str(cell), sources, claim.id) for cell in row] for row in rows]
    values = [[evaluation.value(evaluation.tree) for evaluation in row] for row in cells]
    flat = [value for row in values for value in row]
    rests_on = frozenset().union(*(value.rests_on for value in flat))
    if not rests_on:
        raise ValueError("the cells of `test` are claims or cells, not numbers alone")
    for value in flat:
        if value.value.denominator != 1 or value.value < 0:
            raise ValueError(f"a cell of `test` is a count; {value.source} is {value.value}")
    wanted = [named] if isinstance(named, str) else named
    result = p_values([[int(value.value) for value in row] for row in values], claim.reads, wanted)
    return Answer(result, rests_on, tuple(flat))


def p_values(table: list[list[int]], p: str, named: object) -> Possible:
    """Return the P values of the usual tests of a table of counts, each said with its test."""
    from secondlook.proportions import identify_test

    frame = identify_test(table, p)
    if named is not None:
        known = sorted(set(frame["test"]))
        if not isinstance(named, list) or not set(named) <= set(known):
            raise ValueError(f"`named` is one of {', '.join(known)}; got {named!r:.80}")
        frame = frame[frame["test"].isin(named)]
    frame = frame[frame["verdict"] != "undefined"]
    found = [
        f"{name} ({'two' if sides == 2 else 'one'}-sided)"
        for name, sides, verdict in zip(
            frame["test"], frame["sides"], frame["verdict"], strict=True
        )
        if verdict != "differs"
    ]
    counts = " and ".join("/".join(str(cell) for cell in row) for row in table)
    by = ", ".join(found) if found else f"none of the {len(frame)} usual tests"
    return Possible([float(each) for each in frame["p_value"]], f"{counts}; printed by {by}")


class _Evaluation:
    """The value of one expression over a paper's claims and tables."""

    def __init__(self, text: str, sources: Sources, claim: str, *, itself: bool = False) -> None:
        self.text, self.sources, self.claim, self.itself = text, sources, claim, itself
        self.tree = expression.read(text)

    def fail(self, node: Node, said: str) -> ExpressionError:
        return ExpressionError(said, node.start, node.end, self.text)

    def source(self, node: Node) -> str:
        return self.text[node.start : node.end]

    def refuse_a_literal(self, value: Value) -> None:
        """Refuse an expression of numbers alone: a result rests on what is printed."""
        if not value.rests_on:
            raise self.fail(
                self.tree, "rests on nothing printed; name the claims or cells that it follows from"
            )

    # Values ---------------------------------------------------------------------------------

    def value(self, node: Node) -> Value:
        """Return the value of a part."""
        if node.kind == "number":
            whole = Fraction(int(node.text))
            return Value(node.text, node.text, whole, whole, whole)
        if node.kind == "name":
            return self.printed_value(node, self.named(node))
        if node.kind == "negative":
            part = self.value(node.parts[0])
            return Value(
                self.source(node), f"-{_bracketed(part)}", -part.value, -part.high, -part.low,
                part.rests_on, (part,),
            )  # fmt: skip
        if node.kind in "+-*/":
            return self.joined(node)
        if node.kind == "call":
            return self.called(node)
        what = "a text" if node.kind == "text" else "a condition"
        raise self.fail(node, f"{what} has no value here")

    def joined(self, node: Node) -> Value:
        """Return a sum, difference, product or quotient."""
        left, right = (self.value(part) for part in node.parts)
        sign = {"-": "−", "*": "×"}.get(node.kind, node.kind)
        said = f"{_bracketed(left, node.kind)} {sign} {_bracketed(right, node.kind, last=True)}"
        return self.combined(node, node.kind, said, left, right)

    def combined(self, node: Node, sign: str, said: str, left: Value, right: Value) -> Value:
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
        known = set(self.sources.names())
        words = name.replace("/", "-").split("-")
        if len(words) > 1 and all(word in known or word.isdigit() for word in words):
            sign = "division" if "/" in name else "minus"
            return f"there is no claim {name!r}; a {sign} has blanks around it"
        near = difflib.get_close_matches(name, known, 3, 0.5)
        hint = f"; the nearest known are {', '.join(near)}" if near else ""
        return f"there is no claim, cell or table {name!r}{hint}"

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
        low, high = _ends(claim.reads)
        return Value(node.text, claim.reads, number.value, low, high, frozenset({node.text}))

    # Calls ----------------------------------------------------------------------------------

    def called(self, node: Node) -> Value:
        name = node.text
        if name in POSSIBLE:
            raise self.fail(node, f"{name}() gives several values; it can only stand alone")
        if name in COLUMNS and self.is_of_a_table(node):
            return self.of_rows(node)
        if name not in FUNCTIONS:
            known = sorted({*FUNCTIONS, *COLUMNS, *POSSIBLE})
            near = difflib.get_close_matches(name, known, 1, 0.5)
            hint = f"did you mean {near[0]}()?" if near else f"there are {', '.join(known)}"
            raise self.fail(node, f"there is no function {name}(); {hint}")
        return FUNCTIONS[name](self, node)

    def arguments(self, node: Node, least: int, most: int | None = None) -> list[Value]:
        count = len(node.parts)
        if count < least or (most is not None and count > most):
            wanted = str(least) if least == most else f"{least} or more"
            raise self.fail(node, f"{node.text}() takes {wanted} values, not {count}")
        return [self.value(part) for part in node.parts]

    def made(self, node: Node, said: str, value: Fraction, parts: Sequence[Value]) -> Value:
        """Return a value of a rising function of its parts, of which no more need be known."""
        rests_on = frozenset().union(*(part.rests_on for part in parts))
        return Value(self.source(node), said, value, value, value, rests_on, tuple(parts))

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
        table = self.sources.table(name)
        if table is None:
            raise self.fail(node, self.unknown(name))
        return table

    def column(self, node: Node, table: Rows, name: str) -> str:
        if name not in table.columns:
            near = difflib.get_close_matches(name, table.columns, 1, 0.5)
            hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(table.columns)}"
            raise self.fail(node, f"{table.name} has no column {name!r}; {hint}")
        return name

    def selected(self, table: Rows, conditions: Sequence[Node]) -> tuple[list[int], str]:
        """Return the positions of the rows that meet every condition, and these in words."""
        rows, words = list(range(len(table.rows))), []
        for condition in conditions:
            test = self.condition(condition, table)
            rows = [i for i in rows if test(table.rows[i])]
            words.append(" ".join(self.source(condition).split()))
        return rows, (" with " + ", ".join(words) if words else "")

    def resting_on(
        self, node: Node, table: Rows, rows: Sequence[int], column: str
    ) -> frozenset[str]:
        """Return the claims of the cells, or the part itself where no table declares them."""
        found = {self.sources.address(table.name, i, column) for i in rows}
        if self.claim in found and not self.itself:
            raise self.fail(node, "the claim's own cell is among these; leave it out (!=)")
        if None in found:
            return frozenset({" ".join(self.source(node).split())})
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

    def label(self, node: Node, column: str, cells: set[str | None], table: Rows) -> str:
        """Return the cell text that a value in a condition names; refuse what no cell has."""
        if node.kind in ("name", "text", "number") and node.text in cells:
            return node.text
        if node.kind == "name" and (claim := self.sources.claim(node.text)) is not None:
            wanted = self.printed_value(node, claim).value
            for cell in cells:
                if _number(cell) == wanted:
                    return str(cell)
        near = difflib.get_close_matches(node.text, [str(cell) for cell in cells], 3, 0.4)
        hint = f"; the nearest are {', '.join(repr(each) for each in near)}" if near else ""
        raise self.fail(node, f"no cell of {table.name}.{column} is {node.text!r}{hint}")

    def cell_number(self, node: Node, table: Rows, column: str, cell: str | None) -> Fraction:
        number = _number(cell)
        if number is None:
            raise self.fail(node, f"{table.name}.{column} holds {cell!r}, which is no number")
        return number

    def of_rows(self, node: Node) -> Value:
        """Return a count of rows, or a statistic of a column."""
        first = node.parts[0] if node.parts else node
        if node.text == "count":
            if first.kind != "name":
                raise self.fail(node, "count(table, column = value, ...) begins with a table")
            table = self.the_table(first, first.text)
            rows, words = self.selected(table, node.parts[1:])
            n, source = Fraction(len(rows)), " ".join(self.source(node).split())
            said = f"{n} rows of {table.name}{words}"
            return Value(source, said, n, n, n, frozenset({source}))
        name, _, wanted = first.text.rpartition(".")
        if not name:
            raise self.fail(first, f"name the column: {first.text}.column")
        table = self.the_table(first, name)
        column = self.column(first, table, wanted)
        rows, words = self.selected(table, node.parts[1:])
        known = [i for i in rows if table.rows[i][column] is not None]
        cells = [str(table.rows[i][column]) for i in known]
        numbers = [self.cell_number(first, table, column, cell) for cell in cells]
        if not numbers:
            raise self.fail(node, f"no row of {table.name}{words} has a number in {column!r}")
        missing = len(rows) - len(numbers)
        gap = f" ({missing} missing)" if missing else ""
        low, high = _statistic_limits(node.text, numbers, [_ends(cell) for cell in cells])
        return Value(
            " ".join(self.source(node).split()),
            f"{node.text} of {len(numbers)} numbers of {table.name}.{column}{words}{gap}",
            COLUMNS[node.text](numbers), low, high,
            self.resting_on(node, table, known, column),
        )  # fmt: skip

    def cell(self, node: Node) -> Value:
        """Return one cell: ``cell(table, label, ..., column)`` or ``cell(table.column, a = b)``."""
        first = node.parts[0] if node.parts else node
        if first.kind != "name" or len(node.parts) < 2:
            raise self.fail(node, "cell(table, row label, column) names the three")
        if "." in first.text:
            name, _, wanted = first.text.rpartition(".")
            table = self.the_table(first, name)
            column = self.column(first, table, wanted)
            rows, words = self.selected(table, node.parts[1:])
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
        low, high = _ends(text)
        source = " ".join(self.source(node).split())
        rests_on = self.resting_on(node, table, rows, column)
        return Value(source, text, number, low, high, rests_on)

    # Conditions -----------------------------------------------------------------------------

    def holds(self, node: Node) -> tuple[bool, str, set[str]]:
        """Return whether a condition holds, its words with the numbers, and what it rests on."""
        if node.kind in ("and", "or"):
            (one, said, rests), (other, more, also) = (self.holds(part) for part in node.parts)
            both = one and other if node.kind == "and" else one or other
            return both, f"{said} {node.kind} {more}", rests | also
        if node.kind == "not":
            one, said, rests = self.holds(node.parts[0])
            return not one, f"not {said}", rests
        if node.kind not in _COMPARISONS:
            raise self.fail(node, "`if` is a condition, such as a < b or a != b")
        left, right = (self.value(part) for part in node.parts)
        sign = {"<=": "≤", ">=": "≥", "!=": "≠"}.get(node.kind, node.kind)
        said = f"{left.said} {sign} {right.said}"
        holds = _COMPARISONS[node.kind](left.value, right.value)
        return holds, said, set(left.rests_on | right.rests_on)

    def text_of(self, node: Node) -> tuple[str, frozenset[str]]:
        """Return a printed number as text: in quotes, or as the claim prints it."""
        if node.kind == "text":
            return node.text, frozenset()
        if node.kind == "name":
            return self.named(node).reads, frozenset({node.text})
        raise self.fail(node, 'a printed number is wanted: "31.6", or the id of a claim')

    def whole(self, node: Node) -> Value:
        value = self.value(node)
        if value.value.denominator != 1 or not 0 <= value.value <= 10_000_000:
            raise self.fail(node, f"is {float(value.value):g}; a whole number is wanted")
        return value


# Functions that give one value -------------------------------------------------------------------


def _sum(evaluation: _Evaluation, node: Node) -> Value:
    parts = evaluation.arguments(node, 1)
    total = parts[0]
    for part in parts[1:]:
        total = evaluation.combined(
            node, "+", f"{total.said} + {_bracketed(part, '+')}", total, part
        )
    return _whole_call(evaluation, node, total.said, total, parts)


def _rest(evaluation: _Evaluation, node: Node) -> Value:
    total, *parts = evaluation.arguments(node, 2)
    rest, said = total, _bracketed(total, "-")
    for part in parts:
        rest = evaluation.combined(node, "-", "", rest, part)
    said = f"{said} less {' and '.join(_bracketed(part, '-', last=True) for part in parts)}"
    return _whole_call(evaluation, node, said, rest, (total, *parts))


def _percent(evaluation: _Evaluation, node: Node) -> Value:
    part, whole = evaluation.arguments(node, 2, 2)
    ratio = evaluation.combined(node, "/", "", part, whole)
    hundred = Value("100", "100", Fraction(100), Fraction(100), Fraction(100))
    value = evaluation.combined(node, "*", "", ratio, hundred)
    said = f"{_summed(part)} of {_summed(whole)}, in percent"
    return _whole_call(evaluation, node, said, value, (part, whole))


def _ratio(evaluation: _Evaluation, node: Node) -> Value:
    part, whole = evaluation.arguments(node, 2, 2)
    value = evaluation.combined(node, "/", "", part, whole)
    return _whole_call(
        evaluation, node, f"{_summed(part)} by {_summed(whole)}", value, (part, whole)
    )


def _middle(evaluation: _Evaluation, node: Node) -> Value:
    (n,) = evaluation.arguments(node, 1, 1)
    evaluation.whole(node.parts[0])
    return evaluation.made(
        node, f"the middle of {n.said}, {(n.value + 1) / 2}", (n.value + 1) / 2, (n,)
    )


def _nearest(evaluation: _Evaluation, node: Node) -> Value:
    (part,) = evaluation.arguments(node, 1, 1)
    value = Fraction(math.floor(part.value + Fraction(1, 2)))
    return evaluation.made(node, f"{part.said}, to the nearest whole number", value, (part,))


def _limit(evaluation: _Evaluation, node: Node) -> Value:
    if len(node.parts) != 1 or node.parts[0].kind != "name":
        raise evaluation.fail(node, "limit(id) names one claim, printed with a relation")
    claim = evaluation.named(node.parts[0])
    try:
        number = printed.parse(claim.reads).value
    except ValueError as error:
        raise evaluation.fail(node, f"{claim.printed!r} holds no number") from error
    return Value(
        evaluation.source(node), claim.printed, number, number, number,
        frozenset({node.parts[0].text}),
    )  # fmt: skip


def _rounded(evaluation: _Evaluation, node: Node) -> Value:
    """Return a claim's number as one that was rounded, where it is printed without decimals."""
    if len(node.parts) != 1 or node.parts[0].kind != "name":
        raise evaluation.fail(node, "rounded(id) names one claim, printed as a rounded number")
    value = evaluation.value(node.parts[0])
    either = printed.admits(value.said).either
    return Value(
        evaluation.source(node), value.said, value.value, either.lower, either.upper,
        value.rests_on,
    )  # fmt: skip


def _extreme(name: str) -> Callable[[_Evaluation, Node], Value]:
    def extreme(evaluation: _Evaluation, node: Node) -> Value:
        parts = evaluation.arguments(node, 2)
        pick = COLUMNS[name]
        return Value(
            evaluation.source(node), f"{name} of {', '.join(part.said for part in parts)}",
            pick([part.value for part in parts]),
            _statistic(pick, [part.low for part in parts]),
            _statistic(pick, [part.high for part in parts]),
            frozenset().union(*(part.rests_on for part in parts)), tuple(parts),
        )  # fmt: skip

    return extreme


def _whole_call(
    evaluation: _Evaluation, node: Node, said: str, value: Value, parts: Sequence[Value]
) -> Value:
    return Value(
        evaluation.source(node), said, value.value, value.low, value.high, value.rests_on,
        tuple(parts),
    )  # fmt: skip


# Functions that give the values that are possible ------------------------------------------------


def _count_behind(evaluation: _Evaluation, node: Node) -> Answer:
    """Return the counts of n that are a percent: the only one, or one of several."""
    percent, n, rests_on = _percent_and(evaluation, node, text_at=0)
    size = int(n.value)
    either = printed.admits(percent).either
    counts = _whole_between(either.lower * size / 100, either.upper * size / 100, size)
    found = _percents(percent, ((count, Fraction(100 * count, size)) for count in counts if size))
    return _one_or_several(found, f"of {n.said} that is {percent}%", rests_on, (n,))


def _size_behind(evaluation: _Evaluation, node: Node) -> Answer:
    """Return the sizes of which a count is a percent: the only one, or one of several."""
    percent, count, rests_on = _percent_and(evaluation, node, text_at=1)
    part = int(count.value)
    if not part:
        raise evaluation.fail(node, "0 is 0% of any size")
    either = printed.admits(percent).either
    low, high = max(either.lower, Fraction(1, 10**6)), max(either.upper, Fraction(1, 10**6))
    sizes = _whole_between(100 * part / high, 100 * part / low, max(2000, 20 * part))
    found = _percents(percent, ((n, Fraction(100 * part, n)) for n in sizes if n >= part))
    return _one_or_several(found, f"of which {count.said} is {percent}%", rests_on, (count,))


def _some_count(evaluation: _Evaluation, node: Node) -> Answer:
    """Return every whole number of n, in percent."""
    if len(node.parts) != 1:
        raise evaluation.fail(node, "some_count(n) takes one value")
    n = evaluation.whole(node.parts[0])
    evaluation.refuse_a_literal(n)
    size = int(n.value)
    if not 0 < size <= 100_000:
        raise evaluation.fail(node, f"{size} is no number of patients to count up to")
    result = Possible(
        [Fraction(100 * count, size) for count in range(size + 1)],
        f"every whole number of {n.said}, in percent{_legend(n.rests_on)}",
        shown_as=f"some count of {size}",
    )
    return Answer(result, n.rests_on, (n,))


def _between(evaluation: _Evaluation, node: Node) -> Answer:
    """Return what lies between two values, the ends among it."""
    low, high = evaluation.arguments(node, 2, 2)
    evaluation.refuse_a_literal(
        Value("", "", low.value, low.low, low.high, low.rests_on | high.rests_on)
    )
    if low.low > high.high:
        raise evaluation.fail(
            node, f"nothing lies between {float(low.value):g} and {float(high.value):g}"
        )
    rests_on = low.rests_on | high.rests_on
    bounds = Bounds(low.low, high.high, True, True)
    how = f"from {_summed(low)} to {_summed(high)}{_legend(rests_on)}"
    return Answer(Possible(bounds, how), rests_on, (low, high))


def _at_least(evaluation: _Evaluation, node: Node) -> Answer:
    """Return what is no less than a value."""
    (low,) = evaluation.arguments(node, 1, 1)
    evaluation.refuse_a_literal(low)
    how = f"{_summed(low)} or more{_legend(low.rests_on)}"
    shown = f"{printed.show(low.value, extra=_decimals(low.value))} or more"
    return Answer(
        Possible(Bounds(low.low, math.inf, True, False), how, shown), low.rests_on, (low,)
    )


def _at_most(evaluation: _Evaluation, node: Node) -> Answer:
    """Return what is no more than a value."""
    (high,) = evaluation.arguments(node, 1, 1)
    evaluation.refuse_a_literal(high)
    how = f"{_summed(high)} or less{_legend(high.rests_on)}"
    shown = f"{printed.show(high.value, extra=_decimals(high.value))} or less"
    bounds = Bounds(-math.inf, high.high, False, True)
    return Answer(Possible(bounds, how, shown), high.rests_on, (high,))


def _one_of(evaluation: _Evaluation, node: Node) -> Answer:
    """Return the values that the readings of a word not explained give."""
    values = evaluation.arguments(node, 2)
    rests_on = frozenset().union(*(value.rests_on for value in values))
    evaluation.refuse_a_literal(
        Value("", "", values[0].value, values[0].low, values[0].high, rests_on)
    )
    how = f"one of: {'; '.join(value.said for value in values)}{_legend(rests_on)}"
    return Answer(Possible([value.value for value in values], how), rests_on, tuple(values))


def _quartile(evaluation: _Evaluation, node: Node) -> Answer:
    """Return a quartile of a column under the definitions in use, which differ in small samples."""
    if len(node.parts) < 2 or node.parts[1].text not in ("1", "3"):
        raise evaluation.fail(
            node, "quartile(table.column, 1) or (table.column, 3), then conditions"
        )
    first, which, *conditions = node.parts
    name, _, wanted = first.text.rpartition(".")
    table = evaluation.the_table(first, name)
    column = evaluation.column(first, table, wanted)
    rows, words = evaluation.selected(table, conditions)
    known = [i for i in rows if table.rows[i][column] is not None]
    numbers = [evaluation.cell_number(first, table, column, table.rows[i][column]) for i in known]
    if not numbers:
        raise evaluation.fail(node, f"no row of {table.name}{words} has a number in {column!r}")
    found = sorted(set(_quantiles(sorted(numbers), Fraction(int(which.text), 4))))
    said = f"quartile {which.text} of {len(numbers)} numbers of {table.name}.{column}{words}"
    rests_on = evaluation.resting_on(node, table, known, column)
    if len(found) == 1:
        return Answer(Derived(found[0], f"{said}, under every definition in use"), rests_on)
    return Answer(Possible(found, f"{said}, under the definitions in use"), rests_on)


def _percent_and(
    evaluation: _Evaluation, node: Node, *, text_at: int
) -> tuple[str, Value, frozenset[str]]:
    if len(node.parts) != 2:
        raise evaluation.fail(node, f"{node.text}() takes a percent and a whole number")
    text, rests_on = evaluation.text_of(node.parts[text_at])
    number = evaluation.whole(node.parts[1 - text_at])
    if not 0 <= number.value <= 100_000:
        raise evaluation.fail(node.parts[1 - text_at], f"{number.value} is too large to search")
    rests_on |= number.rests_on
    evaluation.refuse_a_literal(Value("", "", number.value, number.value, number.value, rests_on))
    try:
        printed.admits(text)
    except ValueError as error:
        raise evaluation.fail(node.parts[text_at], str(error)) from error
    return text, number, rests_on


def _whole_between(low: Number, high: Number, most: int) -> range:
    """Return the whole numbers from 0 to `most` that lie between two bounds, the ends included."""
    first = 0 if low <= 0 else math.ceil(low) if math.isfinite(low) else most + 1
    last = most if high >= most else math.floor(high)
    return range(first, last + 1)


def _percents(
    percent: str, candidates: Iterable[tuple[int, Fraction]]
) -> tuple[list[int], list[int]]:
    """Return the numbers whose percent rounds so, and those whose percent rounds or cuts so."""
    interval = printed.admits(percent)
    rounded, either = [], []
    for number, value in candidates:
        if value in interval.rounded:
            rounded.append(number)
            either.append(number)
        elif value in interval.truncated:
            either.append(number)
    return rounded, either


def _one_or_several(
    found: tuple[list[int], list[int]],
    said: str,
    rests_on: frozenset[str],
    parts: tuple[Value, ...],
) -> Answer:
    rounded, either = found
    if len(rounded) == 1:
        how = f"the only number {said}{_legend(rests_on)}"
        return Answer(Derived(rounded[0], how), rests_on, parts)
    how = f"every number {said}, rounded or cut{_legend(rests_on)}"
    return Answer(Possible(either, how), rests_on, parts)


# Numbers ------------------------------------------------------------------------------------------


def _mean(values: Sequence[Fraction]) -> Fraction:
    return Fraction(sum(values), 1) / len(values)


def _median(values: Sequence[Fraction]) -> Fraction:
    ordered, middle = sorted(values), len(values) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def _quantiles(ordered: Sequence[Fraction], share: Fraction) -> Iterable[Fraction]:
    """Yield a quantile under the nine definitions of Hyndman & Fan (1996, Am Stat 50, 361-365)."""
    n = len(ordered)

    def at(position: Fraction) -> Fraction:
        """Return the value at a position counted from 1, between two values where it is broken."""
        position = min(max(position, Fraction(1)), Fraction(n))
        below = math.floor(position)
        above = min(below + 1, n)
        part = position - below
        return ordered[below - 1] * (1 - part) + ordered[above - 1] * part

    yield at(Fraction(math.ceil(n * share)))
    yield (at(Fraction(math.ceil(n * share))) + at(Fraction(math.floor(n * share) + 1))) / 2
    yield at(Fraction(round(n * share)))
    half, third, eighth = Fraction(1, 2), Fraction(1, 3), Fraction(3, 8)
    for a, b in ((0, 1), (half, half), (0, 0), (1, 1), (third, third), (eighth, eighth)):
        yield at(n * share + a + share * (1 - a - b))


def _deviation(values: Sequence[Fraction]) -> Fraction:
    """Return the sample standard deviation (n - 1), right to 30 decimals."""
    if len(values) < 2:
        return Fraction(0)
    mean = _mean(values)
    variance = Fraction(sum((value - mean) ** 2 for value in values), len(values) - 1)
    return Fraction(math.isqrt(math.floor(variance * 10**60)), 10**30)


def _statistic_limits(
    name: str, numbers: Sequence[Fraction], ends: Sequence[tuple[Number, Number]]
) -> tuple[Number, Number]:
    """Return the least and the greatest value of a statistic of numbers that were rounded."""
    if name != "sd":
        statistic = COLUMNS[name]
        low, high = ([Fraction(each[side]) for each in ends] for side in (0, 1))
        return statistic(low), statistic(high)
    value = _deviation(numbers)
    widest = max(Fraction(high) - Fraction(low) for low, high in ends)
    if not widest:
        return value, value
    # The deviations change by a vector no longer than this, and the SD by no more than its length.
    change = widest * Fraction(
        math.isqrt(10**12 * len(numbers) // (len(numbers) - 1) + 1) + 1, 10**6
    )
    return max(Fraction(0), value - change), value + change


COLUMNS: Mapping[str, Callable[[Sequence[Fraction]], Fraction]] = {
    "count": lambda values: Fraction(len(values)),
    "sum": lambda values: Fraction(sum(values)),
    "mean": _mean,
    "median": _median,
    "sd": _deviation,
    "min": min,
    "max": max,
}
"""What is counted or computed over rows; each but the count and the SD rises with every value."""

FUNCTIONS: Mapping[str, Callable[[_Evaluation, Node], Value]] = {
    "percent": _percent,
    "sum": _sum,
    "rest": _rest,
    "ratio": _ratio,
    "middle": _middle,
    "nearest": _nearest,
    "limit": _limit,
    "rounded": _rounded,
    "cell": _Evaluation.cell,
    **{name: _extreme(name) for name in ("mean", "median", "min", "max")},
}
"""What gives one value."""

POSSIBLE: Mapping[str, Callable[[_Evaluation, Node], Answer]] = {
    "count_behind": _count_behind,
    "size_behind": _size_behind,
    "some_count": _some_count,
    "between": _between,
    "at_least": _at_least,
    "at_most": _at_most,
    "one_of": _one_of,
    "quartile": _quartile,
}
"""What gives the values that are possible; it stands alone."""

_MOST_NAMED = 8
_OPERATIONS: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}
_COMPARISONS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


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


def _statistic(
    statistic: Callable[[Sequence[Fraction]], Fraction], ends: Sequence[Number]
) -> Number:
    if any(isinstance(end, float) for end in ends):
        return -math.inf if ends[0] < 0 else math.inf
    return statistic([Fraction(end) for end in ends])


def _ends(text: str) -> tuple[Number, Number]:
    """Return the least and the greatest value that a printed number may stand for.

    Whole numbers count, and are taken as they are; decimals were rounded, or cut.
    """
    number = printed.parse(text)
    if number.decimals == 0 and number.unit == 1:
        return number.value, number.value
    either = printed.admits(text).either
    return either.lower, either.upper


def _number(cell: str | None) -> Fraction | None:
    if cell is None:
        return None
    try:
        number = printed.parse(cell)
    except ValueError:
        return None
    return number.value if number.relation == "=" else None


def _bracketed(value: Value, sign: str = "*", *, last: bool = False) -> str:
    """Return a part's words, in brackets where the words bind less than the sign beside them."""
    loose = any(f" {each} " in value.said for each in ("+", "−", "less"))
    tight = any(f" {each} " in value.said for each in ("×", "/", "of", "by"))
    needs = (loose and (sign in "*/" or (sign == "-" and last))) or (
        tight and sign in "*/" and last
    )
    return f"({value.said})" if needs or "," in value.said else value.said


def _summed(value: Value) -> str:
    """Return a part's words; with its value before it, if it is made of several."""
    if not value.parts and not value.said.endswith(")"):
        return value.said
    return f"{_plain(value.value)} ({value.said})"


def _plain(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.6g}"


def _decimals(value: Fraction) -> int:
    return 0 if value.denominator == 1 else 2


def _legend(rests_on: frozenset[str]) -> str:
    # A statistic has its table in its words; a cell is only a number, and is named.
    named = (name.removeprefix("cell(").removesuffix(")") for name in rests_on)
    names = sorted(name for name in named if "(" not in name)
    if len(names) > _MOST_NAMED:
        names = [*names[: _MOST_NAMED - 1], f"{len(names) - _MOST_NAMED + 1} more"]
    return f" [{', '.join(names)}]" if names else ""
