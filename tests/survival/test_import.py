"""What importing the estimators drags in. Correct: nothing that a first number does not need."""

import subprocess
import sys

import pytest

HEAVY = [
    "matplotlib", "plotnine", "lifelines", "statsmodels", "pandas", "scipy.stats", "scipy.optimize",
    "great_tables", "joblib",
]  # fmt: skip


@pytest.mark.parametrize(
    "module", ["survival", "transitions", "proportions", "pooling", "simulate"]
)
def test_importing_an_estimator_imports_no_heavy_package(module):
    program = (
        f"import sys, secondlook.{module};"
        "import secondlook.survival as km; km.kaplan_meier([1, 2], [1, 0]).quantile();"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
