"""The checks of pages and slides, *correct*: each finds its fault on a page that has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import faults, html_pages
from .chromium import PHONE, PROJECTOR, View
from .html_pages import Page

PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
GOOD = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"><style>body {{ background: #fff; color: #222 }}
@media (prefers-color-scheme: dark) {{ body {{ background: #111; color: #ddd }} }}</style></head>
<body><h1 id="here">Text</h1><p>More. <a style="color: inherit" href="#here">here</a></p>
<img alt="a dot" src="{PIXEL}"></body></html>"""
DARK_PHONE = View("phone", 390, 844, dark=True)


@pytest.fixture
def write(tmp_path):
    def write_page(body: str = "", *, page: str = GOOD, name: str = "page.html") -> Path:
        path = tmp_path / name
        path.write_text(page.replace("</body>", body + "</body>"))
        return path

    return write_page


@pytest.fixture
def opened(browser, write):
    def open_page(body: str = "", view: View = PHONE, **options: str):
        browser.open(write(body, **options).as_uri(), view)
        return browser

    return open_page


# In the browser ---------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("view", [PHONE, DARK_PHONE], ids=str)
def test_a_good_page_has_no_fault(opened, view):
    assert faults.faults_of_page(opened(view=view), dark=view.dark) == []


@pytest.mark.browser
def test_an_error_of_a_script_is_found(opened):
    browser = opened("<script>absent()</script>")
    assert "absent is not defined" in faults.errors_on_the_console(browser)[0]


@pytest.mark.browser
@pytest.mark.parametrize(
    "body",
    [
        '<img alt="far away" src="https://example.org/a.png">',
        '<script src="http://example.org/a.js"></script>',
        "<style>body { background: url(https://example.org/a.png) }</style>",
        "<script>fetch('https://example.org/a.json').catch(() => null)</script>",
    ],
)
def test_a_request_that_leaves_the_machine_is_found(opened, body):
    assert "example.org" in faults.requests_that_leave_the_machine(opened(body))[0]


@pytest.mark.browser
def test_a_page_wider_than_the_window_is_found_with_the_element(opened):
    browser = opened('<div id="broad" style="width: 500px">broad</div>')
    assert "div#broad" in faults.overflow_of_the_page(browser)[0]


@pytest.mark.browser
def test_what_scrolls_within_its_own_box_is_no_overflow(opened):
    scrolling = '<div style="overflow-x: auto"><p style="width: 500px">broad</p></div>'
    assert faults.overflow_of_the_page(opened(scrolling)) == []
    both = opened(f'{scrolling}<div id="broad" style="width: 500px">broad</div>')
    (fault,) = faults.overflow_of_the_page(both)
    assert fault.endswith("in a window of 390: div#broad.")


@pytest.mark.browser
def test_an_image_that_does_not_load_is_found(opened):
    browser = opened('<img alt="none" src="absent.png">')
    assert "absent.png" in faults.images_that_did_not_load(browser)[0]


@pytest.mark.browser
def test_text_that_is_too_pale_is_found(opened):
    browser = opened('<p class="pale" style="color: #aaa">pale</p>')
    (fault,) = faults.text_without_contrast(browser)
    assert "contrast: 2.32 of p.pale" in fault


@pytest.mark.browser
def test_a_page_that_stays_light_where_dark_is_asked_is_found(opened):
    page = GOOD.replace("@media (prefers-color-scheme: dark)", "@media print")
    browser = opened(page=page, view=DARK_PHONE)
    assert faults.wrong_scheme(browser, dark=True) == ["scheme: the page is not dark"]


@pytest.mark.browser
def test_a_figure_that_offers_no_copy_is_found(opened):
    browser = opened(
        f'<main><figure><img alt="a dot" src="{PIXEL}"><figcaption>One.</figcaption></figure>'
        "<figure><figcaption>Two.<button class='take'>CSV</button></figcaption>"
        "<table><tr><td>2</td></tr></table></figure></main>"
    )
    assert faults.what_cannot_be_taken_away(browser) == ["take away: '' of One."]


# reveal.js itself belongs to the rendered decks; here is as much of it as the check asks for.
DECK = """<!doctype html><html lang="en"><title>A deck</title><style>
body {{ margin: 0 }} .slides {{ position: absolute; left: 0; top: 0; width: 1280px; height: 720px }}
section {{ display: none; font-size: 40px }} section.present {{ display: block }}</style>
<div class="reveal"><div class="slides">{slides}</div></div><script>
const slides = [...document.querySelectorAll("section")];
window.Reveal = {{ isReady: () => true, configure: () => null, getSlides: () => slides,
  getConfig: () => ({{ width: 1280, height: 720 }}), getScale: () => 1,
  getIndices: s => ({{ h: slides.indexOf(s), v: 0 }}),
  slide: h => slides.forEach((s, i) => s.classList.toggle("present", i === h)) }};
</script></html>"""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("slide", "found"),
    [
        ("<p>fits</p>", []),
        ('<p style="margin: 0; height: 800px">tall</p>', ["overflow: slide 2 (b): p. by 80 px"]),
        ('<p style="width: 1300px">broad</p>', ["overflow: slide 2 (b): p. by 20 px"]),
        (
            '<p style="overflow: hidden; height: 20px; line-height: 60px">cut</p>',
            ["overflow: slide 2 (b): p. hides 40 px"],
        ),
        ('<p style="font-size: 12px">small</p>', ["size: slide 2 (b): p. has text of 12 px"]),
        ('<p>as<sup style="font-size: 9px">2</sup></p>', []),
        ('<aside class="notes" style="font-size: 9px">small</aside>', []),
    ],
)
def test_what_stands_out_of_a_slide_or_is_too_small_is_found(opened, slide, found):
    slides = f'<section id="a"><p>fits</p></section><section id="b">{slide}</section>'
    browser = opened(page=DECK.format(slides=slides), view=PROJECTOR)
    assert faults.faults_of_slides(browser) == found


@pytest.mark.browser
def test_a_deck_whose_reveal_does_not_start_is_found(opened):
    assert faults.faults_of_slides(opened()) == ["slides: reveal.js did not start"]


# Without a browser ------------------------------------------------------------------------------


def test_a_good_page_has_no_fault_as_it_is_written(write, tmp_path):
    page = Page(write())
    assert html_pages.broken_links(page, tmp_path) == []
    assert html_pages.missing_resources(page) == []
    assert html_pages.missing_descriptions(page) == []
    assert html_pages.skipped_headings(page) == []


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("absent.html", "leads to no file"),
        ("#absent", "leads to no anchor"),
        ("page.html#absent", "leads to no anchor"),
        ("other.html#absent", "leads to no anchor"),
        ("../../outside.html", "leaves the site"),
    ],
)
def test_a_link_that_leads_nowhere_is_found(write, tmp_path, link, fault):
    write(name="other.html")
    page = Page(write(f'<a href="{link}">nowhere</a>'))
    assert html_pages.broken_links(page, tmp_path) == [f"link: {link} {fault}"]


@pytest.mark.parametrize("link", ["other.html#here", "other.html", ".", "https://example.org/x"])
def test_a_link_that_leads_somewhere_is_no_fault(write, tmp_path, link):
    write(name="other.html")
    write(name="index.html")
    assert html_pages.broken_links(Page(write(f'<a href="{link}">go</a>')), tmp_path) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<script src="absent.js"></script>', "resource: absent.js is missing"),
        (
            '<img alt="x" src="https://example.org/a.png">',
            "resource: https://example.org/a.png is not part of the site",
        ),
    ],
)
def test_a_resource_that_is_not_in_the_site_is_found(write, body, fault):
    assert html_pages.missing_resources(Page(write(body))) == [fault]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<img src="a.png">', "alt: a.png has no text"),
        ('<img alt=" " src="a.png">', "alt: a.png has no text"),
        ('<p id="here">again</p>', "id: here is given twice"),
    ],
)
def test_what_is_not_described_is_found(write, body, fault):
    assert html_pages.missing_descriptions(Page(write(body))) == [fault]


def test_a_page_without_language_or_title_is_found(write):
    page = GOOD.replace(' lang="en"', "").replace("<title>A page</title>", "")
    assert len(html_pages.missing_descriptions(Page(write(page=page)))) == 2


def test_a_heading_that_skips_a_level_is_found(write):
    page = Page(write("<h2>Two</h2><h4>Four</h4><h2>Two</h2>"))
    assert html_pages.skipped_headings(page) == ["headings: h4 follows h2"]


def test_words_and_notes_of_each_slide_are_counted(write):
    slides = (
        "<section><section id='one'><h2>Two words</h2>"
        "<aside class='notes'>Say it.</aside></section>"
        "<section id='title' data-notes='Greet them.'></section>"
        "<section id='two'><p>one two – three <b>four</b></p></section></section>"
    )
    page = Page(write(page=DECK.format(slides=slides)))
    assert [slide.id for slide in page.slides] == ["one", "title", "two"]
    assert [len(slide.words) for slide in page.slides] == [2, 0, 4]
    assert html_pages.faults_of_deck(page, most_words=3) == [
        "words: two has 4",
        "notes: two has none",
    ]
