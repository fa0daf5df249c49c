"""Correct: the declared arithmetic is Python's own over exact fractions, and its limits hold it."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook import printed
from secondlook.claims import Claim, Declared
from secondlook.claims.derivation import answer
from secondlook.claims.expression import DEEPEST, ExpressionError, read
from secondlook.claims.value import Rows, nearest, plain

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


def result(expression: str, sources: Sources):
    return answer(Claim("it", "Text", "it", "1"), Declared("from", expression), sources)


def value(expression: str, sources: Sources):
    return result(expression, sources).values[0]


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


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a ≤ b", "<="), ("a ≥ b", ">="), ("a ≠ b", "!="), ("a == b", "="), ("a < b", "<"),
        ("a − b", "-"), ("a × b", "*"), ("a in (b)", "in"), ("not a = b", "not"),
        ("a = b and a = c", "and"), ("a = b or a = c and a = d", "or"), ("-a * b", "*"),
        ("a + b * c", "+"), ("a - b - c", "-"), ("(a + b) * c", "*"), ("- a", "negative"),
    ],
)  # fmt: skip
def test_each_sign_has_its_meaning_and_its_precedence(text, kind):
    tree = read(text)
    assert tree.kind == kind
    assert (tree.start, tree.end) in {(0, len(text)), (1, len(text))}


def test_a_word_of_the_language_is_no_name_but_in_quotes_it_is_a_text():
    for word in ("and", "or", "not", "in"):
        with pytest.raises(ExpressionError, match=f"unexpected '{word}'"):
            read(f"a + {word}")
        assert read(f'a = "{word}"').parts[1].text == word
    assert read("f()").parts == ()
    assert [part.text for part in read("f(a, ')', \",\")").parts] == ["a", ")", ","]
    with pytest.raises(ExpressionError, match=r"character 3 .*unexpected '\('"):
        read("5 (a)")


def test_an_error_names_the_part_that_it_means_where_that_is_not_the_whole():
    for text, said in (
        ("b +", "in `b +` at character 4: the expression ends too early"),
        ("b + nobody", "in `b + nobody` at character 5 (nobody): there is no claim"),
        ("nobody", "in `nobody` at character 1: there is no claim"),
    ):
        with pytest.raises(ExpressionError) as raised:
            value(text, Sources())
        assert str(raised.value).startswith(said)
    assert read("b" * 2000).text == "b" * 2000
    with pytest.raises(ExpressionError, match="longer than 2000 characters"):
        read("b" * 2001)


def test_an_expression_is_read_to_its_depth_and_not_beyond():
    deep = DEEPEST - 1
    assert read("(" * deep + "a" + ")" * deep).text == "a"
    with pytest.raises(ExpressionError, match=f"at character {DEEPEST + 1} .a.: nested"):
        read("(" * DEEPEST + "a" + ")" * DEEPEST)
    # What is closed counts no more.
    assert len(read(", ".join(["f(a)"] * 50).join(("g(", ")"))).parts) == 50


def test_a_limit_is_exact_and_a_rounded_number_is_not():
    sources = Sources({"x": "5.2", "half": "50", "over": ">100"})
    found = [value(f"{name} + half", sources) for name in ("limit(x)", "limit(over)")]
    assert [(each.low, each.high) for each in found] == [(Fraction("55.2"),) * 2, (150, 150)]
    rounded = [value(f"{name} / half", sources) for name in ("rounded(half)", "rounded(over)")]
    assert [(each.low, each.high) for each in rounded] == [
        (Fraction("49.5") / 50, Fraction(51, 50)), (2, 2),
    ]  # fmt: skip


@given(st.integers(0, 10**4), st.integers(0, 2), st.integers(1, 300))
def test_the_counts_and_sizes_behind_a_percent_are_all_that_print_it(digits, places, n):
    text = f"{digits / 10**places:.{places}f}"
    admitted, sources = printed.admits(text), Sources({"n": str(n)})

    def wanted(pairs):
        rates = [(each, Fraction(100 * count, size)) for each, count, size in pairs]
        return (
            [each for each, rate in rates if rate in admitted.rounded],
            [each for each, rate in rates if rate in admitted.truncated],
        )

    for expression, pairs in (
        (f"count_behind('{text}', n)", [(k, k, n) for k in range(n + 1)]),
        (f"size_behind(n, '{text}')", [(m, n, m) for m in range(n, max(2000, 20 * n) + 1)]),
    ):
        rounded, cut = wanted(pairs)
        found = result(expression, sources).result
        if len(rounded) == 1:
            assert found.value == rounded[0]
        else:
            assert list(found.values) == sorted({*rounded, *cut})


def test_some_count_is_every_count_and_the_largest_sizes_are_searched():
    sources = Sources({"n": "7", "large": "100000"})
    assert list(result("some_count(n)", sources).result.values) == [
        Fraction(100 * count, 7) for count in range(8)
    ]
    assert len(result("some_count(large)", sources).result.values) == 100_001
    assert result("count_behind('50.0000', large)", sources).result.value == 50_000
    with pytest.raises(ExpressionError, match="nothing can be searched with 100001"):
        result("count_behind('50', large + 1)", sources)
    assert result("count_behind('0', n - n)", sources).result.shown("0") == "none"


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("b / count(t, k = 1)", "3 / (1 row of table t with k = 1)"),
        ("b * (b + c-d)", "3 × (3 + 21)"), ("(b + c-d) * b", "(3 + 21) × 3"),
        ("b + c-d * b", "3 + 21 × 3"), ("b - (c-d - b)", "3 − (21 − 3)"),
        ("(b - c-d) - b", "3 − 21 − 3"), ("b - (c-d + b)", "3 − (21 + 3)"),
        ("b / (c-d * b)", "3 / (21 × 3)"), ("b / c-d / b", "3 / 21 / 3"),
        ("b * (c-d / b)", "3 × (21 / 3)"), ("b * c-d / b", "3 × 21 / 3"),
        ("(b - c-d) / n/1", "(3 − 21) / 277"), ("c-d - b * b", "21 − 3 × 3"),
        ("b - percent(b, c-d)", "3 − 14.2857 (3 of 21, in percent)"), ("-(b + c-d)", "-(3 + 21)"),
        ("rest(c-d, b) * b", "18 (21 less 3) × 3"), ("b - rest(c-d, b)", "3 − 18 (21 less 3)"),
        ("sum(b, c-d) * b", "(3 + 21) × 3"), ("b / ratio(c-d, b)", "3 / 7 (21 by 3)"),
        ("ratio(c-d, b) / b", "7 (21 by 3) / 3"),
        ("max(b, c-d) * b", "21 (the greater of 3 and 21) × 3"),
        ("b + sum(t.k, k in (1, 2))",
         "3 + 3 (the sum of 2 numbers in column k of table t with k = 1 or 2)"),
        ("max(b, c-d, n/1)", "the greatest of 3, 21 and 277"),
        ("percent(b + c-d, n/1 - b)", "24 (3 + 21) of 274 (277 − 3), in percent"),
        ("percent(sum(t.k, k in (1, 2)), n/1)",
         "3 (the sum of 2 numbers in column k of table t with k = 1 or 2) of 277, in percent"),
        ("b + count(t, (k = 1 or k = 2) and k != 2)",
         "3 + (1 row of table t with (k = 1 or k = 2) and k ≠ 2)"),
        ("b + count(t, k in (1, 2) and k < 2)",
         "3 + (1 row of table t with (k = 1 or 2) and k < 2)"),
        ("b + count(t, k = 2 or k = 1 and k < 2)",
         "3 + (2 rows of table t with k = 2 or (k = 1 and k < 2))"),
        ("b + count(t, k = 1 or k = 2, k != 2)",
         "3 + (1 row of table t with (k = 1 or k = 2), k ≠ 2)"),
        ("b + count(t, k in (1, 2), k < 2)", "3 + (1 row of table t with k = 1 or 2, k < 2)"),
        ("rest(b + c-d, b, 1)", "24 (3 + 21) less 3 and 1"),
        ("rest(c-d, b, 2, 1) - b", "15 (21 less 3, 2 and 1) − 3"),
        ("c-d - middle(b) * b", "21 − 2 (the middle of 3) × 3"),
        ("b * (c-d - middle(b)) / 2", "3 × (21 − 2 (the middle of 3)) / 2"),
        ("min(b, c-d - b)", "the lesser of 3 and 18 (21 − 3)"),
        ("one_of(b, mean(b, c-d))", "one of: 3; 12 (the mean of 3 and 21)"),
    ],
)  # fmt: skip
def test_the_words_of_a_derivation_have_the_brackets_that_they_need(expression, words):
    assert result(expression, Sources()).result.how.rpartition(" [")[0] == words


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("(a < b or b < a) and c-d < n/1", "(0 < 3 or 3 < 0) and 21 < 277"),
        ("a < b or b < a and c-d < n/1", "0 < 3 or (3 < 0 and 21 < 277)"),
        ("not (b < a or c-d < b)", "not (3 < 0 or 21 < 3)"),
        ("not (b < a and a < b)", "not (3 < 0 and 0 < 3)"),
        ("not b < a", "not 3 < 0"),
    ],
)
def test_a_condition_is_said_with_the_brackets_that_it_needs(condition, said):
    given = Declared("contradicts", "a word", condition)
    found = answer(Claim("it", "Text", "it", "1"), given, Sources())
    how = re.sub(r" \((?:[a-d]|c-d|n/1)\)", "", found.result.how)  # what each number is of
    assert found.result.contradicts
    assert how.startswith(f"they cannot both hold, since {said} [")


def test_each_part_is_named_with_its_own_brackets_and_no_others():
    quotient = value("(b - c-d) / (n/1 - (b + a))", Sources())
    assert quotient.source == "(b - c-d) / (n/1 - (b + a))"
    assert [part.source for part in quotient.parts] == ["b - c-d", "n/1 - (b + a)"]


def test_a_value_is_said_in_whole_or_in_six_digits():
    found = [plain(Fraction(text)) for text in ("1234567", "1/2", "2/3", "-7")]
    assert found == ["1234567", "0.5", "0.666667", "-7"]


def test_what_rounding_allows_has_both_its_ends():
    rounded = value("x", Sources()).within
    assert rounded == printed.Bounds(Fraction("5.15"), Fraction("5.3"), True, True)  # or cut
    assert value("b", Sources()).within is None


def test_a_number_in_powers_of_ten_is_no_count():
    found = value("x / one", Sources({"x": "1e2", "one": "1"}))
    assert (found.value, found.low, found.high) == (100, 50, 200)  # rounded, or cut


def test_of_many_numbers_the_first_are_named_and_the_others_counted():
    names = [f"k{number}" for number in range(9)]
    sources = Sources(dict.fromkeys(names, "1"))

    def named(count):
        return result(" + ".join(names[:count]), sources).result.how.partition(" [")[2]

    assert named(8) == "k0, k1, k2, k3, k4, k5, k6, k7]"
    assert named(9) == "k0, k1, k2, k3, k4, k5, k6, 2 more]"


@pytest.mark.parametrize(("count", "said"), [(3, "; there are k0, k1, k2"), (30, ""), (0, "")])
def test_where_nothing_is_like_an_unknown_name_few_are_listed(count, said):
    assert nearest("zzz", [f"k{number}" for number in range(count)] * (1 + (count > 20))) == said


def test_the_three_that_are_most_like_an_unknown_name_are_said():
    assert nearest("deaths", ["n", "deathss", "death", "deathsss", "dea"]) == (
        "; the nearest known are deathss, death, deathsss"
    )
    assert nearest("zzz", ["n"]) == "; there are n"
