"""Ten thousand random data sets of each kind against R, in batches: ``make oracle-long``.

Kaplan-Meier with five interval types, quantiles and means, follow-up, the log-rank test, Fisher's
test of r x c tables and the likelihoods of pooled rates (``long.R``); Mantel-Byar, Simon-Makuch and
Cox models with cluster errors (``transitions.R``). Everything to nine digits. What differs is
printed with the seed of its batch, which gives it again:

    make oracle-long ARGS="--sets 100 --seed 7"
"""

from __future__ import annotations

import argparse
import math
import os
import sys

from numpy.testing import assert_allclose
from tests.oracles import rerun_r
from tests.survival.test_against_r import compare_curve, compare_log_rank
from tests.transitions.test_against_r import check, compare_batch

from secondlook.pooling.likelihoods import BetaBinomial, BinomialNormal, Studies
from secondlook.pooling.profile import maximise
from secondlook.proportions import fisher_exact

BATCH = 250


def compare_table(case: dict) -> None:
    # A table of fewer than two rows or columns that are not empty tests nothing in R either.
    assert_allclose(fisher_exact(case["table"]).p_value, case["p_value"], rtol=1e-9)


def compare_studies(case: dict) -> None:
    """Hold both likelihoods at R's place to R's, and see that the estimate is their peak."""
    x, n, mu = case["x"], case["n"], case["mu"]
    if sum(x) in (0, sum(n)):
        return
    studies = Studies.of(x, n)
    found = (
        BinomialNormal(studies).log_likelihood(mu, case["tau"] ** 2),
        BetaBinomial(studies).log_likelihood(mu, case["theta"]),
    )
    assert_allclose(found, (case["normal"], case["beta"]), rtol=1e-9)
    for model in (BinomialNormal(studies), BetaBinomial(studies)):
        try:
            peak = maximise(model)
        except ValueError:
            continue  # nearly every study is all or none: no peak
        for nudge, factor in ((0.01, 1), (-0.01, 1), (0, 1.02), (0, 0.98)):
            near = model.log_likelihood(peak.location + nudge, peak.spread * factor)
            assert near <= peak.log_likelihood + 1e-9


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sets", type=int, default=10_000, help="data sets of each kind")
    parser.add_argument("--seed", type=int, default=1, help="of the first batch; then the next")
    asked = parser.parse_args()
    failures = 0
    for index in range(math.ceil(asked.sets / BATCH)):
        seed = asked.seed + index
        os.environ["SECONDLOOK_SEED"] = str(seed)
        os.environ["SECONDLOOK_BATCH"] = str(min(BATCH, asked.sets - index * BATCH))
        rerun_r.cache_clear()
        long = rerun_r("long", "survival", "prodlim")
        kinds = {
            "curve": [
                (compare_curve, data, reverse, long["depths"])
                for data, reverse in zip(long["curves"], long["follow_up"], strict=True)
            ],
            "log-rank": [(compare_log_rank, case) for case in long["log_rank"] if case],
            "Fisher": [(compare_table, case) for case in long["tables"]],
            "pooling": [(compare_studies, case) for case in long["studies"]],
            "change of state": [
                (lambda case: check(compare_batch([case])), case)
                for case in rerun_r("transitions", "survival")["data_sets"]
            ],
        }
        for kind, cases in kinds.items():
            for position, (compare, *arguments) in enumerate(cases):
                try:
                    compare(*arguments)
                except Exception as error:
                    failures += 1
                    print(f"seed {seed}, {kind} {position}: {error!r}"[:2000], flush=True)
        done = ", ".join(f"{len(cases)} {kind}" for kind, cases in kinds.items())
        print(f"seed {seed}: {done}; {failures} differences so far", flush=True)
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
