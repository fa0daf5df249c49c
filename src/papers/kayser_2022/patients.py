"""Who was treated: the abstract's first sentences, Methods, Tables 1 and 2, genetics."""

from __future__ import annotations

from collections.abc import Mapping

from papers.claim_texts import printed_text
from papers.kayser_2022.data import (
    KEY,
    PATIENTS,
    characteristic,
    localizations,
    said,
)
from papers.percent_parts import count_behind
from secondlook.claims import Contradicted, Derived, NotDerivable, Possible, Result
from secondlook.data import load

RECORDS = "the patients' records; the paper says it only here"
LOCALIZATIONS: Mapping[str, str] = {
    "lymph-nodes": "Lymph nodes",
    "gastrointestinal": "Gastrointestinal organs",
    "osteolytic": "Osteolytic lesions",
    "skin": "Skin lesions",
    "soft-tissue": "Soft tissue",
    "genitals": "Genitals",
    "mediastinal": "Mediastinal mass",
    "lung": "Lung/pleural effusion",
    "epidural": "Epidural mass",
    "nasopharyngeal": "Nasopharyngeal mass",
    "cns": "Central nervous system with epidural mass",
    "nerves": "Peripheral nerves",
    "vertebral": "Vertebral mass",
    "pelvic": "Pelvic mass",
    "cardiac": "Cardiac involvement",
}


def cohort() -> Mapping[str, Result]:
    """Count the patients wherever their number is printed again."""
    by_access = said("met-compassionate") + said("met-label")
    by_cycles = said("met-cycles-low") + said("met-cycles-middle") + said("met-cycles-high")
    restated = "restated: the number of patients at its other places"
    return {
        "abs-patients": Derived(by_access, "7 by compassionate use + 24 in-label (Methods)"),
        "met-patients": Derived(by_cycles, "19 + 7 + 5 by number of cycles (Methods)"),
        "met-cd22": Derived(said("met-patients"), restated),
        "met-tki-of": Derived(said("met-patients"), restated),
        "met-patients-again": Derived(said("met-patients"), restated),
        "t1-n": Derived(
            characteristic("ECOG status", "≤ 2", "count")
            + characteristic("ECOG status", "3", "count"),
            "29 + 2 by ECOG score (Table 1)",
        ),
        "met-compassionate": Derived(PATIENTS - said("met-label"), "31 less 24 treated in-label"),
        "met-label": Derived(PATIENTS - said("met-compassionate"), "31 less 7"),
        "met-institutions": Possible(
            institutions(),
            "hospitals of the authors who contributed patients, by city and by name (the two of "
            "Bologna once), and these with the practice of one of them",
        ),
        "met-year-first": NotDerivable(RECORDS),
        "met-year-last": NotDerivable(RECORDS),
    }


def institutions() -> list[int]:
    """Count the institutions of those who contributed patients, in the ways that they may count."""
    table = load(KEY, "affiliations")
    table = table[table["contributors"].notna()]
    hospitals = table[table["kind"] == "hospital"]
    named = hospitals["institution"].str.split(",").str[0].nunique()
    return [hospitals["city"].nunique(), named, named + len(table) - len(hospitals)]


def ages() -> Mapping[str, Result]:
    """Hold the ages, of which none is printed, against one another."""
    results: dict[str, Result] = {}
    for name in ("median", "min", "max"):
        others = {"abs": "met", "met": "t1", "t1": "abs"}
        for place, other in others.items():
            results[f"{place}-age-{name}"] = Derived(
                said(f"{other}-age-{name}"), "restated: another place; no age is printed"
            )
    results["abs-age-cut"] = Derived(said("res-age-cut"), "restated: Results, Survival")
    results["res-age-cut"] = Derived(said("abs-age-cut"), "restated: abstract")
    return results


def previous_treatment() -> Mapping[str, Result]:
    """Check what the patients had before INO, and how many cycles they were given."""
    by_line = said("met-hsct-first") + said("met-hsct-relapse")
    cycles = ("low", "middle", "high")
    total = sum(said(f"met-cycles-{name}") for name in cycles)
    return {
        "abs-prior-hsct": Derived(by_line, "9 in first line + 9 at relapse (Methods)"),
        "met-hsct": Derived(by_line, "9 in first line + 9 at relapse"),
        "met-hsct-first": Derived(said("met-hsct") - said("met-hsct-relapse"), "18 less 9"),
        "met-hsct-relapse": Derived(said("met-hsct") - said("met-hsct-first"), "18 less 9"),
        "dis-prior-hsct": Derived(100 * said("met-hsct") / PATIENTS, "18 of 31, in percent"),
        "met-tki-n": Derived(said("met-tki-treated"), "restated: Methods, Treatment"),
        "met-tki-treated": Derived(said("met-tki-n"), "restated: Methods, Patients"),
        "met-tki-again": Derived(said("met-tki-n"), "restated: same paragraph"),
        "met-tki": Derived(100 * said("met-tki-n") / PATIENTS, "3 of 31, in percent"),
        "met-cycles-max": Derived(
            said("res-cycles-max"), "restated: Results, Response; some had five or six"
        ),
        "res-cycles-max": Derived(said("met-cycles-max"), "restated: Methods, Treatment"),
        **{
            f"met-cycles-{name}": Derived(
                PATIENTS - (total - said(f"met-cycles-{name}")), "31 less the two other groups"
            )
            for name in cycles
        },
        **{
            claim: NotDerivable("the treatment records")
            for claim in (
                "met-blina",
                "met-irradiation",
                "met-dose-1",
                "met-infusion",
                "met-day-1",
                "met-dose-8",
                "met-day-8",
                "met-day-15",
                "met-dose-cr-day",
                "met-dose-cr",
            )
        },
        **{
            claim: NotDerivable("the programs and their output")
            for claim in ("met-r", "met-prodlim", "met-survival")
        },
    }


def table_1() -> Mapping[str, Result]:
    """Check the counts, percents and repeated values of Table 1 and the paragraph beside it."""
    results: dict[str, Result] = {}
    for name, label in (("wbc", "WBC, 10⁹/L"), ("platelets", "Platelets, 10⁹/L")):
        for short, statistic in (("median", "median"), ("min", "minimum"), ("max", "maximum")):
            results[f"t1-{name}-{short}"] = Derived(
                said(f"res-{name}-{short}"), "restated: text; no single value is printed"
            )
            results[f"res-{name}-{short}"] = Derived(
                characteristic(label, "all", statistic),
                "restated: Table 1; no single value is printed",
            )
    results["t1-platelets-missing"] = Possible(
        [missing for missing in range(PATIENTS) if (PATIENTS - missing) % 2 == 0],
        "missing values that leave an even number, if platelet counts are whole numbers",
        shown_as="an odd number",
    )
    for name in ("hb", "blasts"):
        for statistic in ("median", "min", "max", "missing"):
            results[f"t1-{name}-{statistic}"] = NotDerivable(RECORDS)
    results["t1-wbc-missing"] = NotDerivable(RECORDS)
    female, low, high = said("res-female-n"), said("res-ecog-low"), said("res-ecog-3")
    results |= {
        "res-female-n": Derived(said("t1-female-n"), "restated: Table 1"),
        "t1-female-n": Derived(female, "restated: text"),
        "res-female": Derived(100 * female / PATIENTS, "15 of 31, in percent"),
        "t1-female": Derived(100 * female / PATIENTS, "15 of 31, in percent"),
        "res-ecog-low": Derived(PATIENTS - high, "31 less 2"),
        "res-ecog-3": Derived(PATIENTS - low, "31 less 29"),
        "t1-ecog-low-n": Derived(PATIENTS - said("t1-ecog-3-n"), "31 less 2"),
        "t1-ecog-3-n": Derived(PATIENTS - said("t1-ecog-low-n"), "31 less 29"),
        "t1-ecog-low": Derived(100 * low / PATIENTS, "29 of 31, in percent"),
        "t1-ecog-3": Derived(100 * high / PATIENTS, "2 of 31, in percent"),
        # No count is printed beside a second place; the percent pins it down.
        "res-bm-n": count_behind(printed_text(KEY, "res-bm"), PATIENTS),
        "res-bm": Derived(100 * said("res-bm-n") / PATIENTS, "16 of 31, in percent"),
    }
    return results


def manifestations_possible(median: float, lowest: int, highest: int) -> bool:
    """Say whether Table 2's sum leaves room for 31 numbers with this median and range.

    The smallest sum has the lower half at the lowest number and the upper half at the median, the
    largest sum the lower half at the median and the upper half at the highest number.
    """
    below = (PATIENTS - 1) // 2
    total = int(localizations()["number"].sum())
    least = lowest * below + median * (PATIENTS - below - 1) + highest
    most = lowest + median * below + highest * (PATIENTS - below - 1)
    return lowest <= median <= highest and least <= total <= most


def extramedullary() -> Mapping[str, Result]:
    """Check Table 2 and the number of manifestations of a patient."""
    median, lowest, highest = (int(said(f"res-emd-{name}")) for name in ("median", "min", "max"))
    total = int(localizations()["number"].sum())
    results: dict[str, Result] = {
        f"t2-{name}": NotDerivable("the localizations of each patient") for name in LOCALIZATIONS
    }
    results["t2-cns"] = Contradicted(
        f"{said('res-cns')} in the section on survival",
        said("t2-cns") < said("res-cns"),
        "Table 2 has every localization, the text tells of three patients",
    )
    candidates = range(1, len(LOCALIZATIONS) + 1)
    possible = {
        "median": [m for m in candidates if manifestations_possible(m, lowest, highest)],
        "min": [m for m in candidates if manifestations_possible(median, m, highest)],
        "max": [m for m in candidates if manifestations_possible(median, lowest, m)],
    }
    for name, values in possible.items():
        results[f"res-emd-{name}"] = Possible(
            values, f"31 numbers that add up to the {total} of Table 2"
        )
        results[f"t2-emd-{name}"] = Derived(
            said(f"res-emd-{name}"), "restated: Results, Patients' characteristics"
        )
    return results


def genetics() -> Mapping[str, Result]:
    """Check the cytogenetic findings."""
    findings = ("normal", "complex", "t922", "x")
    total = sum(said(f"res-gen-{name}") for name in findings)
    return {
        "res-gen-n": Derived(total, "6 + 4 + 2 + 1 findings"),
        "res-gen-again": Derived(total, "6 + 4 + 2 + 1 findings"),
        "res-gen": Derived(100 * said("res-gen-n") / PATIENTS, "13 of 31, in percent"),
        **{
            f"res-gen-{name}": Derived(
                said("res-gen-n") - (total - said(f"res-gen-{name}")),
                "13 less the other findings",
            )
            for name in findings
        },
        **{
            claim: NotDerivable(RECORDS)
            for claim in ("res-gen-bm", "res-gen-complex-def", "res-gen-evolution")
        },
    }
