"""*Correct*: a cell holds what it prints, and nothing that a program runs."""

from __future__ import annotations

import re

from tests.scan.drafts import SOUND, article, drafted, row


def test_a_formula_in_a_cell_is_computed_by_no_spreadsheet(root):
    evil = row("=HYPERLINK(1)", "@SUM(1)", "-2+3+cmd|' /C calc'!A0")
    drafted(article(root, "".join([*SOUND, evil])), root)
    text = "\n".join(path.read_text() for path in root.rglob("*.csv"))
    cells = re.findall(r"(?:^|,|\n)\"?([=@+-][^,\n]*)", text)
    assert cells == []
    assert "'=HYPERLINK(1)" in text


def test_a_hyphen_in_a_range_is_no_minus(root):
    age = row("Age, median (range)", "61 (43-81)", "62 (50-78)")
    found = drafted(article(root, "".join([*SOUND, age])), root)
    texts = {j.claim.printed for j in found.values()}
    assert {"43", "81", "50", "78"} <= texts
    assert not any(text.startswith("-") for text in texts)


def test_a_number_in_the_words_of_a_cell_is_no_count_of_its_column(root):
    long = "Satisfaction with the current treatment, if there was one"
    rows = "".join(
        [*SOUND, row("Sputum", "Score 1 if purulent", "Score 2"), row("EDITS", long, long)]
    )
    assert drafted(article(root, rows), root)["t1/male-n-percent/drug"].verdict == "reproduced"


def test_a_table_that_is_a_picture_has_the_numbers_of_its_caption(root):
    path = article(root, "".join(SOUND), text="We treated 78 patients.")
    picture = "<table-wrap><label>Table 2</label><caption><p>Of 78 women</p></caption></table-wrap>"
    path.write_text(path.read_text().replace("</sec>", f"{picture}</sec>"))
    assert [j.claim.printed for name, j in drafted(path, root).items() if name[:2] == "t2"] == [
        "78"
    ]
