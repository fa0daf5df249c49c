"""*Correct*: columns are declared whatever stands beside them."""

from __future__ import annotations

import pytest
from tests.scan.drafts import SOUND, article, drafted, files, row


@pytest.mark.parametrize("label", ["../../../etc/passwd", "CON", "表", "a" * 400, "Table 1: {x}"])
def test_a_label_leads_nowhere(root, label):
    drafted(article(root, "".join(SOUND), label=label), root)
    outside = [p for p in files(root) if p.suffix == ".csv" and p.parent.name != "smith-2024"]
    assert outside == []


def test_a_median_among_levels_is_declared_with_them(root):
    rows = [row("Age", "", ""), row("&#x2003;Median (range)", "61 (43-81)", "62 (50-78)"),
            row("&#x2003;Up to 64", "22 (55.0)", "20 (52.6)"),
            row("&#x2003;65 or older", "18 (45.0)", "18 (47.4)"), *SOUND]  # fmt: skip
    found = drafted(article(root, "".join(rows)), root)
    assert found["t1/age/median-range/drug/max"].claim.printed == "81"
    young = found["t1/age/up-to-64/drug"].claim.declared.body
    assert "rest(" in young
    assert "t1/age/65-or-older/drug" in young
