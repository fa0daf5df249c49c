"""Every printed number is found, and what it is; names that hold a digit are left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.scan import ledgers

from secondlook.scan.document import Document, Table, grid_of, tidy
from secondlook.scan.numbers import numbers, read

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
        ("a single dose of 2 grams of TXA", [("2", "dose", "grams")]),
        ("in 3 of 21 of these", [("3", "count", ""), ("21", "denominator", "")]),
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


def test_a_hyphen_between_percents_is_no_minus():
    assert [text for text, *_ in found("53% (95% CI, 37%-76%)")][-2:] == ["37", "76"]


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


@pytest.mark.parametrize(
    "text", ["Grade 3/4 events", "stage 3/4", "phase 1/2 trial", "* χ^2 test", "χ^ 2", "by χ2 test"]
)
def test_what_is_part_of_a_name_is_no_number(text):
    assert found(text) == []


def test_a_number_alone_in_brackets_is_what_its_head_says():
    rows = [["", "(%)"], ["Male", "(40)"]]
    table = Table(0, "Table 1", "", grid_of([[(t, 1, 1) for t in row] for row in rows]), 1)
    told = numbers(Document("t", "", (), (table,)))
    assert [(n.text, n.kind) for n in told] == [("40", "percent")]


def test_a_label_with_min_in_a_word_has_no_range():
    rows = [["", "n (%)", "%"], ["Minor symptoms", "x (40)", "(44)"], ["Min", "7 (5)", ""]]
    table = Table(0, "Table 1", "", grid_of([[(t, 1, 1) for t in row] for row in rows]), 1)
    told = numbers(Document("t", "", (), (table,)))
    assert [n.kind for n in told if n.row == 1] == ["count", "percent"]


def test_every_asterisk_is_one_sign():
    assert tidy("0.04\u204e, 12\u2217") == "0.04*, 12*"


@need_seeds
def test_the_numbers_of_five_ledgers_are_found_and_their_kinds():
    (_, found, printed), (_, right, told) = ledgers(SEEDS)
    assert printed > 700
    assert found >= 0.98 * printed
    assert right >= 0.95 * told
