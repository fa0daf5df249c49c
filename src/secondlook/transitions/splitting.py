"""From a patient a row to (start, stop] rows, split where the patient changes state.

A change at time c puts the time up to c into the earlier state and the time after c into the later
one; who dies at t dies in the state lived in just before t. Five kinds of row need a rule, and
none is applied unless the caller names it:

=============  ========================================  =====================================
kind           what the row says                         rules
=============  ========================================  =====================================
no-follow-up   the duration is zero                      ``drop``, ``shift``
day-zero       the state changes at time zero            ``from-start``, ``shift``
at-end         it changes at the end of follow-up        ``never``, ``shift``
after-end      it changes after the end of follow-up     ``never``
same-time      two changes at the same time              ``last``
=============  ========================================  =====================================

``shift`` moves a duration of zero, or a change on day zero, to `shift` (half a unit by default),
and a change at the end to `shift` before it, so that the event counts in the later state.
``from-start`` lets the patient start in the later state; ``never`` counts the whole follow-up in
the earlier one; ``last`` skips the state that lasted no time.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from secondlook import inputs
from secondlook.inputs import BoolArray, FloatArray
from secondlook.survival.tied_times import same_time

if TYPE_CHECKING:
    import pandas as pd


def split_at_transition(
    frame: pd.DataFrame,
    *,
    duration: str,
    event: str,
    transition_time: str | Sequence[str],
    id: str | None = None,
    states: Sequence[Hashable] | None = None,
    rules: Mapping[str, str] | None = None,
    shift: float = 0.5,
) -> pd.DataFrame:
    """Split each patient's follow-up where the state changes.

    Parameters
    ----------
    frame
        A row a patient.
    duration
        Column of the follow-up, >= 0, in any unit.
    event
        Column that says whether it ended with the event (boolean or 0/1).
    transition_time
        Column of the time of the change, in the same unit; missing for who never changed. For
        several changes, the columns in the order of `states`; a patient may skip some.
    id
        Column of the patient; by default the frame's index becomes a column ``id``.
    states
        The state at the start and the state that each change leads to; 0, 1, 2, ... by default.
        A state may come back: ``transition_time=["on", "off"], states=[0, 1, 0]``.
    rules
        What to do with each kind of row that the head of this module lists, for
        example ``{"at-end": "never"}``; a kind that is not named is refused.
    shift
        The distance that the rule ``shift`` moves a time, in the unit of the durations.

    Returns
    -------
    pandas.DataFrame
        The patient's column, `start`, `stop`, `event`, `state` (categorical, in the order of
        `states`), then the frame's other columns; ``attrs["touched"]`` has the number of rows
        that each rule changed.

    Examples
    --------
    >>> import pandas as pd
    >>> patients = pd.DataFrame({"months": [8.0, 5.0], "died": [1, 0], "transplant": [3.0, None]})
    >>> rows = split_at_transition(patients, duration="months", event="died",
    ...                            transition_time="transplant")
    >>> rows[["id", "start", "stop", "event", "state"]].to_numpy().tolist()
    [[0, 0.0, 3.0, False, 0], [0, 3.0, 8.0, True, 1], [1, 0.0, 5.0, False, 0]]
    """
    import pandas as pd

    names = inputs.column_names(transition_time, "transition_time")
    table = inputs.read_frame(frame, [duration, event, *names, *([] if id is None else [id])])
    inputs.refuse_clash("id" if id is None else id, "id", ("start", "stop", "event", "state"))
    labels = list(range(len(names) + 1)) if states is None else _labels(states)
    if len(labels) != len(names) + 1:
        raise ValueError(
            f"states has {len(labels)} labels for {len(names)} changes: it needs "
            f"{len(names) + 1}, the first for the state at the start"
        )
    inputs.refuse_two_roles(
        duration=duration, event=event, **{f"transition {i}": name for i, name in enumerate(names)}
    )
    changes = read_changes(table, duration, names)
    events = inputs.check_events(inputs.column(table, event), event, changes.durations, duration)
    patients = _patients(table, id)
    if rules is not None and not isinstance(rules, Mapping):
        raise ValueError(
            f"rules is {inputs.shown(rules)}; give a dict such as {{'at-end': 'never'}}"
        )
    resolved = resolve(changes, rules or {}, shift)
    durations, times = resolved.changes.durations, resolved.changes.times

    n = len(durations)
    starts = np.column_stack((np.zeros(n), np.where(np.isnan(times), np.inf, times)))
    ends = np.column_stack((starts[:, 1:], durations))
    stops = np.fliplr(np.minimum.accumulate(np.fliplr(ends), axis=1))
    patient, position = np.nonzero((starts < stops) & resolved.kept[:, None])
    categories = pd.Index(list(dict.fromkeys(labels)))
    codes = np.array([categories.get_loc(label) for label in labels])
    stop = stops[patient, position]
    rows = pd.DataFrame(
        {
            "id" if id is None else id: patients.take(patient).to_numpy(),
            "start": starts[patient, position],
            "stop": stop,
            "event": events[patient] & (stop == durations[patient]),
            "state": pd.Categorical.from_codes(
                codes[position], dtype=pd.CategoricalDtype(categories)
            ),
        }
    )
    used = [duration, event, *names, *([] if id is None else [id])]
    others = table.drop(columns=used).iloc[patient].reset_index(drop=True)
    for name in others.columns:
        inputs.refuse_clash(name, "a column", list(rows.columns))
    rows = pd.concat([rows, others], axis=1)
    rows.attrs["touched"] = resolved.touched
    return rows


def _labels(states: object) -> list[Hashable]:
    labels: list[Hashable] = inputs.array(states, "states").tolist()  # type: ignore[arg-type]
    for before, label in pairwise([object(), *labels]):
        if not inputs.can_be_label(label) or label != label or label is None or before == label:
            raise ValueError(
                f"states is {inputs.shown(states)}; name each state, and another one after every "
                "change"
            )
    return labels


def _patients(table: pd.DataFrame, id: str | None) -> pd.Series:
    """Return who each row is of; each patient has one row."""
    name = "the patient" if id is None else id
    named = table.index.to_series(name=name).to_frame() if id is None else table
    patients = inputs.read_frame(named, [], known=[name])[name]
    twice = patients.duplicated(keep=False).to_numpy()
    if twice.any():
        raise ValueError(
            f"a patient has several rows at {inputs.name_positions(twice)}: a row a patient is "
            "needed"
        )
    return patients


RULES: Mapping[str, tuple[str, ...]] = {
    "no-follow-up": ("drop", "shift"),
    "day-zero": ("from-start", "shift"),
    "at-end": ("never", "shift"),
    "after-end": ("never",),
    "same-time": ("last",),
}

_SAYS = {
    "no-follow-up": "the follow-up lasts no time",
    "day-zero": "the state changes on day zero",
    "at-end": "the state changes at the end of the follow-up",
    "after-end": "the state changes after the end of the follow-up",
    "same-time": "two changes of state are at the same time",
}


@dataclass(frozen=True, eq=False)
class Changes:
    """Follow-up, shape (n,), and times of change, shape (n, m), NaN for never."""

    durations: FloatArray
    times: FloatArray

    def same(self, one: FloatArray, other: FloatArray | float) -> BoolArray:
        """Return which times are equal but for floating-point error."""
        return same_time(one, other, float(self.durations.max()))

    def kinds(self) -> dict[str, BoolArray]:
        """Return where each kind of row is, shape (n, m); in the first column for no-follow-up."""
        end = self.durations[:, None]
        nothing = np.zeros(self.times.shape, dtype=bool)
        nothing[:, 0] = self.same(self.durations, 0.0)
        followed = ~self.same(end, 0.0)
        again = np.zeros(self.times.shape, dtype=bool)
        for later in range(1, self.times.shape[1]):
            before = self.times[:, :later]
            again[:, later] = self.same(before, self.times[:, [later]]).any(axis=1)
        at_end = self.same(self.times, end)
        return {
            "no-follow-up": nothing,
            "day-zero": followed & self.same(self.times, 0.0),
            "at-end": followed & at_end,
            "after-end": (self.times > end) & ~at_end,
            "same-time": again,
        }


def awkward_transitions(
    frame: pd.DataFrame, *, duration: str, transition_time: str | Sequence[str]
) -> pd.DataFrame:
    """Return the rows that need a rule before :func:`split_at_transition` can split them.

    The frame has one row a kind found in a row: `position` (from 0), `kind` (a key of ``RULES``),
    `duration`, `transition` (the column; empty for ``no-follow-up``) and `transition_time`.
    """
    import pandas as pd

    names = inputs.column_names(transition_time, "transition_time")
    changes = read_changes(inputs.read_frame(frame, [duration, *names]), duration, names)
    found = []
    for kind, where in changes.kinds().items():
        for position, change in np.argwhere(where).tolist():
            own = kind != "no-follow-up"
            name = names[change] if own else ""
            time = changes.times[position, change] if own else np.nan
            found.append((position, kind, changes.durations[position], name, time))
    columns = ["position", "kind", "duration", "transition", "transition_time"]
    listed = pd.DataFrame(found, columns=columns)
    return listed.sort_values(["position", "kind"], kind="stable", ignore_index=True)


def read_changes(table: pd.DataFrame, duration: str, names: tuple[str, ...]) -> Changes:
    """Return follow-up and times of change, refusing what is missing, infinite or negative."""
    if len(table) == 0:
        raise ValueError("the frame is empty: at least one patient is needed")
    durations = inputs.numbers(inputs.column(table, duration), duration)
    times = np.column_stack(
        [inputs.numbers(inputs.column(table, name), name, missing=True) for name in names]
    )
    for name, values in ((duration, durations), *zip(names, times.T, strict=True)):
        inputs.refuse_negative(values, name)
    return Changes(durations, times)


def refuse_unresolved(changes: Changes, rules: Mapping[str, str]) -> None:
    """Raise if a row needs a rule that is not there."""
    complaints = [
        f"{_SAYS[kind]} at {inputs.name_positions(np.asarray(where.any(axis=1)))} "
        f"(rules={{{kind!r}: {' or '.join(map(repr, RULES[kind]))}}})"
        for kind, where in changes.kinds().items()
        if where.any() and kind not in rules
    ]
    if complaints:
        raise ValueError(f"{'; '.join(complaints)}. Correct these rows, or pass the rules.")


@dataclass(frozen=True, eq=False)
class Resolved:
    """What the rules made of the changes: of all patients, who stays, how many by kind."""

    changes: Changes
    kept: BoolArray
    touched: dict[str, int]


def resolve(changes: Changes, rules: Mapping[str, str], shift: float) -> Resolved:
    """Return the changes as the rules have them, refusing rows that none resolves or one turns."""
    shift = inputs.number(shift, "shift", above=0)
    for kind, rule in rules.items():
        if rule not in RULES.get(kind, ()):
            known = "; ".join(f"{k}: {' or '.join(rs)}" for k, rs in RULES.items())
            raise ValueError(f"no rule {inputs.shown(rule)} for {kind!r}; there are {known}")
    refuse_unresolved(changes, rules)
    durations, times = changes.durations.copy(), changes.times.copy()
    nothing = changes.kinds()["no-follow-up"].any(axis=1)
    dropped = rules.get("no-follow-up") == "drop"
    kept: BoolArray = np.logical_not(nothing & dropped)
    durations[nothing] = shift
    moved = Changes(durations, times)
    refuse_unresolved(moved, rules)
    kinds = {kind: where & kept[:, None] for kind, where in moved.kinds().items()}
    for later in range(1, times.shape[1]):
        twice = moved.same(times[:, :later], times[:, [later]])
        times[:, :later][twice] = np.nan
    at_zero = kinds["day-zero"] & ~np.isnan(times)
    times[at_zero] = shift if rules.get("day-zero") == "shift" else 0.0
    if rules.get("at-end") == "shift":
        rows, columns = np.nonzero(kinds["at-end"] & ~np.isnan(times))
        times[rows, columns] = durations[rows] - shift
    else:
        times[kinds["at-end"]] = np.nan
    times[kinds["after-end"]] = np.nan
    _refuse_disorder(moved, kept)
    touched = {kind: int(where.any(axis=1).sum()) for kind, where in kinds.items()}
    touched["no-follow-up"] = int(nothing.sum())
    return Resolved(moved, kept, {kind: count for kind, count in touched.items() if count})


def _refuse_disorder(changes: Changes, kept: BoolArray) -> None:
    """Raise if changes are not in the order of their columns within the follow-up."""
    times = np.where(np.isnan(changes.times), -1.0, changes.times)
    latest = np.maximum.accumulate(times, axis=1)
    disorder = (times >= 0) & (times < latest)
    outside = (changes.times < 0) | (changes.times >= changes.durations[:, None])
    wrong = (disorder | outside).any(axis=1) & kept
    if wrong.any():
        raise ValueError(
            "the changes of state are not one after the other within the follow-up at "
            f"{inputs.name_positions(wrong)}: give the columns in the order in which the states "
            "are entered, and a shift that is shorter than the times it moves"
        )
