"""Print the pages and decks of a site as PDF, each beside its page.

    make pdf

A deck lays itself out for paper after it is loaded; the browser is asked when that is done, through
the driver of the browser tests.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.browser.chromium import DESKTOP, Chromium, missing_program

_SECONDS = 30
_SLIDES = """
const pages = document.querySelectorAll(".pdf-page").length;
const slides = document.querySelectorAll(".reveal .slides section:not(.stack)").length;
return !document.querySelector(".reveal") || (pages > 0 && pages >= slides);
"""


def main() -> int:
    """Print what the site has; 1 if there is no browser."""
    if lacking := missing_program():
        print(f"make pdf: {lacking}", file=sys.stderr)
        return 1
    site = Path(sys.argv[1]).resolve()
    pages = [site / "index.html", *site.glob("reports/*.html"), *site.glob("reports/slides/*.html")]
    with Chromium() as browser:
        for page in sorted(path for path in pages if path.is_file()):
            query = "?print-pdf" if page.parent.name == "slides" else ""
            browser.open(page.as_uri() + query, DESKTOP)
            end = time.monotonic() + _SECONDS
            while not browser.evaluate(_SLIDES):
                if time.monotonic() > end:
                    print(f"{page}: the slides do not lay themselves out", file=sys.stderr)
                    return 1
                time.sleep(0.1)
            target = page.with_suffix(".pdf")
            part = target.with_suffix(".part")
            part.write_bytes(browser.printed())
            part.replace(target)
            print(target)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
