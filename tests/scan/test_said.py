"""What a sentence says against the P or the two numbers that it prints."""

from __future__ import annotations

import pytest
from tests.scan.test_checks import of_text


@pytest.mark.parametrize(
    ("text", "asked"),
    [("Knowledge increased significantly after the intervention (P>0.05).", True),
     ("A statistically significant difference was found (P = 0.052).", True),
     ("Knowledge increased significantly after the intervention (P<0.05).", False),
     ("The increase was significant, with a trend in men (P = 0.07).", False),
     ("A P = 0.06 was considered significant (P = 0.06).", False),
     ("No significant difference was found between groups (p < 0.05).", True),
     ("It was not statistically significant (group A; p = 0.027).", True),
     ("The change was not significantly better (p < 0.05, CI: -0.15-0.15).", True),
     ("It was not significant in men, but was in women (p = 0.01).", False),
     ("Activity was unchanged in the ≥6- vs. 1-portion comparisons (p < 0.05).", True),
     ("There was no significant difference in age, but weight was lower (p = 0.01).", False),
     ("No significant change was seen; a single dose lowered it (p = 0.03).", False),
     ("No significant difference was found between groups (p = 0.35).", False),
     ("With Bonferroni limits. No significant difference was found (p = 0.03).", False)],
)  # fmt: skip
def test_a_p_on_the_other_side_of_what_the_sentence_says_is_asked(text, asked):
    assert [f.level for f in of_text(text, "statistic")] == ["question"] * asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [("It was higher with nitrate in normoxia (37.4 ± 8.2 l/lO2 vs. 39.6 ± 7.3).", True),
     ("It was lower in the new than in the old group (18% vs. 4%).", True),
     ("It was lower in the new than in the old group (4% vs. 18%).", False),
     ("It was higher in controls, but not significantly (39.5% vs. 50.6%).", False),
     ("The lower chest wall moved (24.4 vs. 23.0).", False)],
)  # fmt: skip
def test_two_numbers_that_go_the_other_way_than_the_sentence_are_asked(text, asked):
    assert [f.level for f in of_text(text, "statistic")] == ["question"] * asked
