"""Correct: what the flow figure shows conserves patients, read from its frames."""

import pytest
from numpy.testing import assert_allclose

from papers.kayser_2022 import flow
from papers.kucukciler_2021 import response
from secondlook.figures import patient_flow

GROUPS = ["died", "changed", "on treatment"]


def test_every_column_holds_all_patients():
    columns = patient_flow.column_frame(response.flow_columns())
    assert columns.groupby("stage")["patients"].sum().tolist() == [21, 21, 21]
    assert columns.groupby("stage")["top"].max().tolist() == [21, 21, 21]


def test_ribbons_move_every_patient_once_between_two_columns():
    columns = patient_flow.column_frame(response.flow_columns())
    ribbons = patient_flow.ribbon_frame(columns, response.flow_streams(), GROUPS)
    moved = ribbons.drop_duplicates("ribbon")
    assert moved["patients"].sum() == 42
    heights = ribbons.groupby("ribbon")["y"].agg(lambda y: y.iloc[-1] - y.iloc[0])
    assert_allclose(heights.to_numpy(), moved["patients"].to_numpy(), rtol=0, atol=1e-12)


def test_ribbons_leave_and_reach_their_groups_without_overlap():
    columns = patient_flow.column_frame(response.flow_columns())
    ribbons = patient_flow.ribbon_frame(columns, response.flow_streams(), GROUPS)
    for side in ("first", "last"):
        edges = []
        for _, corners in ribbons.groupby("ribbon"):
            half = len(corners) // 2
            low = corners["y"].iloc[0 if side == "first" else half - 1]
            high = corners["y"].iloc[-1 if side == "first" else half]
            stage = int(corners["x"].iloc[0])
            edges.append((stage, low, high))
        for stage in {edge[0] for edge in edges}:
            spans = sorted((low, high) for s, low, high in edges if s == stage)
            assert spans[0][0] == 0
            assert spans[-1][1] == 21
            ends = [high for _, high in spans[:-1]]
            assert_allclose(ends, [low for low, _ in spans[1:]], rtol=0, atol=1e-12)


def test_a_stream_that_loses_a_patient_is_refused():
    columns = patient_flow.column_frame(response.flow_columns())
    streams = response.flow_streams()
    streams.loc[0, "patients"] -= 1
    with pytest.raises(ValueError, match="which holds"):
        patient_flow.ribbon_frame(columns, streams, GROUPS)


def test_of_two_stages_every_label_stands_beside_its_block_in_one_size():
    figure = patient_flow.patient_flow_figure(
        flow.columns(), flow.streams(), flow.COLORS, flow.STAGES
    )
    before, after = (
        layer.geom for layer in figure.layers if type(layer.geom).__name__ == "geom_text"
    )
    assert before.aes_params["size"] == after.aes_params["size"] > 9
    assert (before.data["x"] < before.data["left"]).all()
    assert (after.data["x"] > after.data["right"]).all()
    thin = after.data.set_index("state").loc["in partial remission"]
    assert thin["label"] == "1 in partial remission"
    # Neighbours that have one line each are far enough apart for it.
    assert thin["block"] > before.aes_params["size"]
