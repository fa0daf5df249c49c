"""Correct: what `secondlook curve` prints and writes, to the letter, for answers made by hand."""

import io
import json
from types import SimpleNamespace

import pytest
from rich.console import Console

from secondlook.admissible import Answer, CurveFacts, Range
from secondlook.admissible import command as commanding
from secondlook.admissible.answer import Convention, Judged
from secondlook.admissible.command import curve_command, read_facts, shown

BLOCK = 'n: "3"\nat_risk: "3 2"\nticks: "6"\nsurvival: {6: "67"}\n'


def judged(address, words, verdict):
    return Judged(address, "", words, "", verdict, "")


def test_an_answer_for_reading_has_counts_verdicts_and_what_is_left_open():
    answer = Answer(
        "os", 31, "attainable",
        (
            judged("os/12", "S(12) = 53%", "attainable"),
            judged("os/deaths", "20 deaths", "attainable"),
        ),
        ranges={"deaths": Range(20, 23), "survival at 12": Range(0.53123, 0.5345)},
        sequences=16_472, orders=4_997_280, exact=True, seconds=1.26,
    )  # fmt: skip
    assert shown(answer).splitlines() == [
        "os: 31 patients: attainable (1.3 s)",
        "16,472 sequences of deaths and censorings print every number; they can be spread over the "
        "time between the printed times in 4,997,280 ways.",
        "Printed:",
        "  S(12) = 53%  attainable",
        "  20 deaths    attainable",
        "Left open (no data set lies outside, and the ends are taken):",
        "  deaths          20 to 23",
        "  survival at 12  0.5312 to 0.5345",
    ]


@pytest.mark.parametrize(
    ("fewest", "words"), [(True, "the fewest that do"), (False, "fewer may do")]
)
def test_a_contradiction_is_told_with_the_readings_that_were_tried(fewest, words):
    readings = [
        Convention("0 6 12 18", "log", "log", "unattainable"),
        Convention("0 6 12 18", "plain", "plain", "undecided"),
        Convention("", "logit", "logit", "attainable"),
    ]
    answer = Answer(
        "os", 8, "unattainable", (judged("os/5", "S(5) = 30%", "conflicts"),),
        contradiction=("5 at risk at 6", "S(5) = 30%"), smallest=fewest,
        conventions=tuple(readings), ranges={"deaths": Range(0, 8)}, seconds=0.04,
    )  # fmt: skip
    assert shown(answer).splitlines() == [
        "os: 8 patients: unattainable (0.0 s)",
        f"These cannot hold together ({words}):",
        "  - 5 at risk at 6",
        "  - S(5) = 30%",
        "Of 3 readings of what is not printed, fit:",
        "  - limits of type plain, ticks 0 6 12 ...: undecided",
        "  - limits of type logit: attainable",
        "Printed:",
        "  S(5) = 30%  conflicts",
        "Left open (no data set lies outside):",
        "  deaths  0 to 8",
    ]
    none = Answer("os", 8, "unattainable", (), conventions=tuple(readings[:1] * 2))
    assert shown(none).splitlines()[1:] == [
        "Of 2 readings of what is not printed, fit:", "  - none", "Printed:"
    ]  # fmt: skip
    assert shown(Answer("os", 8, "unattainable", (), conventions=tuple(readings[:1]))) == (
        "os: 8 patients: unattainable (0.0 s)\nPrinted:"
    )


def run(path, **options):
    return curve_command(str(path), Console(file=io.StringIO()), **options)


@pytest.fixture
def block(tmp_path):
    path = tmp_path / "os.yaml"
    path.write_text(BLOCK)
    return path


def test_the_exit_code_is_that_of_the_answer(block, monkeypatch):
    for answer, code in (("attainable", 0), ("unattainable", 1), ("undecided", 3)):
        found = Answer("os", 3, answer, ())
        monkeypatch.setattr(commanding, "curve", lambda *_, found=found, **__: found)
        assert run(block) == (shown(found), code)


def test_data_sets_are_written_a_file_each_and_named(block, tmp_path):
    folder = tmp_path / "sets"
    text, code = run(block, sets=2, seed=3, folder=folder)
    assert code == 0
    paths = [folder / f"os-constructed-{number}.csv" for number in (1, 2)]
    assert sorted(folder.iterdir()) == paths
    assert text.splitlines()[-2:] == [f"wrote {path}" for path in paths]
    head, *rows = paths[0].read_text().splitlines()
    assert head == "patient,time,event,note"
    assert len(rows) == 3
    first = rows[0].split(",", 3)
    assert (first[0], first[2], first[3]) == ("1", "1", '"constructed, not patient data"')
    assert 0 < float(first[1]) <= 6
    assert paths[0].read_text().endswith("\n")
    # Without a folder they are made and not kept; the seed is 1 if none is given.
    assert "wrote" not in run(block, sets=2)[0]
    for name, seed in (("first", {"seed": 1}), ("unsaid", {})):
        run(block, sets=1, folder=tmp_path / name, **seed)
    (first,), (unsaid,) = ((tmp_path / name).iterdir() for name in ("first", "unsaid"))
    assert first.read_bytes() == unsaid.read_bytes() != paths[0].read_bytes()
    # Where the paper does not say its type of limits, each says by which it prints the numbers.
    block.write_text(BLOCK.replace("67", "67 (30-100)"))
    noted = run(block, sets=1, folder=tmp_path / "limits")[0].splitlines()[-1]
    assert (
        noted == f"wrote {tmp_path / 'limits' / paths[0].name}: limits of type log, ticks 0 6 ..."
    )
    block.write_text(BLOCK)
    # Programs read the answer and nothing else; the files are there all the same.
    other = tmp_path / "other"
    text, _ = run(block, as_json=True, sets=1, folder=other)
    assert json.loads(text)["answer"] == "attainable"
    assert text.startswith('{\n "name": "os"')
    assert len(list(other.iterdir())) == 1


def test_nothing_is_written_where_no_data_set_prints_every_number(block, tmp_path):
    block.write_text(BLOCK.replace("67", "20"))
    folder, figure = tmp_path / "sets", tmp_path / "os.png"
    text, code = run(block, sets=2, folder=folder, figure=figure)
    assert code == 1
    assert text.endswith(
        "\nNo data set prints every number: none is written.\nNothing to draw: no curve fits."
    )
    assert not folder.exists()
    assert not figure.exists()
    json.loads(run(block, as_json=True, sets=2, folder=folder, figure=figure)[0])


@pytest.mark.parametrize(
    ("more", "name", "drawn"),
    [
        ('unit: "Weeks"\n', "os.png", ([0.0, 6.0], "Weeks", "png")),
        ("", "os", ([0.0, 6.0], "Time", None)),
    ],
)
def test_a_figure_has_the_ticks_and_the_unit_of_the_block(
    block, tmp_path, monkeypatch, more, name, drawn
):
    import secondlook.figures

    said = []

    def figure(envelope, points, *, ticks, time_unit):
        assert list(envelope["time"]) == [6.0, 6.0]
        assert points["survival"].tolist() == [0.67]

        def save(buffer, *, format, verbose):
            said.append((ticks, time_unit, format))
            assert not verbose
            buffer.write(b"drawn")

        return SimpleNamespace(save=save)

    monkeypatch.setattr(secondlook.figures, "envelope_figure", figure)
    block.write_text(BLOCK + more)
    path = tmp_path / name
    text, _ = run(block, figure=path)
    assert said == [drawn]
    assert path.read_bytes() == b"drawn"
    assert text.endswith(f"\nwrote {path}")
    assert "wrote" not in run(block, as_json=True, figure=path)[0]
    # Without a row of numbers at risk it has round times: cuts may be too near to be written.
    block.write_text('n: "3"\nunit: months\nsurvival: {5.9: "67", 6: "67", 9: "33"}\n')
    monkeypatch.setattr(
        secondlook.figures, "envelope_figure",
        lambda *_, ticks, time_unit: said.append(ticks) or figure_of_nothing,
    )  # fmt: skip
    figure_of_nothing = SimpleNamespace(save=lambda *_, **__: None)
    run(block, figure=path)
    assert said[-1] == [0.0, 3.0, 6.0, 9.0]


def test_a_drawing_is_the_same_every_time_and_needs_no_limits(block, tmp_path, recwarn):
    drawn = []
    for path in (tmp_path / "one.svg", tmp_path / "two.svg"):
        run(block, figure=path)
        drawn.append(path.read_bytes())
    assert drawn[0] == drawn[1]
    assert b"<svg" in drawn[0]
    assert not [each for each in recwarn if "Removed" in str(each.message)]


def test_a_block_is_read_by_itself_or_among_curves_and_nothing_else(tmp_path):
    path = tmp_path / "pfs.yml"
    path.write_text('n: "3"')
    assert read_facts(str(path)) == CurveFacts.read("pfs", {"n": "3"})
    path.write_text('curves: {os: {n: "4"}}')
    assert read_facts(str(path)) == CurveFacts.read("os", {"n": "4"})
    path.write_text('os: {n: "5"}')
    assert read_facts(str(path)) == CurveFacts.read("os", {"n": "5"})
    for wrong in ('curves: {os: {n: "4"}, pfs: {n: "4"}}', "[1]", "curves: [1]", "{}"):
        path.write_text(wrong)
        with pytest.raises(ValueError, match=r"pfs\.yml: one block of printed numbers is needed"):
            read_facts(str(path))
    for wrong, message in (("n: 4", "curve 'pfs': n: 4: a printed value is text"),
                           ("n: {", r"line \d: ")):  # fmt: skip
        path.write_text(wrong)
        with pytest.raises(ValueError, match=rf"pfs\.yml: {message}"):
            read_facts(str(path))
    with pytest.raises(ValueError, match=r"^there is no file .*none\.yaml$"):
        read_facts(str(tmp_path / "none.yaml"))
    assert read_facts("kayser-2022/os").name == "os"


def test_progress_is_told_for_each_data_set(block, tmp_path, monkeypatch):
    said = []
    monkeypatch.setattr(
        "rich.progress.Progress.update",
        lambda self, task, **what: said.append((what["description"], what["completed"])),
    )
    run(block, sets=2, folder=tmp_path / "sets")
    assert said[-3:] == [("done", 1.0), ("data sets", 0.5), ("data sets", 1.0)]
