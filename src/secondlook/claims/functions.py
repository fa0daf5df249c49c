"""The words of the declared language: what papers call a percent, the rest, the count behind one.

`FUNCTIONS` give one value, with the limits that rounding leaves it; `COLUMNS` are what is computed
over a column of a table; `POSSIBLE` give the values that something printed allows.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from secondlook import printed
from secondlook.claims.expression import Node
from secondlook.claims.value import (
    Answer,
    Value,
    bracketed,
    enumerated,
    exactly,
    in_digits,
    plain,
    resting,
    summed,
)
from secondlook.claims.verdict import Derived, Possible
from secondlook.printed import Bounds, Number

if TYPE_CHECKING:
    from secondlook.claims.evaluation import Evaluation
    from secondlook.proportions.two_groups import Measure

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
        said = words.format(summed(part), plain(Fraction(value)))
        return Value(
            evaluation.source(node), said, Fraction(value), low, high, part.rests_on, (part,)
        )

    return function


def _ranked(name: str) -> Function:
    """Return a statistic of values that are named one by one."""

    def function(evaluation: Evaluation, node: Node) -> Value:
        parts = evaluation.arguments(node, 2)
        words = OF_TWO.get(name, STATISTICS[name]) if len(parts) == 2 else STATISTICS[name]
        said = f"{words} of {enumerated([summed(part) for part in parts])}"
        found = statistic(name, parts)
        return Value(evaluation.source(node), said, *found, resting(parts), tuple(parts))

    return function


def _of_counts(evaluation: Evaluation, node: Node) -> Value:
    """Return what two counts make, each with its size: ``odds_ratio(a, n, b, m)``, or of a kind."""
    from secondlook.proportions.two_groups import measured

    measure, counts, kind = _compared(evaluation, node)
    a, n, b, m = (each.value for each in counts)
    value = measured(measure, a, n, b, m, kind)
    if not math.isfinite(value):
        raise evaluation.fail(node, f"divides by zero; {node.text}(a, n, b, m, haldane) does not")
    exact, said = Fraction(value), _in_groups(measure, counts) + (f", {kind}" if kind else "")
    return Value(evaluation.source(node), said, exact, exact, exact, resting(counts), tuple(counts))


def _compared(evaluation: Evaluation, node: Node) -> tuple[Measure, list[Value], str]:
    """Return the measure that a call names, two counts each with its size, and the kind of it."""
    from secondlook.proportions import COMPARISONS

    measure, kind = MEASURES[node.text], "".join(part.text for part in node.parts[4:])
    if len(node.parts) < 4 or kind not in ("", *COMPARISONS[measure]):
        raise evaluation.fail(
            node, f"{node.text}(a, n, b, m) is of a of n and b of m patients; behind these may "
            f"stand {', '.join(COMPARISONS[measure])}",
        )  # fmt: skip
    counts = [evaluation.whole(part) for part in node.parts[:4]]
    for count, size in (counts[:2], counts[2:]):
        if count.value > size.value or not size.value:
            raise evaluation.fail(node, f"{count.value} of {size.value} is no proportion")
    return measure, counts, kind


def _in_groups(measure: str, counts: Sequence[Value]) -> str:
    a, n, b, m = map(summed, counts)
    return f"{measure} of {a} of {n} and {b} of {m}"


def _mean_difference(evaluation: Evaluation, node: Node) -> Value:
    """Return a mean less another; SDs and sizes bear on its limits alone."""
    (mean, *_), (other, *_) = _two_means(evaluation, node)
    said = f"{bracketed(mean, '-')} less {bracketed(other, '-', last=True)}"
    return evaluation.combined(node, "-", said, mean, other)


def _two_means(evaluation: Evaluation, node: Node) -> list[list[Value]]:
    """Return mean, SD and size of two groups."""
    if len(node.parts) != 6:
        raise evaluation.fail(node, f"{node.text}(mean, sd, n, mean, sd, n) is of two groups")
    return [
        [*map(evaluation.rounded, (mean, sd)), evaluation.whole(n)]
        for mean, sd, n in (node.parts[:3], node.parts[3:])
    ]


def _sd_from_se(evaluation: Evaluation, node: Node) -> Value:
    """Return the SD of which a standard error is printed: times the square root of the size."""
    if len(node.parts) != 2:
        raise evaluation.fail(node, f"{node.text}(se, n) takes a standard error and a size")
    se, n = evaluation.rounded(node.parts[0]), evaluation.whole(node.parts[1])
    root = Fraction(math.isqrt(int(n.value) * 10**60), 10**30)
    size = Value(n.source, n.said, root, root, root, n.rests_on)
    said = f"{bracketed(se)} × √{bracketed(n)}"
    return replace(evaluation.combined(node, "*", said, se, size), parts=(se, n))


def _digits(evaluation: Evaluation, node: Node) -> Value:
    """Return a claim's digits: ``limit`` of one with a relation, ``rounded`` of a whole one."""
    if len(node.parts) != 1 or node.parts[0].kind != "name":
        raise evaluation.fail(node, f"{node.text}(id) names one claim")
    claim, source = evaluation.named(node.parts[0]), evaluation.source(node)
    try:
        number, either = printed.parse(claim.reads), printed.admits(claim.reads).either
    except ValueError as error:
        raise evaluation.fail(node, f"{claim.printed!r} holds no number") from error
    low, high, said = number.value, number.value, in_digits(claim.reads, number.value)
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
    of = summed(number)
    said = f"that is {text}% of {of}" if of_size else f"of which {of} is {text}%"
    if len(rounded) == 1:
        rule = ", rounded" if set(cut) - set(rounded) else ""
        how = f"the only whole number {said}{rule}"
        return evaluation.answer(Derived(rounded[0], how), rests_on, (number,))
    found = Possible(sorted({*rounded, *cut}), f"every whole number {said}, rounded or cut")
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
        f"every count from 0 to {size}, in percent of {summed(n)}", f"some count of {size}",
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
    how = f"one of: {'; '.join(map(summed, values))}"
    result = Possible([value.value for value in values], how)
    return evaluation.answer(result, resting(values), tuple(values))


def _interval_limit(evaluation: Evaluation, node: Node) -> Answer:
    """Return an end of a 95% interval: by one kind, or by each.

    It is of a count of n, in percent; or of what two groups make, perhaps times a number.
    """
    end = node.text.removesuffix("_limit")
    made, times, kinds = limited(node)
    if made.text in LIMITED:
        limits, said, values = LIMITED[made.text](evaluation, made, end, {k.text for k in kinds})
        said = f"{times} × {said}" if times != 1 else said
    else:
        limits, said, values = _limits_of_percent(evaluation, node, end)
    said = f"{end} 95% limit of {said}"
    ranges = {kind: tuple(times * each for each in limit) for kind, limit in limits.items()}
    if len(kinds) > 1 or (kinds and kinds[0].text not in ranges):
        raise evaluation.fail(kinds[-1], f"is no interval; there are {', '.join(ranges)}")
    if kinds:
        value, low, high = ranges[kinds[0].text]
        within = Bounds(low, high, True, True) if low < high else None
        result: Derived | Possible = Derived(value, f"{said}, {kinds[0].text}", within)
    else:
        claim = evaluation.sources.claim(evaluation.claim)
        ends = {kind: (low, high) for kind, (_, low, high) in ranges.items()}
        best, by = best_of(ends, claim.reads if claim else "")
        told = ", ".join(by) or f"none of the {len(limits)} usual intervals"
        of_each = [value for value, low, high in ranges.values() if low == high]
        result = Possible(of_each or best.values, f"{said}; printed by {told}")
    return evaluation.answer(result, resting(values), tuple(values))


def limited(node: Node) -> tuple[Node, int, tuple[Node, ...]]:
    """Return what a limit is of, taken how many times, and the kinds of interval named behind it.

    One kind gives one value. It is of something in `LIMITED`, or of a count of n.
    """
    made, times = (node.parts[0] if node.parts else node), 1
    if made.kind == "*" and made.parts[0].kind == "number" and made.parts[1].text in LIMITED:
        times, made = int(made.parts[0].text), made.parts[1]
    return made, times, node.parts[1 if made.text in LIMITED else 2 :]


Range = tuple[float, float]
Limits = tuple[Mapping[str, tuple[float, float, float]], str, Sequence[Value]]
"""The limit by each kind, with the least and the greatest that it may be; in words; of what."""


def _limits_of_percent(evaluation: Evaluation, node: Node, end: str) -> Limits:
    from secondlook.proportions import METHODS, interval

    if len(node.parts) not in (2, 3):
        raise evaluation.fail(
            node, f"{node.text}(count, n), or {node.text}(count, n, wilson); of two groups "
            f"{node.text}(odds_ratio(a, n, b, m)), {node.text}(100 * risk_difference(...), wald)",
        )  # fmt: skip
    count, n = (evaluation.whole(part) for part in node.parts[:2])
    if not 0 < n.value <= 5000 or count.value > n.value:
        raise evaluation.fail(
            node, f"{count.value} of {n.value} is no proportion of 1 to 5000 patients"
        )
    limits = {
        method: 100 * getattr(interval(int(count.value), int(n.value), method=method), end)
        for method in METHODS
        if method != "logit" or 0 < count.value < n.value
    }
    said = f"{summed(count)} of {summed(n)}, in percent"
    return {kind: (limit,) * 3 for kind, limit in limits.items()}, said, (count, n)


def _limits_of_counts(
    evaluation: Evaluation, node: Node, end: str, kinds: Collection[str]
) -> Limits:
    from secondlook.proportions import COMPARISONS, compare

    measure, counts, _ = _compared(evaluation, node)
    limits, named = {}, [kind for kind in COMPARISONS[measure] if kind in kinds]
    for kind in named or COMPARISONS[measure]:
        with suppress(*(() if named else (ValueError,))):  # of this kind there is none
            found = compare(*(int(each.value) for each in counts), measure=measure, method=kind)
            limits[kind] = (getattr(found, end),) * 3
    return limits, _in_groups(measure, counts), counts


def _limits_of_means(
    evaluation: Evaluation, node: Node, end: str, _kinds: Collection[str]
) -> Limits:
    from secondlook.means import difference_ranges

    groups = _two_means(evaluation, node)
    n = [int(size.value) for _, _, size in groups]
    as_printed = [[replace(each, low=each.value, high=each.value) for each in g] for g in groups]
    exact, rounded = (difference_ranges(*ends_of(each), n) for each in (as_printed, groups))
    which = end == "upper"
    limits = {kind: (exact[kind][which][0], *rounded[kind][which]) for kind in exact}
    said = " less ".join(f"{mean.said} ({sd.said}) of {size.said}" for mean, sd, size in groups)
    return limits, said, [each for group in groups for each in group]


def ends_of(groups: Sequence[Sequence[Value]]) -> tuple[list[Range], list[Range]]:
    """Return the least and the greatest mean of each group, and SD, which is not below 0."""
    means = [(float(mean.low), float(mean.high)) for mean, *_ in groups]
    return means, [(max(0.0, float(sd.low)), float(sd.high)) for _, sd, *_ in groups]


def best_of(ranges: Mapping[str, Range], text: str) -> tuple[Possible, list[str]]:
    """Return what the test or kind allows that prints a text best, and all that print it so."""
    by = {name: Possible(Bounds(*ends, True, True), "") for name, ends in ranges.items()}
    order = ("attainable", "truncated", "unattainable")
    ranks = {name: order.index(found.verdict(text)) for name, found in by.items()}
    least = min(ranks.values())
    best = [name for name, rank in ranks.items() if rank == least]
    return by[best[0]], best if least < 2 else []


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


STATISTICS: Mapping[str, str] = {
    "sum": "the sum",
    "mean": "the mean",
    "median": "the median",
    "sd": "the SD",
    "min": "the least",
    "max": "the greatest",
}
"""What is computed over values, in words."""
OF_TWO: Mapping[str, str] = {"min": "the lesser", "max": "the greater"}
"""The words for two values, where they differ."""

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

MEASURES: Mapping[str, Measure] = {
    name.replace(" ", "_"): name for name in ("odds ratio", "risk ratio", "risk difference")
}
LIMITED: Mapping[str, Callable[[Evaluation, Node, str, Collection[str]], Limits]] = {
    **dict.fromkeys(MEASURES, _limits_of_counts),
    "mean_difference": _limits_of_means,
}
"""What has limits of its own, by `lower_limit` and `upper_limit`."""

FUNCTIONS: Mapping[str, Function] = {
    "percent": _folded(
        "/", 2, 2, lambda two: f"{summed(two[0])} of {summed(two[1])}, in percent", times=100
    ),
    "ratio": _folded("/", 2, 2, lambda two: f"{summed(two[0])} by {summed(two[1])}"),
    "sum": _folded("+", 1, None, lambda all_: " + ".join(bracketed(each, "+") for each in all_)),
    "rest": _folded(
        "-", 2, None,
        lambda all_: f"{summed(all_[0])} less "
        + enumerated([bracketed(each, "-", last=True) for each in all_[1:]]),
    ),
    "middle": _rising(lambda n: (n + 1) / 2, "{1} (the middle of {0})"),
    "nearest": _rising(
        lambda value: Fraction(math.floor(value + Fraction(1, 2))),
        "{0}, to the nearest whole number",
    ),
    **dict.fromkeys(MEASURES, _of_counts),
    "mean_difference": _mean_difference,
    "sd_from_se": _sd_from_se,
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
