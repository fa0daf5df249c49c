"""What a sentence says against the P that it prints."""

from __future__ import annotations

import pytest
from tests.scan.test_checks import of_text


@pytest.mark.parametrize(
    ("text", "asked"),
    [("Knowledge increased significantly after the intervention (P>0.05).", True),
     ("A statistically significant difference was found (P = 0.052).", True),
     ("Knowledge increased significantly after the intervention (P<0.05).", False),
     ("We didn’t find any significant differences (P > 0.05).", False),
     ("The increase was significant, with a trend in men (P = 0.07).", False),
     ("A P = 0.06 was considered significant (P = 0.06).", False),
     ("No significant difference was found between groups (p < 0.05).", True),
     ("It was not statistically significant (group A; p = 0.027).", True),
     ("The change was not significantly better (p < 0.05, CI: -0.15-0.15).", True),
     ("It was no longer significant at the p < 0.05 level.", False),
     ("It was not significant in men, but was in women (p = 0.01).", False),
     ("Activity was unchanged in the ≥6- vs. 1-portion comparisons (p < 0.05).", True),
     ("There was no significant difference in age, but weight was lower (p = 0.01).", False),
     ("No significant change was seen; a single dose lowered it (p = 0.03).", False),
     ("No significant difference was found between groups (p = 0.35).", False),
     ("After multiple comparisons it was not significantly better (p < 0.05).", True),
     ("With Bonferroni limits. No significant difference was found (p = 0.03).", False)],
)  # fmt: skip
def test_a_p_on_the_other_side_of_what_the_sentence_says_is_asked(text, asked):
    assert [f.level for f in of_text(text, "statistic")] == ["question"] * asked
