"""What an article tells of corrections and of tests of one side explains a P."""

from __future__ import annotations

import pytest
from tests.scan.test_checks import of_text

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Paragraph


@pytest.mark.parametrize(
    ("methods", "told"),
    # 2 stats.norm.sf(2.10) = 0.0357, half of it 0.018
    [("We used 1-tailed tests.", ["holds"]), ("All tests were one-sided.", ["holds"]),
     ("The sample size was calculated for a one-sided test.", ["question"]),
     ("Activity of the inferior gyrus was compared.", ["question"]), ("", ["question"])],
)  # fmt: skip
def test_half_of_a_p_is_explained_where_the_article_tells_of_one_sided_tests(methods, told):
    texts = (methods, "The arms differed (Z = 2.10, p = 0.018).")
    paragraphs = tuple(Paragraph("Methods", i, text) for i, text in enumerate(texts, 1))
    found = scan_document(Document("test", "", paragraphs, ()), "test").findings
    assert [f.level for f in found if f.check == "statistic"] == told


@pytest.mark.parametrize(
    ("text", "told"),
    # 2 stats.t.sf(1.59, 188) = 0.1135, stats.t.sf(2.111, 19) 2 = 0.0483
    [("Pairs with Bonferroni correction: t(188) = 1.59, p = .695.", "raised by the correction"),
     ("Pairs with Bonferroni correction: t(188) = 1.59, p = .035.", "printed one is below"),
     ("They differed, t(188) = 1.59, p = .695. Others had a Bonferroni correction.", "as the text"),
     ("They differed, t(19) = 2.111, P = 0.049. Others had a Bonferroni correction.", "one unit")],
)  # fmt: skip
def test_a_p_that_the_correction_of_its_sentence_raises_is_explained(text, told):
    document = Document("test", "", (Paragraph("Results", 1, text),), ())
    (found,) = (f for f in scan_document(document, "test").findings if f.check == "statistic")
    assert told in found.reading
    assert (found.level == "holds") == ("raised" in told)


@pytest.mark.parametrize(
    "text",
    ["t(38) = 0.673, p = .252, one-tailed; t(19) = 2.498, p = .022, two-tailed",
     "F(1, 39) = 3.169, p = .083; the t-tests were one-tailed"],
)  # fmt: skip
def test_that_one_test_was_one_sided_does_not_accuse_another(text):
    assert {f.level for f in of_text(text, "statistic")} == {"holds"}


def test_a_correction_raises_a_p_and_never_lowers_it():
    told = " P values are Bonferroni-corrected."
    levels = [
        of_text(f"t(40) = 2.50, p = {p}.{told}", "statistic")[0].level for p in (".05", ".90")
    ]
    assert levels == ["question", "fails"]
    assert of_text(f"t(40) = 1.00, p = .001.{told}", "statistic")[0].level == "fails"
    assert of_text(f"F(12, 228) = 1.588, p = .796.{told}", "statistic")[0].level == "fails"
    told = " The false discovery rate was held."
    assert of_text(f"F(12, 228) = 1.588, p = .796.{told}", "statistic")[0].level == "question"
