"""*Correct*: each number of the text is a claim, and what is no result is none."""

from __future__ import annotations

import pytest
from tests.scan.drafts import SOUND, article, drafted, said


@pytest.mark.parametrize("name", [
    "EudraCT 2013-003440-22", "Protocol Number: 13/0413",
    "the ethics committee, no. 2012/1234-31/2", "tel. +44 20 7188 1234", "phone: (020) 7188 1234",
    "a confidence level of 95%", "the 5% significance level",
])  # fmt: skip
def test_a_name_in_digits_and_a_level_of_confidence_are_no_claims(root, name):
    path = root / "names.txt"
    path.write_text(f"Methods\n\nWe treated 31 patients, {name}. The mean was 12.5 (10-14).\n")
    printed = [judged.claim.printed for judged in drafted(path, root).values()]
    assert printed == ["31", "12.5", "10", "14"]


def test_a_number_behind_this_study_and_a_comma_is_a_number(root):
    assert "13" in {j.claim.printed for j in drafted(
        article(root, "".join(SOUND), text="In this study, 13 patients died."), root).values()
    }  # fmt: skip


@pytest.mark.parametrize("word", ["laherparepvec-treated", "x" * 200, "Ä-ß-表", "a--b", "é", "--a"])
def test_whatever_words_stand_beside_a_number_its_claim_has_an_id(root, word):
    text = f"It helped 30 {word} {word} patients, and 12 ({word}-{word})."
    assert len(said(root, text, "30")) == 1
