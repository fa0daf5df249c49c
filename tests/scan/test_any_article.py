"""Whatever an article prints, the scan says something: tables and sentences put together at random.

The parts are what articles print, and what they print wrongly: cells of several counts, limits
without an estimate, P values above 1, numbers without digits. No mixture may stop a scan or a
draft, and a finding names a place of the article.
"""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of, tidy
from secondlook.scan.draft import drafted_of
from secondlook.scan.findings import LEVELS
from secondlook.scan.listing import as_csv, as_html, as_json, as_markdown

ODD = (
    "0", "0.0", "-0", "1", "100", "1,234", "1 234", "12·7", "0,05", "1.2.3", "1e9", "10^9", "−3",
    "∞", "½", "٣", "twenty-one", "n", "", "-", "–", "NA", "NS", "999999999999", "0,568.5",
    "00,123", "1,23,456", "1.234.567", "1'234", "+5", "~5", "5.", ".5.", "0.0.5", "1,234,56",
)  # fmt: skip
NUMBER = st.one_of(
    st.integers(0, 120).map(str),
    st.integers(0, 9999).map(lambda n: f"{n / 100:.2f}"),
    st.integers(0, 999).map(lambda n: f"{n / 10:.1f}"),
    st.integers(0, 999).map(lambda n: f".{n:03d}"),
    st.sampled_from(ODD),
)
CELLS = (
    "{} ({})", "{} ({}%)", "{}% ({})", "{}/{} ({}%)", "{}/{}", "{}/{}/{}", "{}:{}", "{} [{}]",
    "{} ± {}", "{} ({} to {})", "{} ({}–{})", "{} ({}, {})", "[{}; {}]", "{} ({}, {}), {}",
    "{} ({}%), {} ({}%)", "{} ({}%)\n{} ({}%)", "{}\n({} to {})\nP = {}", "<{}", "P < {}", "p = {}",
    "{}*", "{}^a", "t({}) = {}, p = {}", "F({}, {}) = {}", "χ2 = {}, p = {}", "r = {}, P = {}",
    "Z = -{}", "OR {} (95% CI {} to {}), P = {}", "{} (SD {})", "{} (IQR {}-{})", "M {} / F {}",
    "n = {} ({}%)", "{} of {}", "{} mg", "{}%", "{}", "{}", "(n = {})", "{} ({}) [{}]",
)  # fmt: skip
LABELS = (
    "", "Age (years)", "Sex", "Male", "Female", "Sex (male/female)", "Total", "Missing", "P value",
    "Mean ± SD", "Median (IQR)", "Range", "n (%)", "No. (%)", "n", "%", "SD", "SE", "95% CI", "OR",
    "HR (95% CI)", "B", "Exp(B)", "t", "df", "χ2", "F", "P for trend", "Difference", "Baseline",
    "Week 12", "Change", "Drug (n = {})", "Placebo (n={})", "All (N = {})", "Group A", "Group B",
    "Complete response", "Partial response", "Yes", "No", "Grade 3", "Any grade", "No. at risk",
    "Survival at 1 year (%)", "Cohen's d", "Upper limit", "Lower limit", "Adjusted OR", "Unknown",
)  # fmt: skip
SENTENCES = (
    "Of {} patients, {} ({}%) died and {} ({}%) left (P = {}).",
    "{} patients were randomized to drug (n = {}) or placebo (n = {}).",
    "Mean age was {} ± {} in the drug group and {} ± {} with placebo (p = {}).",
    "The odds ratio was {} (95% CI {} to {}; P < {}).",
    "There were {} women and {} men; {} of {} ({}%) had a response.",
    "It rose from {} to {} ({}% increase; t({}) = {}, p = {}; r = {}, n = {}).",
    "F({}, {}) = {}, p = {}, partial η2 = {}; χ2({}) = {}, P = {}; d = {}.",
    "Median survival was {} months ({}–{}); at one year {}% (95% CI {}–{}) were alive.",
    "({}%), {} (n = {}), {}/{} vs {}/{}; {} : {} : {}; P={}; NS",
)


@st.composite
def filled(draw: st.DrawFn, templates: tuple[str, ...]) -> str:
    template = draw(st.sampled_from(templates))
    return tidy(template.format(*(draw(NUMBER) for _ in range(template.count("{}")))))


@st.composite
def tables(draw: st.DrawFn, index: int) -> Table:
    columns = draw(st.integers(1, 6))
    head = [[draw(filled(LABELS)) for _ in range(columns)] for _ in range(draw(st.integers(0, 2)))]
    # Rows of one form are what a table is of; any cell may be of another.
    kind = draw(st.sampled_from(CELLS))
    body = [
        [draw(filled(LABELS))]
        + [draw(filled((kind, kind, kind, *CELLS))) for _ in range(columns - 1)]
        for _ in range(draw(st.integers(0, 7)))
    ]
    span = draw(st.integers(1, 2))
    rows = [[(text, 1, span if r < len(head) and c else 1) for c, text in enumerate(row)]
            for r, row in enumerate(head + body)]  # fmt: skip
    caption, note = draw(filled(SENTENCES)), draw(filled((*LABELS, *SENTENCES)))
    return Table(index, f"Table {index + 1}", caption, grid_of(rows), len(head), (note,))


@st.composite
def articles(draw: st.DrawFn) -> Document:
    told = [(section, draw(filled(SENTENCES))) for section in ("Abstract", "Methods", "Results")]
    told += [("Results", draw(filled(SENTENCES))) for _ in range(draw(st.integers(0, 3)))]
    paragraphs = tuple(Paragraph(section, n, text) for n, (section, text) in enumerate(told, 1))
    made = tuple(draw(tables(index)) for index in range(draw(st.integers(0, 2))))
    return Document("test", "made up", paragraphs, made)


@given(articles())
def test_no_mixture_of_what_articles_print_stops_a_scan(article: Document):
    scan = scan_document(article, "made-up.txt")
    places = {paragraph.place for paragraph in article.paragraphs}
    for finding in scan.findings:
        assert finding.level in LEVELS
        if finding.table is None:
            assert finding.place in places or finding.place.startswith("Table")  # its notes
        else:
            row = article.tables[finding.table].grid[finding.row or 0]
            assert finding.column is None or finding.column < len(row)
    assert len(json.loads(as_json(scan))["findings"]) == len(scan.findings)
    assert all(shown(scan) for shown in (as_csv, as_html, as_markdown))
    drafted_of(article)
