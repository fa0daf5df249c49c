"""What enters an estimator: options, numbers, arrays, tables of counts, labels, frames.

Everything is read here, before anything is computed, and refused with a sentence that names the
argument, the positions (counted from 0, as arrays are indexed), the value and what to do. Every
public name is importable from here.

- ``values``: one option, number, truth value, and how a message shows it
- ``arrays``: arrays, numbers in them, positions in a message
- ``counts``: counts with their denominators, tables of counts
- ``risk_rows``: times, entries and events of rows at risk
- ``labels``: groups and what they are called
- ``frames``: frames and the names of their columns
"""

from secondlook.inputs.arrays import (
    BoolArray,
    FloatArray,
    IntArray,
    array,
    has,
    name_positions,
    not_negative,
    numbers,
    refuse_negative,
    refuse_other_rows,
)
from secondlook.inputs.counts import contingency_table, count_of, counts_of
from secondlook.inputs.frames import (
    column,
    column_names,
    read_frame,
    refuse_clash,
    refuse_two_roles,
)
from secondlook.inputs.labels import Labels, can_be_label, check_labels, is_categorical
from secondlook.inputs.risk_rows import check_entries, check_events, check_times
from secondlook.inputs.values import (
    choice,
    flag,
    instance_of,
    is_real,
    number,
    probability,
    shown,
    whole_number,
)

__all__ = [
    "BoolArray", "FloatArray", "IntArray", "Labels", "array", "can_be_label", "check_entries",
    "check_events", "check_labels", "check_times", "choice", "column", "column_names",
    "contingency_table", "count_of", "counts_of", "flag", "has", "instance_of", "is_categorical",
    "is_real", "name_positions", "not_negative", "number", "numbers", "probability", "read_frame",
    "refuse_clash", "refuse_negative", "refuse_other_rows", "refuse_two_roles", "shown",
    "whole_number",
]  # fmt: skip
