"""The words of the declared language: what papers call a percent, the rest, the count behind one.

`FUNCTIONS` give one value, with the limits that rounding leaves it; `COLUMNS` are what is computed
over a column of a table; `POSSIBLE` give the values that something printed allows.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from secondlook import printed
from secondlook.claims.expression import Node
from secondlook.claims.value import Answer, Value, bracketed, exactly, plain, resting, summed
from secondlook.claims.verdict import Derived, Possible
from secondlook.printed import Bounds, Number

if TYPE_CHECKING:
    from secondlook.claims.evaluation import Evaluation

# Functions that give one value --------------------------------------------------------------------

Function = Callable[["Evaluation", Node], Value]


def _folded(
    sign: str, least: int, most: int | None, words: Callable[[Sequence[Value]], str], times: int = 1
) -> Function:
    """Return a function that joins its values by one sign, from the left."""

    def function(evaluation: Evaluation, node: Node) -> Value:
        parts = evaluation.arguments(node, least, most)
        total = parts[0]
        for part in parts[1:]:
            total = evaluation.combined(node, sign, "", total, part)
        if times != 1:
            total = evaluation.combined(node, "*", "", total, exactly(times))
        return replace(total, source=evaluation.source(node), said=words(parts), parts=tuple(parts))

    return function


def _rising(change: Callable[[Fraction], Fraction], words: str) -> Function:
    """Return a function of one value that does not fall when the value rises."""

    def function(evaluation: Evaluation, node: Node) -> Value:
        (part,) = evaluation.arguments(node, 1, 1)
        value, low, high = (
            change(Fraction(end)) if math.isfinite(end) else end
            for end in (part.value, part.low, part.high)
        )
        said = words.format(part.said, value)
        return Value(
            evaluation.source(node), said, Fraction(value), low, high, part.rests_on, (part,)
        )

    return function


def _ranked(name: str) -> Function:
    """Return a statistic of values that are named one by one."""

    def function(evaluation: Evaluation, node: Node) -> Value:
        parts = evaluation.arguments(node, 2)
        said = f"{name} of {', '.join(part.said for part in parts)}"
        found = statistic(name, parts)
        return Value(evaluation.source(node), said, *found, resting(parts), tuple(parts))

    return function


def _digits(evaluation: Evaluation, node: Node) -> Value:
    """Return a claim's digits: ``limit`` of one with a relation, ``rounded`` of a whole one."""
    if len(node.parts) != 1 or node.parts[0].kind != "name":
        raise evaluation.fail(node, f"{node.text}(id) names one claim")
    claim, source = evaluation.named(node.parts[0]), evaluation.source(node)
    try:
        number, either = printed.parse(claim.reads), printed.admits(claim.reads).either
    except ValueError as error:
        raise evaluation.fail(node, f"{claim.printed!r} holds no number") from error
    low, high, said = number.value, number.value, claim.printed
    if node.text == "limit" and number.relation != "=":
        said = plain(number.value)
    if node.text == "rounded" and number.relation == "=":
        low, high = Fraction(either.lower), Fraction(either.upper)
    rests_on = frozenset({node.parts[0].text})
    return Value(source, said, number.value, low, high, rests_on)


# Functions that give the values that are possible ------------------------------------------------


def _behind(evaluation: Evaluation, node: Node) -> Answer:
    """Return counts that are a percent of a size, or sizes of which a count is a percent."""
    of_size = node.text == "count_behind"
    if len(node.parts) != 2:
        raise evaluation.fail(node, f"{node.text}() takes a percent and a whole number")
    text_node, number_node = node.parts if of_size else node.parts[::-1]
    text, named = evaluation.text_of(text_node)
    number = evaluation.whole(number_node)
    known = int(number.value)
    if known > 100_000 or (known == 0 and not of_size):
        raise evaluation.fail(number_node, f"nothing can be searched with {known}")
    rests_on = number.rests_on | named
    evaluation.refuse_a_literal(rests_on)
    try:
        interval = printed.admits(text)
    except ValueError as error:
        raise evaluation.fail(text_node, str(error)) from error
    find = _counts if of_size else _sizes
    rounded, cut = find(interval.rounded, known), find(interval.truncated, known)
    said = f"of {number.said} that is {text}%" if of_size else f"of which {number.said} is {text}%"
    if len(rounded) == 1:
        return evaluation.answer(
            Derived(rounded[0], f"the only number {said}"), rests_on, (number,)
        )
    found = Possible(sorted({*rounded, *cut}), f"every number {said}, rounded or cut")
    return evaluation.answer(found, rests_on, (number,))


def _counts(percents: Bounds, size: int) -> Sequence[int]:
    """Return the counts of a size that are such a percent of it; none of nobody."""
    return percents.times(Fraction(size, 100)).whole(size) if size else ()


def _sizes(percents: Bounds, count: int) -> Sequence[int]:
    """Return the sizes of which a count above 0 is such a percent."""
    if percents.upper <= 0:
        return ()
    most = math.inf if percents.lower <= 0 else 100 * count / Fraction(percents.lower)
    sizes = Bounds(100 * count / percents.upper, most, percents.upper_closed, percents.lower_closed)
    return [size for size in sizes.whole(max(2000, 20 * count)) if size >= count]


def _some_count(evaluation: Evaluation, node: Node) -> Answer:
    """Return every whole number of n, in percent."""
    (n,) = (evaluation.whole(part) for part in node.parts[:1]) if len(node.parts) == 1 else (None,)
    if n is None or not 0 < n.value <= 100_000:
        raise evaluation.fail(node, "some_count(n) takes the number of patients")
    size = int(n.value)
    result = Possible(
        [Fraction(100 * count, size) for count in range(size + 1)],
        f"every whole number of {n.said}, in percent", f"some count of {size}",
    )  # fmt: skip
    return evaluation.answer(result, n.rests_on, (n,))


def _bounded(evaluation: Evaluation, node: Node) -> Answer:
    """Return what lies between two values, the ends among it, or beyond one."""
    count = 2 if node.text == "between" else 1
    values = evaluation.arguments(node, count, count)
    low = -math.inf if node.text == "at_most" else values[0].low
    high = math.inf if node.text == "at_least" else values[-1].high
    if low > high:
        raise evaluation.fail(node, f"nothing lies between {float(low):g} and {float(high):g}")
    said, shown = [summed(value) for value in values], ""
    if node.text == "between":
        how = f"from {said[0]} to {said[1]}"
    else:
        more = "or more" if node.text == "at_least" else "or less"
        how, shown = f"{said[0]} {more}", f"{_shown(values[0].value)} {more}"
    bounds = Bounds(low, high, math.isfinite(low), math.isfinite(high))
    return evaluation.answer(Possible(bounds, how, shown), resting(values), tuple(values))


def _one_of(evaluation: Evaluation, node: Node) -> Answer:
    """Return the values that the readings of a word not explained give."""
    values = evaluation.arguments(node, 2)
    how = f"one of: {'; '.join(value.said for value in values)}"
    result = Possible([value.value for value in values], how)
    return evaluation.answer(result, resting(values), tuple(values))


def _interval_limit(evaluation: Evaluation, node: Node) -> Answer:
    """Return an end of the 95% interval of a count of n, in percent: by one kind, or by each."""
    from secondlook.proportions import METHODS, interval

    if len(node.parts) not in (2, 3):
        raise evaluation.fail(node, f"{node.text}(count, n), or {node.text}(count, n, wilson)")
    count, n = (evaluation.whole(part) for part in node.parts[:2])
    if not 0 < n.value <= 5000 or count.value > n.value:
        raise evaluation.fail(
            node, f"{count.value} of {n.value} is no proportion of 1 to 5000 patients"
        )
    end = node.text.removesuffix("_limit")
    limits = {
        method: 100 * getattr(interval(int(count.value), int(n.value), method=method), end)
        for method in METHODS
        if method != "logit" or 0 < count.value < n.value
    }
    said = f"{end} 95% limit of {summed(count)} of {summed(n)}, in percent"
    if len(node.parts) == 3:
        if (kind := node.parts[2].text) not in limits:
            raise evaluation.fail(node.parts[2], f"is no interval; there are {', '.join(limits)}")
        result: Derived | Possible = Derived(limits[kind], f"{said}, {kind}")
    else:
        claim = evaluation.sources.claim(evaluation.claim)
        by = [] if claim is None else [m for m in limits if _prints(claim.reads, limits[m])]
        kinds = ", ".join(by) or f"none of the {len(limits)} usual intervals"
        result = Possible(list(limits.values()), f"{said}; printed by {kinds}")
    return evaluation.answer(result, count.rests_on | n.rests_on, (count, n))


def _prints(text: str, value: float) -> bool:
    try:
        return printed.verdict(text, value) == "reproduced"
    except ValueError:
        return False


def _quartile(evaluation: Evaluation, node: Node) -> Answer:
    """Return a quartile of a column under the definitions in use, which differ in small samples."""
    if len(node.parts) < 2 or node.parts[1].text not in ("1", "3"):
        raise evaluation.fail(node, "quartile(table.column, 1), or 3, and then conditions")
    which = node.parts[1].text
    column = evaluation.numbers(node, node.parts[2:])
    share = Fraction(int(which), 4)
    found, low, high = (
        sorted(set(_quantiles(sorted(ends), share)))
        for ends in (
            [each.value for each in column.values],
            [Fraction(each.low) for each in column.values],
            [Fraction(each.high) for each in column.values],
        )
    )
    said = f"quartile {which} of {column.said}"
    if (low[0], high[-1]) != (found[0], found[-1]):
        bounds = Bounds(low[0], high[-1], True, True)
        return evaluation.answer(Possible(bounds, f"{said}, as rounded"), column.rests_on)
    if len(found) == 1:
        result: Derived | Possible = Derived(found[0], f"{said}, under every definition in use")
    else:
        result = Possible(found, f"{said}, under the definitions in use")
    return evaluation.answer(result, column.rests_on)


def _shown(value: Fraction) -> str:
    return printed.show(value, extra=0 if value.denominator == 1 else 2)


# What is computed over a column -------------------------------------------------------------------


def statistic(name: str, values: Sequence[Value]) -> tuple[Fraction, Number, Number]:
    """Return a statistic of values, and the least and the greatest that their limits allow."""
    compute, points = COLUMNS[name], [each.value for each in values]
    ends = [end for each in values for end in (each.low, each.high)]
    if not all(map(math.isfinite, ends)):
        return compute(points), -math.inf, math.inf
    lows, highs = ([Fraction(end) for end in some] for some in (ends[::2], ends[1::2]))
    if name == "sd":
        widest = max(high - low for low, high in zip(lows, highs, strict=True))
        return compute(points), *spread_limits(points, widest)
    return compute(points), compute(lows), compute(highs)


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
    return Fraction(math.isqrt(math.floor(statistics.variance(values) * 10**60)), 10**30)


def spread_limits(values: Sequence[Fraction], widest: Fraction) -> tuple[Fraction, Fraction]:
    """Return the least and the greatest SD of numbers that each may lie within a width."""
    value, n = _deviation(values), len(values)
    if not widest or n < 2:
        return value, value
    # The deviations change by a vector no longer than this, and the SD by no more than its length.
    change = widest * Fraction(math.isqrt(10**12 * n // (n - 1) + 1) + 1, 10**6)
    return max(Fraction(0), value - change), value + change


COLUMNS: Mapping[str, Callable[[Sequence[Fraction]], Fraction]] = {
    "count": lambda values: Fraction(len(values)),
    "sum": lambda values: Fraction(sum(values)),
    "mean": statistics.mean,
    "median": statistics.median,
    "sd": _deviation,
    "min": min,
    "max": max,
}
"""What is counted or computed over rows; each but the count and the SD rises with every value."""

FUNCTIONS: Mapping[str, Function] = {
    "percent": _folded(
        "/", 2, 2, lambda two: f"{summed(two[0])} of {summed(two[1])}, in percent", times=100
    ),
    "ratio": _folded("/", 2, 2, lambda two: f"{summed(two[0])} by {summed(two[1])}"),
    "sum": _folded("+", 1, None, lambda all_: " + ".join(bracketed(each, "+") for each in all_)),
    "rest": _folded(
        "-", 2, None,
        lambda all_: f"{bracketed(all_[0], '-')} less "
        + " and ".join(bracketed(each, "-", last=True) for each in all_[1:]),
    ),
    "middle": _rising(lambda n: (n + 1) / 2, "the middle of {0}, {1}"),
    "nearest": _rising(
        lambda value: Fraction(math.floor(value + Fraction(1, 2))),
        "{0}, to the nearest whole number",
    ),
    "limit": _digits,
    "rounded": _digits,
    **{name: _ranked(name) for name in ("mean", "median", "min", "max")},
}  # fmt: skip
"""What gives one value; a cell does, too."""

POSSIBLE: Mapping[str, Callable[[Evaluation, Node], Answer]] = {
    "count_behind": _behind,
    "size_behind": _behind,
    "some_count": _some_count,
    "between": _bounded,
    "at_least": _bounded,
    "at_most": _bounded,
    "one_of": _one_of,
    "quartile": _quartile,
    "lower_limit": _interval_limit,
    "upper_limit": _interval_limit,
}
"""What gives the values that are possible; it stands alone."""
