"""Correct: every number in a caption or an alternative text is what its figure's frame gives."""

import pytest
from tests.captions import (
    captions,
    cells,
    documents,
    kayser_2022,
    numbers_left,
)

PHRASES = {
    "reports/kayser-2022": kayser_2022.PHRASES,
    "reports/slides/kayser-2022": kayser_2022.SLIDES,
}
TEXTS = [(document, *text) for document in documents() for text in captions(document)]


@pytest.mark.parametrize(
    ("document", "label", "option"), TEXTS, ids=[" ".join(text) for text in TEXTS]
)
def test_every_number_in_a_caption_is_what_the_figure_says(document, label, option):
    phrases = PHRASES.get(document, {}).get((label, option), list)
    left = numbers_left(captions(document)[label, option], phrases())

    assert not left, f"a number in {left!r} that no phrase in tests/captions gives"


def test_no_phrase_is_kept_for_a_text_that_is_gone():
    kept = {(document, *text) for document, texts in PHRASES.items() for text in texts}
    assert kept - set(TEXTS) == set()


def test_every_figure_has_an_alternative_text():
    """`show_figure` demands one; a figure that is the value of its cell has it as an option."""
    figures = [
        (document, options.get("label"), options.get("fig-alt"))
        for document in documents()
        for options, code in cells(document)
        if "_figure(" in code and "show_figure(" not in code
    ]
    assert [figure for figure in figures if not figure[2]] == []


def test_a_number_that_no_phrase_gives_is_seen():
    text = "Three curves: 19% at six months, 5.2 on average, see Table 4."
    assert numbers_left(text, ["3 curves", "19% at 6 months", "5.2"]) == ""
    assert "5.2" in numbers_left(text, ["3 curves", "19% at 6 months"])
    assert numbers_left("About a third.", []) != ""
    for wrong in ("9% at 6", "19% at 7", "5"):
        with pytest.raises(AssertionError, match="the figure says"):
            numbers_left(text, [wrong])
