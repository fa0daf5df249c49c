"""Correct: captions that a cell computes give the same numbered elements as typed ones."""

from __future__ import annotations

import pytest
from tests.render.reading import read, render_document

from secondlook.render.site import read_site

HEAD = "See @fig-line and @tbl-few.\n\n"
CELL = """```{{python}}
import matplotlib.pyplot as plt, pandas as pd
from secondlook.figures import show_figure
from secondlook.tables import show_table
figure, axes = plt.subplots(figsize=(2, 1))
axes.plot([1, 2])
show_figure(figure, "fig-line", alt=f'to "{{1 + 1}}"', caption={caption})
```

```{{python}}
few = pd.DataFrame({{"x": [0.25]}})
show_table(few, "tbl-few", formats={{"x": "0.0"}}, caption=f"Of {{2 + 3}}.")
```
"""


def page_of(project, caption):
    document = project / "doc.qmd"
    document.write_text(HEAD + CELL.format(caption=caption))
    return read(render_document(read_site(project), document).read_text(encoding="utf-8"))


def test_a_computed_caption_is_numbered_and_referred_to(project):
    page = page_of(project, 'f"A line to *{1 + 1}*."')
    figure = page.one("figure", id="fig-line")
    assert figure.one("figcaption").text == "Figure 1: A line to 2."
    assert figure.one("figcaption").one("em").text == "2"
    image = figure.one("img")
    assert image.attributes["alt"] == 'to "2"'
    assert image.attributes["src"].startswith("data:image/svg+xml;base64,")
    assert (image.attributes["width"], image.attributes["height"]) == ("192", "96")
    table = page.one("figure", id="tbl-few")
    assert table.one("figcaption").text == "Table 1: Of 5."
    assert table.one("td").text == "0.3"
    links = [each.attributes["href"] for each in page.all("a", class_="quarto-xref")]
    assert links == ["#fig-line", "#tbl-few"]


@pytest.mark.parametrize(
    "caption",
    ["(A) Overall survival. (B) Response.", "1. x", "- x", "# x", "> x", "i) x", "| x", "38% x"],
)
def test_a_caption_that_begins_like_a_list_is_a_caption(project, caption):
    figure = page_of(project, repr(caption)).one("figure", id="fig-line")
    assert figure.one("figcaption").text == f"Figure 1: {caption}"
