"""*Correct*: a draft holds every number once, accuses what the scan accuses, and can be judged."""

from __future__ import annotations

import os
import re
from collections import Counter

import pytest
from benchmarks.scan import bare
from click.testing import CliRunner
from tests.scan.articles import FOLDER, need_articles
from tests.scan.drafts import ARTICLE, ONE_GROUP, SOUND, article, drafted, files, results, row

from secondlook import data
from secondlook.cli import app
from secondlook.scan import scan
from secondlook.scan.draft import AGAINST, draft
from secondlook.scan.draft import paper as drafting
from secondlook.scan.draft.drafted import Drafted


def test_every_number_of_the_article_is_one_claim(root):
    numbers = results(ARTICLE)
    assert Counter(bare(j.claim.printed) for j in drafted(ARTICLE, root).values()) == numbers


def test_what_follows_is_declared_and_what_the_scan_accuses_is_unexpected(root):
    found = drafted(ARTICLE, root)
    unexpected = {name: judged.verdict for name, judged in found.items() if not judged.as_expected}
    assert unexpected == {
        "t1/diabetes-n-percent/early-walking/percent": "differs",
        "t1/smoker-n-percent/all": "differs",
    }
    women = found["t1/women-n-percent/early-walking/percent"]
    assert (women.claim.printed, women.verdict) == ("54.7", "reproduced")
    follows = Counter(judged.verdict for judged in found.values())
    assert follows["reproduced"] + follows["attainable"] >= 30


def test_the_command_drafts_and_check_lists_what_is_unexpected(root):
    result = CliRunner().invoke(app, ["scan", str(ARTICLE), "--draft", "smith-2024"])
    assert result.exit_code == 0, result.output
    assert "now: secondlook check smith-2024" in result.output
    checked = CliRunner().invoke(app, ["check", "smith-2024", "--only", "unexpected"])
    assert checked.exit_code == 1
    assert "2 of" in checked.output


@pytest.mark.parametrize(
    "begin", [["scan", str(ARTICLE), "--draft", "li-2024"], ["new", "li-2024"]]
)
def test_a_paper_elsewhere_is_checked_by_the_command_that_is_told(tmp_path, monkeypatch, begin):
    monkeypatch.setenv("SECONDLOOK_ROOT", "")
    told = CliRunner().invoke(app, [*begin, "--root", str(tmp_path)]).output
    (command,) = re.findall(r"now: secondlook (check [^,\n]+)", told)
    assert "secondlook: " not in CliRunner().invoke(app, command.split()).output


def test_the_report_of_a_draft_renders(root):
    draft(ARTICLE, "smith-2024", root=root)
    result = CliRunner().invoke(app, ["render", "--engine", "embedded", "--jobs", "1"])
    assert result.exit_code == 0, result.output
    assert "knee replacement" in (root / "_site" / "reports" / "smith-2024.html").read_text()


def test_nothing_is_written_over(root):
    draft(ARTICLE, "smith-2024", root=root)
    before = files(root)
    with pytest.raises(ValueError, match="is there already"):
        draft(ARTICLE, "smith-2024", root=root)
    assert files(root) == before


def test_a_draft_that_fails_leaves_nothing(root, monkeypatch):
    monkeypatch.setattr(Drafted, "texts", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        draft(ARTICLE, "smith-2024", root=root)
    assert list(root.iterdir()) == []
    assert os.environ[data.ROOT] == str(root)


@pytest.mark.parametrize("key", ["../smith", "smith/2024", "Smith", "", ".", "a" * 300 + "/"])
def test_a_key_that_leads_elsewhere_is_refused(root, key):
    with pytest.raises(ValueError, match="a key is lower-case words"):
        draft(ARTICLE, key, root=root)
    assert list(root.iterdir()) == []


@pytest.mark.parametrize(
    "title", ['A: "b" {c} &lt;b&gt;ü $x$ *y* # @d \\ ', "--- a", "&#8232;x&#8233;", "null", "- [a"]
)
def test_a_title_may_hold_anything(root, title):
    drafted(article(root, "".join(SOUND), title=title), root)


def test_a_percent_of_a_table_that_repeats_one_whose_digits_were_cut_expects_as_little(root):
    head = "<th>Row</th><th>Drug</th><th>Placebo</th>"
    rows = row("Cough", "47.6%", "30.1%") + row("Fever", "12.5%", "8.4%")
    text = "It was seen in 299 of 627 patients (47.6%), a cough of those on the drug."  # 47.69
    found = drafted(article(root, rows, head=head, text=text), root).values()
    assert [j.verdict for j in found if j.claim.printed.startswith("47.6")] == ["truncated"] * 2


def test_the_numbers_at_risk_under_a_curve_are_declared_as_one(root):
    text = "We treated 12 patients. Numbers at risk: 12 10 6 4 2"
    found = drafted(article(root, "".join(SOUND), text=text), root)
    at_risk = {name: j for name, j in found.items() if name.startswith("survival/at-risk/")}
    assert " ".join(j.claim.printed for j in at_risk.values()) == "10 6 4 2"
    assert {j.verdict for j in at_risk.values()} == {"attainable"}
    assert sum(j.claim.printed == "12" for j in found.values()) == 2  # of all, and at the start


def test_what_is_the_same_as_a_truncated_percent_is_truncated_too(root):
    text = "The response rate was 35.4%. Others saw a response rate of 35.4% in a subgroup."
    path = article(root, row("None", "31"), head="<th>A</th><th>B</th>", text=text,
                   abstract=f"{ONE_GROUP} The response rate was 35.4%.")  # fmt: skip
    verdicts = {j.verdict for j in drafted(path, root).values() if j.claim.printed == "35.4"}
    assert verdicts == {"truncated"}


def test_what_is_the_same_as_a_truncated_cell_keeps_saying_so(root):
    rows = "".join([*SOUND, row("Pneumonia, n (%)", "11 (27.5)", "13 (34.2)"),
                    row("Fever, n (%)", "25 (62.5)", "25 (65.7)")])  # fmt: skip
    text = "Fever with placebo was seen in 65.7% of those."  # 25 of 38 are 65.79
    found = drafted(article(root, rows, text=text), root)
    assert found["t1/fever-n-percent/placebo/percent"].verdict == "truncated"
    fever = next(j for name, j in found.items() if name.startswith("results-percent"))
    assert str(fever.claim.declared.body) == "t1/fever-n-percent/placebo/percent"


def test_an_article_without_a_number_is_refused(root):
    (root / "a.txt").write_text("We treated patients and they did well.")
    with pytest.raises(ValueError, match="it prints no number"):
        draft(root / "a.txt", "smith-2024", root=root)


SURVIVAL = (
    "Median overall survival was 12.8 months (95% CI 9.9-16.2). "
    "The 1-year OS rate was 53% (95% CI, 37%-76%); 2-year OS 18% (8-43). "
)


def test_survival_in_sentences_is_one_curve_and_each_of_its_numbers_a_claim_of_it(root):
    text = f"{SURVIVAL} Again, median OS was 12.8 months."
    path = article(root, "".join(SOUND), text=text, abstract="We treated 31 patients.")
    numbers = results(path)
    found = drafted(path, root)
    assert Counter(bare(j.claim.printed) for j in found.values()) == numbers
    of_curve = {str(j.claim.declared.body): j.claim.printed for j in found.values()
                if j.claim.declared and j.claim.declared.form == "curve"}  # fmt: skip
    assert of_curve == {
        "os/median": "12.8", "os/median/lower": "9.9", "os/median/upper": "16.2",
        "os/12": "53", "os/12/lower": "37", "os/12/upper": "76",
        "os/24": "18", "os/24/lower": "8", "os/24/upper": "43",
    }  # fmt: skip
    assert {j.verdict for j in found.values() if j.claim.printed == "12.8"} == {
        "attainable", "reproduced"
    }  # fmt: skip
    result = CliRunner().invoke(app, ["curve", "smith-2024/os"])
    assert result.exit_code == 0, result.output
    assert "attainable" in result.output


def test_survival_that_no_patients_have_is_a_question_and_no_curve_of_the_draft(root):
    text = "Median overall survival was 10.8 months (9.9-16.2; 95% CI). The 1-year OS was 53%."
    path = article(root, "".join(SOUND), text=text, abstract="We treated 31 patients.")
    (asked,) = (f for f in scan(path).findings if f.check == "curve")
    assert asked.level == "question"
    assert "median 10.8" in asked.reading
    found = drafted(path, root)
    assert not any(name.startswith("os/") for name in found)
    assert all(judged.as_expected for judged in found.values())


def test_a_curve_whose_search_takes_too_long_is_listed_instead(root, monkeypatch):
    from secondlook.claims.ledger import Paper
    from secondlook.scan.document import TookTooLong

    answer = Paper.answer

    def slow(paper, name):
        if name.startswith("survival/"):
            raise TookTooLong
        return answer(paper, name)

    monkeypatch.setattr(Paper, "answer", slow)
    text = "We treated 12 patients. Numbers at risk: 12 10 6 4 2"
    path = article(root, "".join(SOUND), text=text)
    numbers = results(path)
    found = drafted(path, root)
    assert Counter(bare(j.claim.printed) for j in found.values()) == numbers
    assert found["survival-at-risk"].verdict == "not-derivable"


def test_more_numbers_than_an_article_has_are_refused(root, monkeypatch):
    monkeypatch.setattr(drafting, "MOST_NUMBERS", 10)
    with pytest.raises(ValueError, match="a draft has at most 10"):
        draft(ARTICLE, "smith-2024", root=root)


@need_articles
@pytest.mark.slow
def test_real_articles_are_drafted_and_judged_and_only_what_is_accused_is_unexpected(root):
    for at, path in enumerate(sorted(FOLDER.glob("*.nxml.gz"))):
        found = drafted(path, root, f"article-{at}")
        against = [name for name, judged in found.items() if judged.verdict in AGAINST]
        if against:
            assert len(against) <= scan(path).count("fails"), path
        unexpected = [name for name, judged in found.items() if not judged.as_expected]
        assert unexpected == against, path
