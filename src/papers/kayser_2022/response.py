"""Response after one and two cycles, the responders' fates, and veno-occlusive disease."""

from __future__ import annotations

from collections.abc import Mapping

from papers.claim_texts import printed_text
from papers.kayser_2022.data import KEY, PATIENTS, fates, responses, said
from papers.percent_parts import count_behind
from secondlook.claims import Contradicted, Derived, NotDerivable, Result
from secondlook.data import load

RECORDS = "the patients' records; the paper says it only here"
FIRST: Mapping[str, str] = {
    "cr": "complete remission",
    "pr": "partial remission",
    "sd": "stable disease",
    "pd": "resistant or progressive disease",
}
SECOND: Mapping[str, str] = {
    "cr": "complete remission",
    "pr": "partial remission",
    "death": "early death",
    "pd": "stable, resistant or progressive disease",
}


def cycles_conflict() -> bool:
    """Say whether the two printed splits of the transplanted patients by cycles disagree."""
    return (said("res-cycles-low"), said("res-cycles-high")) != (
        said("vod-cycles-low"),
        said("vod-cycles-high"),
    )


def first_cycle() -> Mapping[str, Result]:
    """Check the response after the first cycle."""
    counts = responses("first cycle")
    unassessed = counts.pop("not assessed")
    assessed = PATIENTS - unassessed
    results: dict[str, Result] = {
        "res-unassessed-n": Derived(PATIENTS - said("res-c1-n"), "31 less 24 assessed"),
        "res-unassessed": Derived(100 * unassessed / PATIENTS, "7 of 31, in percent"),
        "res-unassessed-of": Derived(said("met-patients"), "restated: Methods"),
        "res-died-early": Derived(said("res-c2-death-n"), "restated: early deaths, two cycles"),
        "res-c1-n": Derived(sum(counts.values()), "10 + 9 + 2 + 3 responses"),
    }
    for short, name in FIRST.items():
        results[f"res-c1-{short}-n"] = Derived(
            assessed - (sum(counts.values()) - counts[name]), "24 less the other responses"
        )
        results[f"res-c1-{short}"] = Derived(
            100 * counts[name] / assessed, f"{counts[name]} of {assessed}, in percent"
        )
    results["res-pr-to-cr"] = Derived(
        said("res-c1-pr-n") - said("res-pr-stay"), "9 partial remissions less 7 kept"
    )
    results["res-pr-stay"] = Derived(
        said("res-c1-pr-n") - said("res-pr-to-cr"), "9 partial remissions less 2 improved"
    )
    return results


def two_cycles() -> Mapping[str, Result]:
    """Check the response after two cycles, in the text, the abstract and the discussion."""
    counts = responses("two cycles")
    total = sum(counts.values())
    percent = {short: 100 * counts[name] / PATIENTS for short, name in SECOND.items()}
    how = {short: f"{counts[name]} of {PATIENTS}, in percent" for short, name in SECOND.items()}
    results: dict[str, Result] = {
        f"res-c2-{short}-n": Derived(
            PATIENTS - (total - counts[name]), "31 less the other responses"
        )
        for short, name in SECOND.items()
    }
    results |= {f"res-c2-{short}": Derived(percent[short], how[short]) for short in SECOND}
    both = counts["complete remission"] + counts["partial remission"]
    return results | {
        "res-c2-of": Derived(total, "17 + 9 + 1 + 4 patients"),
        "abs-orr": Derived(100 * both / PATIENTS, "17 + 9 of 31, in percent"),
        "abs-cr": Derived(percent["cr"], how["cr"]),
        "abs-pr": Derived(percent["pr"], how["pr"]),
        "abs-resistant": Derived(percent["pd"], how["pd"]),
        "abs-early-death": Derived(percent["death"], how["death"]),
        "dis-cr": Derived(percent["cr"], how["cr"]),
        "res-cr-n": Derived(counts["complete remission"], "complete remissions, two cycles"),
        "res-responders": Derived(both, "17 + 9 after two cycles"),
    }


def course_of_responders() -> Mapping[str, Result]:
    """Check the fates of the 26 responders, of whom 22 are told."""
    told = fates()
    still = told["still in complete remission"] + told["still in partial remission"]
    died = int(said("res-died-remission"))
    return {
        "res-relapsed-n": count_behind(
            printed_text(KEY, "res-relapsed"), int(said("res-responders"))
        ),
        "res-relapsed": Derived(
            100 * said("res-relapsed-n") / said("res-responders"), "10 of 26, in percent"
        ),
        "res-died-remission": Derived(
            said("res-died-sepsis") + said("res-died-vod"), "1 from sepsis + 1 from VOD/SOS"
        ),
        "res-died-sepsis": Derived(died - said("res-died-vod"), "2 less 1 from VOD/SOS"),
        "res-died-vod": Derived(died - said("res-died-sepsis"), "2 less 1 from sepsis"),
        "res-still": Derived(still, "9 in complete + 1 in partial remission"),
        "res-still-cr": Derived(said("res-still") - said("res-still-pr"), "10 less 1"),
        "res-still-pr": Derived(said("res-still") - said("res-still-cr"), "10 less 9"),
    }


def transplanted() -> Mapping[str, Result]:
    """Check who was transplanted, and after how many cycles."""
    by_response = said("res-hsct-cr") + said("res-hsct-pr") + said("res-hsct-pd")
    results: dict[str, Result] = {
        "abs-hsct": Derived(by_response, "6 + 3 + 3 by response"),
        "res-hsct": Derived(by_response, "6 + 3 + 3 by response"),
        "vod-after-of": Derived(by_response, "6 + 3 + 3 by response"),
        "abs-hsct-resistant": Derived(
            said("res-hsct-pd"), "restated: Results, Survival, where the disease is progressive"
        ),
        "res-hsct-pd": Derived(
            said("res-hsct") - said("res-hsct-cr") - said("res-hsct-pr"), "12 less 6 and 3"
        ),
    }
    for name, others in (("cr", ("pr", "pd")), ("pr", ("cr", "pd"))):
        rest = sum(said(f"res-hsct-{other}") for other in others)
        for place in ("abs", "res"):
            results[f"{place}-hsct-{name}"] = Derived(
                said(f"{place}-hsct") - rest, "12 less the other responses"
            )
    conflict = cycles_conflict()
    for name in ("low", "high"):
        elsewhere = Contradicted(
            f"{said(f'vod-cycles-{name}')} in the section on veno-occlusive disease",
            conflict,
            "the same twelve patients by number of cycles, at two places",
        )
        results[f"abs-cycles-{name}"] = elsewhere
        results[f"res-cycles-{name}"] = elsewhere
        results[f"vod-cycles-{name}"] = Contradicted(
            f"{said(f'res-cycles-{name}')} in the section on survival and in the abstract",
            conflict,
            "the same twelve patients by number of cycles, at two places",
        )
    return results


def veno_occlusive_disease() -> Mapping[str, Result]:
    """Check the patients with VOD/SOS, and those with central nervous system involvement."""
    patients = load(KEY, "told")
    with_vod = patients[patients["section"] == "veno-occlusive disease"]
    told, after = len(with_vod), int((with_vod["vod"] == "after transplantation").sum())
    return {
        "abs-sos": Derived(told, "patients told of in the section on VOD/SOS"),
        "vod-n": Derived(told, "patients told of in the same section"),
        "dis-vod": Derived(told, "patients told of in the section on VOD/SOS"),
        "abs-sos-after": Derived(after, "of those told of in the section on VOD/SOS"),
        "vod-after-n": Derived(after, "of those told of in the same section"),
        "dis-vod-after": Derived(after, "of those told of in the section on VOD/SOS"),
        "vod": Derived(100 * said("vod-n") / PATIENTS, "3 of 31, in percent"),
        "vod-after": Derived(
            100 * said("vod-after-n") / said("vod-after-of"), "1 of 12, in percent"
        ),
        "vod-cycles-max": Derived(said("dis-cycles-max"), "restated: discussion"),
        "dis-cycles-max": Derived(said("vod-cycles-max"), "restated: section on VOD/SOS"),
        "res-cns": Contradicted(
            f"{said('t2-cns')} in Table 2",
            said("t2-cns") < said("res-cns"),
            "Table 2 has every localization, the text tells of three patients",
        ),
        "res-cns-1-cycles": Derived(
            said("vod-2-cycles"),
            "restated: the second patient with VOD/SOS, the same by elimination",
        ),
        "vod-2-cycles": Derived(
            said("res-cns-1-cycles"),
            "restated: on the nervous system, the same patient by elimination",
        ),
        **{
            claim: NotDerivable(RECORDS)
            for claim in (
                "res-cns-2-intrathecal",
                "res-cns-2-negative",
                "res-cns-2-cr",
                "vod-1-day",
                "vod-1-cycle",
            )
        },
    }
