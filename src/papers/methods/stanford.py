"""The Stanford heart transplants: a positive control, and immortal time made visible.

`random_transplants` gives the candidates a transplant that does nothing, for the size of the bias.
"""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np
import pandas as pd

from secondlook import printed
from secondlook.data import load
from secondlook.survival import SurvivalCurve, kaplan_meier
from secondlook.transitions import (
    EverExposed,
    andersen_gill,
    awkward_transitions,
    ever_exposed_log_rank,
    landmark,
    mantel_byar,
    split_at_transition,
)

KEY = "stanford-heart"
STATES = ("Waiting", "Transplanted")
RULES = {"no-follow-up": "shift", "day-zero": "from-start", "at-end": "shift"}
LANDMARKS = (30, 60, 90)
AGE = 48
"""Years that the published models take off the age."""
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def patients() -> pd.DataFrame:
    """Return the 103 candidates, with age less `AGE` years and year since October 1967."""
    table = load(KEY, "patients")
    since = (pd.to_datetime(table["accepted"]) - pd.Timestamp("1967-10-01")).dt.days
    return table.assign(age=table["age"] - AGE, year=since / 365.25)


def rows(rules: dict[str, str] | None = None) -> pd.DataFrame:
    """Return their (start, stop] rows by the rules of the control, or by others."""
    return split(patients(), rules or RULES)


def split(table: pd.DataFrame, rules: dict[str, str]) -> pd.DataFrame:
    """Split a row a candidate at the transplant."""
    return split_at_transition(
        table, duration="days", event="died", transition_time="wait", id="patient", states=STATES,
        rules=rules,
    )  # fmt: skip


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


def comparisons() -> pd.DataFrame:
    """Return every comparison of the two states, the biased one first.

    Columns: comparison, note, chi2 (missing for the exact test), p.
    """
    by_state = rows()
    biased = ever_transplanted().log_rank
    found: list[tuple[str, str, float, float]] = [
        ("Ever against never transplanted", "biased", biased.statistic, biased.p_value)
    ]
    for day in LANDMARKS:
        compared = landmark(by_state, day, id="patient")
        assert compared.log_rank is not None
        note, test = f"{len(compared.frame)} patients still followed", compared.log_rank
        found.append((f"Landmark, day {day}", note, test.statistic, test.p_value))
    for variant in ("hypergeometric", "sum-of-squares", "exact"):
        mb = mantel_byar(by_state, variant=variant)
        statistic = np.nan if variant == "exact" else mb.statistic
        found.append(("Mantel-Byar", variant, statistic, mb.p_value))
    return pd.DataFrame(found, columns=["comparison", "note", "chi2", "p"])


def p_text(value: float) -> str:
    """Return a P value as text: two digits, small ones as a power of ten."""
    if value >= 0.01:
        return f"{value:.2f}"
    digit, power = f"{value:.0e}".split("e")
    return f"{digit} × 10" + str(int(power)).translate(_SUPERSCRIPT)


def rules_matter() -> pd.DataFrame:
    """Return the Mantel-Byar test under each combination of rules.

    Columns: at_end, day_zero, no_follow_up (the rules); observed, expected (deaths while waiting),
    p.
    """
    found = []
    each = (("never", "shift"), ("from-start", "shift"), ("drop", "shift"))
    for at_end, day_zero, no_follow_up in product(*each):
        rules = {"no-follow-up": no_follow_up, "day-zero": day_zero, "at-end": at_end}
        test = mantel_byar(rows(rules))
        waiting = (int(test.observed.iloc[0]), test.expected.iloc[0])
        found.append((at_end, day_zero, no_follow_up, *waiting, test.p_value))
    columns = ["at_end", "day_zero", "no_follow_up", "observed", "expected", "p"]
    return pd.DataFrame(found, columns=columns)


def worse(one: str, other: str) -> str:
    """Return the verdict that is not "reproduced", if either is not."""
    return other if one == "reproduced" else one


@cache
def published_models() -> pd.DataFrame:
    """Fit the six published Cox models and judge each printed coefficient and error.

    A row a coefficient: model, covariate; printed, ours (the coefficient), printed_error,
    our_error, as text with the printed digits; verdict on both, the worse of the two; and
    robust_error, which nobody printed.
    """
    by_state = rows()
    transplant = (by_state["state"] == STATES[1]).astype(float)
    frame = by_state.assign(transplant=transplant)
    for name in ("age", "surgery", "year"):
        frame[f"{name}:transplant"] = frame[name].astype(float) * transplant
    found = []
    for number, model in load(KEY, "published-models").groupby("model"):
        covariates = list(model["covariate"])
        fit = andersen_gill(frame, covariates, ties="breslow", cluster="patient").table
        for row in model.to_dict("records"):
            ours, text, error = fit.loc[row["covariate"]], row["coefficient"], row["std_error"]
            verdicts = (
                printed.verdict(text, ours["coefficient"]),
                printed.verdict(error, ours["std_error"]),
            )
            found.append(
                {
                    "model": f"Model {number}",
                    "covariate": row["covariate"],
                    "printed": text,
                    "ours": printed.show(ours["coefficient"], like=text),
                    "printed_error": error,
                    "our_error": printed.show(ours["std_error"], like=error),
                    "verdict": worse(*verdicts),
                    "robust_error": printed.show(ours["robust_std_error"], like=error),
                }
            )
    return pd.DataFrame(found)


def random_transplants(cohorts: int = 200, seed: int = 1974) -> pd.DataFrame:
    """Give each candidate a random day for a transplant that does nothing, many times.

    Survival stays what it was; the day is another patient's wait. Whoever dies before it stays
    without a transplant, as in life.

    A row a cohort: the P values of the biased comparison, of Mantel-Byar and of a landmark at the
    first of `LANDMARKS`, and whether the biased comparison favours the transplant.
    """
    random = np.random.default_rng(seed)
    table = patients()[["patient", "days", "died", "wait"]]
    table = table.assign(days=table["days"].clip(lower=1).astype(float))
    waits = table["wait"].dropna().to_numpy(dtype=float) + 0.5
    found = []
    for _ in range(cohorts):
        days = random.choice(waits, size=len(table))
        given = table.assign(wait=np.where(days < table["days"], days, np.nan))
        by_state = split(given, {})
        biased = ever_exposed_log_rank(by_state, id="patient").log_rank
        compared = landmark(by_state, LANDMARKS[0], id="patient").log_rank
        found.append(
            {
                "ever": biased.p_value,
                "favours": bool(biased.observed[1] < biased.expected[1]),
                "mantel_byar": mantel_byar(by_state).p_value,
                "landmark": compared.p_value if compared is not None else np.nan,
            }
        )
    return pd.DataFrame(found)
