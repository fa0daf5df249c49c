"""The Stanford heart transplant data: a positive control, and immortal time made visible."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from secondlook import printed
from secondlook.data import load
from secondlook.survival import SurvivalCurve, kaplan_meier
from secondlook.transitions import (
    EverExposed,
    MantelByar,
    andersen_gill,
    awkward_transitions,
    ever_exposed_log_rank,
    landmark,
    mantel_byar,
    simon_makuch,
    split_at_transition,
)

if TYPE_CHECKING:
    import pandas as pd

KEY = "stanford-heart"
STATES = ("Waiting", "Transplanted")
RULES = {"no-follow-up": "shift", "day-zero": "from-start", "at-end": "shift"}
LANDMARKS = (30, 60, 90)
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def patients() -> pd.DataFrame:
    """Return the 103 candidates, with age less 48 years and year since October 1967."""
    import pandas as pd

    table = load(KEY, "patients")
    since = (pd.to_datetime(table["accepted"]) - pd.Timestamp("1967-10-01")).dt.days
    return table.assign(age=table["age"] - 48, year=since / 365.25)


def rows(rules: dict[str, str] | None = None) -> pd.DataFrame:
    """Return their (start, stop] rows by the rules of the control, or by others."""
    return split(patients(), rules or RULES)


def split(table: pd.DataFrame, rules: dict[str, str]) -> pd.DataFrame:
    """Split a row a candidate at the transplant."""
    return split_at_transition(
        table,
        duration="days",
        event="died",
        transition_time="wait",
        id="patient",
        states=STATES,
        rules=rules,
    )


def awkward() -> pd.DataFrame:
    """List the patients whose entry needs a rule, and the rule of the control, as text."""
    table = patients()
    listed = awkward_transitions(table, duration="days", transition_time="wait")
    out = listed.assign(
        patient=table["patient"].to_numpy()[listed["position"]],
        days=[f"{d:g}" for d in listed["duration"]],
        transplant=[
            "none" if np.isnan(t) else f"day {t:g}" for t in listed["transition_time"].astype(float)
        ],
        rule=listed["kind"].map(RULES),
    )
    return out[["patient", "days", "transplant", "kind", "rule"]]


def mantel_byar_test() -> MantelByar:
    """Compare the states as they were at each death."""
    return mantel_byar(rows(), id="patient")


def ever_transplanted() -> EverExposed:
    """Compare patients who were ever transplanted with the others; biased by immortal time."""
    return ever_exposed_log_rank(rows(), id="patient", exposed=STATES[1])


def ever_transplanted_curves() -> dict[str, SurvivalCurve]:
    """Return the curves that the biased comparison draws."""
    table = ever_transplanted().frame
    names = {False: "Never transplanted", True: "Ever transplanted"}
    return {
        name: kaplan_meier(part["duration"], part["event"])
        for exposed, name in names.items()
        for part in [table[table["exposed"] == exposed]]
    }


def simon_makuch_curves(start: float | None = None) -> dict[object, SurvivalCurve]:
    """Return a curve a state, from acceptance or from a landmark."""
    return dict(simon_makuch(rows(), landmark=start))


def comparisons() -> pd.DataFrame:
    """Return every comparison of the two states, as text, the biased one first."""
    import pandas as pd

    biased = ever_transplanted().log_rank
    by_state = rows()
    found = [_row("Ever against never transplanted", "biased", biased.statistic, biased.p_value)]
    for day in LANDMARKS:
        compared = landmark(by_state, day, id="patient")
        assert compared.log_rank is not None
        note = f"{len(compared.frame)} patients still followed"
        test = compared.log_rank
        found.append(_row(f"Landmark, day {day}", note, test.statistic, test.p_value))
    for variant in ("hypergeometric", "sum-of-squares", "exact"):
        mb = mantel_byar(by_state, variant=variant)
        statistic = mb.statistic if variant != "exact" else None
        found.append(_row("Mantel-Byar", variant, statistic, mb.p_value))
    return pd.DataFrame(found)


def _row(name: str, note: str, statistic: float | None, p_value: float) -> dict[str, str]:
    chi = "–" if statistic is None else f"{statistic:.2f}"
    return {"comparison": name, "note": note, "chi-square": chi, "P": p_text(p_value)}


def p_text(value: float) -> str:
    """Return a P value as text: two digits, small ones as a power of ten."""
    if value >= 0.01:
        return f"{value:.2f}"
    digit, power = f"{value:.0e}".split("e")
    return f"{digit} × 10" + str(int(power)).translate(_SUPERSCRIPT)


def rules_matter() -> pd.DataFrame:
    """Return the Mantel-Byar test under each combination of rules, as text."""
    import pandas as pd

    found = []
    for at_end in ("never", "shift"):
        for day_zero in ("from-start", "shift"):
            for no_follow_up in ("drop", "shift"):
                rules = {"no-follow-up": no_follow_up, "day-zero": day_zero, "at-end": at_end}
                test = mantel_byar(rows(rules))
                found.append(
                    {
                        "at the end": at_end,
                        "on day zero": day_zero,
                        "no follow-up": no_follow_up,
                        "deaths waiting": f"{test.observed.iloc[0]:.0f}",
                        "expected": f"{test.expected.iloc[0]:.2f}",
                        "P": p_text(test.p_value),
                    }
                )
    return pd.DataFrame(found)


@cache
def published_models() -> pd.DataFrame:
    """Fit the six published Cox models and judge each printed coefficient and error.

    Returns
    -------
    pandas.DataFrame
        A row a coefficient: model, covariate, printed and fitted coefficient and error, verdict
        on each, and the robust error, which nobody printed.
    """
    import pandas as pd

    by_state = rows()
    transplant = (by_state["state"] == STATES[1]).astype(float)
    frame = by_state.assign(transplant=transplant)
    for name in ("age", "surgery", "year"):
        frame[f"{name}:transplant"] = frame[name].astype(float) * transplant
    found = []
    for _, model in load(KEY, "published-models").groupby("model"):
        fit = andersen_gill(frame, list(model["covariate"]), ties="breslow", cluster="patient")
        estimates = zip(fit.table["coefficient"], fit.table["std_error"], strict=True)
        robust = fit.table["robust_std_error"].tolist()
        texts = zip(model["covariate"], model["coefficient"], model["std_error"], strict=True)
        for (name, text, error_text), (value, error), spread in zip(
            texts, estimates, robust, strict=True
        ):
            found.append(
                {
                    "model": int(model["model"].iloc[0]),
                    "covariate": name,
                    "printed": text,
                    "ours": printed.show(value, like=text),
                    "verdict": printed.verdict(text, value),
                    "printed error": error_text,
                    "our error": printed.show(error, like=error_text),
                    "error verdict": printed.verdict(error_text, error),
                    "robust error": printed.show(spread, like=error_text),
                }
            )
    return pd.DataFrame(found)


def models_as_text() -> pd.DataFrame:
    """Return the models with one verdict for coefficient and error together, ready to print."""
    table = published_models()
    agree = table["verdict"] == table["error verdict"]
    verdict = table["verdict"].where(
        agree | (table["verdict"] != "reproduced"), table["error verdict"]
    )
    return table.assign(model=[f"Model {m}" for m in table["model"]], verdict=verdict)[
        [
            "model",
            "covariate",
            "printed",
            "ours",
            "printed error",
            "our error",
            "verdict",
            "robust error",
        ]
    ]
