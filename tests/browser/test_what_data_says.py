"""Correct: no text of a claims file, a description or an article does anything but be read.

Every field that reaches a page gets each payload of a corpus; the pages are taken apart, and opened
in a browser.
"""

from __future__ import annotations

import json
import time
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.render.reading import render_document

from secondlook import claims, scoreboard
from secondlook.claims.page import ledger_table
from secondlook.new import new_paper
from secondlook.render.site import read_site
from secondlook.scan.draft import draft
from secondlook.scan.listing import as_html
from secondlook.scan.scanning import scan
from secondlook.tables import show_table

from .chromium import DESKTOP, Chromium

DO = "document.title='owned'"
PAYLOADS = [
    f"<script>{DO}</script>",
    f"</td></tr></table><script>{DO}</script>",
    f"</script><script>{DO}</script>",
    f"<img src=x onerror={DO}>",
    f"<svg/onload={DO}>",
    f"<svg><animate onbegin={DO} attributeName=x dur=1s></svg>",
    f"<details open ontoggle={DO}>x</details>",
    f'<iframe srcdoc="<script>parent.{DO}</script>"></iframe>',
    f"<style>@import 'x';</style><math><mtext></p><img src=x onerror={DO}></mtext></math>",
    f'" onmouseover="{DO}" x="',
    f"' autofocus onfocus={DO} x='",
    f"[x](javascript:{DO})",
    f'[x](https://e.org){{onclick="{DO}"}}',
    f'![x](x){{onerror="{DO}"}}',
    f"`<script>{DO}</script>`{{=html}}",
    f"```{{=html}}\n<script>{DO}</script>\n```",
    f"````{{=html}}\n<script>{DO}</script>\n````",
    f"``````\n\n<script>{DO}</script>\n\n``````",
    f'::: {{onclick="{DO}"}}\nx\n:::',
    f"`{{python}} __import__('os').system('echo {DO}')`",
    f"{{{{< include /etc/passwd >}}}} <a href=data:text/html,<script>{DO}</script>>x</a>",
    f"$$\\href{{javascript:{DO}}}{{x}}$$",
    f"<javascript:{DO}>",
    f"&lt;script&gt;{DO}&lt;/script&gt;",
    f"<!--><script>{DO}</script>-->",
    f"<a href='\x01javascript:{DO}'>x</a>",
]
RUNS = ("script", "iframe", "object", "embed", "svg", "img", "details", "math", "style", "base")


class Elements(HTMLParser):
    """Tags and attributes of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def hostile_root(root: Path) -> Path:
    """Lay out a paper in which every text is a payload, a claim a payload."""
    new_paper("smith-2024", root=root, title=PAYLOADS[3])
    folder = root / "data" / "smith-2024"
    entries = [
        {
            "id": f"x{number}", "where": [payload, payload], "quantity": payload,
            "printed": payload[:190], "cites": payload, "expect": "conflicts", "cause": "data",
            "why": f"see {payload}",
        }
        for number, payload in enumerate(PAYLOADS)
    ]  # fmt: skip
    entries += [
        {
            "id": f"y{number}", "where": "W", "quantity": "q", "printed": "5",
            "if": f"y{number} > n",
            "contradicts": payload + " ", "expect": "conflicts", "cause": "data", "why": "w",
        }
        for number, payload in enumerate(PAYLOADS)
    ]  # fmt: skip
    text = (folder / "claims.yaml").read_text()
    (folder / "claims.yaml").write_text(text + "\n".join(f"- {json.dumps(e)}" for e in entries))
    description = (folder / "datapackage.yaml").read_text()
    headlines = json.dumps(["orr", *(f"x{number}" for number in range(len(PAYLOADS)))])
    (folder / "datapackage.yaml").write_text(
        description.replace("x-headlines: [orr]", f"x-headlines: {headlines}")
        + f"x-name: {json.dumps(PAYLOADS[0])}\n"
    )
    return root


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("SECONDLOOK_ROOT", str(tmp_path))
    return hostile_root(tmp_path)


def test_the_ledger_the_scoreboard_and_a_table_hold_no_element_that_data_wrote(root):
    ledger, board = claims.ledger("smith-2024"), scoreboard.papers()
    frame = ledger[["quantity", "printed", "recomputed", "why", "how", "where", "cites"]]
    parts = {
        "ledger": ledger_table(ledger).html.rpartition("<script>")[0],
        "scoreboard": scoreboard.verdict_table(board).html,
        "headlines": scoreboard.headlines(board).html,
        "meanings": scoreboard.meanings().html,
        "table": show_table(frame, "tbl-x", caption="x").html,
    }
    for name, html in parts.items():
        found = Elements(html)
        assert not set(found.tags) & set(RUNS), name
        assert not [each for each in found.attributes if each[0].startswith("on")], name
        links = [value for key, value in found.attributes if key in ("href", "src", "srcdoc")]
        assert all(value.startswith(("#", "reports/", "https://")) for value in links), name


def hostile_article(folder: Path) -> Path:
    """Lay out an article whose title, headings, sentences, labels and groups are payloads."""
    shown = [escape(payload) for payload in PAYLOADS]
    rows = "".join(
        f"<tr><td>{text}</td><td>{n + 1} ({100 * (n + 1) / 31:.1f}%)</td>"
        f"<td>{n + 2} ({100 * (n + 2) / 40:.1f}%) {text}</td></tr>"
        for n, text in enumerate(shown)
    )
    sections = "".join(
        f"<h2>{text}</h2><p>{text} Of 31 patients {n + 3} ({100 * (n + 3) / 31:.1f}%) {text} "
        f"responded, P = 0.0{n} {text} in {text}.</p>"
        for n, text in enumerate(shown)
    )
    path = folder / "article.html"
    path.write_text(
        f"<html><head><title>{shown[0]}</title></head><body><h1>{shown[3]}</h1>{sections}<table>"
        f"<caption>Table 1. {shown[3]}</caption><thead><tr><th>{shown[1]}</th>"
        f"<th>A (n=31) {shown[5]}</th><th>B (n=40)</th></tr></thead><tbody>{rows}</tbody>"
        "</table></body></html>"
    )
    return path


def test_the_list_of_a_scan_holds_no_element_that_the_article_wrote(tmp_path):
    found = scan(hostile_article(tmp_path))
    assert len(found.findings) > 20
    html = as_html(found)
    parts = Elements(html)
    assert set(parts.tags) & set(RUNS) == {"style"}
    assert parts.tags.count("style") == 1
    assert not [each for each in parts.attributes if each[0].startswith(("on", "href", "src"))]
    assert "default-src 'none'; style-src 'unsafe-inline'" in html


@pytest.mark.browser
def test_the_list_of_a_scan_and_its_draft_do_nothing(tmp_path, browser: Chromium, monkeypatch):
    article, listing = hostile_article(tmp_path), tmp_path / "list.html"
    listing.write_text(as_html(scan(article)))
    root = tmp_path / "root"
    root.mkdir()
    draft(article, "smith-2024", root=root)
    monkeypatch.setenv("SECONDLOOK_ROOT", str(root))
    page = render_document(read_site(root), root / "reports" / "smith-2024.qmd")
    for opened in (listing, page):
        assert_nothing_happens(browser, opened)


@pytest.mark.browser
def test_the_pages_of_a_hostile_paper_do_nothing(root, browser: Chromium):
    site = read_site(root)
    for document in ("reports/smith-2024.qmd", "index.qmd"):
        assert_nothing_happens(browser, render_document(site, root / document))


def assert_nothing_happens(browser: Chromium, page: Path) -> None:
    """Open a page, click and touch everything in it, and see that nothing ran."""
    browser.open(page.as_uri(), DESKTOP)
    browser.evaluate(
        """
        document.querySelectorAll("main *, td *, td, h1").forEach((each) =>
          ["click", "mouseover", "focus", "toggle"].forEach((kind) =>
            each.dispatchEvent(new MouseEvent(kind, {bubbles: true, cancelable: true}))));
        """
    )
    time.sleep(0.5)
    assert browser.evaluate("return document.title;") != "owned"
    assert browser.evaluate("return document.querySelectorAll('main [onclick]').length;") == 0
