"""Tables 2 and 3: response from month to month, toxicity, and rates with exact intervals."""

from __future__ import annotations

import pandas as pd

from papers.kucukciler_2021.cohort import KEY, PATIENTS, cohort, printed_text, said
from papers.rate_frames import with_intervals
from secondlook import data
from secondlook.proportions import counts_printing

MONTHS = ("month_1", "month_2", "month_3")
RESPONDED = ("Complete response", "Partial response")
EVALUATED = (*RESPONDED, "Unresponsiveness to treatment")
LINEAGES = ("anemia", "thrombocytopenia", "neutropenia")
FLOW_COLORS = {
    "died": "#3A3A3A",
    "changed": "#D9B48F",
    "no response": "#D5DADF",
    "partial": "#6FAFD8",
    "complete": "#0072B2",
}


def response_by_month() -> pd.DataFrame:
    """Return Table 2 as printed, patients by row (index) and month; a dash or a gap counts 0."""
    table = data.load(KEY, "table-2").set_index("row")[list(MONTHS)]
    return table.fillna(0).astype(int)


def toxicity() -> pd.DataFrame:
    """Return Table 3, patients by grade (index) and lineage (columns); a dash counts 0."""
    return data.load(KEY, "table-3").set_index("grade").fillna(0).astype(int)


def flow() -> pd.DataFrame:
    """Follow the patients from one evaluation of Table 2 to the next.

    Whether the row "Treatment change" stands under the month before or after a change does not
    matter here: its first number is between months 1 and 2, its second between 2 and 3.

    One row a month: before (evaluated the month before), changed, died (since then), evaluated,
    responded.
    """
    table = response_by_month()
    evaluated = table.loc[list(EVALUATED)].sum()
    changes = [n for n in table.loc["Treatment change"].to_numpy().tolist() if n]
    return pd.DataFrame(
        {
            "before": evaluated.shift(1, fill_value=PATIENTS),
            "changed": [0, *changes],
            "died": table.loc["Death"],
            "evaluated": evaluated,
            "responded": table.loc[list(RESPONDED)].sum(),
        }
    )


def flow_columns() -> pd.DataFrame:
    """Return the columns of the flow of patients through Table 2.

    Columns: stage (month), state, group, patients; each month's rows, from the bottom upwards, hold
    all 21 patients, those who died or changed treatment before included.
    """
    left = flow()[["died", "changed"]].cumsum()
    states = pd.concat([left.T, response_by_month().loc[list(EVALUATED[::-1])]])
    groups = ["died", "changed", *["on treatment"] * 3]
    return pd.DataFrame(
        [
            (stage, state, group, int(patients))
            for stage, month in enumerate(MONTHS, start=1)
            for state, group, patients in zip(FLOW_COLORS, groups, states[month], strict=True)
        ],
        columns=["stage", "state", "group", "patients"],
    )


def flow_streams() -> pd.DataFrame:
    """Return what moves between two months: stage (the one left), source, target, patients."""
    months = flow().to_dict("list")
    moved = {"on treatment": "evaluated", "changed": "changed", "died": "died"}
    rows = []
    for stage in range(1, len(MONTHS)):
        rows += [
            (stage, "on treatment", target, months[column][stage])
            for target, column in moved.items()
        ]
        rows += [(stage, group, group, sum(months[group][:stage])) for group in ("changed", "died")]
    return pd.DataFrame(rows, columns=["stage", "source", "target", "patients"])


def rates() -> pd.DataFrame:
    """Return the rates that the paper prints or implies.

    Columns: part, rate, printed (percent as printed, missing if none is), count, n, estimate,
    lower, upper (proportions, 95%, Clopper-Pearson).
    """
    first, *later = flow()[["responded", "evaluated"]].to_numpy().tolist()
    patients, grades = cohort(), toxicity()
    third, fourth = grades.loc["Grade 3"], grades.loc["Grade 4"]
    second = [(f"those evaluated in month {month}", "", *n) for month, n in enumerate(later, 2)]
    response = [
        ("overall, Table 2", "abs-orr", *first),
        ("overall, Table 4", "", patients["responded"].sum(), PATIENTS),
        *second,
        ("complete", "", (patients["response"] == "CR").sum(), PATIENTS),
    ]
    harm = [
        ("anemia, grade 3", "abs-anemia-3", third["anemia"], PATIENTS),
        ("neutropenia, grade 4", "abs-grade-4", fourth["neutropenia"], PATIENTS),
        ("thrombocytopenia, grade 4", "abs-grade-4", fourth["thrombocytopenia"], PATIENTS),
        *((f"{of}, grade 3 or 4", "", third[of] + fourth[of], PATIENTS) for of in LINEAGES),
        ("death from sepsis", "", said("res-sepsis"), PATIENTS),
        ("death from SOS/VOD", "", said("res-sos-death"), PATIENTS),
    ]
    fractionated = "dis-fractionated-percent"
    treatment = [
        ("3 mg/m² on days 1, 4 and 7", fractionated, said("met-schedule-a-n"), PATIENTS),
        ("ECOG status 2", "res-ecog-2-percent", said("res-ecog-2-n"), PATIENTS),
    ]
    parts = {"Response": response, "Toxicity": harm, "Treatment": treatment}
    rows = [
        (part, rate, printed_text(claim) if claim else None, int(count), int(n))
        for part, listed in parts.items()
        for rate, claim, count, n in listed
    ]
    return with_intervals(pd.DataFrame(rows, columns=["part", "rate", "printed", "count", "n"]))


def beside_the_literature() -> pd.DataFrame:
    """Return the study's response rates and those that its discussion cites.

    A cited count is the whole number of patients that prints as the cited percent; where several
    do, the one nearest to it.

    Columns: study, count, n, group.
    """
    own = rates().set_index("rate")["count"]
    cited = {
        "three phase II studies [8]": ("dis-phase2-orr", said("dis-phase2-n")),
        "MyloFrance-1 [15]": ("dis-mylofrance-orr", said("dis-mylofrance-n")),
        "Hosono et al. [17]": ("dis-hosono-orr", said("dis-hosono-n")),
        "Laurino et al., R/R [18]": ("dis-lyon-orr", said("dis-lyon-n") - said("dis-lyon-new")),
    }
    rows = [
        ("text and Table 2", own["overall, Table 2"], PATIENTS, "This study"),
        ("Table 4", own["overall, Table 4"], PATIENTS, "This study"),
        *((study, _nearest(claim, int(n)), int(n), "Cited") for study, (claim, n) in cited.items()),
    ]
    return pd.DataFrame(rows, columns=["study", "count", "n", "group"])


def grade_4_in_both() -> tuple[int, int]:
    """Return the fewest and the most patients who had grade 4 in neutrophils and platelets."""
    table = toxicity()
    one, other = (int(table[of].loc["Grade 4"]) for of in ("neutropenia", "thrombocytopenia"))
    return max(0, one + other - PATIENTS), min(one, other)


def _nearest(claim: str, n: int) -> int:
    counts = counts_printing(printed_text(claim), n)
    return min(counts, key=lambda count: abs(100 * count / n - said(claim)))
