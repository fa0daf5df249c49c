"""How often a test of transplantation would find an effect, by simulation."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from secondlook import inputs
from secondlook.inputs import FloatArray
from secondlook.proportions import interval
from secondlook.simulate.cohorts import draw, ever_transplanted_sums, mantel_byar_sums, run
from secondlook.simulate.design import MOST_EXTREME, CohortDesign

if TYPE_CHECKING:
    import pandas as pd

Test = Literal["mantel-byar", "ever-transplanted"]
SUMS = {"mantel-byar": mantel_byar_sums, "ever-transplanted": ever_transplanted_sums}
# A block of cohorts has a stream of random numbers of its own, so that who computes it is the same.
BLOCK = 500
MOST_REPLICATES = 10**8


def power(
    design: CohortDesign,
    hazard_ratios: Sequence[float],
    *,
    replicates: int = 10_000,
    seed: int = 0,
    level: float = 0.05,
    test: Test = "mantel-byar",
    workers: int = 1,
    backend: str | None = None,
) -> pd.DataFrame:
    """Return how often a test of transplantation rejects in simulated cohorts, by hazard ratio.

    Block i of the cohorts draws from ``SeedSequence(seed, spawn_key=(i,))``, the i-th child that
    ``SeedSequence(seed).spawn`` gives, so that the numbers are the same with any number of workers
    and on any backend. Each hazard ratio meets the same draws: neighbouring points share their
    chance, and a point is the same whichever others are asked for.

    Parameters
    ----------
    hazard_ratios
        Of death after against before the transplant, > 0.
    replicates
        Cohorts a hazard ratio.
    level
        Reject when the two-sided P value is at most this.
    test
        ``mantel-byar``, or the biased ``ever-transplanted`` log-rank test, to show its bias.
    workers
        Processes; -1 for all cores. What a cluster has is used whatever the number.
    backend
        The name of a joblib backend; None for joblib's default, or (with more than one worker)
        what an enclosing ``joblib.parallel_config`` says. ``dask`` sends the blocks to the
        cluster of the current ``dask.distributed.Client``; it needs the extra ``cluster``.

    Returns
    -------
    pandas.DataFrame
        A row a hazard ratio, in the order given: `hazard_ratio`; `replicates`; `rejections`;
        `favouring`, those with fewer deaths after transplantation than expected; `power`, the
        fraction rejected; `mc_error`, its standard error; `lower`, `upper`, its exact limits (95
        percent, Clopper-Pearson); `mean_deaths` and `mean_transplanted` a cohort; `undefined`,
        cohorts in which the test has no variance (nobody transplanted, say). Those count as not
        rejected: such a paper could not have reported an effect either.

    Examples
    --------
    >>> from secondlook.simulate import CohortDesign, Hazard, power
    >>> design = CohortDesign(31, Hazard.through([12, 24], [0.53, 0.18]),
    ...                       transplant=Hazard((0, 2, 6), (0, 0.2, 0)), end=Hazard.constant(0.02))
    >>> found = power(design, [0.25, 1.0], replicates=200, seed=1)
    >>> bool(found["power"].iloc[0] > found["power"].iloc[1])
    True

    The same on a cluster; ``LocalCluster`` stands for any that Dask knows. A script needs
    ``if __name__ == "__main__":`` around it, because the workers of that one import the script::

        from dask.distributed import Client, LocalCluster

        with LocalCluster(n_workers=2, threads_per_worker=1) as cluster, Client(cluster):
            power(design, [0.25, 1.0], replicates=200, seed=1, backend="dask")
    """
    import pandas as pd
    from scipy.special import chdtri

    inputs.instance_of(design, CohortDesign, "design")
    ratios = _hazard_ratios(hazard_ratios)
    replicates = inputs.whole_number(replicates, "replicates", least=1)
    if replicates > MOST_REPLICATES:
        raise ValueError(f"replicates is {replicates:,}; at most {MOST_REPLICATES:,} are drawn")
    test = inputs.choice(test, "test", get_args(Test))
    seed = inputs.whole_number(seed, "seed")
    if backend is not None:
        inputs.instance_of(backend, str, "backend")
    if not (isinstance(workers, int) and workers == -1):
        inputs.whole_number(workers, "workers", least=1)
    level = inputs.probability(level, "level")
    critical = float(chdtri(1, level))
    sizes = [min(BLOCK, replicates - done) for done in range(0, replicates, BLOCK)]
    tasks = [(design, ratios, test, critical, seed, *block) for block in enumerate(sizes)]
    if workers == 1 and backend is None:
        blocks = [_block(*task) for task in tasks]
    else:
        from joblib import Parallel, delayed, parallel_config

        try:
            chosen = nullcontext() if backend is None else parallel_config(backend=backend)
        except (ValueError, ImportError) as error:
            raise ValueError(
                f"backend is {backend!r}, which joblib does not take: {error}"
            ) from None
        with chosen:
            blocks = Parallel(n_jobs=workers)(delayed(_block)(*task) for task in tasks)
    rejections, favouring, undefined, deaths, transplanted = np.sum(blocks, axis=0)
    limits = [interval(int(count), replicates) for count in rejections]
    fraction = rejections / replicates
    return pd.DataFrame(
        {
            "hazard_ratio": ratios,
            "replicates": replicates,
            "rejections": rejections,
            "favouring": favouring,
            "power": fraction,
            "mc_error": np.sqrt(fraction * (1 - fraction) / replicates),
            "lower": [one.lower for one in limits],
            "upper": [one.upper for one in limits],
            "mean_deaths": deaths / replicates,
            "mean_transplanted": transplanted / replicates,
            "undefined": undefined,
        }
    )


def detectable(curve: pd.DataFrame, target: float = 0.8) -> pd.DataFrame:
    """Return the hazard ratios nearest to 1 that a power curve detects so often.

    The curve is as `power` returns it, with hazard ratios on both sides of 1.

    Returns
    -------
    pandas.DataFrame
        Two rows: `direction` (``protective`` or ``harmful``), `hazard_ratio` where the curve
        first reaches the target on the way from 1, linear in the logarithm between its points,
        and `nearest` and `farthest`, the same of its upper and lower limits: the Monte Carlo
        uncertainty. NaN where the target is not reached within the curve's hazard ratios.
    """
    import pandas as pd

    target = inputs.number(target, "target", above=0, most=1)
    curve = inputs.read_frame(curve, ("hazard_ratio", "power", "upper", "lower"))
    for name in ("power", "upper", "lower"):
        if (wrong := inputs.not_negative(curve[name], name) > 1).any():
            raise ValueError(f"{name} is above 1 at {inputs.name_positions(wrong)}")
    ratios = inputs.not_negative(curve["hazard_ratio"], "hazard_ratio")
    if not ratios.all():
        raise ValueError("hazard_ratio is zero at " + inputs.name_positions(ratios == 0))
    reached = [inputs.numbers(curve[name], name) for name in ("power", "upper", "lower")]
    rows = []
    for direction, sign in (("protective", -1), ("harmful", 1)):
        away = sign * np.log(ratios)
        side = np.argsort(away)[np.sort(away) >= 0]
        crossings = [
            float(np.exp(sign * _crossing(away[side], values[side], target))) for values in reached
        ]
        rows.append((direction, *crossings))
    return pd.DataFrame(rows, columns=["direction", "hazard_ratio", "nearest", "farthest"])


def _crossing(away: FloatArray, power: FloatArray, target: float) -> float:
    reached = np.flatnonzero(power >= target)
    if not len(reached):
        return float("nan")
    last = int(reached[0])
    if last == 0:
        return float(away[0])
    part = (target - power[last - 1]) / (power[last] - power[last - 1])
    return float(away[last - 1] + part * (away[last] - away[last - 1]))


def _block(
    design: CohortDesign,
    ratios: FloatArray,
    test: Test,
    critical: float,
    seed: int,
    index: int,
    size: int,
) -> NDArray[np.int64]:
    """Return counts, shape (5, ratios): rejections, favouring, undefined, deaths, transplanted."""
    random = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(index,)))
    draws = draw(design, size, random)
    counts = np.empty((5, len(ratios)), dtype=np.int64)
    for column, ratio in enumerate(ratios):
        cohorts = run(design, draws, float(ratio))
        sums = SUMS[test](cohorts)
        rejected = sums.statistic >= critical
        counts[:, column] = (
            rejected.sum(),
            (rejected & (sums.observed < sums.expected)).sum(),
            np.isnan(sums.statistic).sum(),
            cohorts.died.sum(),
            cohorts.transplanted.sum(),
        )
    return counts


def _hazard_ratios(hazard_ratios: Sequence[float]) -> FloatArray:
    ratios = inputs.numbers(hazard_ratios, "hazard_ratios")
    if not len(ratios):
        raise ValueError("hazard_ratios is empty; give one or several")
    wrong = (ratios < 1 / MOST_EXTREME) | (ratios > MOST_EXTREME)
    if wrong.any():
        raise ValueError(
            f"hazard_ratios must be above 0, and they and their inverses at most {MOST_EXTREME:g}; "
            f"look at {inputs.name_positions(wrong)}"
        )
    return ratios
