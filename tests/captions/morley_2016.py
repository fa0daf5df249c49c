"""What the figures and tables of morley-2016 say, for its report and its deck."""

from papers.morley_2016 import data, deck, exposure, layout, phase_three, transplant


def _counts(frame):
    """Return each study's count of patients as text, by its label without it."""
    studies = frame[frame["kind"] == "study"]
    names = [label.rsplit("  ", 1)[0] for label in studies["label"]]
    counts = [f"{a} of {n}" for a, n in zip(studies["count"], studies["n"], strict=True)]
    return list(zip(names, counts, studies["text"], strict=True))


def vod():
    counts = [count for _, count, _ in _counts(layout.vod_frame())]
    yield f"phase III {counts[0]} or {counts[1]}, mini-hyper-CVD {counts[2]}"
    yield f"phase II {counts[3]}, phase III {counts[4]}, under 18 years {counts[5]}"
    yield f"{counts[6]} without transplantation, {counts[7]} before it"
    yield f"without a conjugate: {counts[8]}"


def vod_counts():
    frame = layout.vod_frame()
    label = frame["label"].str.startswith("Phase III")
    at_any_time = frame[label & frame["group"].str.endswith("any time")]
    after = frame[label & frame["group"].str.endswith("SCT")]
    yield f"{at_any_time['count'].nunique()} counts are printed"
    yield f"the {after['n'].item()} transplanted"


def vod_on_a_slide():
    counts = {name: count for name, count, _ in _counts(deck.vod())}
    after = [counts[f"Inotuzumab, SCT: phase {phase}"] for phase in ("II", "III")]
    yield f"inotuzumab and transplantation {after[0]} and {after[1]}"
    yield f"gemtuzumab and transplantation {counts['Gemtuzumab, SCT']}"
    yield f"gemtuzumab without {counts['Gemtuzumab, no SCT']}"
    yield f"without a conjugate {counts['No conjugate, SCT']}"


def response():
    names = ("phase II", "both schedules", "phase III interim")
    for name, (_, count, text) in zip(names, _counts(deck.response()), strict=True):
        yield f"{name} {count}, {text}"


def levels():
    names = ("above 100 ng/mL", "below")
    for name, (_, count, text) in zip(names, _counts(deck.levels()), strict=True):
        yield f"{name} {count}, {text}"


def tests_of_levels():
    (high, not_high), (low, not_low) = data.table("high-level", "low-level")
    first = exposure.level_tests()
    assert (first["verdict"] == "reproduced").any()
    yield f"{high} of {high + not_high} against {low} of {low + not_low}"
    yield f"print {data.printed_text('lev-p')}"


def arms():
    found = layout.arms_text()
    assert found["left_out"].astype(int).tolist()[0] == 0
    assert len(found) == 2
    yield f"the first {data.number('p3-first')} patients"
    yield f"up to {phase_three.MOST_LEFT_OUT} patients left out"
    yield "all four printed percents"


PHRASES = {
    ("tbl-tests", "tbl-cap"): tests_of_levels,
    ("tbl-arms", "tbl-cap"): arms,
    ("tbl-survival", "tbl-cap"): lambda: [f"{data.number('keb-n')} patients transplanted"],
    ("tbl-constructed", "tbl-cap"): lambda: [
        f"what {len(transplant.constructed())} constructed patients give"
    ],
    ("fig-vod", "fig-cap"): vod_counts,
    ("fig-vod", "fig-alt"): vod,
    ("tbl-criteria", "tbl-cap"): lambda: ["10⁹/L"],
}
SLIDES = {
    ("response", "fig-alt"): response,
    ("levels", "fig-alt"): levels,
    ("vod", "fig-alt"): vod_on_a_slide,
}
