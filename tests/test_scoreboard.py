"""Correct: the scoreboard counts, links and names what the claims give, for any papers."""

from __future__ import annotations

import json
import sys
from types import ModuleType

import pytest
from tests.render.reading import read

from secondlook import claims, scoreboard
from secondlook.claims import VERDICTS, Contradicted, Derived

CLAIMS = """\
- {id: rate, where: Abstract, quantity: rate, printed: "52.3",
   by: results, expect: truncated, cause: rounding, why: cut}
- {id: age, where: Table 1, quantity: median age, printed: "59",
   by: results, expect: conflicts, cause: unknown, why: two counts}
- {id: age-again, where: Abstract, quantity: median age, printed: "59",
   by: results, expect: conflicts, cause: unknown, why: two counts}
- {id: n, where: Abstract, quantity: patients, printed: "21", by: results}
"""


@pytest.fixture
def data(tmp_path, monkeypatch):
    for key, extra in (("smith-2001", "x-name: Śmith & Co 2001\n"), ("zhang-2002", "")):
        folder = tmp_path / "data" / key
        folder.mkdir(parents=True)
        (folder / "datapackage.yaml").write_text(f"title: A title\n{extra}", encoding="utf-8")
        (folder / "claims.yaml").write_text(CLAIMS)
        module = ModuleType(key)
        module.results = lambda: {
            "rate": Derived(1100 / 21, "11 of 21"),
            "age": Contradicted("12 of 21 are older", True, "by logic"),
            "age-again": Contradicted("12 of 21 are older", True, "by logic"),
            "n": Derived(21, "rows"),
        }
        monkeypatch.setitem(sys.modules, f"papers.{key.replace('-', '_')}", module)
    monkeypatch.setenv("SECONDLOOK_ROOT", str(tmp_path))
    (tmp_path / "reports" / "slides").mkdir(parents=True)
    (tmp_path / "reports" / "smith-2001.qmd").touch()
    return tmp_path


def test_each_paper_is_a_row_with_its_counts(data):
    table = read(scoreboard.verdict_table(scoreboard.papers()).html)
    head, first, second = [[cell.text for cell in row.children] for row in table.all("tr")]
    assert head == ["Document", "claims", "reproduced", "truncated", "conflicts"]
    assert first == ["Śmith & Co 2001 report A title", "4", "1", "1", "2"]
    assert second == ["Zhang 2002 A title", "4", "1", "1", "2"]


@pytest.mark.parametrize(
    ("front", "about"),
    [
        ('---\ntitle: Smith\nsubtitle: "A \\\\_drug\\\\_ in <b>ALL</b>: 21 patients"\n---\n',
         "A _drug_ in <b>ALL</b>: 21 patients"),
        ("---\ntitle: Smith\n---\nsubtitle: none\n", "A title"),
        ("---\nsubtitle: A drug\nno-option-of-ours: 1\n...\n\nText.\n\n---\n", "A drug"),
        ("---\nsubtitle: [\n---\n", "A title"),
        ("---\nsubtitle: A drug\n", "A title"),
        ("Text alone.\n", "A title"),
    ],
)  # fmt: skip
def test_under_the_name_stands_the_subtitle_of_the_report_or_else_the_title(data, front, about):
    (data / "reports" / "smith-2001.qmd").write_text(front)
    table = read(scoreboard.verdict_table(scoreboard.papers()).html)
    assert [each.text for each in table.all(class_="about")] == [about, "A title"]


def test_the_bar_says_the_counts_in_words(data):
    table = read(scoreboard.verdict_table(scoreboard.papers()).html)
    bar = table.all(class_="verdict-bar")[0]
    assert bar.attributes["aria-label"] == "1 reproduced, 1 truncated, 2 conflicts"
    assert [each.attributes["style"] for each in bar.children] == [
        *("flex-grow:1", "flex-grow:1", "flex-grow:2"),
    ]


def test_links_are_made_only_to_what_is_there(data):
    table = read(scoreboard.verdict_table(scoreboard.papers()).html)
    assert [each.attributes["href"] for each in table.all("a")] == ["reports/smith-2001.html"]


def test_the_source_has_its_title_its_place_and_a_link(data):
    described = data / "data" / "smith-2001" / "datapackage.yaml"
    described.write_text(
        "title: A <b> title\n"
        "sources: [{title: Smith A. Journal 2001., path: https://doi.org/10.1/a}]\n"
    )
    told = "Smith A. Journal 2001. doi.org/10.1/a"
    assert read(scoreboard.source("smith-2001").html).text == f"A <b> title {told}"
    opening = scoreboard.opening("smith-2001").splitlines()[1:]
    assert opening[1] == "---"
    subtitle = json.loads(opening[0].removeprefix("subtitle: "))
    shown = read(subtitle.removeprefix("`").removesuffix("`{=html}"))
    links = [each.attributes["href"] for each in shown.all("a")]
    assert links == ["https://doi.org/10.1/a", "../smith-2001.html", "../../index.html"]
    assert told in shown.text
    # `secondlook new` writes no place: the title is what was read.
    described.write_text("title: A <b> title\n")
    assert 'A second look at<span class=\\"source\\">A &lt;b&gt; title<' in scoreboard.opening(
        "smith-2001"
    )


def test_headlines_are_the_gravest_findings_each_once(data):
    paper = scoreboard.papers()[0]
    assert [each["id"] for each in paper.headlines] == ["age", "rate"]


def test_a_conflict_names_what_stands_against_the_number(data):
    text = read(scoreboard.headlines(scoreboard.papers()).html).all("li")[0].text
    assert (
        text
        == "conflicts Median age (Table 1): printed 59; elsewhere: 12 of 21 are older. two counts"
    )


def test_headlines_may_be_named(data):
    path = data / "data" / "zhang-2002" / "datapackage.yaml"
    path.write_text("title: A title\nx-headlines: [rate]\n")
    paper = scoreboard.papers()[1]
    text = read(scoreboard.headlines([paper]).html).text
    assert "Rate (Abstract): printed 52.3; recomputed 52.38" in text


def test_a_headline_that_is_no_claim_is_refused(data):
    path = data / "data" / "zhang-2002" / "datapackage.yaml"
    path.write_text("title: A title\nx-headlines: [nothing]\n")
    with pytest.raises(
        ValueError, match=r"package.yaml, line 2: `x-headlines` names 'nothing', which is no claim"
    ):
        scoreboard.papers()


def test_every_verdict_is_explained():
    assert tuple(claims.MEANINGS) == VERDICTS
    assert [each.text for each in read(scoreboard.meanings().html).all("dt")] == list(VERDICTS)
