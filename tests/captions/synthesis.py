"""What the figures and tables of the page across the documents say."""

from inspect import signature

from papers import synthesis
from papers.synthesis import layout
from secondlook.figures import forest_frame


def _rows(frame, group, kind):
    return frame[(frame["group"] == group) & (frame["kind"] == kind)]


def _percent(value):
    return f"{value:.0f}"


def _responses(group):
    frame = synthesis.response_frame()
    studies, pooled = (_rows(frame, group, kind) for kind in ("study", "pooled"))
    prediction = _rows(frame, group, "prediction")["text"].item()
    least, most = studies["estimate"].min(), studies["estimate"].max()
    return (
        f"{len(studies)} studies from {_percent(least)} to {_percent(most)} percent, pooled "
        f"{_percent(pooled['estimate'].item())} percent, prediction from {prediction}"
    )


def response():
    yield f"AML: {_responses('Gemtuzumab, R/R AML')}"
    yield f"ALL: {_responses('Inotuzumab, R/R ALL')}"


def _counts(group):
    studies = _rows(synthesis.vod_frame(), group, "study")
    return ", ".join(f"{a} of {n}" for a, n in zip(studies["count"], studies["n"], strict=True))


def _pooled(group):
    row = _rows(synthesis.vod_frame(), group, "pooled")
    return f"pooled {_percent(row['estimate'].item())} percent"


def vod():
    frame = synthesis.vod_frame()
    first = "GO, no SCT or not said"
    limits = _rows(frame, first, "pooled")["text"].item().split("(")[1].rstrip(")")
    yield f"{frame['group'].nunique()} groups"
    yield f"not said: {_counts(first)}, {_pooled(first)} with an interval from {limits}"
    yield f"Gemtuzumab, then transplantation: {_counts('GO, then SCT')}"
    for group, name in (
        ("INO, before or without SCT", "Inotuzumab before or without transplantation"),
        ("INO, then SCT", "Inotuzumab, then transplantation"),
    ):
        yield f"{name}: {_counts(group)}, {_pooled(group)}"
    yield f"No conjugate: {_counts('No conjugate, SCT')}"


def models():
    return [f"{layout.pooled_text(synthesis.vod_studies())['model'].nunique()} models"]


PHRASES = {
    ("tbl-totals", "tbl-cap"): lambda: ["two documents"],
    ("fig-response", "fig-alt"): response,
    ("tbl-pooled", "tbl-cap"): models,
    ("fig-vod", "fig-cap"): lambda: [
        f"groups of {signature(forest_frame).parameters['least'].default} studies or more"
    ],
    ("fig-vod", "fig-alt"): vod,
    ("tbl-vod", "tbl-cap"): models,
    ("tbl-compared", "tbl-cap"): lambda: ["two documents"],
    ("tbl-shared", "tbl-cap"): lambda: ["two documents"],
}
