"""*Correct*: a percent of a table follows from its count and the number that it is of."""

from __future__ import annotations

from tests.scan.drafts import ARMS, SOUND, article, drafted, row


def test_missing_data_that_nothing_states_are_still_to_be_said(root):
    # 3 of 37 is 8.1; nothing prints 37
    found = drafted(
        article(root, "".join([*SOUND, row("Stroke, n (%)", "3 (8.1)", "3 (7.9)")])), root
    )
    stroke = found["t1/stroke-n-percent/drug/percent"]
    assert (stroke.verdict, stroke.as_expected) == ("not-derivable", True)


def test_levels_of_which_some_have_no_datum_follow_from_their_sum(root):
    rows = [
        row("Race", "", ""),
        row("A", "20 (57.1)", "19 (50.0)"),
        row("B", "15 (42.9)", "19 (50.0)"),
    ]
    found = drafted(article(root, "".join([*SOUND, *rows])), root)
    assert found["t1/race/a/drug/percent"].verdict == "reproduced"


def test_the_days_of_a_label_are_no_patients(root):
    rows = [row("Complications", "41 (68%)", "27 (44%)"), row("28-day mortality", "7 (11.7%)",
            "6 (9.7%)"), row("60-day mortality", "9 (15%)", "7 (11.3%)")]  # fmt: skip
    found = drafted(article(root, "".join(rows), head=ARMS, text="They died."), root)
    assert found["t1/60-day-mortality/drug/percent"].verdict == "not-derivable"


def test_a_percent_in_a_column_of_its_own_follows_from_the_count_beside_it(root):
    head = "<th>Row</th><th>Number (31)</th><th>%</th>"
    rows = [row("Female", "15", "48"), row("ECOG 3", "2", "6"), row("Fever", "10", "33")]
    found = drafted(article(root, "".join(rows), head=head), root)
    by = {j.claim.printed: (str(j.claim.declared.body), j.verdict) for name, j in found.items()
          if j.claim.declared and name.startswith("t1")}  # fmt: skip
    assert by["48"] == ("percent(t1/female/number, t1-patients)", "reproduced")
    assert by["15"][0].startswith("count_behind(")
    assert by["33"][1] in ("not-derivable", "differs")  # 10 of 31 is 32.3


def test_a_percent_in_a_column_of_its_own_is_no_part_of_the_count_beside_it(root):
    head = "<th>Marks</th><th>Students (n = 40)</th><th>Percentage</th>"
    rows = [row("1 to 10", "20", "50.0"), row("11 to 20", "12", "30.0"), row("Over", "8", "20.0")]
    found = drafted(article(root, "".join(rows), head=head), root)
    assert found["t1/1-to-10/students"].claim.printed == "20"


def test_a_cell_of_three_numbers_and_percents_alone_follow(root):
    rows = [row("Fever, n/N (%)", "7/35 (20.0)", "9/36 (25.0)"),
            row("Rash, n/N (%)", "3/35 (8.6)", "4/36 (11.1)")]  # fmt: skip
    found = drafted(article(root, "".join(rows)), root)
    assert found["t1/fever-n-n-percent/drug/percent"].verdict == "reproduced"
    assert found["t1/rash-n-n-percent/placebo/count"].verdict == "reproduced"
    alone = [row(f"Sign {i}, %", f"{100 * i / 40:.1f}", f"{100 * i / 38:.1f}") for i in range(3, 9)]
    found = drafted(article(root, "".join(alone)), root, "b-2024")
    assert found["t1/sign-5-percent/drug/value"].verdict == "attainable"
