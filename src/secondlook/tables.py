"""Finished tables: great_tables gives the structure, the site's style sheet the look.

A finished table is text at a fixed precision. Its formats are declared where it is shown; the frame
that it is made of holds numbers, and is what tests read.
great_tables writes a style block with fixed colours into every table; it is dropped here, so that
one sheet (``styles/tables.css``) serves light and dark pages, phones and slides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from string import Formatter
from typing import TYPE_CHECKING, Any

import numpy as np

from secondlook import inputs, printed
from secondlook.markup import Markup, badge, check_label

if TYPE_CHECKING:
    import pandas as pd
    from great_tables import GT

__all__ = [
    "DASH", "Format", "finished", "p_text", "percent", "percent_range", "show_table",
    "verdict_column", "written",
]  # fmt: skip

Format = str | Mapping[Any, str] | Callable[[Any], str]
"""How a column is written; :func:`written` lists the texts."""

DASH = "–"
"""What a missing cell shows."""

_NOTHING = "\0"
_DIGITS = re.compile(r"0(\.0+)?")
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_BOX = re.compile(r'(<div id="[^"]*") style="[^"]*"')
_GROUP = re.compile(r'(<th class="gt_group_heading"[^>]*>)(.*?)(</th>)', re.DOTALL)


def show_table(
    frame: pd.DataFrame,
    name: str,
    *,
    caption: str = "",
    columns: Sequence[str] | None = None,
    formats: Mapping[str, Format] | None = None,
    missing: str | Mapping[str, str] = DASH,
    stub: str | None = None,
    groups: str | None = None,
    labels: Mapping[str, str] | None = None,
    spanners: Mapping[str, Sequence[str]] | None = None,
    left: Sequence[str] = (),
    verdicts: str | None = None,
) -> Markup:
    """Return a frame, a row a row, as a finished table.

    Parameters
    ----------
    name
        Unique on its page; becomes the HTML id. With a caption the label by which the text refers
        to the table: ``"tbl-response"`` for ``@tbl-response``.
    caption
        Markdown, which code may make. Without one, the cell's ``tbl-cap`` is the caption, if any.
    columns, formats, missing
        Which columns to show, and how: see :func:`written`.
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
    """
    from great_tables import GT

    inputs.instance_of(name, str, "name")
    inputs.instance_of(caption, str, "caption")
    labels, spanners = {} if labels is None else labels, {} if spanners is None else spanners
    inputs.instance_of(labels, Mapping, "labels")
    inputs.instance_of(spanners, Mapping, "spanners")
    for option, column in (("stub", stub), ("groups", groups), ("verdicts", verdicts)):
        if column is not None:
            inputs.instance_of(column, str, option)
    if caption:
        check_label(name, caption, "tbl")
    # A heading or a cell of that name would have the same id.
    identifier = f"{name.removeprefix('tbl-')}-table"
    text = written(frame, columns=columns, formats=formats, missing=missing)
    under = {heading: inputs.column_names(each, "a spanner") for heading, each in spanners.items()}
    beside = (*inputs.column_names(left, "left", least=0), *((verdicts,) if verdicts else ()))
    words = list(dict.fromkeys(beside))
    named = [each for each in (stub, groups) if each]
    inputs.read_frame(text, {*words, *named, *(name for names in under.values() for name in names)})
    table = GT(text, rowname_col=stub or None, groupname_col=groups or None, id=identifier)
    numbers = [c for c in text.columns if c not in {*words, stub, groups}]
    table = table.cols_align("right", numbers).cols_align("left", words) if numbers else table
    if labels:
        table = table.cols_label(cases={k: v for k, v in labels.items() if k in text})
    for heading, names in under.items():
        table = table.tab_spanner(heading, list(names))
    if verdicts:
        table = verdict_column(table, verdicts)
    shown = finished(table)
    return replace(shown, label=name, caption=caption) if caption else shown


def written(
    frame: pd.DataFrame,
    *,
    columns: Sequence[str] | None = None,
    formats: Mapping[str, Format] | None = None,
    missing: str | Mapping[str, str] = DASH,
) -> pd.DataFrame:
    """Write a frame as text at a fixed precision, as a finished table shows it, with its index.

    A column that does not exist, holds fractions and has no format, or has a value that its format
    cannot write is refused by name.

    Parameters
    ----------
    columns
        Which columns to show, in order; also new ones that `formats` makes. All by default, the
        new ones last.
    formats
        Column -> how it is written:

        - ``"0"``, ``"0.0"``, ``"0.00"``, ...: a number with so many decimals, ties away from zero;
        - ``"0%"``, ``"0.0%"``: a proportion as a percent, without the sign;
        - ``"p"``: a P value (:func:`p_text`); ``","``: a whole number, thousands apart;
        - text with columns in braces, each with one of these formats or without:
          ``"{count} of {n}"``, ``"{lower:0.0%} to {upper:0.0%}"``. A column of that name is made;
        - a mapping from value to text, for all values that occur;
        - a function of the value.
    missing
        What a missing value shows, for all columns or by column. A text with columns in braces is
        missing where one of its columns is.

    Examples
    --------
    >>> import pandas as pd
    >>> rates = pd.DataFrame({"count": [11, 4], "n": [21, 21], "lower": [0.298, 0.0545],
    ...                       "upper": [0.743, 0.419], "p": [0.8271, None]})
    >>> written(rates, columns=["responders", "interval", "p"],
    ...         formats={"responders": "{count} of {n}", "interval": "{lower:0%} to {upper:0%}",
    ...                  "p": "p"})
      responders  interval     p
    0   11 of 21  30 to 74  0.83
    1    4 of 21   5 to 42     –
    """
    import pandas as pd

    for option, value, kinds in (("formats", {} if formats is None else formats, Mapping),
                                 ("missing", missing, str | Mapping)):  # fmt: skip
        if not isinstance(value, kinds):
            raise ValueError(
                f"{option} is {inputs.shown(value)}; give a mapping from column to text"
            )
    frame = inputs.read_frame(frame, ())
    given = dict(formats or {})
    wanted = [*frame.columns]
    if columns is not None:
        wanted = list(inputs.column_names(columns, "columns"))
    wanted += [name for name in given if columns is None and name not in wanted]
    text = {}
    for name in wanted:
        void = missing if isinstance(missing, str) else missing.get(name, DASH)
        text[name] = _column(frame, name, given.pop(name, None), void)
    if given:
        raise ValueError(f"formats: no column {', '.join(map(repr, given))} is shown.")
    return pd.DataFrame(text, index=frame.index, columns=wanted)


def verdict_column(table: GT, column: str) -> GT:
    """Return a table with a column of verdicts as coloured labels."""
    return table.fmt(lambda value: badge(value) if value and value != DASH else DASH, [column])


def finished(table: GT) -> Markup:
    """Return a great_tables object, which needs an explicit id, as markup without its own style."""
    if not table._options.table_id.value:
        raise ValueError("give the table an id: GT(frame, id='...'), or every run differs")
    text = _STYLE.sub("", str(table.as_raw_html()))
    text = _BOX.sub(r'\1 class="wide"', text, count=1)
    # A heading over all columns can stay in sight while they scroll only within its cell.
    text = _GROUP.sub(r"\1<span>\2</span>\3", text)
    return Markup(text.replace('data-quarto-disable-processing="false"', _KEEP))


def percent(value: float, decimals: int = 1) -> str:
    """Write a proportion as a percent without the sign, ties away from zero."""
    inputs.number(value, "value")
    return printed.show(100 * _plain(value), extra=decimals)


def percent_range(lower: float, upper: float, decimals: int = 1) -> str:
    """Write two proportions as percents without the sign, as "29.8 to 74.3"."""
    return f"{percent(lower, decimals)} to {percent(upper, decimals)}"


def p_text(value: float) -> str:
    """Write a P value with two decimals, with three below 0.1, or as below 0.001."""
    inputs.number(value, "the P value", least=0, most=1)
    return (
        "<0.001" if value < 0.001 else printed.show(value, like="0.00" if value >= 0.1 else "0.000")
    )


_KEEP = 'data-quarto-disable-processing="true"'


def _column(frame: pd.DataFrame, name: str, how: Format | None, void: str) -> list[str]:
    """Write the cells of a column."""
    if isinstance(how, str) and "{" in how:
        return _composed(frame, how, void)
    frame = inputs.read_frame(frame, [name])
    cells = []
    for at, value in zip(frame.index, frame[name], strict=True):
        try:
            cells.append(void if _is_missing(value) else _write(value, how))
        except Exception as error:  # of any kind: a format may be a function of the caller's
            fault = f"no text for it in {how}" if isinstance(error, KeyError) else error
            raise ValueError(f"Column {name!r}, row {at!r}, value {value!r}: {fault}") from None
    return cells


def _composed(frame: pd.DataFrame, how: str, void: str) -> list[str]:
    """Fill a text with columns in braces, row by row."""
    try:
        pieces = [(before, name, spec or None) for before, name, spec, _ in Formatter().parse(how)]
    except ValueError as error:
        raise ValueError(f"The format {how!r} cannot be read: {error}.") from None
    parts: list[list[str]] = []
    for before, field, spec in pieces:
        parts.append([before] * len(frame))
        if field is not None:
            parts.append(_column(frame, field, spec, _NOTHING))
    return [void if _NOTHING in row else "".join(row) for row in zip(*parts, strict=True)]


def _write(value: object, how: Format | None) -> str:
    if how is None:
        if isinstance(value, float | np.floating):
            raise ValueError('a fraction needs a format, such as formats={...: "0.0"}.')
        return str(value)
    if isinstance(how, Mapping) or callable(how):
        text = how[value] if isinstance(how, Mapping) else how(value)
        if not isinstance(text, str):
            raise ValueError(f"its format gives {inputs.shown(text)}, which is no text.")
        return text
    if not isinstance(how, str):
        raise ValueError(f"{how!r} is no format.")
    if how == "p":
        return p_text(float(value))  # type: ignore[arg-type]
    if how == ",":
        return f"{inputs.whole_number(value, 'it'):,}"
    digits = how.removesuffix("%")
    if not _DIGITS.fullmatch(digits):
        raise ValueError(f'no format {how!r}; there are "0", "0.0", "0%", "0.0%", "p" and ",".')
    if isinstance(value, str):
        raise ValueError(f"text has no format {how!r}.")
    if how.endswith("%"):
        return percent(float(value), len(digits[2:]))  # type: ignore[arg-type]
    return printed.show(_plain(value), like=digits)


def _plain(value: Any) -> int | float | Fraction:
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return value
    return int(value) if isinstance(value, np.integer) else float(value)


def _is_missing(value: object) -> bool:
    import pandas as pd

    return bool(pd.api.types.is_scalar(value) and pd.isna(value))  # type: ignore[call-overload]
