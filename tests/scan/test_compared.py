"""The groups that the head of a P names."""

from __future__ import annotations

import pytest
from tests.scan.test_counts_with_p import levels


def test_a_head_of_p_may_name_the_two_groups_that_it_compares():
    head = [
        "",
        "TT (n = 200)",
        "P TT versus DO",
        "DO (n = 200)",
        "P DO versus BST",
        "BST (n = 200)",
    ]
    row = ["Lost, n (%)", "23 (11.5)", "0.64", "26 (13.0)", "0.029", "25 (12.5)"]
    assert levels(head, row, at=(1, 2)) == "holds"
    assert levels(head, row, at=(1, 4)) == "question"


@pytest.mark.parametrize(("head", "level"), [("P", None), ("P (Drug vs placebo)", "holds")])
def test_a_p_of_two_of_the_groups_is_held_to_those_that_its_head_names(head, level):
    rows = [["", "Drug A (n=80)", "Placebo (n=80)", "None (n=80)", head],
            ["sick", "9 (11.3%)", "20 (25.0%)", "12 (15.0%)", "0.024"]]  # fmt: skip
    assert levels(*rows, at=(1, 4)) == level
