"""Correct: what `check` prints can be read by people and programs, and carries nothing live."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import time
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from secondlook.claims import listing
from secondlook.claims import watch as watching
from secondlook.claims.watch import watch
from secondlook.cli import app
from secondlook.files import CONTROL, inert, visible

CLAIMS = """\
claims:
- {id: n, where: Section 2, quantity: patients, printed: "21", from: count(table-4)}
- {id: cr, where: Table 2, quantity: complete, printed: "1", from: "count(table-4, response = CR)"}
- {id: pr, where: Table 2, quantity: partial, printed: "10", from: "count(table-4, response = PR)"}
- id: orr
  where: [Abstract, Section 3]
  quantity: response rate, percent
  printed: "52.3"
  from: percent(cr + pr, n)
  expect: truncated
  cause: rounding
  why: the digit was cut
- {id: both, where: Text, quantity: responders, printed: "11", from: {Table 2: cr + pr, Text: pr}}
- {id: again, where: Text, quantity: patients, printed: "21", same: n}
- {id: cited, where: Text, quantity: patients, printed: "277", cites: 8}
- {id: age, where: Text, quantity: age, printed: "59", contradicts: n, if: age < n}
- {id: some, where: Text, quantity: percent, printed: "33", from: some_count(n),
   expect: reproduced}
"""
ROWS = "case,response\n" + "".join(
    f"{case},{'CR' if case == 1 else 'PR' if case < 12 else 'PD'}\n" for case in range(1, 22)
)
HOSTILE = (
    "=cmd|' /C calc'!A0 \x1b[2J\x1b]0;owned\x07 \u202egnp <script>alert(1)</script> | `x` "
    "[a](javascript:b)"
)


@pytest.fixture
def root(paper):
    return paper(CLAIMS, table_4=ROWS)


def check(*arguments: str):
    return CliRunner().invoke(app, ["check", *arguments])


def test_only_what_is_asked_for_is_shown_and_the_rest_is_counted(root):
    result = check("--only", "unexpected")
    assert result.exit_code == 1
    shown = [line.split()[0] for line in result.stdout.splitlines() if "<- not so" in line]
    assert shown == ["both", "some"]
    assert "orr" not in result.stdout.split()
    assert "9 claims: 5 reproduced, 1 truncated, 1 conflicts, 1 attainable" in result.stdout
    rows = json.loads(
        check("--only", "truncated", "--only", "conflicts", "--format", "json").stdout
    )
    assert [row["id"] for row in rows] == ["orr", "both"]
    refused = check("--only", "wrong")
    assert refused.exit_code == 2
    assert "--only takes unexpected, reproduced" in refused.stderr


def test_csv_and_markdown_hold_every_claim(root):
    rows = list(csv.DictReader(io.StringIO(check("--format", "csv").stdout)))
    assert list(rows[0]) == list(listing._columns())
    assert [row["id"] for row in rows][:4] == ["n", "cr", "pr", "orr"]
    assert (rows[3]["recomputed"], rows[3]["where"]) == ("52.381", "Abstract; Section 3")
    lines = check("--format", "markdown").stdout.splitlines()
    assert lines[0] == "## smith-2001"
    assert "| orr | 52.3 | 52.381 | truncated | the digit was cut |" in lines
    assert next(line for line in lines if "expected" in line).startswith("| both | 11 |")


def test_junit_has_a_case_a_claim_and_a_failure_for_what_is_not_as_expected(root):
    suite = ElementTree.fromstring(check("--format", "junit").stdout).find("testsuite")
    assert {key: suite.get(key) for key in ("name", "tests", "failures", "errors")} == {
        "name": "smith-2001", "tests": "9", "failures": "2", "errors": "0",
    }  # fmt: skip
    failed = [case for case in suite if case.find("failure") is not None]
    assert [case.get("name") for case in failed] == ["both", "some"]
    assert failed[0].find("failure").get("message") == "conflicts, expected reproduced"
    assert "recomputed 11 (Table 2); 10 (Text)" in failed[0].find("failure").text


def test_a_paper_that_cannot_be_read_does_not_hide_the_others(root, paper):
    paper("claims:\n- {id: a, where: T, quantity: q, printed: '1', from: b}\n", key="jones-2002")
    result = check("--format", "json")
    assert result.exit_code == 2
    assert {row["paper"] for row in json.loads(result.stdout)} == {"smith-2001"}
    assert "jones-2002" in result.stderr
    suites = ElementTree.fromstring(check("--format", "junit").stdout).findall("testsuite")
    assert {suite.get("name"): suite.get("errors") for suite in suites} == {
        "smith-2001": "0", "jones-2002": "1",
    }  # fmt: skip


def test_the_root_can_be_named_and_must_be_there(root, monkeypatch):
    monkeypatch.delenv("SECONDLOOK_ROOT")
    monkeypatch.chdir("/")
    assert check("--only", "differs").exit_code == 2
    assert check("--root", str(root)).exit_code == 1
    monkeypatch.delenv("SECONDLOOK_ROOT")
    refused = check("--root", str(root / "nowhere"))
    assert (refused.exit_code, "no such folder" in refused.stderr) == (2, True)


def explain(name: str) -> str:
    result = check("--explain", name)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_claim_is_explained_down_to_what_is_printed(root):
    text = explain("orr")
    assert "declared    from: percent(cr + pr, n)" in text
    assert "printed     52.3   (rounded from [52.25, 52.35), cut from [52.3, 52.4))" in text
    assert "verdict     truncated, as expected: it follows only if the digits were cut" in text
    tree = text[text.index("derivation") : text.index("\n\n  what would")].splitlines()[1:]
    assert [line.strip(" │├└") for line in tree] == [
        "percent(cr + pr, n) = 52.381",
        "cr + pr = 11",
        "cr = 1   (Table 2)",
        "count(table-4, response = CR) = 1   1 row of table-4 with response = CR",
        "pr = 10   (Table 2)",
        "count(table-4, response = PR) = 10   10 rows of table-4 with response = PR",
        "n = 21   (Section 2)",
        "count(table-4) = 21   21 rows of table-4",
    ]
    changes = text[text.index("what would change") :]
    assert "printed as 52.4 it would be reproduced" in changes
    assert "differs if n were 20 (printed 21)" in changes


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("both", "Table 2: 11; by this place alone: reproduced"),
        ("both", "Text: 10; by this place alone: differs"),
        ("both", "differs if"),
        ("again", "another number there or here; there it is 21"),
        ("cited", "reference 8, if it were printed"),
        ("age", "against it: patients: 21 (Section 2)"),
        ("some", "the nearest of 22 possible values"),
        ("some", "unattainable if n were 20"),
        ("smith-2001:n", "no whole number that it rests on"),
    ],
)
def test_every_kind_of_result_says_its_readings_and_what_would_change_it(root, name, said):
    if (name, said) == ("both", "differs if"):
        assert "reproduced if" not in explain(name)  # no one number makes both places agree
        return
    assert said in explain(name)


def test_an_unknown_or_a_doubtful_id_is_refused_with_what_there_is(root, paper):
    assert (
        "no paper has a claim 'orrr'; the nearest known are orr"
        in check("--explain", "orrr").stderr
    )
    paper("claims:\n- {id: n, where: T, quantity: q, printed: '1', cites: 1}\n", key="jones-2002")
    assert "write jones-2002:n" in check("--explain", "n").stderr
    assert "jones-2002 has no claim 'm'" in check("--explain", "jones-2002:m").stderr
    assert "no paper has a claim 'king-2003:n'" in check("--explain", "king-2003:n").stderr


def test_what_strangers_wrote_is_shown_and_never_live(paper):
    text = json.dumps(HOSTILE)
    paper(
        f"claims:\n- id: a\n  where: {text}\n  quantity: {text}\n  printed: {text}\n"
        f"  cites: {text}\n  expect: reproduced\n  cause: data\n"
        f"  why: {json.dumps('see ' + HOSTILE)}\n"
    )
    assert check().exit_code == 1
    shown = check().stdout + check("--explain", "a").stdout + check("--only", "unexpected").stdout
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown
    assert "<1b>[2J" in shown
    cells = list(csv.reader(io.StringIO(check("--format", "csv").stdout)))[1]
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r"]
    assert f"'{visible(HOSTILE)}" in cells
    written = check("--format", "json").stdout
    assert json.loads(written)[0]["quantity"] == HOSTILE
    assert not CONTROL.search(written.replace("\n", ""))
    ElementTree.fromstring(check("--format", "junit").stdout)
    markdown = check("--format", "markdown").stdout.splitlines()[-1]
    assert markdown.replace(r"\|", "").count("|") == 6
    assert r"\<script\>" in markdown
    assert r"\[a\]\(javascript:b\)" in markdown


@pytest.mark.parametrize(
    ("cell", "written"),
    [("-5", "-5"), ("+12.5%", "+12.5%"), ("-1,113", "-1,113"), ("–", "–"), ("=1+1", "'=1+1"),
     ("-1+cmd", "'-1+cmd"), ("  =x", "'  =x"), ("@x", "'@x"), ("\t=1", "'\t=1"), ("＝1", "'＝1")],
)  # fmt: skip
def test_a_number_stays_a_number_in_a_spreadsheet_and_a_formula_becomes_text(cell, written):
    assert inert(cell) == written


def test_a_long_cell_is_folded_within_the_width():
    row = {
        "id": "a-b", "printed": "word " * 30, "recomputed": "x" * 300, "verdict": "differs",
        "expect": "reproduced", "as_expected": False,
    }  # fmt: skip
    lines = listing.as_table("smith-2001", [row], width=100, colour=False).splitlines()
    assert max(map(len, lines)) <= 100
    assert sum(line.count("word") for line in lines) == 30
    row |= {"id": "t1/main/attendance/mean-percent", "recomputed": "1"}
    (_, _, *folded) = listing.as_table("smith-2001", [row], width=60, colour=False).splitlines()
    ids = [line[:20].strip() for line in folded]
    assert [part for part in ids if part] == ["t1/main/attendance/", "mean-percent"]
    coloured = listing.as_table("smith-2001", [row], width=100, colour=True)
    assert "\x1b[31mdiffers" in coloured


def test_watching_says_what_a_save_changed(root):
    lines: list[str] = []
    steps = iter(
        [
            lambda: rewrite(root, 'printed: "11"', 'printed: "12"'),
            lambda: rewrite(root, "some_count(n)", "some_count(nn)"),
            lambda: rewrite(root, "some_count(nn),\n   expect: reproduced", "some_count(n)"),
        ]
    )

    def say(line: str) -> None:
        lines.append(line[10:])
        if "claims," in line or "nearest" in line:
            next(steps, lambda: None)()

    watch([], say, pause=0.0, rounds=5)
    assert lines[:2] == [
        "smith-2001:both  conflicts  <- not as expected",
        "smith-2001:some  attainable  <- not as expected",
    ]
    assert "9 claims, 2 not as expected" in lines
    (told,) = [line for line in lines if "no claim, cell or table 'nn'; the nearest known" in line]
    assert told.startswith(f"secondlook: {root}/data/smith-2001/claims.yaml, line ")
    assert lines[-1] == "9 claims, 1 not as expected"
    assert "smith-2001:some  attainable -> attainable" in lines


def ended(code: int, stderr: str = "", **claims: tuple[str, bool]):
    """Return a check that ended so, of claims with their verdicts as or not as expected."""
    rows = [
        {"paper": "k", "id": name, "verdict": verdict, "as_expected": expected}
        for name, (verdict, expected) in claims.items()
    ]
    return subprocess.CompletedProcess([], code, json.dumps(rows) if rows else "\n", stderr)


def test_what_is_said_of_each_check_follows_from_the_one_before(root, monkeypatch):
    right, wrong = ("reproduced", True), ("differs", False)
    checks = iter(
        [
            ended(1, a=right, b=wrong),
            ended(0, a=right, b=right),
            ended(2, "k: line\x1b 3\nstop", a=("truncated", True)),  # b could not be judged
            ended(3, a=wrong, b=wrong),  # ended by something else: nothing is known
            ended(0),
            ended(1, a=wrong, c=right),
        ]
    )
    asked, lines = [], []

    def check(keys):
        asked.append(keys)
        rewrite(root, "claims:\n", "claims:\n\n")
        return next(checks)

    monkeypatch.setattr(watching, "_check", check)
    began = time.monotonic()
    watch(["k"], lines.append, pause=0.01, rounds=6)
    assert time.monotonic() - began >= 0.06
    assert asked == [["k"]] * 6
    assert all(re.fullmatch(r"\d\d:\d\d:\d\d  .*", line) for line in lines)
    assert [line[10:] for line in lines] == [
        "k:b  differs  <- not as expected",
        "2 claims, 1 not as expected",
        "k:b  differs -> reproduced",
        "2 claims, all as expected",
        "k: line<1b> 3",
        "stop",
        "k:a  reproduced -> truncated",
        "k:a  truncated -> differs  <- not as expected",
        "k:c  reproduced",
        "k:b  is gone",
        "2 claims, 1 not as expected",
    ]


def test_nothing_is_checked_again_while_no_claim_table_or_analysis_changes(root, monkeypatch):
    module = root / "src" / "papers" / "smith_2001.py"
    module.parent.mkdir(parents=True)
    edits = [
        lambda: None,
        lambda: (root / "data" / "smith-2001" / "notes.txt").write_text("not watched"),
        lambda: (root / "elsewhere.csv").write_text("a"),
        lambda: module.write_text("x = 1\n"),
        lambda: (root / "data" / "smith-2001" / "table-4.csv").write_text("case\n"),
        lambda: (root / "data" / "smith-2001" / "gone.csv").symlink_to(root / "nothing"),
    ]
    changed, checked = iter([*edits, lambda: None]), []
    monkeypatch.setattr(watching, "_check", lambda _: checked.append(len(rest)) or ended(0))
    rest = [*edits, None]
    monkeypatch.setattr(watching.time, "sleep", lambda _: (next(changed)(), rest.pop()))
    watch([], lambda _: None, rounds=len(edits) + 1)
    # At once, after the analysis, and after the table; a link to nothing is no file.
    assert [len(edits) + 1 - left for left in checked] == [0, 4, 5]


def rewrite(root, old: str, new: str) -> None:
    path = root / "data" / "smith-2001" / "claims.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_nothing_heavy_is_imported_where_the_ledger_is_stored(root):
    code = (
        "import sys; from secondlook.cli import app\n"
        "try:\n    app(['check'])\nexcept SystemExit as end:\n    print(end.code, *sys.modules)"
    )
    environment = os.environ | {"SECONDLOOK_ROOT": str(root)}
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, env=environment
        )
    code_and_modules = done.stdout.splitlines()[-1].split()
    assert code_and_modules[0] == "1"
    heavy = {"numpy", "pandas", "scipy", "frictionless", "rich", "matplotlib"}
    assert not heavy & set(code_and_modules)


def test_the_table_is_this_text_and_its_colours_are_these(root):
    rows = listing.records("smith-2001")
    assert (
        listing.as_table("smith-2001", rows, width=100, colour=False)
        == """\
smith-2001
claim  printed  recomputed                verdict        expected
n      21       21                        reproduced     reproduced
cr     1        1                         reproduced     reproduced
pr     10       10                        reproduced     reproduced
orr    52.3     52.381                    truncated      truncated
both   11       11 (Table 2); 10 (Text)   conflicts      reproduced  <- not so
again  21       21                        reproduced     reproduced
cited  277      –                         not-derivable  not-derivable
age    59       patients: 21 (Section 2)  reproduced     reproduced
some   33       some count of 21          attainable     reproduced  <- not so"""
    )
    (head, _, orr, both, cited) = listing.as_table(
        "smith-2001", [rows[3], rows[4], rows[6]], width=100, colour=True
    ).splitlines()
    assert head == "\x1b[1msmith-2001\x1b[0m"
    assert orr == "orr    52.3     52.381                   \x1b[33mtruncated    \x1b[0m  truncated"
    assert both == (
        "\x1b[1;31mboth \x1b[0m  11       11 (Table 2); 10 (Text)  "
        "\x1b[31mconflicts    \x1b[0m  \x1b[1;31mreproduced  <- not so\x1b[0m"
    )
    assert "\x1b[90mnot-derivable\x1b[0m" in cited


def test_a_narrow_table_keeps_room_for_what_was_recomputed():
    row = {
        "id": "a" * 30, "printed": "1 " * 20, "recomputed": "2 " * 20, "verdict": "differs",
        "expect": "differs", "as_expected": True,
    }  # fmt: skip
    lines = listing.as_table("k", [row], width=40, colour=False).splitlines()
    # An id of twenty columns, twenty-four of what is printed, twelve of what is recomputed.
    assert lines[1] == f"{'claim':20}  {'printed':24}  {'recomputed':12}  verdict  expected"
    assert lines[2] == f"{'a' * 20}  {'1 ' * 12}  {'2 ' * 6}  differs  differs"
    assert lines[3] == f"{'a' * 10:20}  {'1 ' * 8:24}  {'2 ' * 6}".rstrip()


def test_an_explanation_is_this_text(paper):
    paper(
        CLAIMS + "- {id: which, where: Text, quantity: P, printed: '0.3',\n"
        "   test: {table: [[cr, pr], [pr, cr]]}, expect: attainable}\n",
        table_4=ROWS,
    )
    assert (
        explain("both")
        == """\
smith-2001:both
  where       Text
  quantity    responders
  printed     11   (rounded from [10.5, 11.5), cut from [11, 12))
  declared    from: {Table 2: cr + pr, Text: pr}
  recomputed  11 (Table 2); 10 (Text)
  verdict     conflicts, but reproduced is expected: read plainly, two printed statements cannot \
both hold, and nothing printed says which is right; the reason names a reading that saves both, \
if there is one.
  how         Table 2: 1 + 10; Text: 10 [cr, pr]

  derivation
    cr + pr = 11
    ├ cr = 1   (Table 2)
    │ └ count(table-4, response = CR) = 1   1 row of table-4 with response = CR
    └ pr = 10   (Table 2)
      └ count(table-4, response = PR) = 10   10 rows of table-4 with response = PR
    pr = 10   (Table 2)
    └ count(table-4, response = PR) = 10   10 rows of table-4 with response = PR

  readings
    Table 2: 11; by this place alone: reproduced
    Text: 10; by this place alone: differs

  what would change it
    no whole number that it rests on, moved by up to 5, changes the verdict
"""
    )
    which = explain("which").splitlines()
    assert which[4] == "  declared    test: {table: [[cr, pr], [pr, cr]]}"
    assert which[-1] == "    attainable if cr were 6 (printed 1)"
    assert explain("age").splitlines()[4] == "  declared    contradicts: n, if: age < n"


CIRCLE = """\
claims:
- {id: n, where: Text, quantity: patients, printed: "21", cites: 1}
- {id: men, where: Text, quantity: men, printed: "9", from: n - women}
- {id: women, where: Text, quantity: women, printed: "12", from: n - men}
- {id: first, where: Text, quantity: first, printed: "13", from: "cell(t, A, value) + 1"}
- {id: a, where: Text, quantity: at most, printed: ">100", cites: 1}
- {id: b, where: Text, quantity: some, printed: "0", cites: 1}
- {id: over, where: Text, quantity: more, printed: "100", from: limit(a) + b}
- {id: e, where: Text, quantity: others, printed: few, cites: 1}
- {id: less, where: Text, quantity: less, printed: "5", contradicts: [e, m], if: less < m}
- {id: m, where: Text, quantity: most, printed: "8", cites: 1}
- {id: some, where: Text, quantity: percent, printed: "33", from: some_count(n)}
- {id: one, where: Text, quantity: one, printed: "1", cites: 1}
- {id: next, where: Text, quantity: next, printed: "13", from: "cell(t, A, value) + one"}
- {id: each, where: Text, quantity: each, printed: "21", from: "ratio(n, one)"}
- {id: of-all, where: Text, quantity: all, printed: "21", from: "jones-2002:n + b"}
"""


def test_what_leads_back_and_what_cannot_be_moved_is_shown_once(paper):
    paper("claims:\n- {id: n, where: Section 1, quantity: q, printed: '21', from: m + m - m}\n"
          "- {id: m, where: Section 1, quantity: q, printed: '21', cites: 1}\n",
          key="jones-2002")  # fmt: skip
    paper(CIRCLE, t="row,value\nA,12\n")
    assert explain("men").split("derivation\n")[1].splitlines()[:6] == [
        "    n - women = 9",
        "    ├ n = 21   (Text)",
        "    └ women = 12   (Text)",
        "      └ n - men = 12",
        "        ├ n = 21   (Text)",
        "        └ men = 9   (Text)",
    ]
    assert "\n    cell(t, A, value) + 1 = 13\n    ├ cell(t, A, value) = 12\n" in explain("first")
    # ">100" and "few" are no numbers to move, and no count is below zero; what follows is moved.
    told = explain("over").partition("what would change it\n")[2]
    assert told == "    differs if b were 1 (printed 0)\n"
    assert "    differs if one were 2 (printed 1)" in explain("each").splitlines()  # not by none
    assert "  printed     few" in explain("e").splitlines()
    # Of each number the least change alone is told, down to none of it.
    assert explain("next").splitlines()[-1] == "    differs if one were 0 (printed 1)"
    assert explain("over").count("if b were") == 1
    # What another paper prints is shown, and not taken apart.
    assert explain("of-all").split("derivation\n")[1].splitlines()[:3] == [
        "    jones-2002:n + b = 21",
        "    ├ jones-2002:n = 21   (Section 1)",
        "    └ b = 0   (Text)",
    ]
    assert "    reproduced if m were 5 (printed 8)" in explain("less").splitlines()
    assert (
        "    the nearest of 22 possible values: 23.8095, 28.5714, 33.3333, 38.0952"
        in explain("some").splitlines()
    )


def test_a_derivation_is_shown_down_to_its_sixth_part(paper):
    sums = [("top", "a1 + z - z", 4), ("a1", "a2 + z", 4), ("a2", "a3 + z", 3), ("a3", "a4 + z", 2)]
    stated = "- {id: z, where: W, quantity: q, printed: few, reads: '1', cites: 1}\n"
    stated += "- {id: a4, where: W, quantity: q, printed: '1', cites: 1}\n"
    stated += "".join(
        f"- {{id: {name}, where: W, quantity: q, printed: '{value}', from: {body}}}\n"
        for name, body, value in sums
    )
    paper(f"claims:\n{stated}")
    shown = [line.strip(" │├└") for line in explain("top").split("derivation\n")[1].splitlines()]
    # top, a1 + z, a1, a2 + z, a2, a3 + z are above a3, which is not taken apart.
    assert [line for line in shown if line.startswith("a")] == [
        "a1 + z - z = 4", "a1 + z = 5", "a1 = 4   (W)", "a2 + z = 4", "a2 = 3   (W)", "a3 + z = 3",
        "a3 = 2   (W)",
    ]  # fmt: skip
    assert "  printed     few   (rounded from [0.5, 1.5), cut from [1, 2))" in explain("z")


def test_a_table_is_as_wide_as_asked_and_an_empty_cell_stays_empty():
    row = {
        "id": "a", "printed": "", "recomputed": "x" * 300, "verdict": "differs",
        "expect": "differs", "as_expected": True,
    }  # fmt: skip
    first, second = listing.as_table("k", [row], width=60, colour=False).splitlines()[2:4]
    # claim 5, printed 7, verdict 7, expected 8 and four gaps of two: 25 are left.
    assert first == f"{'a':5}  {'':7}  {'x' * 25}  differs  differs"
    assert second == f"{'':5}  {'':7}  {'x' * 25}"


def test_markdown_and_json_are_these_texts():
    row = dict.fromkeys(listing._columns(), "") | {"id": "X–a", "as_expected": True}
    table = "| claim | printed | recomputed | verdict | why |\n|---|---|---|---|---|\n| X–a |"
    text = listing.as_markdown({"k": [row], "m": [row]})
    assert text == "\n\n".join(f"## {key}\n\n{table}" + "  |" * 4 for key in "km")
    assert '\n    "id": "X–a",\n' in listing.as_json({"k": [row]})
    assert listing._literal("see https://x") == "see https\u2060://x"
    assert visible("a\nb") == "a b"


def test_junit_is_this_text():
    row = dict.fromkeys(listing._columns(), "") | {"id": "a", "as_expected": True}
    wrong = row | {"id": "b", "as_expected": False, "verdict": "differs", "expect": "reproduced"}
    assert (
        listing.as_junit({"k": [row, wrong]}, {"m": "no claims"})
        == """\
<?xml version="1.0" encoding="utf-8"?>
<testsuites name="secondlook">
  <testsuite name="k" tests="2" failures="1" errors="0">
    <testcase classname="k" name="a" />
    <testcase classname="k" name="b">
      <failure message="differs, expected reproduced">: : printed , recomputed  ()</failure>
    </testcase>
  </testsuite>
  <testsuite name="m" tests="1" failures="0" errors="1">
    <testcase classname="m" name="claims.yaml">
      <error message="no claims" />
    </testcase>
  </testsuite>
</testsuites>"""
    )


@pytest.mark.parametrize(
    ("verdict", "colour"),
    [("reproduced", "32"), ("truncated", "33"), ("differs", "31"), ("conflicts", "31"),
     ("attainable", "32"), ("unattainable", "31"), ("not-derivable", "90")],
)  # fmt: skip
def test_each_verdict_has_its_colour(verdict, colour):
    row = dict.fromkeys(listing._columns(), "") | {"id": "a", "as_expected": True}
    row |= {"verdict": verdict, "expect": verdict}
    line = listing.as_table("k", [row], width=80, colour=True).splitlines()[2]
    assert f"\x1b[{colour}m{verdict}" in line
