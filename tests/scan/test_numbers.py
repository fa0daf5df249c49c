"""Every printed number is found, and what it is; names that hold a digit are left out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from secondlook import claims
from secondlook.scan.document import Document, Table, grid_of
from secondlook.scan.numbers import numbers, read
from secondlook.scan.reading import read as read_file

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
need_seeds = pytest.mark.skipif(
    not SEEDS.exists(), reason="the papers' text is not beside the checkout (../shared/seeds)"
)


def found(text: str) -> list[tuple[str, str, str]]:
    return [(match[0], kind, unit) for match, kind, unit in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Twenty-one patients were treated", [("Twenty-one", "patients", "patients")]),
        ("a median age of 59 years", [("59", "median", "years")]),
        ("mean follow-up 12·7 ± 3.1 months", [("12·7", "mean", ""), ("3.1", "sd", "months")]),
        ("in 3/21 (14.3%)", [("3", "count", ""), ("21", "denominator", ""),
                             ("14.3", "percent", "%")]),
        ("P<.001", [("<.001", "p", "")]),
        ("(p = 0.04)", [("0.04", "p", "")]),
        ("HR 0.7, 95% CI 0.5-1.2", [("0.7", "estimate", ""), ("95", "level", "%"),
                                    ("0.5", "limit", ""), ("1.2", "limit", "")]),
        ("aged ≥65 years", [("≥65", "time", "years")]),
        ("at 3 mg/m^2 on days 1, 4 and 7", [("3", "dose", "mg/m^2"), ("1", "time", "days"),
                                            ("4", "time", "days"), ("7", "time", "days")]),
        ("between 2004 and 2012", [("2004", "year", ""), ("2012", "year", "")]),
        ("1,234 women and 10 men", [("1,234", "patients", "patients"),
                                    ("10", "patients", "patients")]),
        ("a change of -0.3 points", [("-0.3", "measure", "points")]),
        ("t(28) = 2.2", [("28", "df", ""), ("2.2", "statistic", "")]),
        ("(n = 45)", [("45", "patients", "")]),
        ("updated on September 5, 2025", [("September 5, 2025", "date", "")]),
    ],
)  # fmt: skip
def test_what_a_number_is_follows_from_the_words_beside_it(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    ["CD33 and FLT3-ITD", "Table 2 and Figure 3", "as shown before [12,13]", "as reported.^12-15",
     "NCT01234567", "doi:10.1000/182", "https://example.org/2020/11", "grade 3", "t(9;22)(q34;q11)",
     "MyloFrance-1", "write to a1@b2.org", "the COVID-19 pandemic", "IL-6"],
)  # fmt: skip
def test_a_digit_that_is_part_of_a_name_is_no_number(text):
    assert found(text) == []


def test_full_width_digits_and_every_minus_are_read():
    from secondlook.scan.delimited import read_text

    document = read_text("Results\n\nThe mean fell by \u22120.3 in １２ patients.".encode())
    assert [n.text for n in numbers(document)] == ["-0.3", "12"]


def test_numbers_of_a_table_have_their_place_and_kind():
    rows = [
        ["", "Drug (n = 40)", "P"],
        ["Male, n (%)", "21 (52.5)", "0.30"],
        ["Age, mean (SD)", "61.2 (12.1)", "<0.001"],
        ["OR (95% CI)", "1.4 (1.1-1.9)", ""],
    ]
    table = Table(0, "Table 1", "", grid_of([[(t, 1, 1) for t in row] for row in rows]), 1)
    told = [(n.row, n.column, n.text, n.kind) for n in numbers(Document("t", "", (), (table,)))]
    assert (0, 1, "40", "patients") in told
    assert (1, 1, "21", "count") in told
    assert (1, 1, "52.5", "percent") in told
    assert (2, 1, "61.2", "mean") in told
    assert (2, 1, "12.1", "sd") in told
    assert (1, 2, "0.30", "p") in told
    assert (2, 2, "<0.001", "p") in told
    assert (3, 1, "1.4", "estimate") in told
    assert (3, 1, "1.1", "limit") in told


def bare(text: str) -> str:
    """The digits or the word of a printed number, however it is introduced."""
    text = str(text).strip().lower().replace("\u2212", "-").replace("·", ".")
    text = re.sub(
        r"^(approximately|about|nearly|almost|over|above|below|less than|more than|up to)\s",
        "",
        text,
    )
    return re.sub(r"\s|%$", "", text).lstrip("<>≤≥~=")


def kinds_that_fit(quantity: str) -> set[str]:
    """What a number may be, from the words of a ledger on its quantity; empty: not told."""
    words = quantity.lower()
    if re.match(r"p[, ]|p value|p$", words):
        return {"p"}
    if "limit" in words:
        return {"limit"}
    fitting = set()
    for pattern, kinds in (
        (r"percent", {"percent"}),
        (r"cd33", {"count"}),  # the column of Table 4 does not say that its levels are percents
        (r"threshold|lowest|highest|range|upper end|lower end",
         {"range", "limit", "quartile", "percent", "time", "dose", "measure", "value", "count"}),
        (r"median", {"median"}),
        (r"mg|dose", {"dose"}),
        (r"years|months|days|\bday\b|hours|minutes|weeks|month|week|duration",
         {"time", "median", "mean", "year", "count", "value", "range", "sd"}),
        (r"patients|deaths|responders|responses|women|men|cases|number",
         {"patients", "count", "denominator", "median", "range"}),
        (r"ratio", {"estimate"}),
        (r"version", {"version"}),
        (r"date|year of|years?$", {"date", "year", "time"}),
    ):  # fmt: skip
        if re.search(pattern, words):
            fitting |= kinds
    return fitting


@need_seeds
def test_the_numbers_of_five_ledgers_are_found_and_their_kinds():
    printed = recalled = told = right = 0
    for key in (path.stem for path in sorted(SEEDS.glob("*.txt"))):
        kinds: dict[str, Counter[str]] = defaultdict(Counter)
        for number in numbers(read_file(SEEDS / f"{key}.txt")):
            kinds[bare(number.text)][number.kind] += 1
        for claim in claims.read(key):
            if not re.search(r"[\da-z]", claim.printed):
                continue
            printed += 1
            at = kinds.get(bare(claim.printed))
            if at is None:
                continue
            recalled += 1
            fitting = kinds_that_fit(claim.quantity)
            if not fitting:
                continue
            told += 1
            kind = next((k for k in at if k in fitting and at[k] > 0), None)
            if kind is not None:
                right += 1
                at[kind] -= 1  # each number answers for one claim
    assert printed > 700
    assert recalled >= 0.98 * printed
    assert right >= 0.95 * told
