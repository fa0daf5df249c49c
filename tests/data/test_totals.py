"""Correct: rows are held to the totals that the paper prints."""

import pytest
from tests.data.smith import rewrite

from secondlook.data import DataError, load


def test_rows_that_miss_a_printed_total_are_refused(paper):
    rewrite(paper, "2,6.5,PR", "2,6.5,none")
    with pytest.raises(
        DataError, match=r"rows where response = \['CR', 'PR'\] is 1, but the paper prints 2 \(Sec"
    ):
        load("smith-2001", "patients")


def test_a_total_that_the_papers_own_rows_miss_must_say_so_and_must_stay_missed(paper):
    wrong = '{of: months, printed: "8", source: Table 1}'
    rewrite(paper, '{of: months, printed: "9", source: Table 1}', wrong, "datapackage.yaml")
    with pytest.raises(DataError, match="holds: false"):
        load("smith-2001", "patients")
    rewrite(paper, wrong, wrong.replace("}", ", holds: false}"), "datapackage.yaml")
    assert load("smith-2001", "patients")["months"].sum() == 9
    rewrite(paper, 'printed: "8"', 'printed: "9"', "datapackage.yaml")
    with pytest.raises(DataError, match="is 9, but the paper prints 9"):
        load("smith-2001", "patients")
