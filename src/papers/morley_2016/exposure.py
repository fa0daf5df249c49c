"""Response by level of the drug, and VOD by earlier GO: tests of the 2 x 2 tables."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from papers.morley_2016.data import printed_text, table
from secondlook.claims import Possible, Result
from secondlook.proportions import FisherExact, fisher_exact, identify_test


def level_tests() -> pd.DataFrame:
    """Return which usual tests of 8/9 against 5/15 print the P value (see `identify_test`)."""
    return identify_test(table("high-level", "low-level"), printed_text("lev-p"))


def level() -> FisherExact:
    """Test response by level with Fisher's exact test."""
    return fisher_exact(table("high-level", "low-level"))


def earlier_go() -> FisherExact:
    """Test VOD after transplantation by earlier GO with Fisher's exact test."""
    return fisher_exact(table("exposed", "unexposed"))


def p_value() -> Mapping[str, Result]:
    """Hold the P value against the usual tests, since none is named."""
    tests = level_tests()
    found = tests[tests["verdict"] != "undefined"]
    return {
        "lev-p": Possible(
            found["p_value"].tolist(),
            "the usual tests of 8/9 against 5/15",
            shown_as=f"Fisher {level().p_value:.4f}; "
            + "; ".join(
                f"{test} {p:.4f}"
                for test, p in found.loc[
                    found["verdict"] == "reproduced", ["test", "p_value"]
                ].itertuples(index=False)
            ),
        )
    }
