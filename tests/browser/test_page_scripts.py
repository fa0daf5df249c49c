"""Correct: what the pages and decks of the embedded engine do when a reader uses them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.render.reading import render_document

import secondlook
from secondlook.render.build import render_documents
from secondlook.render.site import documents, read_site

from .chromium import DESKTOP, PROJECTOR, Chromium, View
from .conftest import KEPT

TEST_SITE = Path(__file__).parents[1] / "render" / "site"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages():
    site = read_site(TEST_SITE, KEPT / "test-site")
    assert not [each.problem for each in render_documents(site, documents(site)) if each.problem]
    return site.output


def colour_of_paper(browser: Chromium) -> str:
    return browser.evaluate("return getComputedStyle(document.body).backgroundColor;")


def test_the_choice_of_colours_stays_on_the_next_page(browser, pages):
    first, other = pages / "kitchen.html", pages / "other.html"
    browser.open(first.as_uri(), DESKTOP)
    light = colour_of_paper(browser)
    dark = colour_on_the_next_page(browser, first, other, choose="dark", before=light)
    assert dark != light
    assert colour_on_the_next_page(browser, first, other, choose="light", before=dark) == light
    browser.evaluate("localStorage.clear();")


def colour_on_the_next_page(
    browser: Chromium, first: Path, other: Path, choose: str, before: str
) -> str:
    """Choose colours on the first page until the other has new ones, for some seconds.

    Chromium stores the choice behind the script's back: a page that is left at once may take it
    along, and another process that opens the other page may be faster than the storing.
    """
    end = time.monotonic() + 10
    while True:
        browser.open(first.as_uri(), DESKTOP)
        label = browser.evaluate(
            "const button = document.querySelector('button.scheme');"
            f"if (button.ariaLabel === 'Switch to {choose} colours') button.click();"
            "return button.ariaLabel;"
        )
        chosen = colour_of_paper(browser)
        assert label == f"Switch to {'light' if choose == 'dark' else 'dark'} colours"
        assert chosen != before
        time.sleep(0.1)
        browser.open(other.as_uri(), DESKTOP)
        found = colour_of_paper(browser)
        if found == chosen or time.monotonic() > end:
            return found


def shown_panels(browser: Chromium) -> list[bool]:
    return browser.evaluate(
        "return [...document.querySelectorAll('[role=tabpanel]')].map(p => !p.hidden);"
    )


def test_a_tab_shows_its_panel_by_mouse_and_by_key(browser, pages):
    browser.open((pages / "kitchen.html").as_uri(), DESKTOP)
    assert shown_panels(browser) == [True, False]
    browser.evaluate("document.querySelectorAll('[role=tab]')[1].click();")
    assert shown_panels(browser) == [False, True]
    browser.evaluate(
        "document.querySelectorAll('[role=tab]')[1]"
        ".dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}));"
    )
    assert shown_panels(browser) == [True, False]


def test_a_link_into_a_closed_tab_opens_it(browser, pages):
    browser.open((pages / "kitchen.html").as_uri() + "#tabset-1-2", DESKTOP)
    assert shown_panels(browser) == [False, True]


@pytest.mark.parametrize(("width", "open_"), [(1280, True), (390, False)])
def test_the_contents_are_closed_on_a_phone(browser, pages, width, open_):
    browser.open((pages / "kitchen.html").as_uri(), View("window", width, 844))
    fold = "return document.querySelector('nav.contents details').open;"
    assert browser.evaluate(fold) is open_


def test_the_speaker_view_follows_the_slides_from_a_file(browser, pages):
    browser.open((pages / "slides" / "deck.html").as_uri(), PROJECTOR)
    browser.evaluate(
        """
        const open = window.open;
        window.open = (...all) => (window.speaker = open.apply(window, all));
        Reveal.getPlugin('notes').open();
        """
    )
    told = "return window.speaker.document.querySelector('.speaker-controls-notes')?.innerText;"
    try:
        browser.evaluate("Reveal.slide(1);")
        wait_for(lambda: "Say something." in (browser.evaluate(told) or ""))
        browser.evaluate("Reveal.slide(2);")
        wait_for(lambda: "Speaker note." in (browser.evaluate(told) or ""))
    finally:
        browser.evaluate("window.speaker.close();")


def wait_for(condition, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def test_paper_is_light_whatever_the_screen(browser, pages):
    browser.open((pages / "kitchen.html").as_uri(), View("paper", 720, 1000, dark=True))
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    browser.evaluate("document.documentElement.dataset.scheme = 'dark';")
    try:
        browser.pipe.ask("Emulation.setEmulatedMedia", media="print", features=dark)
        assert colour_of_paper(browser) == "rgb(255, 255, 255)"
        hidden = "nav.site, nav.contents, details.code-fold, footer.site, [role=tablist]"
        displays = "return [...new Set([...document.querySelectorAll(arguments[0])].map("
        displays += "e => getComputedStyle(e).display))];"
        assert browser.evaluate(displays, hidden) == ["none"]
        assert browser.evaluate(displays, "[role=tabpanel]") == ["block"]
    finally:
        browser.pipe.ask("Emulation.setEmulatedMedia", media="", features=[])


HOSTILE = """\
```{python}
from secondlook.markup import Markup
act = "document.title = 'owned'"
Markup(
    f'<p id="a" onclick="{act}">x</p><a id="b" href="javascript:void({act})">y</a>'
    f'<img alt="" src="data:," onerror="{act}"><svg id="c" onload="{act}"></svg>'
)
```

[link](javascript:void(document.title='owned')){#d onclick="document.title = 'owned'"}
"""


def test_nothing_that_comes_out_of_data_runs(browser, tmp_path):
    (tmp_path / "_quarto.yml").write_text("project: {type: website, render: ['*.qmd']}\n")
    (tmp_path / "a.qmd").write_text(HOSTILE)
    browser.open(render_document(read_site(tmp_path), tmp_path / "a.qmd").as_uri(), DESKTOP)
    clicked = browser.evaluate(
        """
        const all = [...document.querySelectorAll("#a, #b, #c, #d")];
        all.forEach(each => each.dispatchEvent(new MouseEvent("click", {bubbles: true})));
        return all.length;
        """
    )
    assert clicked == 4
    time.sleep(0.5)
    assert browser.evaluate("return document.title;") != "owned"


TAKEN = """\
---
format:
  html:
    include-after-body: STYLES/site.html
---

```{python}
import pandas as pd
from secondlook.figures import power_figure, show_figure
from secondlook.tables import show_table

columns = ["hazard_ratio", "power", "lower", "upper"]
power = pd.DataFrame([(0.5, 0.6, 0.5, 0.7), (1.0, 0.1, 0.0, 0.1)], columns=columns)
show_figure(power_figure(power), "fig-power", alt="Power.", caption="Power.")
```

```{python}
rows = [("A", 'x, "y"', 0.25, 1.0), ("A", "z", None, 2.0)]
show_table(
    pd.DataFrame(rows, columns=["part", "what", "low", "high"]), "tbl-few", caption="Few.",
    formats={"low": "0.0", "high": "0.0"}, groups="part", spanners={"limits": ["low", "high"]},
)
```
"""


def test_a_figure_and_a_table_can_be_taken_away(browser, tmp_path):
    (tmp_path / "_quarto.yml").write_text("project: {type: website, render: ['*.qmd']}\n")
    styles = Path(secondlook.__file__).parent / "styles"
    (tmp_path / "a.qmd").write_text(TAKEN.replace("STYLES", str(styles)))
    browser.open(render_document(read_site(tmp_path), tmp_path / "a.qmd").as_uri(), DESKTOP)
    browser.evaluate(
        """
        window.taken = {};
        URL.createObjectURL = (blob) => { window.last = blob; return "#"; };
        HTMLAnchorElement.prototype.click = function () {
          window.taken[this.download] = window.last;
        };
        document.querySelectorAll("button.take").forEach(button => button.click());
        """
    )
    names = "return Object.keys(window.taken).sort();"
    wait_for(lambda: len(browser.evaluate(names)) == 3)
    assert browser.evaluate(names) == ["fig-power.png", "fig-power.svg", "tbl-few.csv"]
    read = "return window.taken[arguments[0]].text();"
    assert "<svg" in browser.evaluate(read, "fig-power.svg")
    assert browser.evaluate(read, "fig-power.png")[1:4] == "PNG"
    assert browser.evaluate("return window.taken['fig-power.png'].size;") > 5000
    assert browser.evaluate(read, "tbl-few.csv").removeprefix("\ufeff").split("\r\n") == [
        "what,limits: low,limits: high",
        "A",
        '"x, ""y""",0.3,1.0',
        "z,–,2.0",
        "",
    ]


def test_pages_and_decks_are_printed_as_pdf(pages, tmp_path):
    shutil.copytree(pages / "site_libs", tmp_path / "site_libs")
    (tmp_path / "reports" / "slides").mkdir(parents=True)
    shutil.copy(pages / "kitchen.html", tmp_path / "reports")
    deck = (pages / "slides" / "deck.html").read_text().replace("../site_libs", "../../site_libs")
    (tmp_path / "reports" / "slides" / "deck.html").write_text(deck)
    script = Path(__file__).parents[2] / "scripts" / "pdf.py"
    subprocess.run([sys.executable, script, tmp_path], check=True, capture_output=True)
    leaves = {
        path.name: len(re.findall(rb"/Type\s*/Page\b", path.read_bytes()))
        for path in tmp_path.rglob("*.pdf")
    }
    assert leaves["kitchen.pdf"] >= 1
    own = deck.count("<section") - deck.count("<section>") - deck.count('class="stack"')
    assert leaves["deck.pdf"] == own
