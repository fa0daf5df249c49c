"""What the figures and tables of the methods page say."""

import numpy as np

from papers.kayser_2022 import data, power
from papers.methods import one_curve, stanford, two_states
from secondlook.data import load
from secondlook.printed import show


def late_entry():
    late = np.array(one_curve.LATE_ENTRY) > 0
    ends = {m for m, died in zip(one_curve.LATE_MONTHS, one_curve.LATE_DIED, strict=True) if died}
    assert set(np.array(one_curve.LATE_ENTRY)[late]) <= ends
    yield f"{len(late)} patients, {late.sum()} of whom enter late"


def ticks():
    frame = two_states.patients()
    read = two_states.numbers_at_ticks()["months"].astype(float)
    at = [f"one at {t:g}" for t in sorted(frame["changed"].dropna()) if t in set(read)]
    yield f"{len(frame)} patients"
    yield f"one changes state {at[0].removeprefix('one ')} months"
    yield at[1]
    assert len(at) == 2


def robust():
    ids = np.array(two_states.ROBUST["id"])
    stop = {i: max(np.array(two_states.ROBUST["stop"])[ids == i]) for i in ids}
    died = np.array(two_states.ROBUST["event"]) == 1
    first_death = np.array(two_states.ROBUST["stop"])[died].min()
    assert sum(end < first_death for end in stop.values()) == 1
    yield f"{len(ids)} rows of {len(stop)} patients"


def cohorts():
    curve = power.power()
    yield f"{data.PATIENTS} patients"
    transplanted = curve.loc[curve["hazard_ratio"] == 1, "mean_transplanted"].item()
    yield f"{show(transplanted, like='0')} of them transplanted on average"


def naive():
    never, ever = stanford.ever_transplanted_curves().values()
    at_60, other = (curve.at([60])["survival"].item() for curve in (never, ever))
    yield "two Kaplan-Meier curves"
    yield f"falls to {show(100 * at_60, like='0')}% within 60 days"
    yield f"that of those ever transplanted to {show(100 * other, like='0')}%"


def fair():
    waiting, transplanted = stanford.simon_makuch_curves().values()
    days = np.arange(0, 1800)
    first, second = waiting.at(days), transplanted.at(days)
    apart = (first["lower"] > second["upper"]) | (second["lower"] > first["upper"])
    at_risk = second["at_risk"]
    yield "two Simon-Makuch curves"
    yield f"overlap from day {days[apart].max() + 1} on"
    yield (
        f"rises from {at_risk.iloc[0]} at day zero to {at_risk.max()} at day "
        f"{days[at_risk.to_numpy().argmax()]}"
    )


def models():
    frame = stanford.published_models()
    yield f"{frame['model'].nunique()} models"
    less = (load(stanford.KEY, "patients")["age"] - stanford.patients()["age"]).unique()
    yield f"age less {less.item():g} years"


def ten(*more):
    def phrases():
        assert len(one_curve.MONTHS) == len(one_curve.FOLLOWED) == len(two_states.MONTHS) == 10
        assert len(two_states.TIED["stop"]) == 10
        return [*more]

    return phrases


PHRASES = {
    ("tbl-entry", "tbl-cap"): late_entry,
    ("tbl-ten", "tbl-cap"): ten("ten patients"),
    ("tbl-types", "tbl-cap"): ten("ten patients", "survival at four months"),
    ("tbl-median", "tbl-cap"): ten("ten patients"),
    ("tbl-reverse", "tbl-cap"): ten("ten patients"),
    ("tbl-variants", "tbl-cap"): lambda: [
        f"{len(two_states.patients())} patients, {two_states.patients()['changed'].count()} of "
        "whom change state"
    ],
    ("tbl-ticks", "tbl-cap"): ticks,
    ("tbl-ties", "tbl-cap"): ten("ten rows"),
    ("tbl-robust", "tbl-cap"): robust,
    ("tbl-power", "tbl-cap"): cohorts,
    ("fig-naive", "fig-alt"): naive,
    ("fig-fair", "fig-alt"): fair,
    ("tbl-stanford", "tbl-cap"): lambda: [f"the {len(stanford.STATES)} states"],
    ("tbl-models", "tbl-cap"): models,
}
