"""Correct: no text of a claims file or a description does anything in a page but be read.

Every field that reaches a page gets each payload of a corpus; the pages are taken apart, and opened
in a browser.
"""

from __future__ import annotations

import json
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.render.reading import render_document

from secondlook import claims, scoreboard
from secondlook.claims.page import ledger_table
from secondlook.new import new_paper
from secondlook.render.site import read_site
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


@pytest.mark.browser
def test_the_pages_of_a_hostile_paper_do_nothing(root, browser: Chromium):

    site = read_site(root)
    for document in ("reports/smith-2024.qmd", "index.qmd"):
        browser.open(render_document(site, root / document).as_uri(), DESKTOP)
        browser.evaluate(
            """
            document.querySelectorAll("main *").forEach((each) =>
              ["click", "mouseover", "focus", "toggle"].forEach((kind) =>
                each.dispatchEvent(new MouseEvent(kind, {bubbles: true, cancelable: true}))));
            """
        )
        time.sleep(0.5)
        assert browser.evaluate("return document.title;") != "owned"
        assert browser.evaluate("return document.querySelectorAll('main [onclick]').length;") == 0
