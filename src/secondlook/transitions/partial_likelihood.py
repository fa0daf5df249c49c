"""Cox's partial likelihood on (start, stop] rows: its derivatives, each row's share, its maximum.

A row covers the event times of its stratum in (start, stop], which are neighbours in the sorted
list of event times. A binary tree over that list makes a row's stretch of at most 2 log k nodes,
so that sums over risk sets, and over the times of a row, are O(n log n) in all and only ever add:
where hazards are far apart, a difference of running sums has no digit left. A row that covers no
event time is in no risk set: it has weight nowhere and a score of zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from secondlook.inputs import BoolArray, FloatArray, IntArray

Ties = Literal["efron", "breslow"]


@dataclass(frozen=True, eq=False)
class Likelihood:
    """The log partial likelihood at one coefficient vector, its gradient, and the information."""

    log_likelihood: float
    score: FloatArray
    information: FloatArray


@dataclass(frozen=True, eq=False)
class RiskIntervals:
    """Rows as intervals of event times.

    Of shape (n, p) are the `covariates`, centred and standardised (divided by `scale`) among the
    rows that are ever at risk at an event, and zero for the others. Of shape (n,): the row is at
    risk at event times `first`..`end`-1 and `died_at` the last of them, or -1. Of shape (e,), an
    entry an event: `at` which event time, and `removed`, the share of the tied deaths' weight that
    has left the risk set when its turn comes: 0, 1/d, ..., (d-1)/d for Efron's method, 0 for
    Breslow's. `pieces` are rows, and for each a node of the tree that belongs to its stretch.
    """

    covariates: FloatArray
    scale: FloatArray
    first: IntArray
    end: IntArray
    died_at: IntArray
    at: IntArray
    removed: FloatArray
    pieces: list[tuple[IntArray, IntArray]]

    @property
    def times(self) -> int:
        """The number of distinct event times over all strata."""
        return int(self.at[-1]) + 1


def risk_intervals(
    covariates: FloatArray,
    start: FloatArray,
    stop: FloatArray,
    event: BoolArray,
    stratum: IntArray,
    ties: Ties,
) -> RiskIntervals:
    """Return the event times that each row covers, and the covariates, shape (n, p), standardised.

    Near ties among the times are already tied.
    """
    axis = np.unique(np.concatenate((start, stop)))
    width = len(axis) + 1
    starts = stratum * width + np.searchsorted(axis, start)
    stops = stratum * width + np.searchsorted(axis, stop)
    event_times, deaths = np.unique(stops[event], return_counts=True)
    first = np.searchsorted(event_times, starts, side="right")
    end = np.searchsorted(event_times, stops, side="right")
    at = np.repeat(np.arange(len(event_times)), deaths)
    turn = np.arange(len(at)) - np.repeat(np.cumsum(deaths) - deaths, deaths)
    removed = turn / deaths[at] if ties == "efron" else np.zeros(len(at))
    died_at = np.where(event, end - 1, -1)
    at_risk = end > first
    # Divided by the largest first: squares of what is left can neither overflow nor vanish.
    largest = np.abs(covariates[at_risk]).max(axis=0)
    scale = np.where(largest > 0, largest, 1.0)
    standardised = np.zeros_like(covariates)
    standardised[at_risk] = covariates[at_risk] / scale
    standardised[at_risk] -= standardised[at_risk].mean(axis=0)
    spread = standardised[at_risk].std(axis=0)
    varies = spread > 1e-14
    standardised = np.where(varies, standardised / np.where(varies, spread, 1.0), 0.0)
    scale *= np.where(varies, spread, 1.0)
    pieces = list(_pieces(first, end, len(event_times)))
    return RiskIntervals(standardised, scale, first, end, died_at, at, removed, pieces)


def _leaves(times: int) -> int:
    """Return the number of leaves of the tree, a power of two; time i is node leaves + i."""
    return 1 << (times - 1).bit_length()


def _pieces(first: IntArray, end: IntArray, times: int) -> Iterator[tuple[IntArray, IntArray]]:
    """Yield rows and nodes that together make up first..end-1 of every row."""
    low, high = first + _leaves(times), end + _leaves(times)
    while (unfinished := low < high).any():
        left = unfinished & (low % 2 == 1)
        yield np.flatnonzero(left), low[left]
        right = unfinished & (high % 2 == 1)
        yield np.flatnonzero(right), high[right] - 1
        low, high = (low + left) // 2, (high - right) // 2


def evaluate(data: RiskIntervals, beta: FloatArray) -> Likelihood:
    """Evaluate the log partial likelihood and its first two derivatives.

    References
    ----------
    Andersen & Gill (1982), Ann Stat 10, 1100-1120; Efron (1977), J Am Stat Assoc 72, 557-565;
    Breslow (1974), Biometrics 30, 89-99.
    """
    p = data.covariates.shape[1]
    weight, log_scale = _weights(data, beta)
    x = data.covariates
    products = (x[:, :, None] * x[:, None, :]).reshape(len(x), p * p)
    sums = _risk_sums(data, np.column_stack((np.ones(len(x)), x, products)) * weight[:, None])
    total, mean = sums[:, 0], sums[:, 1 : p + 1] / sums[:, [0]]
    second = (sums[:, p + 1 :] / sums[:, [0]]).reshape(-1, p, p)
    died = data.died_at >= 0
    log_likelihood = float((x[died] @ beta).sum() - np.log(total).sum() - log_scale * len(data.at))
    score = x[died].sum(axis=0) - mean.sum(axis=0)
    information = second.sum(axis=0) - mean.T @ mean
    return Likelihood(log_likelihood, score, information)


def score_residuals(data: RiskIntervals, beta: FloatArray) -> FloatArray:
    r"""Return each row's contribution to the score, shape (n, p).

    With Efron's method a death that shares its time is at risk for the events whose turn comes
    before its own, on average; its residual takes the mean over the turns.

    References
    ----------
    Lin & Wei (1989), J Am Stat Assoc 84, 1074-1078.
    """
    weight = _weights(data, beta)[0]
    x, k = data.covariates, data.times
    sums = _risk_sums(data, np.column_stack((np.ones(len(x)), x)) * weight[:, None])
    hazard = 1 / sums[:, 0]
    mean = sums[:, 1:] / sums[:, [0]]
    hazard_mean = mean * hazard[:, None]

    def by_time(values: FloatArray) -> FloatArray:
        out = np.zeros((k, *values.shape[1:]))
        np.add.at(out, data.at, values)
        return out

    by_row = _interval_sums(data, by_time(np.column_stack((hazard, hazard_mean))))
    expected = x * by_row[:, [0]] - by_row[:, 1:]
    residuals = -weight[:, None] * expected
    died = data.died_at >= 0
    at = data.died_at[died]
    deaths = np.bincount(data.at, minlength=k)[at]
    residuals[died] += x[died] - by_time(mean)[at] / deaths[:, None]
    gone = data.removed[:, None]
    credit = x[died] * by_time(hazard * data.removed)[at][:, None] - by_time(hazard_mean * gone)[at]
    residuals[died] += weight[died][:, None] * credit
    return residuals


def _weights(data: RiskIntervals, beta: FloatArray) -> tuple[FloatArray, float]:
    """Return exp(x beta) / exp(c) for rows that are ever at risk, zero for the others, and c."""
    predictor = data.covariates @ beta
    at_risk = data.end > data.first
    log_scale = float(predictor[at_risk].max())
    weight: FloatArray = np.exp(np.where(at_risk, predictor - log_scale, -np.inf))
    return weight, log_scale


def _risk_sums(data: RiskIntervals, values: FloatArray) -> FloatArray:
    """Sum values over the risk set of each event, less what tied deaths have removed."""
    tree = np.zeros((2 * _leaves(data.times), values.shape[1]))
    for rows, nodes in data.pieces:
        np.add.at(tree, nodes, values[rows])
    level = 1
    while 2 * level < len(tree):
        tree[2 * level : 4 * level] += np.repeat(tree[level : 2 * level], 2, axis=0)
        level *= 2
    tied = np.zeros((data.times, values.shape[1]))
    died = data.died_at >= 0
    np.add.at(tied, data.died_at[died], values[died])
    sums: FloatArray = tree[level + data.at] - data.removed[:, None] * tied[data.at]
    return sums


def _interval_sums(data: RiskIntervals, values: FloatArray) -> FloatArray:
    """Sum values, a row an event time, over the event times that each row covers."""
    leaves = _leaves(data.times)
    tree = np.zeros((2 * leaves, values.shape[1]))
    tree[leaves : leaves + data.times] = values
    for level in 1 << np.arange(leaves.bit_length() - 1)[::-1]:
        tree[level : 2 * level] = (
            tree[2 * level : 4 * level : 2] + tree[2 * level + 1 : 4 * level : 2]
        )
    sums = np.zeros((len(data.end), values.shape[1]))
    for rows, nodes in data.pieces:
        sums[rows] += tree[nodes]
    return sums


MOST_STEPS = 60
"""More than any finite maximum needs; a separated likelihood gains about one unit a step."""

FLAT = 1e-11
"""A step, in standard deviations of its covariate, below which the maximum is reached."""


@dataclass(frozen=True, eq=False)
class Fit:
    """The coefficients at the maximum, and the likelihood there and at zero."""

    beta: FloatArray
    at_zero: Likelihood
    at_maximum: Likelihood


def maximise(data: RiskIntervals, names: list[str]) -> Fit:
    """Return the maximum by Newton's method: climb from zero, halve a step that does not climb."""
    beta = np.zeros(len(names))
    here = at_zero = evaluate(data, beta)
    axes, level = _identified_axes(at_zero, len(data.at), names)
    spread = np.sqrt(np.diag(at_zero.information))
    for _ in range(MOST_STEPS):
        try:
            step = np.linalg.solve(here.information, here.score)
            lowest = here.log_likelihood - 1e-9 * abs(here.log_likelihood)
            for _ in range(MOST_STEPS):
                with np.errstate(divide="ignore", invalid="ignore"):  # no weight left: too far
                    there = evaluate(data, beta + step)
                if there.log_likelihood >= lowest:
                    break
                step = step / 2
            beta, here = beta + step, there
            # On a ridge the information vanishes along some direction, oblique ones included.
            if not np.linalg.eigvalsh(axes.T @ here.information @ axes)[0] >= level:
                break
        except np.linalg.LinAlgError:
            break
        if np.max(np.abs(step) * spread) < FLAT:
            return Fit(beta, at_zero, here)
    furthest = names[int(np.argmax(np.abs(beta) * spread))]
    raise ValueError(
        f"the likelihood has no maximum: the coefficient of {furthest!r} runs to infinity, because "
        "its values separate those who have the event from those at risk with them"
    )


def _identified_axes(
    at_zero: Likelihood, events: int, names: list[str]
) -> tuple[FloatArray, float]:
    """Return axes on which the information at zero is one, and how little of it is none.

    Covariates that the risk sets cannot tell apart are refused.
    """
    variance = np.diag(at_zero.information)
    constant = [name for name, v in zip(names, variance, strict=True) if not v > 1e-14 * events]
    if constant:
        raise ValueError(
            f"{', '.join(constant)} does not vary among those at risk at any event: "
            "nothing to estimate"
        )
    scale = np.sqrt(variance)
    values, vectors = np.linalg.eigh(at_zero.information / np.outer(scale, scale))
    if values[0] < 1e-10:
        involved = [n for n, v in zip(names, vectors[:, 0], strict=True) if abs(v) > 1e-4]
        raise ValueError(f"{', '.join(involved)} depend on each other linearly: leave one out")
    # Nearly dependent covariates make the rounding of the information larger on these axes.
    return vectors / np.sqrt(values) / scale[:, None], max(1e-12, 1e-14 / float(values[0]))
