"""Shows *correct*: the Cox model on (start, stop] rows in closed form, its symmetries, refusals."""

import io
import warnings

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import brentq
from scipy.stats import chi2

from secondlook.transitions import andersen_gill, mantel_byar

# Therneau & Grambsch (2000), appendix E: six patients, one covariate, closed forms.
SIX = pd.DataFrame(
    {
        "start": 0.0,
        "stop": [1, 1, 6, 6, 8, 9],
        "event": [1, 0, 1, 1, 0, 1],
        "x": [1, 1, 1, 0, 0, 0],
        "id": range(6),
    }
)


def test_breslow_in_closed_form():
    # The score in r = exp(beta) is (6 + 3 r - r^2) / ((r + 1) (r + 3)).
    fit = andersen_gill(SIX, ["x"], ties="breslow")
    r = 1.5 + np.sqrt(33) / 2
    assert_allclose(fit.table.loc["x", "coefficient"], np.log(r), rtol=1e-12)
    information = r / (r + 1) ** 2 + 6 * r / (r + 3) ** 2
    assert_allclose(fit.table.loc["x", "std_error"], information**-0.5, rtol=1e-12)
    log_likelihood = 2 * np.log(r) - np.log(3 * r + 3) - 2 * np.log(r + 3)
    assert_allclose(fit.log_likelihood, log_likelihood, rtol=1e-12)
    assert_allclose(fit.log_likelihood_at_zero, -np.log(6) - 2 * np.log(4), rtol=1e-12)
    # Twice the rise, the score at zero squared, the coefficient squared.
    tests = fit.tests
    assert (fit.table.index.name, tests.index.name) == ("covariate", "test")
    assert tests.index.tolist() == ["likelihood ratio", "score", "Wald"]
    assert tests["df"].tolist() == [1, 1, 1]
    by_hand = [
        2 * (fit.log_likelihood - fit.log_likelihood_at_zero),
        (8 / 8) ** 2 / (1 / 4 + 6 / 16),
        np.log(r) ** 2 * information,
    ]
    assert_allclose(tests["statistic"], by_hand, rtol=1e-12)
    assert_allclose(tests["p_value"], [chi2.sf(each, 1) for each in by_hand], rtol=1e-12)
    assert (fit.rows, fit.events, fit.clusters) == (6, 4, None)


def test_efron_in_closed_form():
    fit = andersen_gill(SIX, ["x"])
    r = brentq(lambda r: 2 - r / (r + 1) - r / (r + 3) - r / (r + 5), 1, 20, xtol=1e-14)
    assert_allclose(fit.table.loc["x", "coefficient"], np.log(r), rtol=1e-12)
    assert_allclose(fit.log_likelihood_at_zero, -np.log(6) - np.log(4) - np.log(3), rtol=1e-11)


def test_the_score_test_of_one_state_is_mantel_byar_where_no_deaths_are_tied():
    rows = pd.DataFrame(
        {
            "start": [0, 0, 2, 0, 0, 5],
            "stop": [4.0, 2, 7, 6, 5, 9],
            "event": [1, 0, 0, 1, 0, 1],
            "state": [0, 0, 1, 0, 0, 1],
        }
    )
    rows.loc[len(rows)] = [0, 3, 0, 0]
    rows.loc[len(rows)] = [3, 5.5, 1, 1]
    fit = andersen_gill(rows, ["state"])
    assert_allclose(fit.tests.loc["score", "statistic"], mantel_byar(rows).statistic, rtol=1e-12)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_rows_that_cover_no_event_time_change_nothing(ties):
    silent = pd.DataFrame(
        {
            "start": [9, 1.5, 6.1],
            "stop": [30, 5, 6.2],
            "event": 0,
            "x": [70, 3, -8],
            "id": [6, 7, 2],
        }
    )
    fit = andersen_gill(SIX, ["x"], ties=ties, cluster="id")
    more = andersen_gill(pd.concat([SIX, silent]), ["x"], ties=ties, cluster="id")
    assert np.isfinite(more.table).all(axis=None)
    assert_allclose(more.table, fit.table, rtol=1e-10)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_splitting_rows_changes_nothing_even_robust_errors(ties):
    cut = SIX["stop"] > 3
    early = SIX[cut].assign(stop=3, event=0)
    late = SIX[cut].assign(start=3)
    split = pd.concat([SIX[~cut], early, late])
    whole = andersen_gill(SIX, ["x"], ties=ties, cluster="id")
    parts = andersen_gill(split, ["x"], ties=ties, cluster="id")
    assert_allclose(parts.table, whole.table, rtol=1e-11)


def test_scaling_a_covariate_scales_its_coefficient():
    one = andersen_gill(SIX, ["x"]).table
    scaled = andersen_gill(SIX.assign(x=1000 * SIX["x"] + 5), ["x"]).table
    assert_allclose(1000 * scaled["coefficient"], one["coefficient"], rtol=1e-9)
    assert_allclose(scaled["p_value"], one["p_value"], rtol=1e-9)


@pytest.mark.parametrize("cluster", [None, "id"])
def test_the_covariance_is_that_of_the_coefficients_in_their_own_units(cluster):
    rows = SIX.assign(y=[3.0, 1, 2, 2.5, 1, 4])
    small = andersen_gill(rows, ["x", "y"], cluster=cluster)
    large = andersen_gill(rows.assign(y=100 * rows["y"]), ["x", "y"], cluster=cluster)
    error = "std_error" if cluster is None else "robust_std_error"
    assert_allclose(np.sqrt(np.diag(small.covariance)), small.table[error], rtol=1e-12)
    assert abs(small.covariance.loc["x", "y"]) > 0.01
    ratio = small.covariance / large.covariance
    assert_allclose(ratio, [[1, 100], [100, 10_000]], rtol=1e-9)


def test_labels_become_indicators_against_the_first():
    rows = pd.concat([SIX, SIX.assign(stop=SIX["stop"] + 0.3)])
    rows = rows.assign(arm=["a", "b", "c", "b", "c", "a", "b", "c", "a", "c", "b", "a"])
    fit = andersen_gill(rows, ["arm"])
    assert fit.table.index.tolist() == ["arm[b]", "arm[c]"]
    by_hand = rows.assign(b=rows["arm"] == "b", c=rows["arm"] == "c")
    assert_allclose(fit.table, andersen_gill(by_hand, ["b", "c"]).table, rtol=1e-12)


def test_truth_values_are_zero_and_one_in_any_column():
    wanted = andersen_gill(SIX, ["x"]).table
    for kind in (bool, object, "boolean"):
        truths = SIX["x"].astype(bool).astype(kind)
        assert_allclose(andersen_gill(SIX.assign(x=truths), ["x"]).table, wanted, rtol=1e-12)


def test_limits_follow_the_robust_error_and_the_level():
    fit = andersen_gill(SIX, ["x"], cluster="id", level=0.9)
    row = fit.table.loc["x"]
    reach = 1.6448536269514722 * row["robust_std_error"]
    limits = row["coefficient"] + reach * np.array([-1, 1])
    assert_allclose(np.log([row["lower"], row["upper"]]), limits, rtol=1e-12)
    assert_allclose(np.log(row["hazard_ratio"]), row["coefficient"], rtol=1e-12)
    for given in (
        row,
        andersen_gill(SIX.assign(x=1 - SIX["x"]), ["x"], cluster="id").table.loc["x"],
    ):
        assert_allclose(given["z"], given["coefficient"] / given["robust_std_error"], rtol=1e-12)
        assert_allclose(given["p_value"], chi2.sf(given["z"] ** 2, 1), rtol=1e-9)
    assert fit.clusters == 6


def test_what_a_model_is_made_of_is_refused_by_its_name():
    with pytest.raises(ValueError, match=r"^covariates is \[\]; give the name of a column"):
        andersen_gill(SIX, [])
    with pytest.raises(ValueError, match=r"^stop is zero at position 0"):
        andersen_gill(SIX.assign(stop=[0, 1, 6, 6, 8, 9]), ["x"])
    with pytest.raises(ValueError, match=r"^event must be boolean or 0/1"):
        andersen_gill(SIX.assign(event=2), ["x"])


def test_one_cluster_has_no_robust_error():
    # The scores of all rows sum to zero at the maximum: the error would be zero, and z infinite.
    with pytest.raises(ValueError, match="need more than 1 clusters"):
        andersen_gill(SIX.assign(centre=1), ["x"], cluster="centre")


def test_statsmodels_agrees_without_late_entry_and_with_strata():
    from statsmodels.duration.hazard_regression import PHReg

    random = np.random.default_rng(3)
    n = 80
    rows = pd.DataFrame({"start": 0.0, "stop": random.integers(1, 30, n).astype(float)})
    rows = rows.assign(
        event=random.random(n) < 0.7, x=random.normal(size=n), g=random.integers(0, 2, n)
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = PHReg(
            rows["stop"],
            rows[["x"]],
            status=rows["event"].astype(int),
            strata=rows["g"],
            ties="efron",
        ).fit()
    ours = andersen_gill(rows, ["x"], strata="g")
    assert_allclose(ours.table["coefficient"], theirs.params, rtol=1e-6)
    assert_allclose(ours.table["std_error"], theirs.bse, rtol=1e-6)


@pytest.mark.parametrize(
    ("rows", "covariates", "message"),
    [
        (SIX.assign(event=0), ["x"], "no row has an event"),
        (SIX.assign(x=1), ["x"], "x does not vary among those at risk at any event"),
        (SIX.assign(y=2 * SIX["x"]), ["x", "y"], "x, y depend on each other linearly"),
        (
            SIX.assign(y=2 * SIX["x"], z=[3, 1, 2, 2.5, 1, 4]),
            ["z", "x", "y"],
            "^x, y depend on each other linearly",
        ),
        (SIX.assign(x=[5, 4, 3, 3, 1, 0]), ["x"], "the coefficient of 'x' runs to infinity"),
        (SIX.assign(x=[1, None, 0, 0, 1, 1]), ["x"], "x is missing at position 1"),
        (SIX.assign(x=[1, np.inf, 0, 0, 1, 1]), ["x"], "x is infinite at position 1"),
        (SIX, ["age"], "no column 'age'"),
        (SIX, [], "a list of them"),
        (SIX, "x", "give a list of columns"),
        (SIX, None, "covariates is None; give the name of a column"),
        (SIX.assign(x="a"), ["x"], "x has one label only"),
        (SIX.assign(arm="a"), ["x", "arm"], r"arm has one label only \('a'\)"),
    ],
)
def test_what_has_no_estimate_is_refused(rows, covariates, message):
    with pytest.raises(ValueError, match=message):
        andersen_gill(rows, covariates)


def test_clusters_that_move_nothing_give_no_robust_error():
    # Two who die together, with x and without: each residual is (1 - 1/2) - 2 (1 - 1/2) / 2 = 0.
    rows = pd.DataFrame({"start": 0, "stop": 5, "event": 1, "x": [1, 0], "id": [1, 2]})
    assert_allclose(andersen_gill(rows, ["x"]).table.loc["x", "coefficient"], 0, atol=1e-15)
    with pytest.raises(ValueError, match="moves the coefficient of 'x': it has no robust error"):
        andersen_gill(rows, ["x"], cluster="id")


def test_separation_is_found_whatever_the_scale_of_the_covariate():
    for scale in (1e-3, 1, 1e4):
        with pytest.raises(ValueError, match="runs to infinity"):
            andersen_gill(SIX.assign(x=scale * np.array([5, 4, 3, 3, 1, 0])), ["x"])


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("ties", ["breslow", "efron"])
@pytest.mark.parametrize(
    ("stop", "x", "y"),
    [
        # Along 2 x + y the two who die together are level, and who outlives them falls behind.
        ([1, 1, 2], [0, 1, -3], [0, -2, -3]),
        # Along y - 3 x who dies first runs ahead of the two who die together, and they are level.
        ([1, 2, 2], [-2, 0, 1], [-3, 0, 3]),
    ],
)
def test_separation_by_two_covariates_together_is_found(stop, x, y, ties):
    rows = pd.DataFrame({"start": 0, "stop": stop, "event": 1, "x": x, "y": y})
    with pytest.raises(ValueError, match="runs to infinity"):
        andersen_gill(rows, ["x", "y"], ties=ties)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"ties": "exact"}, "ties is 'exact'; choose efron or breslow"),
        ({"level": 95}, "level is 95; it must lie"),
    ],
)
def test_unknown_options_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        andersen_gill(SIX, ["x"], **options)


SEED_5002 = """\
id start stop event state x stratum
1 0 5.062 0 0 -0.02 1
2 0 3.767 0 0 -0.03 0
2 3.767 5.611 0 1 1.61 0
2 5.611 6.809 1 1 0.18 0
3 0 0.367 0 0 0.48 1
3 0.367 2.394 0 1 -0.63 1
3 2.394 2.582 0 1 0.71 1
3 2.582 6.512 0 1 -0.68 1
4 0 1.073 0 0 -0.07 0
4 1.073 2.207 0 1 -0.1 0
4 2.207 3.602 1 1 0.43 0
5 0 3.208 0 0 0.63 1
5 3.208 5.67 0 1 -0.8 1
6 0 3.904 0 1 -0.72 0
6 3.904 6.072 0 1 1.33 0
6 6.072 6.94 1 1 0.27 0
7 0 3.699 0 0 0.14 1
7 3.699 9.926 1 1 -0.62 1
8 0 0.779 0 1 -0.98 0
8 0.779 1.547 0 1 -0.91 0
9 0.002 2.446 0 0 0.28 1
9 2.446 3.764 1 1 0.55 1
10 0 13.248 0 0 -1 0
10 13.248 14.931 0 1 -0.41 0
11 0 1.591 1 0 1.28 1
12 0 9.46 1 0 -1.09 0
13 0 2.745 0 1 -1.45 1
"""

SEED_5009 = """\
id start stop event state x stratum
1 0 1 0 0 0.7 1
1 1 4 0 1 1.3 1
1 4 11 0 2 -0.12 1
1 11 12 0 2 0.51 1
1 12 14 1 2 -0.1 1
2 2 5 0 0 -0.38 0
2 5 13 1 1 -0.6 0
3 2 3 1 2 1.23 1
4 1 3 1 0 0.69 0
5 0 1 0 0 -1.05 1
5 1 5 0 1 0.19 1
5 5 6 1 2 2.14 1
6 0 1 1 0 2.53 0
7 2 5 0 0 -0.65 1
7 5 8 0 1 1.55 1
7 8 13 1 2 -0.24 1
8 0 2 0 2 1.45 0
8 2 4 0 2 0.48 0
9 0 3 0 2 -0.25 1
9 3 4 1 2 1.59 1
10 0 4 0 1 -0.29 0
"""


@pytest.mark.parametrize(
    ("table", "by_r"),
    [
        (
            SEED_5002,
            {
                "coefficient": [3.4077349597472084, 4.287585372910517],
                "std_error": [8.24360986391762, 3.076748837584701],
                "robust_std_error": [0.5995501784462702, 0.625225145959132],
                "log_likelihood": -1.9300137702444218,
            },
        ),
        (
            SEED_5009,
            {
                "coefficient": [0.26646941686713227, 5.69202259247594],
                "std_error": [0.9206429416374697, 5.015177501638583],
                "robust_std_error": [0.5060866539221085, 1.460430412725082],
                "log_likelihood": -2.519242348576668,
            },
        ),
    ],
    ids=["222 of seed 5002", "111 of seed 5009"],
)
def test_a_maximum_that_rounding_blurs_is_a_maximum(table, by_r):
    # Data sets of `make oracle-long`. The weights of their risk sets span so many digits that
    # Newton's steps never fell below 1e-11, and the coefficient was said to be infinite.
    rows = pd.read_csv(io.StringIO(table), sep=" ")
    fit = andersen_gill(rows, ["state", "x"], strata="stratum", cluster="id")
    for column in ("coefficient", "std_error", "robust_std_error"):
        assert_allclose(fit.table[column], by_r[column], rtol=1e-9)
    assert_allclose(fit.log_likelihood, by_r["log_likelihood"], rtol=1e-9)
