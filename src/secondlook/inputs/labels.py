"""Labels of groups: which there are, in their order, and none that stands for nothing.

Refused are texts that a reader cannot tell apart, which would be two groups, and a missing one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable

import numpy as np
from numpy.typing import ArrayLike

from secondlook.inputs.arrays import (
    FloatArray,
    IntArray,
    array,
    has,
    missing_in,
    name_positions,
    refuse_other_length,
    to_pandas,
)
from secondlook.inputs.values import is_real, shown

Labels = tuple[IntArray, tuple[Hashable, ...]]

MADE_OF_MISSING = ("nan", "NaN", "NaT", "<NA>")
"""Texts that numpy and pandas make of what is missing; a group of that name is no group."""

UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
"""What is not shown, beside all of category Cf: controls, and what Unicode calls ignorable."""


def check_labels(values: ArrayLike, name: str, stops: FloatArray, stops_name: str) -> Labels:
    """Return codes 0..g-1, shape (n,), and the g labels that occur, ascending.

    A pandas categorical keeps the order of its categories. Missing labels, and labels of kinds that
    have no order, are refused.
    """
    given = to_pandas(values, name)
    labels = array(values, name)
    refuse_other_length(labels, name, stops, stops_name)
    categorical = is_categorical(given)
    if labels.dtype.kind in "iu" and len(labels) and not categorical:
        low, high = int(labels.min()), int(labels.max())
        if high - low < len(labels) and high < 2**62:
            return _used(labels.astype(np.int64) - low, tuple(range(low, high + 1)))
    import pandas as pd

    # pandas cannot hash the other byte order.
    try:
        column = pd.Series(given if categorical else labels.astype(labels.dtype.newbyteorder("=")))
    except OverflowError as error:
        raise ValueError(f"{name} holds what cannot be a label ({error}); make it text") from None
    if (lost := missing_in(column, name)).any():
        raise ValueError(f"{name} is missing at {name_positions(lost)}")
    made_text = isinstance(given, np.ndarray) and labels.dtype.kind in "SU"
    refuse_no_labels(labels.astype(str) if made_text else labels, name, none=made_text)
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes = np.asarray(column.cat.codes, dtype=np.int64)
        refuse_lookalikes(column.cat.categories.tolist(), name)
        return _used(codes, tuple(column.cat.categories.tolist()))
    if labels.dtype == object and len({_family(label) for label in labels}) > 1:
        kinds = " and ".join(sorted({_family(label) for label in labels}))
        raise ValueError(f"{name} mixes labels that have no order: {kinds}; make them all text")
    try:
        codes, uniques = pd.factorize(column, sort=True)
    except Exception:  # of any kind: an object says itself how it is compared
        raise ValueError(
            f"{name} holds labels that have no order, such as {shown(labels[0])}; make them text"
        ) from None
    refuse_lookalikes(uniques.tolist(), name)
    return codes.astype(np.int64, copy=False), tuple(uniques.tolist())


def can_be_label(value: object) -> bool:
    """Return whether a value can be the name of a column or of a group."""
    try:
        hash(value)
    except Exception:  # TypeError, or what an object of another package raises
        return False
    return not (isinstance(value, str) and "\0" in value)  # where pandas ends a text


def is_categorical(values: object) -> bool:
    """Return whether values are a categorical column of pandas, or a series of one."""
    return has(values, "cat") or has(values, "categories")


def refuse_no_labels(labels: Iterable[object], name: str, *, none: bool = False) -> None:
    """Refuse what cannot be a label, and the texts that numpy makes of what is missing.

    Beside texts it makes ``"None"`` of None, too, which may be a word of the data elsewhere.
    """
    for position, label in enumerate(labels):
        if isinstance(label, str) and (label in MADE_OF_MISSING or (none and label == "None")):
            raise ValueError(f"{name} is missing at position {position}: it is the text {label!r}")
        if not can_be_label(label):
            raise ValueError(
                f"{name} holds what cannot be a label at position {position}: {shown(label)}; "
                "make it text without a NUL"
            )


def refuse_lookalikes(labels: list[Hashable], name: str) -> None:
    """Refuse texts that a reader cannot tell apart: they would be two groups."""
    seen: dict[str, str] = {}
    for label in labels:
        if isinstance(label, str):
            plain = label.isascii() and label.isprintable()
            reads = " ".join((label if plain else _seen(label)).split())
            if reads in seen:
                raise ValueError(
                    f"{name} has the labels {seen[reads]!r} and {label!r}, which read the same; "
                    "write them alike"
                )
            seen[reads] = label


def _seen(label: str) -> str:
    """Return what a reader sees of a text."""
    kept = (each for each in label if unicodedata.category(each) != "Cf")
    return unicodedata.normalize("NFC", UNSEEN.sub("", "".join(kept)))


def _used(codes: IntArray, labels: tuple[Hashable, ...]) -> Labels:
    used = np.bincount(codes, minlength=len(labels)) > 0
    return (np.cumsum(used) - 1)[codes], tuple(
        label for label, occurs in zip(labels, used, strict=True) if occurs
    )


def _family(label: object) -> str:
    if isinstance(label, str):
        return "texts"
    return "numbers" if is_real(label) else type(label).__name__
