"""Correct: denominators, units and citations, recomputed here by hand from typed numbers.

Stable: every verdict, in the list beside this file. A change needs an entry in the changelog.
"""

from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

import papers.droracle_2025 as paper
from secondlook import claims

KEY = "droracle-2025"
PERCENTS = ["54.1", "37.5", "79.2", "62.5", "25"]


@pytest.fixture(scope="module")
def ledger():
    return claims.ledger(KEY).set_index("id")


def test_every_verdict_is_the_one_of_the_list():
    listed = pd.read_csv(Path(__file__).with_name(f"{KEY}-verdicts.csv")).set_index("id")
    found = {judged.claim.id: judged.verdict for judged in claims.judge(KEY)}
    assert found == listed["verdict"].to_dict()


def test_the_sizes_behind_all_percents_are_not_said_to_be_multiples_of_24(ledger):
    def prints(text, count, n):
        printed, last = Fraction(text), Fraction(1, 10 ** len(text.partition(".")[2]))
        percent = Fraction(100 * count, n)
        return abs(percent - printed) <= last / 2 or printed <= percent < printed + last

    sizes = [
        n
        for n in range(1, 401)
        if all(any(prints(text, count, n) for count in range(n + 1)) for text in PERCENTS)
    ]
    assert (sizes[:2], 259 in sizes, len(sizes)) == ([24, 48], True, 32)
    assert "24, 48 or another of the 32 numbers of patients" in ledger.loc["rsp-recent", "how"]


def test_the_years_of_withdrawal_and_return_are_as_the_page_prints_them(ledger):
    assert ledger.loc["prl-withdrawn", "printed"] == "2010"
    assert ledger.loc["prl-returned", "printed"] == "2017"


def test_the_dose_names_the_document_that_it_is_held_against(ledger):
    assert (
        "(kucukciler-2021, Section 4, on the phase II studies"
        in ledger.loc["dos-dose", "recomputed"]
    )


def _rounds(n, text):
    half = Fraction(1, 2 * 10 ** len(text.partition(".")[2]))
    return any(abs(Fraction(100 * k, n) - Fraction(text)) <= half for k in range(n + 1))


def test_fewer_than_259_patients_cannot_print_all_five_percents_by_rounding():
    assert paper.exact_percents() == PERCENTS
    first = next(n for n in range(1, 500) if all(_rounds(n, text) for text in PERCENTS))
    assert first == paper.smallest_by_rounding() == 259


def test_24_patients_print_four_by_rounding_and_one_by_cutting():
    assert paper.smallest() == 24
    assert all(_rounds(24, text) for text in PERCENTS[1:])
    assert int(Fraction(100 * 13, 24) * 10) == 541
    behind = paper.behind().set_index("outcome")
    assert behind["count"].tolist() == [13, 9, 6, 19, 15, 6]
    assert behind["made_by"].value_counts().to_dict() == {"rounding": 5, "cutting": 1}


def test_thirty_giga_in_a_litre_are_thirty_million_in_a_millilitre(ledger):
    assert 30 * 10**9 // 1000 == 30_000_000 != 30_000
    assert (ledger.loc[["spc-leukocytes", "prl-leukocytes"], "verdict"] == "conflicts").all()


def test_eight_citations_are_counted_once_a_statement():
    cited = paper.cited()
    assert cited["citation"].tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert cited["statements"].sum() == 36
    assert cited["of"].str.count("; ").add(1).tolist() == cited["statements"].tolist()
