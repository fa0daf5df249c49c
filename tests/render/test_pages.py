"""Correct: a page shows what its document says, numbered as Quarto numbers it.

The expected texts were compared once with the pages that Quarto 1.9 makes of the same documents.
"""

from __future__ import annotations

import pytest
from tests.render.reading import addresses, read


@pytest.fixture(scope="module")
def markup(rendered):
    return (rendered / "kitchen.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(markup):
    return read(markup)


def test_inline_code_prints_its_value(page):
    assert "The total is 21 and text is 11 of 21 (52.4%)" in page.text


def test_references_have_quartos_words_and_numbers(page):
    links = [each.text for each in page.one("main").all("a", class_="quarto-xref")]
    assert links == [
        *("Figure 1", "1", "1", "Fig. 1", "Table 1", "Table 2", "Section 2", "Equation 1"),
    ]


def test_every_reference_leads_to_an_element(page):
    identifiers = [each.attributes["id"] for each in page.all() if "id" in each.attributes]
    assert len(identifiers) == len(set(identifiers))
    targets = [each.attributes.get("href", "") for each in page.all("a")]
    assert {each[1:] for each in targets if each.startswith("#")} <= set(identifiers)


def test_figures_and_tables_are_numbered_each_in_their_order(page):
    captions = [each.text for each in page.all("figcaption")]
    assert captions == [
        "Figure 1: A line, as in Figure 1.",
        "Table 1: A frame.",
        "Table 2: A table in text",
        "Figure 2: A plotnine figure.",
        "Table 3: A finished table.",
        "Figure 3: A figure from a file, with 5 in its caption.",
    ]


def test_a_table_has_its_caption_above_and_a_figure_below(page):
    assert page.one("figure", id="tbl-frame").children[0].tag == "figcaption"
    assert page.one("figure", id="fig-line").children[-1].tag == "figcaption"


def test_every_picture_has_alternative_text(page):
    told = [each.attributes.get("alt", "") for each in page.all("img")]
    assert told == [
        "A line that rises from zero to four.",
        "Two points on a line.",
        "A drawn line",
    ]


def test_pictures_have_twice_the_pixels_of_their_size(page):
    import base64
    import struct

    picture = page.one("figure", id="fig-line").one("img")
    data = base64.b64decode(picture.attributes["src"].partition("base64,")[2])
    pixels, _ = struct.unpack(">II", data[16:24])
    assert abs(pixels - 2 * int(picture.attributes["width"])) <= 1
    # Seven inches at 96 dots, the size of Quarto's pages.
    assert page.one("figure", id="fig-plotnine").one("img").attributes["width"] == "672"


def test_sections_are_numbered_but_headings_of_callouts_and_tabs_are_not(page):
    headings = [each.text for each in page.one("main").all() if each.tag in ("h2", "h3")]
    assert headings == [
        *("1 A first section", "1.1 Deeper", "2 The second", "References", "Footnotes"),
    ]


def test_the_contents_list_the_sections(page):
    contents = [each.text for each in page.one("nav", class_="contents").all("a")]
    assert contents == ["1 A first section", "1.1 Deeper", "2 The second", "References"]


def test_citations_come_from_the_bibliography(page):
    assert "Cited: Schemper and Smith (1996) and (Schemper and Smith 1996, 343)." in page.text
    assert "A Note on Quantifying" in page.one(id="refs").text


def test_a_footnote_has_its_text_at_the_end(page):
    assert "With text of its own." in page.one("section", id="footnotes").text


def test_formulas_are_mathml(page):
    assert len(page.all("math")) == 1
    assert page.one(class_="equation-number").text == "(1)"


def test_code_is_folded_under_its_summary(page):
    folds = page.all("details", class_="code-fold")
    assert [each.one("summary").text for each in folds] == [
        *("How the line is drawn", "Code", "Code", "Code", "Code"),
    ]
    assert all("open" not in each.attributes for each in folds)


def test_callouts_take_their_title_from_their_heading_or_kind(page):
    note, warning = page.all(class_="callout")
    assert note.one(class_="callout-title").text == "What it is"
    assert note.one(class_="callout-body").text == "A note with 2."
    assert (warning.tag, warning.one(class_="callout-title").text) == ("details", "Warning")


def test_tabs_are_labelled_by_their_buttons(page):
    tabs, panels = page.all(role="tab"), page.all(role="tabpanel")
    assert [each.text for each in tabs] == ["One", "Two"]
    for tab, panel in zip(tabs, panels, strict=True):
        assert tab.attributes["aria-controls"] == panel.attributes["id"]
        assert panel.attributes["aria-labelledby"] == tab.attributes["id"]
    assert "shown in a tab" in panels[0].text
    assert "Second, with code." in panels[1].text


def test_options_of_cells_are_followed(page):
    assert page.one("p", class_="finished").text == "Finished markup."
    assert "Written" in [each.text for each in page.all("strong")]
    assert "nobody sees this" not in page.text
    assert "this cell is shown and never run" in page.text
    assert 'print("run but not shown")' in page.text
    assert "run but not shown" not in [each.text for each in page.all("pre")]
    assert "import matplotlib" not in page.text


def test_an_included_file_stands_in_its_place(page):
    assert "This part is included; 11." in page.text


def test_a_link_to_a_document_leads_to_its_page(page):
    assert page.all("a", href="other.html#sec-x")


def test_the_navigation_marks_the_page_that_is_open(page):
    links = page.one("nav", class_="site").all("a")
    assert [each.attributes["href"] for each in links] == [
        *("index.html", "kitchen.html", "other.html"),
    ]
    assert [each.text for each in links if "aria-current" in each.attributes] == ["Kitchen"]


def test_a_page_loads_nothing(markup):
    loaded = addresses(markup)
    assert loaded
    assert all(address.startswith("data:") for address in loaded)


def test_a_page_names_language_landmarks_and_a_way_past_the_navigation(page):
    assert page.one("html").attributes["lang"] == "en"
    assert page.one("main").attributes["id"] == "content"
    assert page.one("a", class_="skip").attributes["href"] == "#content"
    assert all("aria-label" in each.attributes for each in page.all("nav"))
    assert [each.text for each in page.all("h1")] == ["Everything that a report may use"]
    assert page.one("title").text == "Everything that a report may use – test site"


def test_a_page_that_runs_nothing_needs_no_kernel(rendered):
    page = read((rendered / "other.html").read_text(encoding="utf-8"))
    assert "Nothing runs here." in page.one("main").text
