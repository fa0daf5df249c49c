"""Settings that every test shares: deterministic hypothesis, oracles that must not go missing."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "default",
    derandomize=True,
    deadline=None,
    max_examples=50,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=2000)
settings.register_profile(
    "fuzz", settings.get_profile("default"), max_examples=5000, derandomize=False
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

ORACLE_MARKERS = ("oracle", "browser")
REQUIRE_ORACLES = "SECONDLOOK_REQUIRE_ORACLES"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """Make the skip of an oracle or browser test a failure where these programs must be there."""
    report = yield
    required = os.environ.get(REQUIRE_ORACLES, "") not in ("", "0")
    if required and report.skipped and not hasattr(report, "wasxfail"):
        marker = next((name for name in ORACLE_MARKERS if item.get_closest_marker(name)), None)
        if marker is not None:
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
            report.outcome = "failed"
            report.longrepr = f"{REQUIRE_ORACLES} is set, but this {marker} test skips: {reason}"
    return report
