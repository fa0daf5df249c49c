"""Finished tables: great_tables gives the structure, the site's style sheet the look.

A finished table is text at a fixed precision; the frame that it is made of is what tests read.
great_tables writes a style block with fixed colours into every table; it is dropped here, so that
one sheet (``styles/tables.css``) serves light and dark pages, phones and slides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from secondlook.markup import Markup, badge

if TYPE_CHECKING:
    import pandas as pd
    from great_tables import GT

__all__ = ["DASH", "finished", "p_text", "percent", "percent_range", "show_table", "verdict_column"]

DASH = "–"
"""What a missing cell shows."""

_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_BOX = re.compile(r'(<div id="[^"]*") style="[^"]*"')


def show_table(
    frame: pd.DataFrame,
    name: str,
    *,
    stub: str | None = None,
    groups: str | None = None,
    labels: Mapping[str, str] | None = None,
    spanners: Mapping[str, Sequence[str]] | None = None,
    left: Sequence[str] = (),
    verdicts: str | None = None,
    notes: Sequence[str] = (),
) -> Markup:
    """Lay out a frame of finished text.

    Parameters
    ----------
    frame
        One row a printed row; cells are text or whole numbers, a missing one shows as a dash.
    name
        Unique on its page; becomes the HTML id.
    stub
        The column of row labels.
    groups
        A column whose values head the rows under them.
    labels
        Column -> heading; other columns keep their name.
    spanners
        Heading over several columns -> these columns, such as "printed" and "re-derived".
    left
        Columns of words, set to the left; numbers are set to the right.
    verdicts
        A column of verdicts, to be shown as coloured labels.
    notes
        Lines beneath the table, plain text.

    Returns
    -------
    Markup
    """
    from great_tables import GT

    text = frame.copy()
    for column in text.columns:
        text[column] = [_cell(value) for value in text[column]]
    table = GT(text, rowname_col=stub, groupname_col=groups, id=name)
    words = [column for column in {*left, verdicts} if column]
    numbers = [c for c in text.columns if c not in {*words, stub, groups}]
    table = table.cols_align("right", numbers).cols_align("left", words) if numbers else table
    if labels:
        table = table.cols_label(cases={k: v for k, v in labels.items() if k in text})
    for heading, columns in (spanners or {}).items():
        table = table.tab_spanner(heading, list(columns))
    if verdicts:
        table = verdict_column(table, verdicts)
    for note in notes:
        table = table.tab_source_note(note)
    return finished(table)


def verdict_column(table: GT, column: str) -> GT:
    """Show a column of verdicts as coloured labels."""
    return table.fmt(lambda value: badge(value) if value and value != DASH else DASH, [column])


def finished(table: GT) -> Markup:
    """Turn a great_tables object, which needs an explicit id, into markup without its own style.

    Raises
    ------
    ValueError
        If the table has no id: great_tables would draw a new one at each run.
    """
    if not table._options.table_id.value:
        raise ValueError("give the table an id: GT(frame, id='...'), or every run differs")
    text = _STYLE.sub("", str(table.as_raw_html()))
    text = _BOX.sub(r'\1 class="wide"', text, count=1)
    return Markup(text.replace('data-quarto-disable-processing="false"', _KEEP))


def percent(value: float, decimals: int = 1) -> str:
    """Write a proportion as a percent without the sign, ties away from zero."""
    from secondlook import printed

    return printed.show(100 * value, like="0." + "0" * decimals if decimals else "0")


def percent_range(lower: float, upper: float, decimals: int = 1) -> str:
    """Write two proportions as percents without the sign, as "29.8 to 74.3"."""
    return f"{percent(lower, decimals)} to {percent(upper, decimals)}"


def p_text(value: float) -> str:
    """Write a P value with two decimals, with three below 0.1, or as below 0.001."""
    from secondlook import printed

    return (
        "<0.001" if value < 0.001 else printed.show(value, like="0.00" if value >= 0.1 else "0.000")
    )


_KEEP = 'data-quarto-disable-processing="true"'


def _cell(value: object) -> str:
    import pandas as pd

    if value is None or (not isinstance(value, str) and bool(pd.isna(value))):  # type: ignore[call-overload]
        return DASH
    return str(value)
