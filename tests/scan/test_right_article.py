"""An article whose every number follows is not accused: trials are simulated and printed right.

Groups of random sizes, levels, measurements and their tests, patients without a datum, ratios and
differences with limits and P, and sentences that repeat them, in the forms that journals print.
Nothing may be said not to hold, and only rounding be asked about.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from secondlook.scan import scan_document
from secondlook.scan.document import Document, Paragraph, Table, grid_of

GROUPS = ("Drug", "Placebo", "Usual care")
VARIABLES = ("Diabetes", "Hypertension", "Current smoker", "Previous stroke", "White")
MEASURES = ("Age, years", "Body mass index, kg/m2", "Systolic pressure, mmHg", "Weight, kg")
OUTCOMES = ("Death", "Infection", "Any bleeding")
SHARES = ("{k} ({p})", "{k} ({p}%)", "{k} [{p}%]", "{k}/{n} ({p}%)", "{p}% ({k})", "{k} ({p} %)")
LIMITS = ("{} ({} to {})", "{} ({}–{})", "{} ({}, {})", "{} [{}; {}]")
Z = float(stats.norm.isf(0.025))


def rounded(x: float, decimals: int) -> str:
    text = str(Decimal(repr(float(x))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
    return text.lstrip("-") if not float(text) else text


class Trial:
    """Patients of two or three groups, and the style of the journal that prints them."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.rng = np.random.default_rng(draw(st.integers(0, 2**32)))
        self.names = GROUPS[: draw(st.integers(2, 3))]
        self.sizes = [draw(st.integers(12, 400)) for _ in self.names]
        self.total = draw(st.booleans())
        self.fisher = draw(st.booleans())
        self.decimals = draw(st.integers(0, 2))
        self.p_decimals = draw(st.integers(2, 4))
        self.share_form = draw(st.sampled_from(SHARES))
        self.limits = draw(st.sampled_from(LIMITS))
        self.spread = draw(st.sampled_from(["{} ± {}", "{} ({})"]))
        self.sizes_in_row = draw(st.booleans())

    def p(self, p: float) -> str:
        least = 10.0**-self.p_decimals
        return f"<{least:.{self.p_decimals}f}" if p < least else rounded(p, self.p_decimals)

    def share(self, k: int, n: int, form: str = "") -> str:
        percent = rounded(100 * k / n, self.decimals)
        return (form or self.share_form).format(k=k, n=n, p=percent)

    def head(self, *more: str, names: Sequence[str] = ()) -> list[str]:
        shown = [(name, n) for name, n in zip(self.names, self.sizes, strict=True)
                 if name in (names or self.names)]  # fmt: skip
        if self.total and not names:
            shown.append(("All", sum(self.sizes)))
        sized = not self.sizes_in_row or bool(names)
        return ["", *(f"{name} (n = {n})" if sized else name for name, n in shown), *more]

    def of_counts(
        self, label: str, counts: list[int], sizes: list[int], form: str = ""
    ) -> list[str]:
        """Return a row of counts with the P of all groups."""
        table = np.array([counts, np.subtract(sizes, counts)])
        p = ""
        if table.any(axis=1).all():
            exact = self.fisher and len(sizes) == 2
            test = stats.fisher_exact(table) if exact else stats.chi2_contingency(table, False)
            p = self.p(float(test[1]))
        told = [*zip(counts, sizes, strict=True)]
        if self.total:
            told.append((sum(counts), sum(sizes)))
        return [label, *(self.share(k, n, form) for k, n in told), p]

    def baseline(self, draw: st.DrawFn) -> tuple[list[list[str]], list[str]]:
        """Return the table of the groups at the start, with its footnotes."""
        rows, notes = [self.head("P")], []
        if self.sizes_in_row:
            told = self.sizes + ([sum(self.sizes)] if self.total else [])
            rows.append(["No. of patients", *map(str, told), ""])
        for variable in ("Men", *draw(st.lists(st.sampled_from(VARIABLES), unique=True))):
            counts = self.rng.binomial(self.sizes, self.rng.uniform(0.02, 0.9)).tolist()
            rows.append(self.of_counts(f"{variable}, n (%)", counts, self.sizes))
        for measure in draw(st.lists(st.sampled_from(MEASURES), unique=True)):
            data = [self.rng.normal(self.rng.uniform(55, 60), 8, n) for n in self.sizes]
            test = stats.ttest_ind(*data) if len(data) == 2 else stats.f_oneway(*data)
            shown = [*data, *([np.concatenate(data)] if self.total else [])]
            cells = [self.spread.format(rounded(x.mean(), 1), rounded(x.std(ddof=1), 1))
                     for x in shown]  # fmt: skip
            how = "mean ± SD" if "±" in self.spread else "mean (SD)"
            rows.append([f"{measure}, {how}", *cells, self.p(float(test.pvalue))])
        if draw(st.booleans()):
            known = [n - int(self.rng.integers(1, 4)) for n in self.sizes]
            history = self.rng.binomial(known, 0.3).tolist()
            rows.append(self.of_counts("Family history^a", history, known, "{k}/{n} ({p}%)"))
            notes.append("^aOf those with data.")
        levels = [self.rng.multinomial(n, [0.5, 0.3, 0.2]) for n in self.sizes]
        whole = all(sum(levels))
        p = stats.chi2_contingency(np.array(levels), False)[1] if whole else math.nan
        rows.append(["Stage, n (%)", *[""] * (len(rows[0]) - 2), self.p(float(p)) if whole else ""])
        for name, counts in zip(("  I", "  II", "  III"), np.transpose(levels), strict=True):
            rows.append([*self.of_counts(name, counts.tolist(), self.sizes)[:-1], ""])
        return rows, notes

    def ratios(self, counts: dict[str, list[int]]) -> Iterator[list[str]]:
        """Yield a row for each outcome: counts of two groups, their odds ratio with limits, P."""
        yield self.head("Odds ratio (95% CI)", "P value", names=self.names[:2])
        for label, (a, b) in counts.items():
            c, d = self.sizes[0] - a, self.sizes[1] - b
            if min(a, b, c, d):
                log, se = math.log(a * d / (b * c)), math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
                ratio = [rounded(math.exp(log + z * se), 2) for z in (0, -Z, Z)]
                shares = self.share(a, self.sizes[0]), self.share(b, self.sizes[1])
                p = self.p(float(2 * stats.norm.sf(abs(log) / se)))
                yield [f"{label}, n (%)", *shares, self.limits.format(*ratio), p]

    def differences(self) -> Iterator[list[str]]:
        """Yield a row for each measurement: two means, their difference with limits, and P."""
        yield self.head("Difference (95% CI)", "P value", names=self.names[:2])
        for measure in MEASURES[1:]:
            one, two = (self.rng.normal(self.rng.uniform(20, 22), 3, n) for n in self.sizes[:2])
            test = stats.ttest_ind(one, two)
            low, high = test.confidence_interval()
            told = [rounded(float(x), 2) for x in (one.mean() - two.mean(), low, high)]
            means = [self.spread.format(rounded(x.mean(), 2), rounded(x.std(ddof=1), 2))
                     for x in (one, two)]  # fmt: skip
            yield [measure, *means, self.limits.format(*told), self.p(float(test.pvalue))]


@st.composite
def trials(draw: st.DrawFn) -> Document:
    trial = Trial(draw)
    rows, notes = trial.baseline(draw)
    counts = {each: trial.rng.binomial(trial.sizes[:2], 0.35).tolist() for each in OUTCOMES}
    captions = "Characteristics at the start", "Outcomes", "Change, mean (SD)"
    bodies = rows, list(trial.ratios(counts)), list(trial.differences())
    grids = [grid_of([[(text, 1, 1) for text in row] for row in body]) for body in bodies]
    tables = tuple(
        Table(i, f"Table {i + 1}", captions[i], grid, 1, tuple(notes) if i == 0 else ())
        for i, grid in enumerate(grids)
    )
    arms = [f"{n} to {name.lower()}" for name, n in zip(trial.names, trial.sizes, strict=True)]
    all_told = f"{sum(trial.sizes)} patients were randomized, {', '.join(arms)}."
    died = [f"{k} of {n} ({rounded(100 * k / n, trial.decimals)}%)"
            for k, n in zip(counts["Death"], trial.sizes, strict=False)]  # fmt: skip
    outcome = f"With the drug {died[0]} patients died, and {died[1]} with placebo."
    how = "Groups were compared by t tests, analysis of variance, Fisher's and the chi-square test."
    told = ("Abstract", f"{all_told} {outcome}"), ("Methods", how), ("Results", all_told)
    told += (("Results", outcome),)
    paragraphs = tuple(Paragraph(section, n, text) for n, (section, text) in enumerate(told, 1))
    return Document("test", "A simulated trial", paragraphs, tables)


@given(trials())
def test_what_follows_is_never_accused_and_hardly_asked_about(article: Document):
    found = scan_document(article, "trial.txt").findings
    assert [f for f in found if f.level == "fails"] == []
    # What is restated is never sure: two outcomes of a trial may be alike by chance.
    asked = [f for f in found if f.level == "question" and f.check != "restated"]
    assert [f for f in asked if not f.slight] == []
    assert sum(f.level == "holds" for f in found) > len(article.tables[0].grid)
