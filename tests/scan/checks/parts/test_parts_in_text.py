"""What a sentence lists, and the whole that it names."""

from __future__ import annotations

import pytest
from tests.scan.checks.parts.test_parts import parts

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Paragraph


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        (
            "Ten patients dropped out: 6 for A (3 events, 2 lost), 2 for B, and 3 for C.",
            ["Ten patients dropped out"],
        ),
        ("Eleven patients dropped out: 6 for A (3 events, 2 lost), 2 for B, and 3 for C.", []),
        (
            "In all 52 patients had effects, i.e., 19 patients in A and 32 patients in B.",
            ["52 patients had effects,"],
        ),
        (
            "Fifty-four children aged 10-14 years took part (28 girls and 27 boys).",
            ["Fifty-four children"],
        ),
        ("Fifty-four children aged 10-14 years took part (28 girls and 26 boys).", []),
        ("Fifty-four children aged 10-14 years took part (28 girls and 22 boys).", []),
        ("We saw 504 (328 women, 126 men) in May.", ["504"]),
        ("Of these 833 (531 women and 331 men) came back.", ["833"]),
        ("We saw 504 (328 women, 176 men) in May.", []),
        ("We saw 504 (328 women, 126 men, 50 not known) in May.", []),
        ("Of 54 adults (20 men) 22 and 24 children (19 boys and 5 girls) stayed.", []),
        ("In all 17 had been treated (24.3%; 10 in A and 8 in B).", ["17 had been treated"]),
        ("Of the 180 patients, 125 went on, while 65 were lost.", ["Of the 180 patients,"]),
        ("Of the 180 patients, 125 went on, while 45 were women.", []),  # and 10 were not asked
        ("Of the 94 patients, 28 came late, 52 missed fewer than 2, and 14 died.", []),
        ("We saw 51 patients: 23 in A, 24 in B, and the last 5 in C.", []),
        ("Seen were 1 (8%) PR, 6 (50%) SD, and 5 (42%) PD.", []),
        ("Of 142 clerks, 127 (89%) ended it, and 16 (11%) did not.", ["142"]),
        ("Of 148 clerks, 62 (42%) never did, 39 (26%) once, 46 (31%) often.", []),  # one is left
        ("In all 75 patients were assigned to A (n = 37) or B (n = 36).", ["75 patients"]),
        (
            "Twenty-three patients came in two groups, A (n = 12) and B (n = 10).",
            ["Twenty-three patients"],
        ),
        ("We divided 75 patients, allocated to A (n = 38) or B (n = 37).", []),
        ("Of 90 seen, 75 patients were assigned (A, n = 38; B, n = 37; lost, n = 9).", []),
        ("In all 75 patients were not randomised: deaf (n = 37), or blind (n = 36).", []),
        ("Fifteen patients (9 of group I and 7 of group II) failed to come.", ["Fifteen patients"]),
        ("A total of 257 patients (140 from A, and 105 from B) came.", ["257 patients"]),
    ],
)
def test_what_a_sentence_lists_makes_the_whole_that_it_names(sentence, asked):
    document = Document("test", "", (Paragraph("Results", 1, sentence),), ())
    found = [f for f in scan_document(document, "test").findings if f.check == "parts"]
    assert [f.printed for f in found if f.level == "question"] == asked
    assert "fails" not in {f.level for f in found}


def asked_of(sentence: str) -> list[str]:
    """Return the parts that a question is about."""
    document = Document("test", "", (Paragraph("Results", 1, sentence),), ())
    found = scan_document(document, "test").findings
    return [f.against for f in found if f.check == "parts" and f.level == "question"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *((f"in {name} 1", f"in {name} 2") for name in (
            "group", "arm", "phase", "stage", "grade", "class", "week", "day", "month", "visit",
            "year", "table", "cohort", "site", "stratum #")),
        *((f"for 3 {unit}", f"for 2 {unit}") for unit in (
            "years", "weeks", "days", "hours", "minutes", "mg", "µg", "g", "ml", "IU")),
        ("on days 1, 2 and 3", "at week one"), ("for 1 and 2 weeks", "later"),
    ],
)  # fmt: skip
def test_a_number_that_names_something_or_has_a_unit_is_no_part(one, other):
    assert asked_of(f"We saw 40 women: 26 {one} and 14 {other}.") == []
    assert asked_of(f"We saw 40 women: 26 {one} and 15 {other}.") == ["26 + 15"]


@pytest.mark.parametrize(
    ("whole", "asked"),
    [
        *((whole, True) for whole in (
            "patients", "consecutive blood samples", "early deaths", "adverse events", "new cases",
            "were lost")),
        *((whole, False) for whole in (
            "MET hours", "visits", "visits of patients", "phone calls", "levels",
            "experimental conditions", "questions for patients")),
    ],
)  # fmt: skip
def test_only_people_samples_and_events_are_a_whole(whole, asked):
    assert asked_of(f"In all 6 {whole} (4 for A and 3 for B).") == ["4 + 3"] * asked
    assert asked_of(f"In all 6 {whole} (4 for A and 2 for B).") == []


def test_parts_that_hold_at_least_so_many_may_overlap():
    assert asked_of("Of the 40 women, 26 had a cyst and 16 had at least one stone.") == []
    assert asked_of("Of the 40 women, 26 had a cyst and 16 had a stone.") == ["26 + 16"]


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("In all, 51 patients had clots (27 in veins, 14 in men and 13 in women).", False),
        ("In all, 99 patients had clots (59 in arteries, 43 in veins, 4 in both).", False),
        ("In all, 99 patients had clots (59 in arteries, 43 in veins).", True),
    ],
)
def test_parts_may_overlap(sentence, asked):
    assert bool(parts(["", "A"], ["x", "y"], text=sentence)) is asked


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("It was done in 55 women, 22 women in the study group and 23 women in the control group.",
         ["22 + 23"]),
        ("It was done in 45 women, 22 women in the study group and 23 women in the control group.",
         []),
        ("Group 1 included 14 participants (number of females = 11; males = 4).", ["11 + 4"]),
        ("Group 1 included 15 participants (number of females = 11; males = 4).", []),
        ("75 persons were randomized into the drug (n = 37) and control (n = 36) groups.",
         ["37 + 36"]),
        ("Of 83 women screened, 25 in the drug group and 52 in the control group were seen.", []),
        ("Among the 155 infections, 72 (46%) were of type A, 81 (52%) of B, and 3 (2%) of C.",
         ["72 + 81 + 3"]),
    ],
)  # fmt: skip
def test_counts_of_each_group_or_sex_make_those_of_all(sentence, asked):
    assert asked_of(sentence) == asked
