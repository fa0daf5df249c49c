"""What the figures and tables of kayser-2022 say, for its report and its deck."""

from papers.kayser_2022 import constructed, data, flow, layout, power, reconstruction
from secondlook.printed import show

LEVEL = 0.8
"""The share of cohorts in which an effect is found, marked in the figure of power."""


def _patients(columns, stage):
    rows = columns[columns["stage"] == stage]
    return dict(zip(rows["state"], rows["patients"], strict=True))


def flow_of_patients():
    first, later = (_patients(flow.columns(), stage) for stage in (1, 2))
    yield "two columns"
    yield "two cycles"
    yield (
        f"{first['complete remission']} complete remissions, {first['partial remission']} partial, "
        f"{first['no response']} without response, {first['early death']} early death"
    )
    yield (
        f"{later['still in complete remission']} still in complete and "
        f"{later['still in partial remission']} in partial remission, "
        f"{later['died in remission']} died in remission, "
        f"{later['relapsed and died']} relapsed and died, {later['not told']} not told, "
        f"{later['no response']} without response, {later['early death']} early death"
    )


def flow_on_a_slide():
    first, later = (_patients(flow.short_columns(), stage) for stage in (1, 2))
    assert _patients(flow.columns(), 1)["early death"] == 1
    yield f"flow of {sum(first.values())} patients"
    yield (
        f"{first['complete remission']} complete and {first['partial remission']} partial "
        f"remissions, {first['no response']} without response, one of them an early death"
    )
    yield (
        f"{later['still in remission']} in remission, {later['died in remission']} died in "
        f"remission, {later['relapsed and died']} relapsed and died, {later['not told']} not told"
    )


def band_of_overall_survival():
    band = reconstruction.envelope("os").set_index("time")

    def span(month):
        low, high = band.loc[month, ["survival_lowest", "survival_highest"]]
        low, high = show(100 * low, like="0"), show(100 * high, like="0")
        return f"{low}%" if low == high else f"{low} to {high}%"

    lowest = band["survival_lowest"]
    end = lowest.index[lowest == 0].min()
    before = lowest[lowest > 0]
    yield f"over {band.index.max():g} months"
    yield (
        f"{span(3)} at 3 months, {span(6)} at 6, {span(12)} at 12, {span(18)} at 18 and "
        f"{span(24)} at 24 months"
    )
    low = show(100 * before.min(), like="0")
    yield f"to {low}% by month {before.idxmin():g} and to 0 by month {end:g}"


def band_of_relapse_free_survival():
    band = reconstruction.envelope("rfs").set_index("time")
    points = reconstruction.printed_points("rfs")
    first, second = points["months"]
    early = band.loc[: first - 1]
    late = band.loc[first + 1 : second - 1]
    for part in (early, late):
        low = show(100 * part["survival_lowest"].min(), like="0")
        yield f"{low} to {show(100 * part['survival_highest'].max(), like='0')}%"
    yield f"before {first:g} months"
    yield f"at {first:g} and {second:g} months"
    yield f"over {second / 12:g} years"


def detectable():
    row = power.detectable().set_index("setting").loc["printed"]
    low, high = show(row["protective"], like="0.00"), show(row["harmful"], like="0.0")
    return f"{LEVEL:.0%} only below {low} or above {high}"


def power_of_the_test():
    frame = power.power().set_index("hazard_ratio")["power"]

    def found(ratio):
        return show(100 * frame.loc[ratio], like="0")

    yield f"from {frame.index.min():g} to {frame.index.max():g} on a log scale"
    yield f"{found(1.0)}% at a ratio of 1, {found(0.5)}% at 0.5, {found(2.0)}% at 2"
    yield detectable()


def all_patients():
    return [f"all {data.PATIENTS} patients"]


PHRASES = {
    ("tbl-told", "tbl-cap"): lambda: ["three cycles"],
    ("fig-flow", "fig-cap"): lambda: ["two cycles", *all_patients()],
    ("fig-flow", "fig-alt"): flow_of_patients,
    ("fig-os", "fig-alt"): band_of_overall_survival,
    ("fig-rfs", "fig-cap"): lambda: [f"the {data.said('res-c2-cr-n')} patients"],
    ("fig-rfs", "fig-alt"): band_of_relapse_free_survival,
    ("tbl-cycles", "tbl-cap"): lambda: [
        f"{data.said('res-hsct')} transplanted",
        f"{len(layout.transplanted())} places",
    ],
    ("tbl-transplant", "tbl-cap"): lambda: [f"{len(constructed.sets())} constructed data sets"],
    ("fig-power", "fig-cap"): lambda: [f"{LEVEL:.0%}"],
    ("fig-power", "fig-alt"): power_of_the_test,
    ("tbl-detectable", "tbl-cap"): lambda: [f"{LEVEL:.0%} of cohorts"],
}
SLIDES = {
    ("flow", "fig-alt"): flow_on_a_slide,
    ("power", "fig-alt"): lambda: [detectable()],
}
