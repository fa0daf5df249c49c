"""What can be wrong with a page or a slide as a browser lays it out. Each function lists faults."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from .chromium import Chromium

LOCAL_SCHEMES = {"about", "blob", "chrome", "data", "file"}
SCRIPTS = Path(__file__).parent


def errors_on_the_console(browser: Chromium) -> list[str]:
    return [f"console: {message}" for message in browser.console_errors()]


def requests_that_leave_the_machine(browser: Chromium) -> list[str]:
    return [
        f"network: {address}"
        for address in browser.requested_addresses()
        if urlsplit(address).scheme not in LOCAL_SCHEMES
        and urlsplit(address).hostname != "127.0.0.1"
    ]


def overflow_of_the_page(browser: Chromium) -> list[str]:
    """The page is wider than the window, and which elements stand out."""
    return browser.evaluate((SCRIPTS / "overflow.js").read_text())


def images_that_did_not_load(browser: Chromium) -> list[str]:
    return browser.evaluate(
        """
        return [...document.images].filter(i => i.complete && !i.naturalWidth)
            .map(i => `image: ${(i.getAttribute("src") || "").slice(0, 80)} did not load`);
        """
    )


def text_without_contrast(browser: Chromium) -> list[str]:
    """Text below the contrast of WCAG 2.1, level AA: 4.5, or 3 for large text."""
    return browser.evaluate((SCRIPTS / "contrast.js").read_text())


def wrong_scheme(browser: Chromium, *, dark: bool) -> list[str]:
    """The page is light where dark is asked for, or the other way round."""
    red, green, blue = browser.evaluate(
        r"""
        for (const e of [document.body, document.documentElement]) {
            const c = getComputedStyle(e).backgroundColor.match(/[\d.]+/g).map(Number);
            if (c.length < 4 || c[3] > 0) return c.slice(0, 3);
        }
        return [255, 255, 255];
        """
    )
    is_dark = 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128
    return [] if is_dark is dark else [f"scheme: the page is not {'dark' if dark else 'light'}"]


def what_cannot_be_taken_away(browser: Chromium) -> list[str]:
    """Figures without a link to their SVG and PNG, tables without one to their CSV."""
    found = browser.evaluate(
        """
        return [...document.querySelectorAll("main figcaption")].map(caption => [
            caption.textContent,
            caption.closest("figure").querySelector("img, table").tagName,
            [...caption.querySelectorAll("button.take")].map(each => each.textContent).join(" "),
        ]);
        """
    )
    wanted = {"IMG": "SVG PNG", "TABLE": "CSV"}
    return [f"take away: {offered!r} of {caption}" for caption, kind, offered in found
            if offered != wanted[kind]]  # fmt: skip


def faults_of_page(browser: Chromium, *, dark: bool = False) -> list[str]:
    """All faults of the page that is open."""
    return [
        *errors_on_the_console(browser),
        *requests_that_leave_the_machine(browser),
        *overflow_of_the_page(browser),
        *images_that_did_not_load(browser),
        *text_without_contrast(browser),
        *wrong_scheme(browser, dark=dark),
        *what_cannot_be_taken_away(browser),
    ]


def faults_of_slides(browser: Chromium, *, smallest_text: float = 20) -> list[str]:
    """What stands out of its slide, or is too small for the last row, slide by slide.

    Sizes are those of the deck's own coordinates, in which reveal.js scales a slide as a whole.
    """
    return browser.evaluate((SCRIPTS / "slides.js").read_text(), smallest_text)
