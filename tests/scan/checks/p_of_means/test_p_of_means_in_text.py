"""The P of two means of a sentence."""

from __future__ import annotations

import pytest

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Paragraph


def test_the_means_that_a_discussion_cites_are_left():
    text = "There were 85 patients in each group: 3000 ± 893 g and 3100 ± 852 g (p=0.001)."
    for section, asked in (("Results", 1), ("Discussion", 0)):
        document = Document("test", "", (Paragraph(section, 1, text),), ())
        assert (
            len([f for f in scan_document(document, "test").findings if f.check == "mean"]) == asked
        )


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [("It was 3000 ± 893 g in the cases and 3100 ± 852 g in the controls (p=0.088).", True),
     ("It was 3000 ± 893 g in the cases and 3100 ± 852 g in the controls (p=0.46).", False),
     ("It changed from 3000 ± 893 g before to 3100 ± 852 g after (p=0.088).", False),
     ("It was 3000 ± 893 g, and the age 21.0 ± 8.2 years (p=0.088).", False),
     ("Weight was the same (3000 ± 893 vs 3100 ± 852 g; P = 0.088).", True),
     ("It increased less in this group than in the other group (3000 ± 893 vs.3100 ± 852 g, "
      "P = 0.088).", True),
     ("It increased in one group to 3000 ± 893 and in the other group to 3100 ± 852 (p=0.088).",
      True),
     ("It was 3000 ± 893 g in the cases and 3100 ± 852 g in the controls. The difference was "
      "significant (p=0.008).", True),
     ("It was 3000 ± 893 g in the cases and 3100 ± 852 g in the controls. Of 12 items one was "
      "higher (p=0.008).", False),
     ("The controls had 3000 ± 893 to 3100 ± 852 g (p=0.088).", False),
     ("In the subgroup it was 3000 ± 893 g and 3100 ± 852 g (p=0.088).", False)],
)  # fmt: skip
def test_the_p_of_two_means_of_a_sentence(sentence, asked):
    text = f"There were 85 patients in each group. A t test was used. {sentence}"
    paragraph = Paragraph("Results", 1, text)
    found = scan_document(Document("test", "", (paragraph,), ()), "test").findings
    assert [f.level for f in found if f.check == "mean"] == ["question"] * asked


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [("The survival was 72.3 ± 7.5% with the drug, 81.9 ± 7.0% with placebo (P = 0.177).", False),
     ("Saturation was 72.3 ± 7.5% with the drug, 81.9 ± 7.0% with placebo (P = 0.177).", True),
     ("After a year in both groups, we saw less insulin (9.2 ± 5.4 versus 7.9 ± 5.2, P < 0.001 and "
      "5.7 ± 2.4 versus 5.4 ± 2.2, P = 0.026).", False),
     ("It lost 3.7 ± 3.8 with drug, 2.5 ± 2.6 with placebo (P = 0.33, Mann-Whitney test).", False),
     ("It lost 3.7 ± 3.8 with drug, 2.5 ± 2.6 with placebo (P = 0.33).", True),
     ("It lost 3.7 ± 3.8%, 2.5 ± 2.6 kg (P = 0.33).", False),
     ("It was 45.7/52, SD = 6.2, with drug, 39.5/52, SD = 12.3, with placebo (P = 0.33).", False)],
)  # fmt: skip
def test_a_sentence_says_of_what_its_p_is(sentence, asked):
    text = f"There were 85 patients in each group. A t test was used. {sentence}"
    document = Document("test", "", (Paragraph("Results", 1, text),), ())
    found = scan_document(document, "test").findings
    assert any(f.level == "question" for f in found if f.check == "mean") == asked
