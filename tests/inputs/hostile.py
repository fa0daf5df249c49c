"""What is put in the place of an argument, and how a call has to take it."""

from __future__ import annotations

import traceback
import warnings
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd

import secondlook
from secondlook import simulate, survival

ROWS = pd.DataFrame(
    {
        "id": [1, 2, 2, 3],
        "start": [0, 0, 2, 0],
        "stop": [4, 2, 5, 6],
        "event": [1, 0, 1, 0],
        "state": ["a", "a", "b", "a"],
        "x": [1.0, 2.0, 3.0, 4.0],
    }
)


PATIENTS = pd.DataFrame({"d": [3.0, 8, 14], "e": [1, 1, 0], "t": [None, 2, 4]})


DESIGN = simulate.CohortDesign(5, *[simulate.Hazard.constant(1.0)] * 3)


CURVE = survival.kaplan_meier([1, 2, 3, 4], [1, 0, 1, 1])


POWER = pd.DataFrame(
    {"hazard_ratio": [0.5, 1], "power": [0.9, 0.1], "lower": [0.8, 0], "upper": [1, 0.2]}
)


MASKED = np.ma.masked_array([1.0, 2.0, 3.0, 4.0], mask=[False, True, False, False])


class Foreign:
    """A frame of another package, as polars and pyarrow have it."""

    def __init__(self, pandas):
        self.pandas = pandas

    def to_pandas(self):
        if self.pandas is None:
            raise ImportError("needs pyarrow")
        return self.pandas


class NoArray:
    """What refuses, in words of its own, to become an array."""

    def __len__(self):
        return 4

    def __array__(self, *_, **__):
        raise RuntimeError("no array")


HOSTILE = [
    None, "", "x", b"x", {}, {"a": 1}, [], (), {1}, np.nan, np.inf, -1, 0, 1e308, -1e308, 1e-320,
    10**400, 1 + 2j, True, object(), [None], [np.nan], ["a"], [[1, 2], [3]], [[1, 2], [3, 4]],
    [0] * 4, [1, "a", 2, 3], ["a", None, "b", "a"], [1e308] * 4, [1e-300] * 4, MASKED,
    np.array([1 + 1j, 2, 3, 4]), pd.Series([1, None, 3, 4], dtype="Int64"), np.zeros((2, 2, 2)),
    pd.Series(pd.to_datetime(["2020-01-01"] * 4)), (i for i in range(4)), Fraction(1, 3),
    Decimal("1.5"), np.float32(2.5), np.array(3.0), pd.NaT, pd.DataFrame(), ROWS.iloc[:0],
    ROWS.rename(columns={"x": "start"}), ROWS.assign(start=ROWS["start"].astype(object)),
    ROWS.assign(state=[None, "a", "b", "a"]), ROWS.assign(event=["1", "0", "1", "0"]),
    ROWS.assign(stop=[1e308] * 4), [[10**13] * 2] * 2, [[1, 2], [3, np.nan]], [[1.5, 2], [3, 4]],
    [[0, 0], [0, 0]], [[0, 5], [0, 3]], [[-1, 2], [3, 4]], Foreign(None), NoArray(),
    Decimal("sNaN"), np.datetime64("NaT"), POWER.assign(power=None), POWER.assign(hazard_ratio=0),
    POWER.assign(upper="x"), POWER.assign(hazard_ratio=[-1, 1j]),
]  # fmt: skip


HOME = str(Path(secondlook.__file__).parent)


def answers_or_refuses(call, arguments):
    """Put everything hostile in the place of each argument in turn."""
    for name in arguments:
        for value in HOSTILE:
            called_or_refused(call, arguments | {name: value}, f"{name}={value!r}")


def called_or_refused(call, arguments, shown):
    """Call, and see that what is refused is refused by a sentence of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            call(**arguments)
        except ValueError as error:
            raised = traceback.extract_tb(error.__traceback__)[-1].filename
        except Exception as error:
            raise AssertionError(f"{shown}: {error!r}") from error
        else:
            return
    assert raised.startswith(HOME), f"{shown} is refused in {raised}"
