"""Correct: a shown figure is one drawing with its caption, the same at every run, or an error."""

import base64
import re

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from secondlook.figures import power_figure, show_figure

POWER = pd.DataFrame(
    {"hazard_ratio": [0.5, 1.0], "power": [0.6, 0.05], "lower": [0.5, 0.0], "upper": [0.7, 0.1]}
)


def drawing_of(markdown):
    (data,) = re.findall(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", markdown)
    return base64.b64decode(data).decode()


def test_a_figure_has_label_caption_and_alternative_text():
    shown = show_figure(
        power_figure(POWER),
        "fig-power",
        alt='60% "found"\nat one half',
        caption="Power of  a test.",
    )
    text = shown._repr_markdown_()
    assert text.startswith("::: {#fig-power}\n![](data:image/svg+xml;base64,")
    assert 'fig-alt="60% \\"found\\" at one half" width=614 height=355}' in text
    assert text.endswith("\n\nPower of a test.\n:::")


def test_without_a_label_the_figure_stands_alone():
    text = show_figure(power_figure(POWER), alt="power")._repr_markdown_()
    assert text.startswith("![](data:")
    assert ":::" not in text


def test_two_runs_draw_the_same_bytes_without_date_or_version():
    first, second = (show_figure(power_figure(POWER), alt="power").markdown for _ in range(2))
    assert first == second
    drawing = drawing_of(first)
    assert "<dc:date>" not in drawing
    assert "<dc:creator>" not in drawing


def test_a_figure_of_matplotlib_is_shown_once():
    figure, axes = plt.subplots(figsize=(4, 3))
    axes.plot([1, 2])
    assert "width=384 height=288" in show_figure(figure, alt="a line").markdown
    assert not plt.fignum_exists(figure.number)


def test_a_figure_that_cannot_be_drawn_is_an_error_where_it_is_shown():
    figure, axes = plt.subplots()
    axes.set_title(r"$\frac{$")
    with pytest.raises(ValueError, match="frac"):
        show_figure(figure, alt="nothing")
    plt.close(figure)


@pytest.mark.parametrize(
    ("label", "alt", "caption", "told"),
    [
        ("fig-a", " ", "c", "no alternative text"),
        ("", "a", "c", "there is no label"),
        ("fig-a", "a", "", "there is no caption"),
        ("tbl-a", "a", "c", "must be like 'fig-"),
        ("fig-A b", "a", "c", "must be like 'fig-"),
    ],
)
def test_what_a_figure_lacks_is_said(label, alt, caption, told):
    with pytest.raises(ValueError, match=told):
        show_figure(power_figure(POWER), label, alt=alt, caption=caption)
