"""Correct: what a finished table shows, on frames small enough to read."""

import great_tables
import pandas as pd
import pytest

from secondlook import claims
from secondlook.ledger_table import ledger_table
from secondlook.markup import Markup, badge
from secondlook.tables import finished, p_text, percent, show_table

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
    ("value", "decimals", "text"), [(11 / 21, 1, "52.4"), (0.005, 0, "1"), (1.0, 1, "100.0")]
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
