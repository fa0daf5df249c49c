"""What the figures and tables of kucukciler-2021 say, for its report and its deck."""

import numpy as np

from papers.kucukciler_2021 import curves, data, rates, response, survival
from papers.kucukciler_2021.curves import ALL_BUT_ONE, ASSUMPTIONS, EARLY, SCATTERED
from papers.kucukciler_2021.survival import BY_MONTH, MEAN, SIX, TEN, TWELVE
from secondlook.figures import forest_frame
from secondlook.printed import show
from secondlook.survival import INTERVAL_TYPES


def _states(stage):
    rows = response.flow_columns().query("stage == @stage")
    return dict(zip(rows["state"], rows["patients"], strict=True))


def flow_of_patients():
    first, second, third = map(_states, (1, 2, 3))
    held = {sum(states.values()) for states in (first, second, third)}
    assert held == {data.PATIENTS}
    assert first["died"] == first["changed treatment"] == third["complete response"] == 0
    yield f"three columns of {data.PATIENTS} patients"
    yield (
        f"month 1: {first['complete response']} complete response, "
        f"{first['partial response']} partial, {first['no response']} none"
    )
    yield (
        f"month 2: {second['complete response']} complete, {second['partial response']} partial, "
        f"{second['no response']} none, {second['changed treatment']} changed treatment, "
        f"{second['died']} died"
    )
    yield (
        f"month 3: {third['partial response']} partial, {third['no response']} none, "
        f"{third['changed treatment']} changed treatment, {third['died']} died"
    )


def flow_on_a_slide():
    states = {month: _states(month) for month in (1, 2, 3)}
    responded = {
        month: held["complete response"] + held["partial response"]
        for month, held in states.items()
    }
    yield f"flow of {data.PATIENTS} patients over three months"
    yield f"{responded[1]} respond in month 1"
    yield from (f"{responded[month]} in month {month}" for month in (2, 3))
    yield f"{states[3]['died']} have died"
    yield f"{states[3]['changed treatment']} changed treatment by month 3"


def _literature():
    frame = forest_frame(rates.beside_the_literature(), least=99).query("kind == 'study'")
    return frame.assign(number=[text.split("%")[0] for text in frame["text"]])


def this_study():
    by_table_2, by_table_4 = _literature()["text"].iloc[:2]
    # The names of tables are taken out of a text before a phrase is looked for.
    yield f"this study: {by_table_2} by"
    yield f"{by_table_4} by"


def beside_the_literature():
    cited = _literature()["text"].iloc[2:]
    names = ("three phase II studies", "MyloFrance-1", "Hosono", "Laurino")
    yield f"{len(_literature())} response rates"
    yield from this_study()
    yield ", ".join(f"{name} {text}" for name, text in zip(names, cited, strict=True))


def literature_on_a_slide():
    *others, last = (f"{number}%" for number in _literature()["number"].iloc[2:])
    yield from this_study()
    yield f"cited: {', '.join(others)} and {last}"


def _runs(statement):
    """Write the numbers of deaths with which a statement can hold, runs of them joined."""
    frame = survival.statements().by_deaths
    deaths = frame.loc[(frame["statement"] == statement) & (frame["assignments"] > 0), "deaths"]
    runs = np.split(deaths.to_numpy(), np.flatnonzero(np.diff(deaths) > 1) + 1)
    parts = [
        [f"{run[0]} to {run[-1]}"] if len(run) > 2 else [str(death) for death in run]
        for run in runs
    ]
    *others, last = [part for run in parts for part in run]
    return f"{', '.join(others)} and {last}" if others else last


def six_statements():
    return f"{len(survival.statements().by_deaths['statement'].unique())} printed statements"


def deaths_by_statement():
    assert SIX.startswith("38.5%")
    assert TWELVE.startswith("14%")
    assert "5.2" in MEAN
    yield six_statements()
    yield f"columns 0 to {data.PATIENTS} deaths"
    yield f"38.5% at six months is possible with {_runs(SIX)} deaths"
    yield f"14% at twelve months with {_runs(TWELVE)}"
    yield f"the mean of 5.2 with {_runs(MEAN)}"
    first, last = _runs(BY_MONTH).split(" to ")
    assert int(last) == data.PATIENTS
    yield f"deaths by month with {first} or more"


def deaths_on_a_slide():
    yield six_statements()
    yield f"38.5% at six months: {_runs(SIX)}"
    yield f"14% at twelve months: {_runs(TWELVE)}"
    yield f"the paper prints {data.printed_text('res-deaths')}"


FAILED = {
    ALL_BUT_ONE: {SIX, TEN},
    SCATTERED: {TWELVE, BY_MONTH},
    EARLY: {SIX, TWELVE, MEAN},
}
"""What the texts say of each assumption: the statements that fail under it."""


def _shown(assumption, failed):
    frame = curves.statement_values().query("assumption == @assumption").set_index("statement")
    assert set(frame.index[~frame["holds"]]) == failed
    return frame["shown"].to_dict()


def grid():
    statements = curves.statement_values()["statement"].nunique()
    return f"{statements} statements by {len(ASSUMPTIONS)} assumptions"


def statements_that_hold():
    most, scattered, early = (_shown(name, failed) for name, failed in FAILED.items())
    assert early[SIX] == early[TWELVE]
    yield grid()
    yield (
        f"with {most[TEN]} deaths all hold except 38.5% at six months, which is {most[SIX]}, and "
        f"{data.printed_text('res-deaths')} deaths"
    )
    yield (
        f"with {scattered[TEN]} scattered deaths 14% at one year, which is {scattered[TWELVE]}, "
        "and deaths by month fail"
    )
    yield f"with the {early[TEN]} deaths of"
    yield f"survival is {early[SIX]} at both times and the mean {early[MEAN]} months"


def statements_on_a_slide():
    most, scattered, early = (_shown(name, failed) for name, failed in FAILED.items())
    yield grid()
    yield (
        f"with {most[TEN]} deaths, 38.5% at six months and {data.printed_text('res-deaths')} "
        "deaths fail"
    )
    yield f"with {scattered[TEN]} scattered deaths, 14% at one year and deaths by month fail"
    yield f"with {early[TEN]} early deaths, both survival percents and the mean fail"


def _percents(assumption, months):
    read = curves.curve(assumption).at(months)["survival"]
    return [f"{show(100 * value, like='0')}%" for value in read]


def no_curve_passes_through_both_points():
    points = curves.printed_points()
    for name in ASSUMPTIONS:
        read = curves.curve(name).at(points["months"])["survival"]
        assert not np.isclose(read, points["survival"], rtol=0, atol=5e-3).all()


def curves_by_assumption():
    summary = curves.summary().set_index("assumption")
    no_curve_passes_through_both_points()
    at_6, at_12 = _percents(ALL_BUT_ONE, [6, 12])
    yield f"{len(ASSUMPTIONS)} survival curves"
    yield (
        f"with {summary.loc[ALL_BUT_ONE, 'deaths']} deaths survival falls to {at_6} at six and "
        f"{at_12} at twelve months"
    )
    at_6, at_12 = _percents(SCATTERED, [6, 12])
    yield f"with {summary.loc[SCATTERED, 'deaths']} scattered deaths it is {at_6} and {at_12}"
    early = curves.curve(EARLY)
    early_deaths = early.time[early.events > 0]
    stays = set(_percents(EARLY, [2, 6, 12, 22]))
    assert len(stays) == 1
    yield f"with the {summary.loc[EARLY, 'deaths']} early deaths it stays at {stays.pop()} from"
    yield f"month {early_deaths.max():g} on"
    six, twelve = (data.printed_text(f"res-os-{month}") for month in (6, 12))
    yield f"{six}% at six months and {twelve}% at twelve"


def curves_on_a_slide():
    no_curve_passes_through_both_points()
    yield f"{len(ASSUMPTIONS)} Kaplan-Meier curves from the same {data.PATIENTS} times"
    yield f"under {len(ASSUMPTIONS)} assumptions"


def one_curve():
    after_2, after_6, after_8, before_16, after_18 = _percents(ALL_BUT_ONE, [2, 6, 8, 15.9, 18])
    assert after_8 == before_16
    yield f"{after_2} after two months, {after_6} after six"
    yield f"{after_8} from month eight to month 16"
    yield f"{after_18} after month 18"


def by_response():
    found = curves.by_response(1)
    at_risk = [int(curve.at_risk[0]) for curve in found.values()]
    responders, others = (curve.at(range(2, 23))["survival"] for curve in found.values())
    assert (responders > others).all()
    yield "two curves from month 1"
    yield f"{at_risk[0]} and {at_risk[1]} patients are at risk at the start"


PHRASES = {
    ("tbl-four", "tbl-cap"): lambda: ["two columns"],
    ("fig-flow", "fig-cap"): lambda: [f"all {data.PATIENTS}"],
    ("fig-flow", "fig-alt"): flow_of_patients,
    ("fig-literature", "fig-alt"): beside_the_literature,
    ("fig-deaths", "fig-cap"): lambda: [f"prints {data.printed_text('res-deaths')} deaths"],
    ("fig-deaths", "fig-alt"): deaths_by_statement,
    ("tbl-readings", "tbl-cap"): lambda: ["S(6−) is survival just before six months"],
    ("fig-statements", "fig-cap"): lambda: [f"the {len(ASSUMPTIONS)} largest sets"],
    ("fig-statements", "fig-alt"): statements_that_hold,
    ("tbl-months", "tbl-cap"): lambda: [
        f"{survival.table_2_deaths()['reading'].nunique()} readings of a month"
    ],
    ("fig-survival", "fig-cap"): lambda: [
        f"all {data.PATIENTS} patients",
        f"under {len(ASSUMPTIONS)} assumptions",
    ],
    ("fig-survival", "fig-alt"): curves_by_assumption,
    ("fig-band", "fig-alt"): one_curve,
    ("tbl-intervals", "tbl-cap"): lambda: [f"{len(INTERVAL_TYPES)} types"],
    ("fig-response", "fig-alt"): by_response,
}
SLIDES = {
    ("flow", "fig-alt"): flow_on_a_slide,
    ("rates", "fig-alt"): literature_on_a_slide,
    ("deaths", "fig-alt"): deaths_on_a_slide,
    ("statements", "fig-alt"): statements_on_a_slide,
    ("curves", "fig-alt"): curves_on_a_slide,
}
