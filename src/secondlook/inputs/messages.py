"""How a message shows what was given: a value, its kind, the positions of what is wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

SHOWN_AT_MOST = 200
"""Characters of a value that a message shows."""

NAMED_AT_MOST = 10
"""Positions that a message names before it counts the others."""


def shown(value: object) -> str:
    """Return a value for a message, cut where it is long, and the class of one that has no repr."""
    try:
        if isinstance(value, np.generic) and value.dtype.kind in "biuf":
            value = value.item()
        text = repr(value)
    except Exception:  # of any kind: an object writes itself as it will
        return f"a {kind_of(value)} that has no repr"
    return text if len(text) <= SHOWN_AT_MOST else f"{text[:SHOWN_AT_MOST]}..."


def kind_of(value: object) -> str:
    """Return the class of a value, with its module where it is not Python's own."""
    kind = type(value)
    if value is None:
        return "None"
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


def name_positions(wrong: NDArray[Any]) -> str:
    """Return where a boolean array is true, in words: "position 3", "positions 3 and 7".

    Examples
    --------
    >>> name_positions(np.array([False, True, False, True]))
    'positions 1 and 3'
    """
    at = np.flatnonzero(wrong)
    named = [str(position) for position in at[:NAMED_AT_MOST]]
    if len(at) > NAMED_AT_MOST:
        named.append(f"{len(at) - NAMED_AT_MOST} more")
    if len(named) == 1:
        return f"position {named[0]}"
    return f"positions {', '.join(named[:-1])} and {named[-1]}"
