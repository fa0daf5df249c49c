"""*Correct*: rows and columns have names that tell them apart."""

from __future__ import annotations

from collections import Counter

import pytest
from benchmarks.scan import bare
from tests.scan.drafts import SOUND, article, drafted, row

from secondlook import data
from secondlook.scan import scan
from secondlook.scan.draft.names import column_name


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Mean change in alcohol consumption - Units (SD) / Enhanced",
         "mean-change-in-alcohol-enhanced"),
        ("Single-size mode exposure model with adjustment for gases / Estimates (95% CI)",
         "single-size-mode-exposure-estimates"),
        ("Dabigatran 110 mg bid (n = 6,015) / n (%)", "dabigatran-110-mg-bid"),
        ("Placebo / Week 52", "placebo-week-52"),
        ("n (%)", "n-percent"),
    ],
)  # fmt: skip
def test_a_long_name_of_a_column_keeps_what_tells_it_from_those_beside_it(head, name):
    assert column_name(head) == name


def test_what_the_heads_of_all_columns_share_is_cut_first():
    head = "ITT population / BDP/FF / Change from baseline to the end"
    assert column_name(head, {"itt-population", "change-from-baseline-to-the-end"}) == (
        "itt-population-change-from-bdp-ff"
    )


def test_rows_with_the_same_or_no_label_have_addresses(root):
    rows = [*SOUND, row("Male, n (%)", "20 (50.0)", "19 (50.0)"), row("表", "2 (5.0)", "3 (7.9)"),
            row("", "4 (10.0)", "5 (13.2)")]  # fmt: skip
    found = drafted(article(root, "".join(rows)), root)
    assert sum(j.claim.printed == "50.0" for j in found.values()) == 2


@pytest.mark.parametrize("name", ["percent", "mean", "Lower", "variable", "level", "count 1", "%"])
def test_a_column_may_be_named_as_a_part_of_an_address(root, name):
    head = f"<th>Row</th><th>{name}</th><th>{name}</th>"
    rows = [*SOUND, row("Age, mean (SD)", "61.2 (3.1)", "60.8 (2.9)")]
    path = article(root, "".join(rows), head=head)
    numbers = Counter(bare(number.text) for number in scan(path).numbers)
    assert Counter(bare(j.claim.printed) for j in drafted(path, root).values()) == numbers


def test_labels_are_written_as_printed_and_a_variable_stands_beside_each_of_its_levels(root):
    head = "<th>Row</th><th></th><th>N</th><th>(%)</th>"
    rows = [row("Sex", "Male", "10", "(40)"), row("", "Female", "15", "(60)"),
            row("Age > 60", "", "10", "(40)"),
            row("Response^\u204e", "PR", "7", "(28)"), row("", "SD", "11", "(44)"),
            row("", "PD", "7", "(28)")]  # fmt: skip
    found = drafted(article(root, "".join(rows), head=head), root)
    frame = data.load_text("smith-2024", "table-1")
    assert frame[["variable", "level"]].to_numpy().tolist() == [
        ["Sex", "Male"], ["Sex", "Female"], ["Age > 60", ""],
        ["Response", "PR"], ["Response", "SD"], ["Response", "PD"],
    ]  # fmt: skip
    percents = [name for name, judged in found.items() if judged.verdict == "reproduced"]
    assert "t1-2/response/sd/percent-column/percent" in percents
    assert len(percents) == 6


def test_a_note_on_the_title_is_no_part_of_it(root):
    assert scan(article(root, "".join(SOUND), title="A trial<sup>1</sup>")).title == "A trial"
    assert scan(article(root, "".join(SOUND), title="Uptake of K<sup>+</sup>")).title.endswith("^+")
