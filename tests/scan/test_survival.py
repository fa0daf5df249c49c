"""*Correct*: survival is gathered of one group and endpoint, or left out."""

from __future__ import annotations

import time

import pytest

from secondlook.scan.document import Document, Paragraph, Table, grid_of
from secondlook.scan.layout import Layout
from secondlook.scan.survival import printed_survival

ONE = "We treated 31 patients."
TWO = "We randomized 78 patients to drug A or placebo."
HEAD = ["", "Drug A (n = 40)", "Placebo (n = 38)"]


def table(*rows: list[str], caption: str = "Patient characteristics", index: int = 0) -> Table:
    return Table(
        index, f"Table {index + 1}", caption, grid_of([[(t, 1, 1) for t in r] for r in rows]), 1
    )


def document(text: str, *tables: Table, abstract: str = ONE, section: str = "Results") -> Document:
    return Document(
        "test", "", (Paragraph("Abstract", 1, abstract), Paragraph(section, 1, text)), tables
    )


def blocks(found: Document) -> dict[str, dict[str, object]]:
    layouts = [Layout(table) for table in found.tables]
    told = {curve.name: curve.block() for curve in printed_survival(found, layouts)}
    return {
        name: {key: held for key, held in block.items() if key not in ("where", "unit")}
        for name, block in told.items()
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Median overall survival was 12.8 months (95% CI 9.9-16.2), the 1-year OS rate was 53% "
         "(95% CI, 37%-76%), and the 2-year OS was 18% (8-43).",
         {"survival": {12: "53 (37-76)", 24: "18 (8-43)"}, "median": "12.8 (9.9-16.2)"}),
        ("The median OS was 12.8 months (95% CI: 9.9-16.2 months); 2-year OS 18% (8\u201343).",
         {"survival": {24: "18 (8-43)"}, "median": "12.8 (9.9-16.2)"}),
        ("The 1-, 2- and 3-year OS rates were 94%, 73%, and 61%, respectively.",
         {"survival": {1: "94", 2: "73", 3: "61"}}),
        ("OS at one and two years was 53% (37-76) and 18% (8-43).",
         {"survival": {1: "53 (37-76)", 2: "18 (8-43)"}}),
        ("At 6 months, overall survival was 53% (95% CI 37 to 76).",
         {"survival": {6: "53 (37-76)"}}),
        ("Median OS was 34 months (95% CI, 23 to not reached).", {"median": "34 (23-NR)"}),
        ("Median OS 14 months (95% CI 11-19).", {"median": "14 (11-19)"}),
        ("Median OS was 14 months (95% CI 11-19) in all patients.", {"median": "14 (11-19)"}),
    ],
)  # fmt: skip
def test_survival_of_all_patients_is_read_however_a_sentence_puts_it(text, told):
    assert blocks(document(text)) == {"os": {"n": "31", **told}}


@pytest.mark.parametrize(
    "text",
    [
        "The 1- and 2-year OS and DFS rates were 53%, 47%, 38%, and 23%, respectively.",  # which?
        "OS and PFS at 1 and 2 years were 81, 60, 73 and 41%.",
        "The 1- and 2-year OS and DFS rates were 53%, 57%, 58%, and 63%, respectively.",
        "Median PFS and OS were 13.2 (95% CI 9.1-18.8) and 2.8 months (1.5-3.9).",  # no one can
        "Median PFS and OS were 2.8 (1.5-3.9) and 13.2 months (9.1-18.8).",
        "The median OS and median PFS were 9.1 (95% CI 7.0-12) and 3.3 months (95% CI 2-5).",
        "Mean and median OS was 31.1 and 17.8 months (12.4-29.9).",
        "In responders the median OS was 16.2 months (95% CI 10-21).",
        "Patients with a mutation had a median OS of 16.2 months (95% CI 10-21).",
        "Median OS was 16.2 months (CI 10-21) in patients with complete remission.",
        "The 2-year OS was 47% (95% CI 30-62) [12].",
        "Smith et al. found a 2-year OS of 47% (95% CI 30-62).",
        "We assumed a 2-year OS of 47% (95% CI 30-62).",
        "Median OS was 12.8 months (95% CI 9.9-16.2). Later, median OS was 12.9 months (9.9-16.2).",
        "In the subgroup with mutations 9 responded. Median OS was 12.8 months (CI 9.9-16.2).",
        "Median OS was 12.8 months (9.9-46.2).",  # limits, or the shortest and longest time
        "Median OS (range) was 12.8 (9.9-46.2) months; the level is 95% CI elsewhere.",
        "Median OS was 12.8 months (90% CI 9.9-16.2).",
        "Median PFS was 5.5 months (95% CI, 3.8-14.0) in the drug A arm and 5.0 months (3.5-10.7) "
        "in the placebo arm.",
        "The 2-year OS was 86.5% with drug A, and 91.5% with placebo.",
        "Median RFS was 1.45 years (95% CI 0.96-2.16) and 0.70 years (0.44-1.07) for UFT/LV and "
        "surgery alone, respectively.",
        "Median OS was 16.2 months (95% CI 10-21) versus 9.1 months (8-12).",
        "Median OS of Japanese was 16.2 months (95% CI 10-21).",
        "In Japan, the median OS was 16.2 months (95% CI 10-21).",
        "Graft survival was 91% (80-96) at 1 year. Local relapse-free survival at 2 years was 53%.",
        "Numbers at risk: 0 12 24 36 48",
        "Median OS was 8.0 months.",  # says nothing of any other number
        "Median OS was 8.0 months (95% CI 5.0-11.0).",  # 8.0 and 1.96 of its standard errors
    ],
)
def test_what_may_be_of_another_group_or_endpoint_is_left_out(text):
    assert blocks(document(text)) == {}


@pytest.mark.parametrize("endpoint", ["RFS", "disease-free survival"])
def test_what_is_free_of_relapse_is_of_those_in_remission_and_how_many_is_to_be_told(endpoint):
    text = f"OS at 1 year was 53% (95% CI 37-76). {endpoint} at 1 year was 47% (95% CI 25-88)."
    assert [*blocks(document(text))] == ["os"]


@pytest.mark.parametrize("section", ["Introduction", "Discussion", "Methods > Statistics"])
def test_survival_of_other_studies_and_plans_is_left_out(section):
    assert blocks(document("The 2-year OS was 47% (30-62).", section=section)) == {}


@pytest.mark.parametrize(
    "abstract",
    [
        "We treated 31 patients and 40 patients.",
        "Group A had 31 patients; both groups did well.",
        "We treated many patients.",
    ],
)
def test_an_abstract_that_leaves_open_how_many_there_are_gives_no_number(abstract):
    assert blocks(document("The 2-year OS was 47% (30-62).", abstract=abstract)) == {}


def test_survival_of_all_is_not_that_of_one_of_two_arms():
    text = "Median PFS was 5.5 months (95% CI 3.8-14.0)."
    assert blocks(document(text, table(HEAD, ["Male", "3", "4"]), abstract=TWO)) == {}


def test_groups_of_a_table_stand_in_its_columns():
    columns = table(
        ["", "Drug A (n = 40)"], ["Median PFS, months (95% CI)", "5.5 (3.8-14.0)"],
        ["PFS at 3 months, %", "60"],
    )  # fmt: skip
    assert blocks(document("", columns)) == {
        "pfs-drug-a": {"n": "40", "survival": {3: "60"}, "median": "5.5 (3.8-14.0)"},
    }


def test_a_range_in_a_table_is_no_limits():
    rows = [
        ["Median OS, months (range)", "9.8 (0.5-56.9)"],
        ["1-year OS, % (80% CI)", "40 (30-50)"],
    ]
    found = blocks(document("", table(["", "Drug A (n = 40)"], *rows)))
    assert found == {"os-drug-a": {"n": "40", "survival": {12: "40"}, "median": "9.8"}}


def test_numbers_at_risk_stand_under_the_figure_of_one_endpoint():
    text = "Figure 1. Overall survival. Numbers at risk: 31 20 8 3"
    median = "Median OS was 12.8 months (95% CI 9.9-16.2)."
    found = document(f"{median} {text}")
    assert blocks(found)["os"] == {
        "n": "31", "at_risk": "31 20 8 3", "ticks": "unknown", "median": "12.8 (9.9-16.2)"
    }  # fmt: skip
    assert len(blocks(document(f"{median.replace('OS', 'PFS')} {text}"))) == 2


@pytest.mark.parametrize(
    "text",
    ["median OS was 1.2 months (1.1-1.3) in the arm and " * 2_000, "1-, 2-, " * 9_000,
     "median overall survival " * 4_000, "In patients " * 9_000, "1-year OS was 1% (" * 4_000,
     "1-year OS was 1%. " * 4_000],
)  # fmt: skip
def test_no_text_takes_long(text):
    start = time.process_time()
    blocks(document(text))
    assert time.process_time() - start < 2
