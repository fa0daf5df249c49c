"""Correct: what a finished table shows, on frames small enough to read."""

import great_tables
import numpy as np
import pandas as pd
import pytest

from secondlook import claims
from secondlook.claims.page import ledger_table
from secondlook.markup import Markup, badge
from secondlook.tables import finished, p_text, percent, show_table, written

FRAME = pd.DataFrame(
    {
        "part": ["A", "A", "B"],
        "row": ["one", "two", "three"],
        "printed": ["52.3", "<0.001", None],
        "n": pd.array([11, 10, None], dtype="Int64"),
        "verdict": ["truncated", "reproduced", "not-derivable"],
    }
)


def test_two_runs_of_a_table_give_the_same_text():
    def make():
        return show_table(FRAME, "t", stub="row", groups="part", verdicts="verdict").html

    assert make() == make()


def test_a_table_has_no_colours_of_its_own_and_escapes_what_it_shows():
    text = show_table(FRAME, "t", stub="row", verdicts="verdict").html
    assert "<style" not in text
    assert "&lt;0.001" in text
    assert badge("truncated") in text
    assert 'data-quarto-disable-processing="true"' in text


def test_a_missing_cell_is_a_dash_and_whole_numbers_stay_whole():
    text = show_table(FRAME[["row", "n"]], "t", stub="row").html
    assert ">11</td>" in text
    assert ">–</td>" in text
    assert "nan" not in text.lower()
    assert "<NA>" not in text


def test_the_frame_that_was_given_is_left_as_it_was():
    before = FRAME.copy()
    show_table(FRAME, "t", stub="row", verdicts="verdict")
    pd.testing.assert_frame_equal(FRAME, before)


def test_a_table_without_an_id_is_refused():
    with pytest.raises(ValueError, match="id"):
        finished(great_tables.GT(FRAME))


def test_markup_is_a_raw_block_that_pandoc_leaves_alone():
    assert Markup("<b>x</b>")._repr_markdown_() == "````{=html}\n<b>x</b>\n````"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (11 / 21, 1, "52.4"),
        (0.005, 0, "1"),
        (1.0, 1, "100.0"),
        (np.uint8(3), 0, "300"),
        (np.float16(0.5), 0, "50"),
    ],
)
def test_percents_round_ties_away_from_zero(value, decimals, text):
    assert percent(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0009, "<0.001"), (0.001, "0.001"), (0.0131, "0.013"), (0.0999, "0.100"), (0.725, "0.73")],
)
def test_p_values_keep_a_third_decimal_below_a_tenth(value, text):
    assert p_text(value) == text


def test_the_ledger_shows_every_claim_once_with_an_anchor_and_its_verdict():
    ledger = claims.ledger("kucukciler-2021")
    text = ledger_table(ledger).html
    for row in ledger.itertuples():
        assert text.count(f'id="claim-{row.id}"') == 1
    assert text.count("<tr id=") == len(ledger)
    assert text.count('data-verdict="conflicts"') == (ledger["verdict"] == "conflicts").sum()


def test_the_ledger_says_where_a_verdict_is_not_the_expected_one():
    ledger = claims.ledger("kucukciler-2021").head(1).assign(as_expected=False, expect="differs")
    assert "(expected differs)" in ledger_table(ledger).html


RATES = pd.DataFrame(
    {
        "what": ["responded", "died", "unknown"],
        "count": pd.array([11, 20, None], dtype="Int64"),
        "n": [21, 21, 21],
        "share": [11 / 21, 20 / 21, float("nan")],
        "p": [0.8271, 0.0004, 0.05],
        "sets": [2097152, 12, 0],
        "holds": [True, False, True],
    }
)


@pytest.mark.parametrize(
    ("formats", "cells"),
    [
        ({"share": "0%"}, ["52", "95", "–"]),
        ({"share": "0.0%"}, ["52.4", "95.2", "–"]),
        ({"share": "0.00"}, ["0.52", "0.95", "–"]),
        ({"p": "p"}, ["0.83", "<0.001", "0.050"]),
        ({"sets": ","}, ["2,097,152", "12", "0"]),
        ({"sets": "0.0"}, ["2097152.0", "12.0", "0.0"]),
        ({"holds": {True: "yes", False: "no"}}, ["yes", "no", "yes"]),
        ({"what": str.upper}, ["RESPONDED", "DIED", "UNKNOWN"]),
        ({"of": "{count} of {n}"}, ["11 of 21", "20 of 21", "–"]),
        ({"of": "{count} of {n} ({share:0.0%}%)"}, ["11 of 21 (52.4%)", "20 of 21 (95.2%)", "–"]),
        ({"of": "{{{n}}}"}, ["{21}", "{21}", "{21}"]),
    ],
)
def test_a_column_is_written_as_its_format_says(formats, cells):
    (name,) = formats
    assert list(written(RATES, columns=[name], formats=formats)[name]) == cells


def test_ties_are_written_away_from_zero():
    ties = pd.DataFrame({"x": [0.125, -0.125, 2.5, 0.285]})
    assert list(written(ties, formats={"x": "0.00"})["x"]) == ["0.13", "-0.13", "2.50", "0.29"]
    assert list(written(ties[2:], formats={"x": "0"})["x"]) == ["3", "0"]


def test_columns_are_chosen_in_order_and_new_ones_come_last():
    few = RATES[["what", "n"]]
    assert list(written(few, formats={"of": "of {n}"})) == ["what", "n", "of"]
    assert list(written(few, columns=["of", "what"], formats={"of": "of {n}"})) == ["of", "what"]


def test_what_a_missing_value_shows_can_be_said_by_column():
    frame = pd.DataFrame({"median": [3.0, float("nan")], "p": [0.5, None]})
    text = written(frame, formats={"median": "0", "p": "p"}, missing={"median": "not reached"})
    assert list(text["median"]) == ["3", "not reached"]
    assert list(text["p"]) == ["0.50", "–"]


@pytest.mark.parametrize(
    ("formats", "columns", "told"),
    [
        ({}, ["share"], r"Column 'share', row 0, value 0\.52.*a fraction needs a format"),
        ({"share": "0.0f"}, ["share"], r"no format '0\.0f'; there are"),
        ({"what": "0.0"}, ["what"], "Column 'what', row 0, value 'responded': text has no format"),
        (
            {"of": "{cout} of {n}"},
            ["of"],
            "no column 'cout' in the frame; it has 'what', 'count', 'n'",
        ),
        ({"holds": {True: "yes"}}, ["holds"], "Column 'holds', row 1, value False: no text for it"),
        ({"gone": "0"}, ["what"], "no column 'gone' is shown"),
        ({}, ["gone"], "no column 'gone'"),
    ],
)
def test_what_cannot_be_written_is_named(formats, columns, told):
    with pytest.raises(ValueError, match=told):
        written(RATES, columns=columns, formats=formats)


def test_a_table_with_a_caption_is_an_element_that_can_be_referred_to():
    table = show_table(FRAME[["row", "n"]], "tbl-t", stub="row", caption="Of *n* patients.")
    text = table._repr_markdown_()
    assert text.startswith("::: {#tbl-t}\n````{=html}\n")
    assert text.endswith("\n````\n\nOf *n* patients.\n:::")
    assert '<div id="t-table"' in text
    with pytest.raises(ValueError, match="must be like 'tbl-"):
        show_table(FRAME[["row", "n"]], "t", stub="row", caption="Of n patients.")


def test_no_text_breaks_out_of_its_raw_block():
    text = Markup("a\n````\n[x](javascript:alert(1))\n`````\nb")._repr_markdown_()
    assert text.startswith("``````{=html}\n")
    assert text.endswith("\n``````")
