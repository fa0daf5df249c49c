"""What scikit-survival gives for the examples of the methods page; writes scikit-survival.csv.

scikit-survival is not among the packages of this project. Run with a Python that has it:
``python data/methods/make/scikit_survival.py``.
"""

import inspect
from pathlib import Path

import pandas as pd
import sksurv
from sksurv.nonparametric import kaplan_meier_estimator

here = Path(__file__).parents[1]
examples = pd.read_csv(here / "examples.csv")
rows = []


def note(example: str, quantity: str, at: object, value: object) -> None:
    """Keep one value."""
    rows.append((example, "scikit-survival", sksurv.__version__, quantity, at, value))


late = examples[examples["example"] == "late entry"]
times, survival = kaplan_meier_estimator(
    late["event"].astype(bool), late["stop"], time_enter=late["start"]
)
before = dict(zip(times[1:], survival[:-1], strict=True))
after = dict(zip(times, survival, strict=True))
for time in sorted(set(late.loc[late["event"] == 1, "stop"]))[:3]:
    deaths = int(((late["stop"] == time) & (late["event"] == 1)).sum())
    # It gives no numbers at risk; the step of its curve is the deaths over them.
    note("late entry", "at risk", f"{time:g}", round(deaths / (1 - after[time] / before[time])))

followed = examples[examples["example"] == "follow-up"]
times, survival = kaplan_meier_estimator(
    followed["event"].astype(bool), followed["stop"], reverse=True
)
note("follow-up", "median follow-up", "", f"{min(times[survival <= 0.5]):g}")
default = inspect.signature(kaplan_meier_estimator).parameters["conf_type"].default
note("plateau", "interval type by default", "", "none" if default is None else default)
columns = ["example", "program", "version", "quantity", "at", "value"]
pd.DataFrame(rows, columns=columns).to_csv(
    here / "scikit-survival.csv", index=False, lineterminator="\n"
)
