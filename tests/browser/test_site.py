"""The rendered site, *correct*: every page can be read, and every slide from the last row.

It is *stable* as well: every output is that of the page's executed reference, as text.
The embedded engine renders it once. Its pages are opened as files, as a reader opens them. With
``SECONDLOOK_SITE=_site`` the site that is there is looked at instead, also one that Quarto made;
what Quarto itself puts into its pages is then left out, so that every fault is ours.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest

from secondlook.render.reference_notebooks import FOLDER

from . import faults, html_pages
from .chromium import PHONE, PROJECTOR, VIEWS
from .html_pages import read_page

ROOT = Path(__file__).parents[2]


def rendered_names() -> list[str]:
    """The pages that the site must have, from the documents of the repository."""
    sources = [ROOT / "index.qmd", *ROOT.glob("reports/*.qmd"), *ROOT.glob("reports/slides/*.qmd")]
    names = [source.relative_to(ROOT).with_suffix(".html").as_posix() for source in sources]
    return sorted(name for name in names if not Path(name).name.startswith("_"))


def is_deck(name: str) -> bool:
    return "/slides/" in name


PAGES = [name for name in rendered_names() if not is_deck(name)]
DECKS = [name for name in rendered_names() if is_deck(name)]


def test_the_site_has_a_page_for_each_document_and_no_other(site):
    written = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    ours = {name for name in written if "/revealjs/" not in name and "/plugin/" not in name}
    assert ours == set(rendered_names())


# As executed ------------------------------------------------------------------------------------


def reference_of(name: str) -> Path:
    return ROOT / FOLDER / f"{Path(name).stem}.ipynb"


def cells_of_references() -> list[tuple[str, int]]:
    return [
        (name, number)
        for name in PAGES
        if reference_of(name).is_file()
        for number, cell in enumerate(json.loads(reference_of(name).read_text())["cells"])
        if cell["cell_type"] == "code"
    ]


@cache
def cells(path: Path) -> list[Any]:
    return nbformat.read(path, 4).cells


@pytest.mark.parametrize(("name", "number"), cells_of_references())
def test_a_cell_shows_what_the_reference_holds(rendered, name, number):
    executed = cells((rendered / name).with_suffix(".ipynb"))[number]
    kept = cells(reference_of(name))[number]
    assert executed.source == kept.source
    assert executed.outputs == kept.outputs


# As written -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", rendered_names())
def test_every_link_of_a_page_leads_somewhere(site, name):
    assert html_pages.broken_links(read_page(site / name), site) == []


@pytest.mark.parametrize("name", rendered_names())
def test_all_that_a_page_needs_is_in_the_site(site, name):
    assert html_pages.missing_resources(read_page(site / name)) == []


@pytest.mark.parametrize("name", rendered_names())
def test_a_page_says_in_words_what_it_shows(site, name):
    assert html_pages.missing_descriptions(read_page(site / name)) == []


@pytest.mark.parametrize("name", PAGES)
def test_the_headings_of_a_page_skip_no_level(site, name):
    assert html_pages.skipped_headings(read_page(site / name)) == []


@pytest.mark.parametrize("name", DECKS)
def test_a_slide_has_few_words_and_its_speaker_has_notes(site, name):
    page = read_page(site / name)
    assert 12 <= len(page.slides) <= 15
    assert html_pages.faults_of_deck(page) == []


# In the browser ---------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("view", VIEWS, ids=str)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_read(browser, address, name, view):
    browser.open(address(name), view)
    assert faults.faults_of_page(browser, dark=view.dark) == []


@pytest.mark.browser
@pytest.mark.parametrize("name", DECKS)
def test_every_slide_fits_and_can_be_read_from_the_last_row(browser, address, name):
    browser.open(address(name), PROJECTOR)
    assert faults.faults_of_slides(browser) == []
    assert faults.errors_on_the_console(browser) == []
    assert faults.requests_that_leave_the_machine(browser) == []


@pytest.mark.browser
@pytest.mark.parametrize("name", DECKS)
def test_the_footer_of_a_deck_is_below_each_slide_on_a_phone(browser, address, name):
    browser.open(address(name), PHONE)
    hidden = browser.evaluate(
        """
        const quartos = document.createElement("style");  // Its footer.css comes after our sheets.
        quartos.textContent = ".reveal .footer { bottom: 12px; width: 100%; font-size: 14px; }";
        document.head.append(quartos);
        const footer = document.querySelector(".reveal .footer");
        const hidden = [];
        for (const [i, slide] of Reveal.getSlides().entries()) {
            Reveal.slide(i, 0, 1000);
            const r = footer.getBoundingClientRect();
            const shown = footer.checkVisibility() && r.top >= 0 && r.bottom <= innerHeight
                && r.left >= 0 && r.right <= innerWidth;
            if (!shown || !footer.textContent.includes("no medical advice")) hidden.push(slide.id);
        }
        return hidden;
        """
    )
    assert hidden == []


@pytest.mark.browser
def test_the_headings_of_rows_stay_in_sight_where_a_table_scrolls_on_a_phone(browser, address):
    browser.open(address("reports/synthesis.html"), PHONE)
    headings = browser.evaluate(
        """
        document.querySelectorAll(".wide").forEach(box => { box.scrollLeft = box.scrollWidth; });
        return [...document.querySelectorAll(".gt_group_heading")].map(heading => {
            const box = heading.closest(".wide");
            const words = document.createRange();
            words.selectNodeContents(heading);
            const [seen, all] = [words.getBoundingClientRect(), box.getBoundingClientRect()];
            return [box.scrollLeft, seen.left >= all.left && seen.right <= all.right];
        });
        """
    )
    assert any(scrolled for scrolled, _ in headings)
    assert all(in_sight for _, in_sight in headings)


@pytest.mark.browser
def test_an_edge_is_shaded_where_numbers_go_below_it_on_a_phone(browser, address):
    browser.open(address("reports/methods.html"), PHONE)
    shades = browser.evaluate(
        """
        const shown = (cell, which) => Number(getComputedStyle(cell, which).opacity);
        const boxes = [...document.querySelectorAll(".wide:has(td > .verdict)")];
        return Promise.all(boxes.map(async box => {
            const [first, verdict] = [":first-child", ":has(> .verdict)"].map(
                each => box.querySelector(`tr:has(td > .verdict) > ${each}`));
            const end = box.scrollWidth - box.clientWidth;
            const seen = [];
            for (const left of [0, 15, end]) {
                box.scrollLeft = left;
                await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
                seen.push([[box.scrollLeft > 1, box.scrollLeft < end - 1],
                           [shown(first, "::after") === 1, shown(verdict, "::before") === 1]]);
            }
            return seen;
        }));
        """
    )
    places = [place for box in shades for place in box]
    assert {tuple(hidden) for hidden, _ in places} == {
        (False, False), (False, True), (True, True), (True, False),
    }  # fmt: skip
    assert [shaded for _, shaded in places] == [hidden for hidden, _ in places]


@pytest.mark.browser
@pytest.mark.parametrize("name", DECKS)
def test_the_headings_of_slides_stand_at_one_height(browser, address, name):
    browser.open(address(name), PROJECTOR)
    heights = browser.evaluate(
        """
        const heading = document.querySelectorAll(".reveal .slides section > h2");
        return [...heading].map(each => parseFloat(getComputedStyle(each).lineHeight));
        """
    )
    assert max(heights) - min(heights) < 1
