"""Ten patients each, on whom programs disagree, and what the programs give for them.

The patients are in ``data/methods``, with what R and scikit-survival gave for them: neither is
among the packages of this project. lifelines and statsmodels are run.
"""

from __future__ import annotations

import inspect
import warnings

import numpy as np
import pandas as pd

from secondlook import printed
from secondlook.data import load
from secondlook.survival import INTERVAL_TYPES, follow_up, kaplan_meier
from secondlook.transitions import andersen_gill, mantel_byar, simon_makuch, split_at_transition

KEY = "methods"
R, PRODLIM, SCIKIT_SURVIVAL = "R survival", "R prodlim", "scikit-survival"
VARIANTS = (
    "hypergeometric",
    "sum-of-squares",
    "whole-units",
    "whole-units-sum-of-squares",
    "exact",
)
TICKS = (0.0, 2.0, 4.0, 6.0, 8.0)
PRINTED = (
    ("52.4", 11 / 21 * 100, "11 of 21, in percent"),
    ("52.3", 11 / 21 * 100, "the same, with the last digit cut"),
    ("52", 11 / 21 * 100, "the same, with fewer digits"),
    ("52.0", 11 / 21 * 100, "the same, with a digit that promises more"),
    ("0.12", 0.125, "exactly half way: rounded to even, or cut"),
    ("0.13", 0.125, "exactly half way: rounded up"),
    ("<0.001", 0.0004, "a bound"),
    ("0.05", 0.0549, "rounded"),
    ("0.05", 0.0551, "cut, not rounded"),
)


def example(name: str) -> pd.DataFrame:
    """Return the rows of one example: id, start, stop, event, changed, treated."""
    frame = load(KEY, "examples")
    return frame[frame["example"] == name].reset_index(drop=True)


def recorded() -> pd.DataFrame:
    """Return what R and scikit-survival gave: example, program, version, quantity, at, value."""
    frames = [load(KEY, name) for name in ("r", "scikit-survival")]
    return pd.concat(frames, ignore_index=True)


def gave(program: str, name: str, quantity: str, at: str = "") -> str:
    """Return one value that a program gave for an example."""
    frame = recorded().fillna("").set_index(["program", "example", "quantity", "at"])
    return str(frame.loc[(program, name, quantity, at), "value"])


def printed_numbers() -> pd.DataFrame:
    """Return printed texts beside recomputed values: printed, recomputed, verdict, what."""
    frame = pd.DataFrame(PRINTED, columns=["printed", "recomputed", "what"])
    verdicts = [printed.verdict(text, value) for text, value, _ in PRINTED]
    return frame.assign(verdict=verdicts)[["printed", "recomputed", "verdict", "what"]]


def ten_patients() -> pd.DataFrame:
    """Return the patients whose survival runs level at one half, a column each."""
    frame = example("plateau")
    ends = frame["event"].map({1: "died", 0: "alive"})
    wide = frame.assign(months=[f"{m:g}" for m in frame["stop"]], then=ends)
    turned = wide.set_index(wide["id"].astype(str))[["months", "then"]].T
    return turned.rename_axis(index="patient", columns=None).reset_index()


def interval_types(time: float) -> pd.DataFrame:
    """Return the limits of survival at one time, and of the median, under each interval type.

    Columns: type; survival, lower, upper (proportions); median_lower, median_upper (months, missing
    if not reached).
    """
    frame, rows = example("plateau"), []
    for kind in INTERVAL_TYPES:
        curve = kaplan_meier(frame["stop"], frame["event"], interval=kind)
        read, median = curve.at([time])[["survival", "lower", "upper"]], curve.quantile(0.5)
        rows.append((kind, *read.iloc[0], median.lower, median.upper))
    columns = ["type", "survival", "lower", "upper", "median_lower", "median_upper"]
    return pd.DataFrame(rows, columns=columns)


def median_on_plateau() -> pd.DataFrame:
    """Return the median of the ten patients by each rule: rule, median, programs that take it."""
    from lifelines import KaplanMeierFitter
    from statsmodels.duration.survfunc import SurvfuncRight

    frame = example("plateau")
    months, died = frame["stop"].to_numpy(), frame["event"].to_numpy()
    curve = kaplan_meier(months, died)
    theirs = {
        "left": f"lifelines: {KaplanMeierFitter().fit(months, died).median_survival_time_:g}",
        "midpoint": f"R: {gave(R, 'plateau', 'median, quantile')}; SAS by its manual",
        "right": f"statsmodels: {SurvfuncRight(months, died).quantile(0.5):g}",
    }
    medians = [curve.quantile(0.5, plateau=rule).estimate for rule in ("left", "midpoint", "right")]
    return pd.DataFrame({"rule": list(theirs), "median": medians, "programs": theirs.values()})


def reverse_curves() -> pd.DataFrame:
    """Return follow-up with ties settled, and by flipping the indicator, at each time.

    Columns: months, ended_alive, deaths, at_risk, ours, flipped (proportions still followed).
    """
    frame = example("follow-up")
    settled = follow_up(frame["stop"], frame["event"])
    flipped = kaplan_meier(frame["stop"], 1 - frame["event"])
    return pd.DataFrame(
        {
            "months": settled.time,
            "ended_alive": settled.events,
            "deaths": settled.censored,
            "at_risk": settled.at_risk,
            "ours": settled.survival,
            "flipped": flipped.at(settled.time)["survival"],
        }
    )


def median_follow_up() -> dict[str, float]:
    """Return the median follow-up with ties settled ("ours"), and by flipping ("flipped")."""
    frame = example("follow-up")
    return {
        "ours": follow_up(frame["stop"], frame["event"]).quantile(0.5).estimate,
        "flipped": kaplan_meier(frame["stop"], 1 - frame["event"]).quantile(0.5).estimate,
    }


def late_entry() -> pd.DataFrame:
    """Return numbers at risk at the first three deaths: months, enter, and a column a program."""
    from lifelines import KaplanMeierFitter
    from statsmodels.duration.survfunc import SurvfuncRight

    frame = example("late entry")
    months, died, entry = (frame[name].to_numpy() for name in ("stop", "event", "start"))
    ours = kaplan_meier(months, died, entry=entry)
    other = SurvfuncRight(months, died, entry=entry)
    listed = KaplanMeierFitter().fit(months, died, entry=entry).event_table["at_risk"]
    rows = []
    for time in sorted(set(months[died == 1]))[:3]:
        rows.append(
            {
                "months": time,
                "enter": int((entry == time).sum()),
                "ours": int(ours.at([time])["at_risk"].item()),
                R: int(gave(R, "late entry", "at risk", f"{time:g}")),
                "statsmodels": int(other.n_risk[list(other.surv_times).index(time)]),
                SCIKIT_SURVIVAL: int(gave(SCIKIT_SURVIVAL, "late entry", "at risk", f"{time:g}")),
                "lifelines, event table": int(listed.loc[time]),
            }
        )
    return pd.DataFrame(rows)


def changing() -> pd.DataFrame:
    """Return (start, stop] rows of the patients who change state; 0 before the change, 1 after."""
    patients = example("change")[["stop", "event", "changed"]]
    return split_at_transition(
        patients, duration="stop", event="event", transition_time="changed", id=None
    )


def variants() -> pd.DataFrame:
    """Return the variants of the Mantel-Byar test: variant, before, after (expected), chi2, p."""
    rows = changing()
    tests = [mantel_byar(rows, variant=name) for name in VARIANTS]  # type: ignore[arg-type]
    return pd.DataFrame(
        {
            "variant": VARIANTS,
            "before": [test.expected.iloc[0] for test in tests],
            "after": [test.expected.iloc[1] for test in tests],
            "chi2": [None if test.variant == "exact" else test.statistic for test in tests],
            "p": [test.p_value for test in tests],
        }
    ).astype({"chi2": float})


def left_out_by_whole_units() -> pd.DataFrame:
    """Return the event times at which cutting to whole units changes the number at risk."""
    rows = changing()
    correct, whole = mantel_byar(rows).table, mantel_byar(rows, variant="whole-units").table
    both = correct.assign(
        months=correct["time"],
        state=correct["state"].map({0: "before", 1: "after"}),
        whole_units=whole["at_risk"],
    )
    return both.loc[
        correct["at_risk"] != whole["at_risk"], ["months", "state", "at_risk", "whole_units"]
    ]


def numbers_at_ticks() -> pd.DataFrame:
    """Return the numbers in each state at ticks: ours, and with both ends of an interval counted.

    Columns: months, followed, before, after, before_both_ends, after_both_ends.
    """
    rows = changing()
    curves = simon_makuch(rows)
    both_ends = [
        [int(((part["start"] <= t) & (t <= part["stop"])).sum()) for t in TICKS]
        for _, part in rows.groupby("state", observed=True)
    ]
    return pd.DataFrame(
        {
            "months": TICKS,
            "followed": [int((example("change")["stop"] >= t).sum()) for t in TICKS],
            "before": curves[0].at(TICKS)["at_risk"],
            "after": curves[1].at(TICKS)["at_risk"],
            "before_both_ends": both_ends[0],
            "after_both_ends": both_ends[1],
        }
    )


def robust_errors() -> pd.DataFrame:
    """Return one model by four programs: program, coefficient, error, robust (as text)."""
    from lifelines import CoxTimeVaryingFitter
    from statsmodels.duration.hazard_regression import PHReg

    frame = example("robust").astype({"treated": float})
    ours = andersen_gill(frame, ["treated"], cluster="id").table.loc["treated"]
    timed = frame[["id", "start", "stop", "event", "treated"]]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = PHReg(
            frame["stop"], frame[["treated"]], status=frame["event"], entry=frame["start"],
            ties="efron",
        )  # fmt: skip
        plain, clustered = model.fit(), model.fit(groups=frame["id"].to_numpy())
        fitted = CoxTimeVaryingFitter().fit(timed, id_col="id", event_col="event").summary
        try:
            CoxTimeVaryingFitter().fit(timed, id_col="id", event_col="event", robust=True)
            offers = "offered"
        except NotImplementedError:
            offers = "not offered"
    robust = float(clustered.bse[0])
    kinds = ("coefficient", "error", "robust error")
    rows = [
        ("ours", *(f"{ours[n]:.4f}" for n in ("coefficient", "std_error", "robust_std_error"))),
        ("R coxph", *(gave(R, "robust", kind) for kind in kinds)),
        ("statsmodels PHReg", f"{plain.params[0]:.4f}", f"{plain.bse[0]:.4f}",
         "NaN" if np.isnan(robust) else f"{robust:.4f}"),
        ("lifelines CoxTimeVaryingFitter", f"{fitted.loc['treated', 'coef']:.4f}",
         f"{fitted.loc['treated', 'se(coef)']:.4f}", offers),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["program", *kinds])


def ties() -> pd.DataFrame:
    """Return one model by both ways of treating tied deaths.

    Columns: ties, hazard_ratio, lower, upper, and used_by: the programs that take it by default.
    """
    from lifelines import CoxTimeVaryingFitter
    from statsmodels.duration.hazard_regression import PHReg

    frame = example("tied").astype({"treated": float})
    timed = frame[["id", "start", "stop", "event", "treated"]]
    fits = {
        method: andersen_gill(frame, ["treated"], ties=method).table.loc["treated"]
        for method in ("efron", "breslow")
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of few deaths; the model is meant to be small
        fitter = CoxTimeVaryingFitter().fit(timed, id_col="id", event_col="event")
    lifelines = fitter.params_["treated"]
    nearest = min(fits, key=lambda method: abs(fits[method]["coefficient"] - lifelines))
    takes = [
        ("R", gave(R, "robust", "ties by default")),
        ("lifelines", nearest),
        ("statsmodels", inspect.signature(PHReg.__init__).parameters["ties"].default),
        ("Stata by its manual", "breslow"),
    ]
    return pd.DataFrame(
        {
            "ties": list(fits),
            "hazard_ratio": [fit["hazard_ratio"] for fit in fits.values()],
            "lower": [fit["lower"] for fit in fits.values()],
            "upper": [fit["upper"] for fit in fits.values()],
            "used_by": [
                ", ".join(program for program, taken in takes if taken == method) for method in fits
            ],
        }
    )
