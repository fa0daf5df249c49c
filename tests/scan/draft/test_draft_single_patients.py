"""*Correct*: a range or mean is that of the column of single patients."""

from __future__ import annotations

from tests.scan.drafts import article, drafted, row

CASES = "".join(row(f"Case {i}", str(cd33), str(months)) for i, (cd33, months) in
                enumerate([(88, 2), (28, 1), (68, 6), (33, 3), (100, 18), (95, 4)], 1))  # fmt: skip


def test_a_range_and_a_mean_are_those_of_the_column_of_single_patients(root):
    head = "<th>Patient</th><th>CD33 level</th><th>Survival, months</th>"
    text = "The CD33 level was 79% (range 28-100). Mean survival was 5.7 months."
    found = drafted(article(root, CASES, head=head, text=text), root)
    by = {j.claim.printed: (str(j.claim.declared.body), j.verdict) for name, j in found.items()
          if name.startswith("results")}  # fmt: skip
    assert by["28"] == ("min(table-1.cd33-level)", "reproduced")
    assert by["5.7"] == ("mean(table-1.survival-months)", "reproduced")
    assert found["t1/case-3/cd33-level"].verdict == "attainable"
    assert found["t1/case-5/survival-months"].verdict == "reproduced"
    assert str(found["t1/case-6/cd33-level"].claim.declared.body).startswith(
        "between(results-range"
    )
