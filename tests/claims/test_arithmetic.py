"""Correct: the declared arithmetic is Python's own over exact fractions, and its limits hold it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook import printed
from secondlook.claims import Claim, Declared
from secondlook.claims.derivation import answer
from secondlook.claims.expression import ExpressionError
from secondlook.claims.value import Rows

NUMBERS = {"a": "0", "b": "3", "c-d": "21", "n/1": "277", "x": "5.2", "y": "0.50", "z": "-1,113.5"}


class Sources:
    """A paper with the numbers above and one table of whole numbers."""

    def __init__(self, texts: dict[str, str] | None = None) -> None:
        self.texts = texts or NUMBERS

    def claim(self, name: str) -> Claim | None:
        text = self.texts.get(name)
        return None if text is None else Claim(name, "Text", name, text)

    def table(self, name: str) -> Rows | None:
        rows = [{"k": str(i), "v": str(v)} for i, v in enumerate((4, 9, 2, 2, 30))]
        return Rows("t", ("k", "v"), rows) if name == "t" else None

    def address(self, table: str, row: int, column: str) -> None:
        return None

    def names(self) -> list[str]:
        return [*self.texts, "t"]


def value(expression: str, sources: Sources):
    claim = Claim("it", "Text", "it", "1")
    return answer(claim, Declared("from", expression), sources).values[0]


# A tree as the language writes it, and as Python does.
leaves = st.sampled_from(sorted(NUMBERS)).map(
    lambda name: (name, f"F({str(printed.parse(NUMBERS[name]).value)!r})")
) | st.integers(0, 10**6).map(lambda whole: (str(whole), f"F({whole})"))


def grown(inner: st.SearchStrategy[tuple[str, str]]) -> st.SearchStrategy[tuple[str, str]]:
    def join(parts):
        sign, (one, python), (other, more) = parts
        return f"({one}) {sign} ({other})", f"(({python}) {sign} ({more}))"

    def bare(parts):
        sign, (one, python), (other, more) = parts
        # Without brackets both languages go by the same precedence.
        return f"{one} {sign} {other}", f"{python} {sign} {more}"

    def call(parts):
        name, (one, python), (other, more) = parts
        meaning = {
            "percent": f"(100 * ({python}) / ({more}))",
            "ratio": f"(({python}) / ({more}))",
            "sum": f"(({python}) + ({more}))",
            "rest": f"(({python}) - ({more}))",
            "min": f"min({python}, {more})",
            "max": f"max({python}, {more})",
            "mean": f"((({python}) + ({more})) / 2)",
            "median": f"((({python}) + ({more})) / 2)",
        }[name]
        return f"{name}({one}, {other})", meaning

    signs = st.sampled_from("+-*/")
    calls = st.sampled_from(["percent", "ratio", "sum", "rest", "min", "max", "mean", "median"])
    return (
        st.tuples(signs, inner, inner).map(join)
        | st.tuples(signs, leaves, leaves).map(bare)
        | st.tuples(calls, inner, inner).map(call)
        | inner.map(lambda part: (f"-({part[0]})", f"(-({part[1]}))"))
    )


trees = st.recursive(leaves, grown, max_leaves=12)


@given(trees)
def test_an_expression_has_the_value_that_python_gives_it(tree):
    text, python = tree
    try:
        wanted = eval(python, {"F": Fraction, "min": min, "max": max})
    except ZeroDivisionError:
        with pytest.raises(ExpressionError, match="divides by zero"):
            value(f"{text} + a", Sources())
        return
    found = value(f"{text} + a", Sources())
    assert found.value == wanted
    assert found.low <= found.value <= found.high


@given(trees, st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_the_limits_hold_every_value_that_the_printed_decimals_allow(tree, places):
    text, python = tree
    decimals = ("x", "y", "z")
    exact = {}
    for name, place in zip(decimals, places, strict=True):
        bounds = printed.admits(NUMBERS[name]).either
        exact[name] = bounds.lower + Fraction(place) * (bounds.upper - bounds.lower)
        old = f"F({str(printed.parse(NUMBERS[name]).value)!r})"
        python = python.replace(old, f"F({str(exact[name])!r})")
    try:
        moved = eval(python, {"F": Fraction, "min": min, "max": max})
        found = value(f"{text} + a", Sources())
    except (ZeroDivisionError, ExpressionError):
        return
    assert found.low <= moved <= found.high


def test_a_value_moved_within_its_rounding_is_held_through_division_by_an_interval():
    narrow = Sources({"a": "0", "up": "1.0", "down": "0.1"})
    found = value("up / down", narrow)
    # 0.95 to 1.1 by 0.05 to 0.2.
    assert (found.low, found.high) == (Fraction(475, 100), 22)
    with pytest.raises(ExpressionError, match="divides by zero"):
        value("up / down", Sources({"up": "1.0", "down": "0.0"}))
    open_ended = value("up / (one - down)", Sources({"up": "1.0", "down": "0.9", "one": "1"}))
    assert open_ended.low < 0 < open_ended.high  # one less 0.85 to 1.0 may be 0
    assert open_ended.value == 10
