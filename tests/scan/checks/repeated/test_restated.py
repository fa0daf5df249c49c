"""The same quantity at two places: which differences are asked about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of


def table(index: int, *rows: list[str], caption: str = "") -> Table:
    grid = grid_of([[(text, 1, 1) for text in row] for row in rows])
    return Table(index, f"Table {index + 1}", caption, grid, 1)


def asked(*tables: Table, text: str = "", abstract: str = "") -> list[tuple[str, str]]:
    told = (("Abstract", abstract), ("Results", text))
    paragraphs = tuple(Paragraph(section, 1, text) for section, text in told if text)
    found = scan_document(Document("test", "", paragraphs, tables), "test").findings
    return [(f.printed, f.level) for f in found if f.check == "restated" and f.level != "holds"]


OTHERS = "".join(f" A form of {n}.5 pages was sent." for n in range(211, 241))
"""Sentences of something else: in an article the words that two places share are rare."""


SCORES = table(
    0,
    ["", "Drug (n = 40)", "Placebo (n = 40)", "P"],
    ["Score of pain, mean ± SD", "20.63 ± 5.58", "24.53 ± 5.74", "0.009"],
    ["Rescued, n (%)", "17 (42.5)", "25 (62.5)", "0.073"],
    ["Slept well, n (%)", "31 (77.5)", "22 (55.0)", "0.034"],
)


@pytest.mark.parametrize(
    ("text", "printed"),
    [("The score of pain was 20.63 ± 5.58 with placebo and 24.53 ± 5.74 with the drug.",
      "20.63 ± 5.58"),
     ("The score of pain differed between placebo and drug (20.63 ± 5.58 vs. 24.53 ± 5.74).",
      "20.63 ± 5.58"),
     ("Pain was scored (placebo: 20.63 ± 5.58 points, drug: 24.53 ± 5.74 points).",
      "20.63 ± 5.58"),
     ("On the drug, 62.5% were rescued and 77.5% slept well.", ""),
     ("On the drug, 77.5% were rescued and 42.5% slept well.", "77.5%")],
)  # fmt: skip
def test_numbers_that_a_sentence_exchanges_are_asked_about(text: str, printed: str):
    assert asked(SCORES, text=text + OTHERS) == ([(printed, "question")] if printed else [])


@pytest.mark.parametrize(
    "text",
    ["The score of pain was 20.63 ± 5.58 with the drug and 24.53 ± 5.74 with placebo.",
     "Compared with placebo, the drug had a lower score of pain (20.63 ± 5.58 vs. 24.53 ± 5.74).",
     "Pain was scored (drug: 20.63 ± 5.58 points, placebo: 24.53 ± 5.74 points).",
     "The score of pain was higher on placebo (20.63 ± 5.58 in the drug and 24.53 ± 5.74).",
     "Of placebo 17 and of the drug 25 tablets were left over.",  # counts of something else
     "The score of hunger of placebo and drug was 42.5% and 62.5%."],  # of another row
)  # fmt: skip
def test_numbers_said_in_the_order_of_the_table_are_not_exchanged(text: str):
    assert asked(SCORES, text=text + OTHERS) == []


def sized(drug: int, placebo: int, *, index: int = 0) -> Table:
    head = ["", f"Drug (n = {drug})", f"Placebo (n = {placebo})"]
    return table(index, head, ["Weight, kg", "71.2", "72.5"])


@pytest.mark.parametrize(
    ("text", "printed"),
    [("We assigned 59 patients to the drug and 61 to placebo.", ["drug 59, placebo 61"]),
     ("All had the drug (n = 59) or placebo (n = 61).", ["drug 59, placebo 61"]),
     ("All had the drug (n = 60) or placebo (n = 60).", ["drug 60, placebo 60"]),
     ("All had the drug (n = 61) or placebo (n = 59).", []),
     ("Data were complete on the drug (n = 58) and placebo (n = 59).", []),  # some were lost
     ("We assigned 68 patients to the drug and 66 to placebo.", []),
     ("We assigned 29 boys to the drug and 30 to placebo.", []),  # a part of all
     ("Pain fell in 61 of the drug, and in 59 mg of placebo.", []),
     ("They got the drug (by mouth, twice, n = 59) or placebo (by mouth, n = 61).",
      ["drug 59, placebo 61"]),
     ("They got the drug (by mouth, n = 61) or placebo (by mouth, n = 59).", []),
     ("Half of the 59 on the drug were women.", [])],
)  # fmt: skip
def test_groups_as_large_together_and_otherwise_divided_are_asked_about(text, printed):
    assert [text for text, _ in asked(sized(61, 59), text=text)] == printed


def test_the_sizes_of_groups_are_held_to_other_heads_and_notes():
    assert asked(sized(61, 59), sized(60, 60, index=1)) == [("drug 60, placebo 60", "question")]
    assert asked(sized(61, 59), sized(60, 59, index=1)) == []
    note = replace(sized(63, 62), notes=("Complete in 61 of the drug and 59 of placebo.",))
    assert asked(note, sized(59, 61, index=1)) == [("drug 59, placebo 61", "question")]
    assert asked(note, sized(61, 59, index=1)) == []


BODY = " ".join(f"In centre {n} it was {n + 0.5} per thousand." for n in range(20, 90))
"""Numbers enough for an article of its own."""


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("A total of 1570 patients were randomized.", ["1570"]),
        ("A total of 1570 patients were randomized (ISRCTN1570).", []),
        ("Pain fell by 24.37 points (P = 0.013).", ["24.37", "P = 0.013"]),
        ("Pain fell by 24.37 points (P < 0.013).", ["24.37"]),
        ("Pain fell by 24.5 points; 63.5% had none.", []),  # which are printed
        ("Of 208 patients, 33 were lost.", []),  # in words
    ],
)
def test_what_only_the_abstract_prints_is_asked_about(told: str, said: list[str]):
    words = f"{BODY} Two hundred and eight patients came."
    assert asked(text=words, abstract=told) == [(each, "question") for each in said]
    assert asked(text="Patients came.", abstract=told) == []  # the article prints nothing


def test_what_follows_from_two_numbers_of_a_row_or_from_a_size_is_no_number_of_its_own():
    row = table(0, ["", "Drug (n = 245)", "Usual (n = 240)"], ["Died, n", "113", "124"])
    told = "Of 485 patients, 46.1% and 51.7% died, in all 237, and 132 lived."
    assert asked(row, text=BODY, abstract=told) == []
    assert asked(row, text=BODY, abstract=told.replace("46.1", "46.7")) == [("46.7%", "question")]


def test_several_numbers_of_an_abstract_alone_are_asked_about_once():
    told = "It fell by 24.37. It rose by 25.38. It was 26.39 at last. All had 27.41."
    assert asked(text=BODY, abstract=told) == [("24.37", "question")]


@pytest.mark.parametrize(
    ("label", "row", "found"),
    [
        ("Involvement", ["-3.87", "-5.21 to -2.52", "-5.69"], True),
        ("Involvement", ["-3.87", "-5.21 to -2.52", "-5.96"], False),
        ("Total > Engagement", ["-3.87", "-5.21 to -2.52", "-5.69"], False),  # the same, again
        ("Cured", ["12 (34.6%)", "17 (38.9%)", "11 (31.2%)"], False),  # the same patients
    ],
)
def test_a_row_that_repeats_another_is_asked_about(label: str, row: list[str], found: bool):
    other = row if "(" in row[0] else ["-3.87", "-5.21 to -2.52", "-5.69"]
    rows = table(0, ["", "B", "95% CI", "t"], ["Engagement", *other], [label, *row])
    assert bool([each for each in asked(rows) if " | " in each[0]]) == found
