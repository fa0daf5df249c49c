"""Correct: `check` prints verdicts beside expectations and exits by them; bad usage is one line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from types import ModuleType

import pytest
from click.testing import CliRunner

from secondlook import __version__
from secondlook.claims import Derived, NotDerivable
from secondlook.cli import app

CLAIMS = """\
- id: rate
  where: Abstract, sentence 2
  quantity: response rate, percent of 21
  printed: "52.3"
  expect: truncated
  cause: rounding
  why: the digit was cut
  by: results
- id: dose
  where: Section 2
  quantity: dose, mg
  printed: "3"
  by: results
  expect: {expect}
"""


@pytest.fixture
def paper(tmp_path, monkeypatch):
    """Lay out one paper; gives a function that sets what is expected of its second claim."""
    folder = tmp_path / "data" / "smith-2001"
    folder.mkdir(parents=True)
    (folder / "datapackage.yaml").write_text("name: smith-2001\nresources: []\n")
    module = ModuleType("smith")
    module.results = lambda: {
        "rate": Derived(1100 / 21, "11 of 21"),
        "dose": Derived(3, "printed elsewhere"),
    }
    monkeypatch.setitem(sys.modules, "papers.smith_2001", module)
    monkeypatch.setenv("SECONDLOOK_ROOT", str(tmp_path))

    def expect(verdict: str) -> ModuleType:
        more = "" if verdict == "reproduced" else "\n  cause: unknown\n  why: for the test"
        (folder / "claims.yaml").write_text(CLAIMS.format(expect=verdict + more))
        return module

    return expect


def check(*arguments: str):
    return CliRunner().invoke(app, ["check", *arguments])


def test_all_as_expected_exits_0(paper):
    paper("reproduced")
    result = check("smith-2001")
    assert result.exit_code == 0, result.output
    assert "all 2 verdicts are as expected" in result.stdout
    assert "1 reproduced, 1 truncated" in result.stdout


def test_a_verdict_that_moved_exits_1_and_stands_out(paper):
    paper("differs")
    result = check()
    assert result.exit_code == 1
    assert "1 of 2 verdicts is not as expected" in result.stdout
    assert "secondlook check --explain smith-2001:dose" in result.stdout
    (line,) = [each for each in result.stdout.split("\n") if each.startswith("dose")]
    assert line.split()[:2] == ["dose", "3"]
    assert line.split()[3:] == ["reproduced", "differs", "<-", "not", "so"]


def test_json_has_an_object_a_claim_with_its_fields_and_the_verdict(paper):
    paper("differs")
    result = check("--format", "json")
    assert result.exit_code == 1
    first, second = json.loads(result.stdout)
    assert first == {
        "paper": "smith-2001",
        "id": "rate",
        "where": "Abstract, sentence 2",
        "quantity": "response rate, percent of 21",
        "printed": "52.3",
        "recomputed": first["recomputed"],
        "verdict": "truncated",
        "expect": "truncated",
        "as_expected": True,
        "cause": "rounding",
        "why": "the digit was cut",
        "how": "11 of 21",
        "cites": "",
    }
    assert first["recomputed"].startswith("52.38")
    assert (second["verdict"], second["expect"], second["as_expected"]) == (
        *("reproduced", "differs", False),
    )


@pytest.mark.parametrize("arguments", [["nobody-1999"], ["--format", "xml"], ["--no-such-option"]])
def test_bad_usage_exits_2(paper, arguments):
    paper("reproduced")
    result = check(*arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_an_unknown_paper_is_named_with_those_there_are(paper):
    paper("reproduced")
    told = check("nobody-1999").stderr
    assert told == "secondlook: no paper nobody-1999; there are: smith-2001\n"


def test_bad_data_exits_2_with_one_line(paper):
    paper("maybe")
    result = check()
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "smith-2001" in result.stderr
    assert "maybe" in result.stderr


def test_a_claim_without_a_result_exits_2(paper):
    paper("reproduced").results = lambda: {"rate": NotDerivable("patients")}
    result = check()
    assert result.exit_code == 2
    assert "dose" in result.stderr


def test_tables_are_sealed_under_a_root_that_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("SECONDLOOK_ROOT", "")
    (tmp_path / "data").mkdir()
    assert CliRunner().invoke(app, ["new", "smith-2001", "--root", str(tmp_path)]).exit_code == 0
    table = tmp_path / "data" / "smith-2001" / "table-1.csv"
    table.write_text(table.read_text().replace("female", "women"))
    sealed = CliRunner().invoke(app, ["seal", "--root", str(tmp_path)])
    assert sealed.stdout == "sealed table-1 of smith-2001\n", sealed.output
    assert CliRunner().invoke(app, ["seal", "nobody", "--root", str(tmp_path)]).exit_code == 2


@pytest.mark.parametrize("command", ["render", "notebooks", "preview", "curve os.yaml"])
def test_every_command_takes_a_root(tmp_path, command):
    result = CliRunner().invoke(app, [*command.split(), "--root", str(tmp_path / "none")])
    assert result.exit_code == 2
    assert "none: there is no such folder" in result.stderr


def test_a_site_elsewhere_is_rendered_and_its_references_compared(tmp_path, monkeypatch):
    (tmp_path / "_quarto.yml").write_text("project: {type: website, render: [index.qmd]}\n")
    (tmp_path / "index.qmd").write_text(
        "---\ntitle: Here\n---\n\n```{python}\nimport os\nos.environ['SECONDLOOK_ROOT']\n```\n"
    )
    monkeypatch.setenv("SECONDLOOK_ROOT", "")
    there = ["--root", str(tmp_path)]
    rendered = CliRunner().invoke(app, ["render", "--engine", "embedded", *there])
    assert rendered.exit_code == 0, rendered.output
    assert str(tmp_path) in (tmp_path / "_site" / "index.html").read_text()
    stale = CliRunner().invoke(app, ["notebooks", *there])
    assert stale.exit_code == 1
    assert "index" in stale.stderr


def test_the_version_is_printed():
    assert CliRunner().invoke(app, ["--version"]).stdout == f"secondlook {__version__}\n"


def test_the_module_is_the_program():
    done = subprocess.run(
        [sys.executable, "-m", "secondlook", "--version"], capture_output=True, text=True
    )
    assert done.stdout == f"secondlook {__version__}\n"


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from secondlook.cli import app; from click.testing import CliRunner; "
        "print(CliRunner().invoke(app, ['--help']).exit_code, *sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    status, *modules = done.stdout.split()
    assert status == "0"
    assert not {"pandas", "numpy", "scipy", "jupytext", "nbclient", "matplotlib"} & set(modules)


def test_a_paper_is_checked_without_jupyter():
    code = (
        "import sys; from secondlook import claims; [claims.judge(key) for key in claims.keys()]; "
        "print(*sys.modules)"
    )
    before = children_seconds()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    spent = children_seconds() - before
    assert done.returncode == 0, done.stderr
    assert not {"nbclient", "jupytext", "IPython", "plotnine", "matplotlib"} & set(
        done.stdout.split()
    )
    # Three seconds a paper are the promise; of processor time, which a busy machine does not move.
    assert spent < 15


def children_seconds() -> float:
    used = os.times()
    return used.children_user + used.children_system
