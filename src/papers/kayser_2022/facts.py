"""What the paper prints about survival, as facts that the search of admissible orders reads."""

from __future__ import annotations

from papers.kayser_2022.data import KEY, PATIENTS, said
from secondlook.claims import printed_text
from secondlook.data import load
from secondlook.linked import (
    KnownTime,
    Link,
    PrintedMedian,
    PrintedSurvival,
    SurvivalFacts,
)
from secondlook.survival import IntervalType

__all__ = [
    "DAYS_IN_A_MONTH",
    "INTERVAL",
    "SPACING",
    "death_bounds",
    "last_dose",
    "left_after_early_death",
    "overall_survival",
    "relapse_free_survival",
    "remission",
    "told_exits",
]

SPACING = "3"
INTERVAL: IntervalType = "log"
DAYS_IN_A_MONTH = 30.4375


def overall_survival(*, spacing: str = SPACING, narrative: bool = True) -> SurvivalFacts:
    """Return the facts on overall survival of the 31 patients, in months.

    Parameters
    ----------
    spacing
        The distance of the ticks under Figure 3, which the figure's text does not give.
    narrative
        Whether to add the bounds on deaths, the patients whose exit is told, and that nobody but
        the early death left during the first cycle.
    """
    return SurvivalFacts(
        n=str(PATIENTS),
        at_risk=" ".join(str(number) for number in load(KEY, "figure-3")["at_risk"]),
        spacing=spacing,
        survival=(_survival("os", "12"), _survival("os", "24")),
        median=PrintedMedian(
            printed_text(KEY, "res-os-median"),
            (printed_text(KEY, "res-os-median-lower"), printed_text(KEY, "res-os-median-upper")),
        ),
        follow_up=PrintedMedian(
            printed_text(KEY, "res-fu-median"), (printed_text(KEY, "res-fu-lower"), None)
        ),
        deaths=tuple(map(str, death_bounds())) if narrative else None,  # type: ignore[arg-type]
        known=told_exits() if narrative else (),
        left=left_after_early_death() if narrative else (),
    )


def relapse_free_survival(*, narrative: bool = False) -> SurvivalFacts:
    """Return the facts on relapse-free survival of the 17 patients in complete remission.

    Parameters
    ----------
    narrative
        Whether to read the patients still in complete remission as being of the 17. Then all but
        one of them, who may have had the molecular relapse, have had no relapse. The paper does not
        say so: patients in partial remission may have reached a complete one later.
    """
    most = said("res-cr-n") - said("res-still-cr") + said("res-molecular")
    return SurvivalFacts(
        n=printed_text(KEY, "res-cr-n"),
        survival=(_survival("rfs", "12"), _survival("rfs", "24")),
        deaths=("0", f"{most:g}") if narrative else None,
    )


def remission(*, longest: float | None = None, deaths_count: bool = True) -> Link:
    """Return what ties relapse-free survival of the 17 to overall survival of the 31.

    Remission was assessed after the first cycle at the earliest, and the last dose of a cycle is
    given on day 15. Alive after a relapse is one patient, and perhaps another with a molecular one.
    The patient still in partial remission is not of the 17.

    Parameters
    ----------
    longest
        The longest time in months from the start of INO to complete remission. Nothing printed
        bounds it; None leaves it open.
    deaths_count
        Whether death in remission is an event, as usual, or ends follow-up, as the paper's methods
        can be read ("until last follow-up or relapse").
    """
    return Link(
        shortest_delay=last_dose(),
        longest_delay=longest,
        alive_with_event=int(said("res-relapsed-alive") + said("res-molecular")),
        dead_without_event=0 if deaths_count else int(said("res-died-remission")),
        alive_outside=int(said("res-still-pr")),
        median=PrintedMedian(printed_text(KEY, "res-cr-os-median")),
    )


def last_dose() -> float:
    """Return the months from the start of INO to the last dose of the first cycle."""
    return round((said("met-day-15") - said("met-day-1")) / DAYS_IN_A_MONTH, 2)


def death_bounds() -> tuple[int, int]:
    """Bound the number of deaths by the narrative.

    The early death, two deaths in remission and those of all relapsed but one are told. Those still
    in remission are alive. The relapsed patient who lives may be one of them: the paper counts a
    patient with a molecular relapse among those in remission.
    """
    told = said("res-died-early") + said("res-died-remission") + said("res-relapsed-n")
    return int(told) - int(said("res-relapsed-alive")), PATIENTS - int(said("res-still"))


def told_exits() -> tuple[KnownTime, ...]:
    """Return the patients whose exit is told, in months from the start of INO.

    Times from transplantation are lower bounds, for transplantation came after the start.
    """
    day = said("res-died-day") / DAYS_IN_A_MONTH
    after_transplant = said("res-cns-2-relapse") + said("res-cns-2-death")
    return (
        KnownTime("death", f"{day:.1f}", "early death"),
        KnownTime("death", f">{after_transplant:g}", "central nervous system 2"),
        KnownTime("death", f">{said('vod-3-death'):g}", "VOD 3"),
        KnownTime("censoring", f">{said('vod-1-alive'):g}", "VOD 1"),
        KnownTime("censoring", f">={said('vod-2-alive'):g}", "VOD 2"),
    )


def left_after_early_death() -> tuple[tuple[str, str]]:
    """Return the month of the last dose of the first cycle, and how many were at risk then.

    One patient died early. Everybody else had a response assessed, after a cycle at least.
    """
    return ((f"{last_dose():g}", str(PATIENTS - int(said("res-c2-death-n")))),)


def _survival(outcome: str, time: str) -> PrintedSurvival:
    limits = (
        printed_text(KEY, f"res-{outcome}-{time}-lower"),
        printed_text(KEY, f"res-{outcome}-{time}-upper"),
    )
    return PrintedSurvival(time, printed_text(KEY, f"res-{outcome}-{time}"), limits)
