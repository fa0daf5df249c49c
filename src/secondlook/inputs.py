"""What enters an estimator: options, numbers, arrays, tables of counts, frames.

Everything is read here, before anything is computed, and refused with a sentence that names the
argument, the positions (counted from 0, as arrays are indexed), the value and what to do. Arrays
may be lists, numpy's (a masked entry is missing), or columns of pandas, polars or pyarrow.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence
from decimal import Decimal
from difflib import get_close_matches
from itertools import combinations
from numbers import Real
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    import pandas as pd

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
Labels = tuple[IntArray, tuple[Hashable, ...]]

Option = TypeVar("Option", bound=str)

NAMED_AT_MOST = 10
"""Positions that a message names before it counts the others."""

MOST_COLUMNS = 100_000
"""A longer list of names is a range that was meant for something else."""

LARGEST_COUNT = 10**12
"""A count above it is a slip."""

SMALLEST_PROBABILITY = 1e-12
"""A level below it is lost in rounding."""

MADE_OF_MISSING = ("nan", "NaN", "NaT", "<NA>")
"""Texts that numpy and pandas make of what is missing; a group of that name is no group."""

SHOWN_AT_MOST = 200
"""Characters of a value that a message shows."""

UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
"""What is not shown, beside all of category Cf: controls, and what Unicode calls ignorable."""


def choice(value: Option, name: str, options: Iterable[Option]) -> Option:
    """Return an option, refusing what is not in the vocabulary."""
    known = tuple(options)
    text = str.__str__(value) if isinstance(value, str) else ""
    for word in known:
        if word == text:
            return word
    near = get_close_matches(text[:SHOWN_AT_MOST], known, 1)
    raise ValueError(
        f"{name} is {shown(value)}; choose {', '.join(known[:-1])} or {known[-1]}"
        + (f" (perhaps {near[0]})" if near else "")
    )


def number(
    value: object,
    name: str,
    *,
    above: float | None = None,
    least: float | None = None,
    below: float | None = None,
    most: float | None = None,
) -> float:
    """Return one finite number within bounds, of which `above` and `below` are excluded."""
    found = _real(value)
    bounds = [
        (word, bound, holds)
        for word, bound, holds in (
            ("above", above, operator.gt),
            ("at least", least, operator.ge),
            ("below", below, operator.lt),
            ("at most", most, operator.le),
        )
        if bound is not None
    ]
    if np.isfinite(found) and all(holds(found, bound) for _, bound, holds in bounds):
        return found
    wanted = " and ".join(f"{word} {bound:g}" for word, bound, _ in bounds)
    raise ValueError(f"{name} is {shown(value)}; it must be {f'a finite number {wanted}'.strip()}")


def instance_of(value: object, kind: type, name: str) -> None:
    """Refuse a value that is not of the class that it must be of."""
    if not isinstance(value, kind):
        raise ValueError(f"{name} is {_kind(value)}; it must be a {kind.__name__}")


def probability(value: object, name: str) -> float:
    """Return a probability strictly between 0 and 1, such as a confidence level."""
    try:
        return number(value, name, above=SMALLEST_PROBABILITY, below=1)
    except ValueError:
        raise ValueError(
            f"{name} is {shown(value)}; it must lie strictly between 0 and 1, e.g. 0.95"
        ) from None


def flag(value: object, name: str) -> bool:
    """Return a truth value; a text, which would always be true, is none."""
    if not isinstance(value, bool | np.bool_):
        raise ValueError(f"{name} is {shown(value)}; it must be True or False")
    return bool(value)


def whole_number(value: object, name: str, *, least: int = 0) -> int:
    """Return a count, refusing what is not a whole number of at least `least`."""
    found = _real(value)
    if not (found.is_integer() and least <= found <= LARGEST_COUNT and found == value):
        raise ValueError(
            f"{name} is {shown(value)}; it must be a whole number, {least} or more, such as 11"
        )
    return int(found)


def count_of(count: object, n: object) -> tuple[int, int]:
    """Return a count and its denominator, refusing `count` > `n` and `n` = 0."""
    events, size = whole_number(count, "count"), whole_number(n, "n")
    if size == 0:
        raise ValueError("n is 0; a proportion of nobody is not defined")
    if events > size:
        raise ValueError(
            f"count is {events} and n is {size}; a count cannot exceed its denominator"
        )
    return events, size


def counts_of(counts: ArrayLike, sizes: ArrayLike, each: str) -> tuple[IntArray, IntArray]:
    """Return counts and their denominators, shape (k,), refusing fewer than two studies or groups.

    A message calls one of them what `each` says.
    """
    refuse_other_rows(counts=counts, sizes=sizes)
    x, n = array(counts, "counts"), array(sizes, "sizes")
    if len(x) != len(n) or len(x) < 2:
        raise ValueError(
            f"there are {len(x)} counts and {len(n)} sizes; give one of each for every {each}, and "
            f"at least two of them"
        )
    pairs = []
    for position, (count, size) in enumerate(zip(x.tolist(), n.tolist(), strict=True)):
        try:
            pairs.append(count_of(count, size))
        except ValueError as error:
            raise ValueError(f"{each} {position}: {error}") from None
    events, patients = np.array(pairs, dtype=np.int64).T
    return events, patients


def contingency_table(table: ArrayLike, *, shape: tuple[int, int] | None = None) -> IntArray:
    """Return a table of counts, a row a group and a column an outcome, as whole numbers.

    Refused are the first cell that is no count, by row and column, and another shape than `shape`.
    """
    cells = _array(table, "the table")
    if cells.ndim != 2 or min(cells.shape) < 2:
        raise ValueError(
            f"the table has shape {cells.shape}; give at least two rows (groups) and "
            "two columns (outcomes), e.g. [[8, 1], [5, 10]]"
        )
    if shape is not None and cells.shape != shape:
        raise ValueError(
            f"the table has shape {cells.shape}; this needs {shape[0]} x {shape[1]} "
            "(groups by outcomes)"
        )
    if cells.dtype == np.float16:
        cells = cells.astype(np.float64)  # the largest count is infinite among half floats
    suspect = np.ones(cells.shape, dtype=bool)
    if cells.dtype.kind in "iuf":
        counts = np.where(np.isfinite(cells), cells, -1)
        suspect = (counts < 0) | (counts > LARGEST_COUNT) | (counts % 1 != 0)
    for row, column in np.argwhere(suspect):
        whole_number(cells[row, column], f"the cell in row {row}, column {column}")
    checked = cells.astype(np.int64)
    if not checked.any():
        raise ValueError("every cell of the table is 0; there is nobody to compare")
    return checked


def array(values: ArrayLike, name: str) -> NDArray[Any]:
    """Return values as a one-dimensional array, in which what is masked is None."""
    found = _array(values, name)
    if found.ndim != 1:
        raise ValueError(f"{name} must have one dimension, not the shape {found.shape}")
    return found


def numbers(values: ArrayLike, name: str, *, missing: bool = False) -> FloatArray:
    """Return values as floats, shape (n,), none infinite; NaN for the missing, if they may be."""
    found = array(values, name)
    if found.dtype.kind in "mM":
        raise ValueError(f"{name} holds dates or time spans; divide by the unit of time first")
    if found.dtype.kind in "iuf":
        floats = found.astype(np.float64, copy=False)
    else:
        entries = found.astype(object)
        lost = _missing(entries, name)
        strange = np.array(
            [not (gone or is_real(entry)) for entry, gone in zip(entries, lost, strict=True)],
            dtype=bool,
        )
        if strange.any():
            raise ValueError(
                f"{name} must hold numbers: it does not at {name_positions(strange)} "
                f"(the first is {shown(entries[np.argmax(strange)])})"
            )
        floats = np.array([_real(entry) for entry in entries], dtype=np.float64)
    if not (len(floats) and floats.min() > -np.inf and floats.max() < np.inf):
        if not missing and np.isnan(floats).any():
            raise ValueError(
                f"{name} is missing at {name_positions(np.isnan(floats))}; drop these rows, or "
                "fill them by a rule that you state"
            )
        if np.isinf(floats).any():
            raise ValueError(f"{name} is infinite at {name_positions(np.isinf(floats))}")
    return floats


def not_negative(values: ArrayLike, name: str) -> FloatArray:
    """Return finite numbers >= 0 as floats, in the shape of the values, which may be one number."""
    if is_real(values):
        return np.array(number(values, name, least=0))
    given = _array(values, name)
    found = numbers(given.ravel(), name).reshape(given.shape)
    refuse_negative(found, name)
    return found


def refuse_other_rows(**columns: Any) -> None:
    """Refuse series of pandas whose indexes differ, in labels or in order."""
    indexes = [(name, values.index) for name, values in columns.items() if has(values, "iloc")]
    for name, index in indexes[1:]:
        first_name, first = indexes[0]
        if len(index) == len(first) and not index.equals(first):
            at = next(i for i, (a, b) in enumerate(zip(first, index, strict=True)) if a != b)
            raise ValueError(
                f"{first_name} and {name} are series of pandas with different indexes (position "
                f"{at}: {shown(first[at])} and {shown(index[at])}); bring them to one index, or "
                "give to_numpy() of each if they belong together by position"
            )


def check_times(values: ArrayLike, name: str) -> FloatArray:
    """Return the times at which rows end, shape (n,), all of them finite and > 0, n > 0."""
    times = numbers(values, name)
    if len(times) == 0:
        raise ValueError(f"{name} is empty: at least one row is needed")
    if times.min() > 0:
        return times
    refuse_negative(times, name)
    raise ValueError(
        f"{name} is zero at {name_positions(times == 0)}: nobody is at risk over an interval "
        "without length; drop these rows, or move them by a rule that you state"
    )


def check_entries(values: ArrayLike, name: str, stops: FloatArray, stops_name: str) -> FloatArray:
    """Return the times at which rows begin, 0 <= start < stop."""
    starts = numbers(values, name)
    _refuse_other_length(starts, name, stops, stops_name)
    refuse_negative(starts, name)
    if (starts > stops).any():
        raise ValueError(f"{name} comes after {stops_name} at {name_positions(starts > stops)}")
    if (starts == stops).any():
        raise ValueError(
            f"{name} equals {stops_name} at {name_positions(starts == stops)}: nobody is at risk "
            "over an interval without length; drop these rows, or move them by a stated rule"
        )
    return starts


def check_events(values: ArrayLike, name: str, stops: FloatArray, stops_name: str) -> BoolArray:
    """Return the events, boolean or 0/1, as booleans of shape (n,)."""
    events = array(values, name)
    _refuse_other_length(events, name, stops, stops_name)
    if events.dtype.kind == "b":
        return events.astype(np.bool_, copy=False)
    if events.dtype.kind == "O":
        truths = (int(e) if isinstance(e, bool | np.bool_) else e for e in events)
        events = np.fromiter(truths, dtype=object, count=len(events))
    floats = events if events.dtype.kind in "iuf" else np.array([_real(e) for e in events])
    is_event: BoolArray = floats == 1
    wrong = ~(is_event | (floats == 0))
    if events.dtype.kind == "O":  # a fraction may be nearer to 1 than floats can tell
        pairs = zip(events, wrong, strict=True)
        wrong = np.array([bad or e not in (0, 1) for e, bad in pairs], dtype=bool)
    if wrong.any():
        coded = not _missing(events[wrong], name).any()  # what is missing equals no code
        code = "; compare a code with that of the event, such as status == 2" if coded else ""
        raise ValueError(
            f"{name} must be boolean or 0/1: it is not at {name_positions(wrong)} "
            f"(the first is {shown(events[np.argmax(wrong)])}){code}"
        )
    return is_event


def check_labels(values: ArrayLike, name: str, stops: FloatArray, stops_name: str) -> Labels:
    """Return codes 0..g-1, shape (n,), and the g labels that occur, ascending.

    A pandas categorical keeps the order of its categories. Missing labels, and labels of kinds that
    have no order, are refused.
    """
    given = _to_pandas(values, name)
    labels = array(values, name)
    _refuse_other_length(labels, name, stops, stops_name)
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
    if (lost := _missing(column, name)).any():
        raise ValueError(f"{name} is missing at {name_positions(lost)}")
    made_text = isinstance(given, np.ndarray) and labels.dtype.kind in "SU"
    _refuse_no_labels(labels.astype(str) if made_text else labels, name, none=made_text)
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes = np.asarray(column.cat.codes, dtype=np.int64)
        _refuse_lookalikes(column.cat.categories.tolist(), name)
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
    _refuse_lookalikes(uniques.tolist(), name)
    return codes.astype(np.int64, copy=False), tuple(uniques.tolist())


def read_frame(
    frame: object,
    columns: Collection[object],
    *,
    numeric: Collection[str] = (),
    known: Collection[str] = (),
) -> pd.DataFrame:
    """Return a frame of pandas, polars or pyarrow as pandas', with each of the columns once.

    The numeric ones, of which the others need not be named again, hold numbers or nothing; in the
    known ones no row is missing.
    """
    import pandas as pd

    table = _to_pandas(frame, "the frame")
    if not isinstance(table, pd.DataFrame):
        raise ValueError(
            f"the frame is {_kind(frame)}; give a frame of pandas, polars or pyarrow, for example "
            "pandas.DataFrame({'start': [...], 'stop': [...], ...})"
        )
    found: Counter[object] = Counter(table.columns)
    columns = [*columns, *numeric]
    missing = [name for name in columns if not can_be_label(name) or name not in found]
    if missing:
        raise ValueError(
            f"no column {', '.join(map(shown, missing))} in the frame; it has "
            f"{', '.join(map(shown, found))}"
        )
    twice = [name for name in columns if found[name] > 1]
    if twice:
        raise ValueError(
            f"the frame has several columns of the name {twice[0]!r}; keep one of them"
        )
    for name in numeric:
        found_numbers = numbers(column(table, name), name, missing=True)
        # What pandas cannot group or add (another byte order, half and long floats) becomes floats.
        if table[name].dtype not in (np.int64, np.float64):
            table = table.assign(**{name: found_numbers})
    for name in known:
        if (lost := _missing(table[name], name)).any():
            raise ValueError(f"{name} is missing at {name_positions(lost)}")
        _refuse_no_labels(table[name].array, name)
        _refuse_lookalikes(table[name].unique().tolist(), name)
    return table


def column_names(names: object, argument: str, *, least: int = 1) -> tuple[str, ...]:
    """Return the names of one column or several as a tuple, refusing fewer than `least`."""
    listed = (names,) if isinstance(names, str) else names
    if (
        not isinstance(listed, Sequence)
        or not least <= len(listed) <= MOST_COLUMNS
        or not all(can_be_label(name) for name in listed)
    ):
        raise ValueError(
            f"{argument} is {shown(names)}; give the name of a column, or a list of them"
        )
    return tuple(listed)


def refuse_clash(name: str, argument: str, taken: Collection[str]) -> None:
    """Refuse a name that a column of the result has already."""
    if isinstance(name, str) and name in taken:
        raise ValueError(
            f"{argument} is {name!r}, which is the name of another column of the result "
            f"({', '.join(taken)}); rename the column"
        )


def refuse_two_roles(**roles: Hashable) -> None:
    """Refuse one column in two roles, such as an event that is the state, too."""
    for (role, name), (other, again) in combinations(roles.items(), 2):
        if name == again:
            raise ValueError(f"{role} and {other} are both column {name!r}; name two columns")


def column(frame: pd.DataFrame, name: str) -> ArrayLike:
    """Return the array behind a column of plain numbers, or else the column with what it knows."""
    found = frame[name]
    if isinstance(found.dtype, np.dtype) and found.dtype.kind in "biuf":
        return found.to_numpy()
    return found


def is_categorical(values: object) -> bool:
    """Return whether values are a categorical column of pandas, or a series of one."""
    return has(values, "cat") or has(values, "categories")


def is_real(value: object) -> bool:
    """Return whether a value is one real number and no truth value."""
    # numpy counts its time spans among the integers.
    return isinstance(value, Real | Decimal) and not isinstance(
        value, bool | np.bool_ | np.timedelta64
    )


def can_be_label(value: object) -> bool:
    """Return whether a value can be the name of a column or of a group."""
    try:
        hash(value)
    except Exception:  # TypeError, or what an object of another package raises
        return False
    return not (isinstance(value, str) and "\0" in value)  # where pandas ends a text


def shown(value: object) -> str:
    """Return a value for a message, cut where it is long, and the class of one that has no repr."""
    try:
        if isinstance(value, np.generic) and value.dtype.kind in "biuf":
            value = value.item()
        text = repr(value)
    except Exception:  # of any kind: an object writes itself as it will
        return f"a {_kind(value)} that has no repr"
    return text if len(text) <= SHOWN_AT_MOST else f"{text[:SHOWN_AT_MOST]}..."


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


def _array(values: object, name: str) -> NDArray[Any]:
    """Return any array; entries that are masked, or text beside missing ones, as objects."""
    values = _to_pandas(values, name)
    if values is None or isinstance(values, str | bytes) or not has(values, "__len__"):
        raise ValueError(f"{name} is {_kind(values)}; give a list or an array of values")
    if not has(values, "__array__") and not isinstance(values, Sequence):
        raise ValueError(f"{name} is {_kind(values)}, which has no order; give a list or an array")
    try:
        found = np.asarray(values)
        # numpy makes one type of a list's entries, text of a missing one and 1 of True: keep apart.
        if found.dtype.kind in "SUiuf" and not has(values, "__array__"):
            entries = np.asarray(values, dtype=object)
            if found.dtype.kind in "SU" or any(
                isinstance(e, bool | np.bool_) for e in entries.flat
            ):
                found = entries
    except Exception as error:  # of any kind: an object says itself how it becomes an array
        raise ValueError(f"{name} is no array: {error}") from None
    if found.dtype.kind not in "biufOSUmM":
        raise ValueError(f"{name} holds values of the type {found.dtype}; numbers are real here")
    if isinstance(values, np.ma.MaskedArray) and np.ma.is_masked(values):
        found = found.astype(object)
        found[np.ma.getmaskarray(values)] = None
    return found


def _to_pandas(values: object, name: str) -> object:
    if not has(values, "to_pandas"):
        return values
    try:
        found: object = values.to_pandas()  # type: ignore[attr-defined]
        return found
    except Exception as error:
        raise ValueError(f"{name} is {_kind(values)}, which pandas cannot read: {error}") from None


def has(value: object, attribute: str) -> bool:
    """Return whether a value has an attribute, also where it does not let itself be asked."""
    try:
        return hasattr(value, attribute)
    except Exception:  # of any kind: an object says itself what it has
        return False


def _kind(value: object) -> str:
    kind = type(value)
    if value is None:
        return "None"
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


def _family(label: object) -> str:
    if isinstance(label, str):
        return "texts"
    return "numbers" if is_real(label) else type(label).__name__


def _real(value: object) -> float:
    """Return a real number as float, NaN for what is none."""
    try:
        return float(value) if is_real(value) else np.nan  # type: ignore[arg-type]
    except OverflowError:
        return np.inf
    except ValueError:
        return np.nan  # a signalling NaN of decimal


def _missing(entries: Any, name: str) -> BoolArray:
    import pandas as pd

    try:
        return np.asarray(pd.isna(entries), dtype=bool)
    except ArithmeticError:
        raise ValueError(f"{name} holds a signalling NaN of decimal, which is no value") from None


def _refuse_no_labels(labels: Iterable[object], name: str, *, none: bool = False) -> None:
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


def _refuse_lookalikes(labels: list[Hashable], name: str) -> None:
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


def _refuse_other_length(
    array: NDArray[Any], name: str, stops: FloatArray, stops_name: str
) -> None:
    if len(array) != len(stops):
        raise ValueError(
            f"{name} has {len(array)} values, {stops_name} has {len(stops)}: one a row is needed"
        )


def refuse_negative(times: FloatArray, name: str) -> None:
    """Refuse numbers below 0 by their positions."""
    if (times < 0).any():
        raise ValueError(f"{name} is negative at {name_positions(times < 0)}")
