"""What importing the estimator drags in. Correct: nothing that a single curve does not need."""

import subprocess
import sys

HEAVY = ["matplotlib", "plotnine", "lifelines", "statsmodels", "pandas", "scipy", "great_tables"]


def test_importing_kaplan_meier_imports_no_heavy_package():
    program = (
        "import sys, secondlook.survival as km; km.kaplan_meier([1, 2], [1, 0]).quantile();"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
