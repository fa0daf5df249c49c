"""The P of counts in a sentence."""

from __future__ import annotations

import pytest
from tests.scan.test_checks import of_text

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of


@pytest.mark.parametrize(
    ("text", "level"),
    [("smaller in 106 (89.8%) patients vs 111 (94.8%), p 0.035", "question"),
     ("smaller in 106 (89.8%) patients vs 111 (94.8%), p = 0.22", "holds"),
     ("in class III (34.1%, 14/41 vs 21.3%, 57/267; P = 0.013)", "question"),
     ("in class III (34.1%, 14/41 vs 21.3%, 57/267; adjusted P = 0.013)", None),
     ("at 6/12 or 7/12 months, P = 0.013", None),
     # stats.fisher_exact([[13, 6], [15, 16]]) = 0.241, [[13, 7], [16, 22]] 0.168, chi-square 0.097
     ("in thirteen of 28 compared to six of 22 (P = 0.03)", "question"),
     ("in thirteen of 28 compared to six of 22 (P = 0.24)", "holds"),
     ("16 (80%) improved. Of others, seven (33%) did (P = 0.3)", None),
     ("27 (67.5%) were boys and 13 (32.5%) girls (P = 0.3)", None),
     ("Two groups of 29 patients: 44.8% versus 24.1% (P = 0.58)", "question"),
     ("Two groups of 29 patients: 44.8% versus 24.1% (P = 0.10)", "holds"),
     ("Two groups of 29 patients: 44.8% versus 24.2% (P = 0.58)", None),
     # [[25, 18], [5, 12]]: Pearson 0.045, Fisher 0.084
     ("Two groups of 30 patients: 83% of the first and 60% of the second (P = 0.70)", "question"),
     ("Two groups of 30 patients: 83% of the first and 60% of the second (P = 0.08)", "holds"),
     ("Two groups of 30 patients: among women 83% and 60% (P = 0.70)", None),
     ("Two groups of 30 patients: 83% and 60% (both P < 0.001)", None),
     ("Two groups of 30 patients: 83% and 60% (P < 0.001 for one versus none)", None),
     ("Two groups of 30 patients: 40%, 83% and 60% (P = 0.70)", None),
     ("Two groups of 30 patients: a mean loss of 83% and 60% (P = 0.70)", None),
     # [[16, 11], [47, 50]]: Pearson 0.32, Yates 0.43
     ("relapsed in 27 (21.8%): 16 (25.4%) in A and 11 (18.0%) in B (P = 0.70)", "question"),
     ("relapsed in 27 (21.8%): 16 (25.4%) in A and 11 (18.0%) in B (P = 0.32)", "holds"),
     # [[35, 41], [135, 112]]: Pearson 0.19, Yates 0.24
     ("in 35/170 (21%) infants of the intervention group and 41/153 (27%) infants of the control "
      "group, which is no difference to speak of (P = 0.12)", "question"),
     ("in 35/170 (21%) infants of the intervention group and 41/153 (27%) infants of the control "
      "group, who weighed 3.1 and 3.2 kg on average (P = 0.12)", None),
     # [[23, 15], [10, 27]]: Pearson 0.0031, Fisher 0.0051, Yates 0.0072
     ("in 23/38 (61%) and 10/37 (27%) (P = 0.009)", "question"),
     ("in 23/38 (61%) and 10/37 (27%) (P = 0.008)", "holds"),  # a unit of Yates
     ("in 23/38 (61%) and 10/37 (27%) (HR[95%CI] = 0.5 [0.2-0.9], P = 0.4)", None),
     # [[15, 15], [3, 27]]: below 0.001, for which this may stand; and not of patients
     ("in 15/30 and in 3/30 (P = 0.001)", "holds"), ("in 15/30 and in 3/30 (P = 0.01)", "question"),
     ("in 15/30 and 3/30 (P = 0.04 and P = 0.6 vs placebo)", None),
     ("Two groups of 30 patients: 83% of visits and 60% of visits (P = 0.70)", None),
     ("Two groups of 29 patients: 51.7% vs 34.5% and 44.8% vs 24.1% (P = 0.18 and 0.58)",
      ["question", "holds"])],
)  # fmt: skip
def test_the_p_of_two_counts_in_a_sentence(text, level):
    found = of_text(text, "p-of-table")
    assert [f.level for f in found] == (level if isinstance(level, list) else [level] * bool(level))


@pytest.mark.parametrize(("n", "asked"), [(73, False), (80, True)])
def test_counts_of_one_size_may_be_of_the_same_patients_where_mcnemar_is_named(n, asked):
    text = f"McNemar's test was used. Events were seen in 9/73 and 12/{n} (P = 0.140)."
    assert bool(of_text(text, "p-of-table")) == asked


@pytest.mark.parametrize(
    ("text", "level"),
    [("Quitting was higher (34.7 vs. 18.0%, p = 0.02).", "question"),
     ("Quitting was higher (34.7 vs. 18.0%, p = 0.002).", "holds"),
     ("Quitting was higher (35% vs. 18%; p = 0.02).", "question"),  # rounded
     # of 176 and 111 74 and 53, not of the third group: Pearson 0.35
     ("Of all 387, 42.0% with A and 47.7% with B coughed (p = 0.01).", "question"),
     ("Of all 387, 42.0% with A and 47.7% with B coughed (p = 0.35).", "holds"),
     ("Of them, 42.0% with A and 47.7% with B coughed (p = 0.01).", None),  # of which groups?
     ("Of all 387, 42.1% with A and 47.8% with B coughed (p = 0.01).", None)],
)  # fmt: skip
def test_two_percents_of_a_sentence_are_of_a_row_of_a_table_or_of_its_groups(text, level):
    rows = [["", "A (n = 176)", "B (n = 111)", "C (n = 100)"],
            ["quit", "61 (34.7%)", "20 (18.0%)", "9 (9.0%)"],
            ["fell ill", "10 (5,7%)", "7 (6,3%)", "<1 (<1%)"]]  # fmt: skip
    grid = grid_of([[(text, 1, 1) for text in row] for row in rows])
    paragraphs = (Paragraph("Results", 1, text),)
    if "all 387" in text:
        paragraphs += (Paragraph("Methods", 1, "We included 387 patients (n = 387)."),)
    document = Document("test", "", paragraphs, (Table(0, "Table 1", "", grid, 1),))
    found = [f for f in scan_document(document, "test").findings if f.check == "p-of-table"]
    assert [f.level for f in found] == [level] * bool(level)


@pytest.mark.parametrize(
    ("text", "said"),
    [("Events: (3.7% (n = 9) in A; 2.4% (n = 6) in B; and 3.2% (n = 8) in C; P = {})",
      {"0.073": ["question"], "0.70": ["holds"], "0.42": ["holds"]}),  # of two of them
     ("Deaths fell (14 [12%] in A; 30 [25%] in B; P = {}).",
      {"0.2": ["question"], "0.01": ["holds"]}),
     ("Of all, 12/60 in A, 20/61 in B and 30/62 in C improved (P = {}).",
      {"0.60": ["question"], "0.004": ["holds"], "0.11": ["holds"]}),
     ("It was 12/60 and 20/60, and 30/62 in C improved (P = {}).", {"0.60": []}),  # which two?
     ("They were 3/4, 1/2 and 2/3 (P = {}).", {"0.03": []})],
)  # fmt: skip
def test_the_p_of_a_list_is_of_all_its_counts_or_of_two(text, said):
    for p, level in said.items():
        found = of_text(text.format(p), "p-of-table")
        assert [f.level for f in found] == level, p


@pytest.mark.parametrize(
    "text",
    ["16 patients (80%) and 15 (75%) were well after 26 vs. 38 procedures (p = 0.0008).",
     "Referred were 34% with A and 66% with B, OR 4.4, 95% CI (1.4-19.2), p = 0.31.",
     "It rose by [28 ± 32% (n = 15) and 37 ± 29% (n = 12), respectively; P < 0.05].",
     "Fewer were ill, 7 (9.0%) vs 19 (23.8%) (P < 0.0001, Ridit analysis).",
     "Remission on days 7 (25%) and 21 (48%) was no other than with placebo (P = 0.478).",
     "They were concerned with sleep (78% vs. 57/58 %) and food (58% vs. 80/83 %, p = 0.06)."],
)  # fmt: skip
def test_a_p_of_something_else_than_the_counts_before_it_is_not_held_to_them(text):
    assert not [f for f in of_text(text, "p-of-table") if f.level == "question"]
