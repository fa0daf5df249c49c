"""Correct: a deck has the slides of its document, its notes, and its reveal.js beside it."""

from __future__ import annotations

import pytest
from tests.render.reading import addresses, read


@pytest.fixture(scope="module")
def markup(rendered):
    return (rendered / "slides" / "deck.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def deck(markup):
    return read(markup)


def test_a_heading_starts_a_slide(deck):
    slides = [each for each in deck.all("section") if not each.all("section")]
    headings = [slide.children[0].text for slide in slides]
    assert headings == [
        *("A question for the journal club", "What was asked", "Two columns"),
        *("A table and a formula", "A section slide", ""),
    ]
    assert deck.one("section", id="title-slide").one("h1").text == "A question for the journal club"


def test_the_title_slide_has_the_notes_that_are_given_to_it(deck, markup):
    assert deck.one("section", id="title-slide").attributes["data-notes"] == 'Greet the "room".'
    assert "&quot;room&quot;" in markup


def test_numbers_come_from_code(deck):
    assert "Second point, with 2" in deck.text


def test_slides_show_no_code(deck):
    assert "matplotlib" not in deck.one(class_="slides").text


def test_notes_are_for_the_speaker(deck):
    notes = [each.text for each in deck.all("aside", class_="notes")]
    assert notes == ["Say something.", "Speaker note."]


def test_columns_and_fragments_are_kept(deck):
    widths = [each.attributes["style"] for each in deck.all(class_="column")]
    assert widths == ["width:45%;", "width:55%;"]
    assert len(deck.all(class_="fragment")) == 2


def test_the_footer_is_on_every_slide(deck):
    assert deck.one(class_="footer").text == "a footer for every slide"


def test_a_deck_loads_only_what_lies_in_the_site(markup, rendered):
    loaded = [address for address in addresses(markup) if not address.startswith("data:")]
    assert loaded
    for address in loaded:
        assert (rendered / "slides" / address).resolve().is_file(), address


def test_the_speaker_view_is_there(rendered):
    view = rendered / "site_libs" / "revealjs-embedded" / "plugin" / "notes"
    assert (view / "speaker-view.html").is_file() or (view / "notes.js").is_file()


def test_the_fonts_of_the_theme_are_there(rendered):
    theme = rendered / "site_libs" / "revealjs-embedded" / "dist" / "theme"
    for address in addresses(f"<style>{(theme / 'white.css').read_text()}</style>"):
        assert "://" not in address
        assert (theme / address).is_file(), address


def test_nothing_half_written_is_left(rendered):
    assert not [path for path in rendered.rglob("*") if path.name.startswith(".")]
