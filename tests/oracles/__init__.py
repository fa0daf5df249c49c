"""Values that R computed, committed beside the scripts that wrote them.

``Rscript tests/oracles/kaplan_meier.R`` writes ``tests/oracles/kaplan_meier.json`` anew. Every test
compares with the committed file; a test marked ``oracle`` runs the script afresh in a
temporary folder and compares with that as well: ``pytest -m oracle``. Without R such a
test skips and says why, unless SECONDLOOK_REQUIRE_ORACLES is set (see tests/conftest.py).
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
_NOT_FINITE = {"NA": float("nan"), "NaN": float("nan"), "Inf": float("inf"), "-Inf": -float("inf")}


@cache
def read_oracle(name: str) -> Any:
    """Read ``<name>.json`` as committed; NA, NaN and infinities become floats."""
    return _read(HERE / f"{name}.json")


@cache
def rerun_r(name: str, *packages: str) -> Any:
    """Run ``<name>.R`` afresh and read what it writes; skip, saying why, where R is absent.

    Parameters
    ----------
    name
        The script's name without its suffix. It writes ``<name>.json`` beside itself.
    packages
        The R packages that it needs.
    """
    missing = missing_from_r(*packages)
    if missing:
        pytest.skip(missing)
    with tempfile.TemporaryDirectory() as folder:
        for script in HERE.glob("*.R"):
            shutil.copy(script, folder)
        done = subprocess.run(
            ["Rscript", "--vanilla", str(Path(folder, f"{name}.R"))],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{name}.R failed:\n{done.stderr}")
        return _read(Path(folder, f"{name}.json"))


def missing_from_r(*packages: str) -> str:
    """Say what R lacks to run a script that needs these packages; empty if nothing."""
    absent = [each for each in packages if each not in _r_packages()]
    lacks = f"R has no package {absent[0]}" if absent else ""
    if not _r_packages():
        lacks = "Rscript is not installed"
    return lacks and f"{lacks}; compared with the committed values only"


@cache
def _r_packages() -> frozenset[str]:
    """Name the packages that R has; none where there is no R."""
    if shutil.which("Rscript") is None:
        return frozenset()
    ask = ["Rscript", "--vanilla", "-e", "writeLines(.packages(all.available = TRUE))"]
    return frozenset(subprocess.run(ask, capture_output=True, text=True, check=True).stdout.split())


def _read(path: Path) -> Any:
    def finite(value: Any) -> Any:
        if isinstance(value, str):
            return _NOT_FINITE.get(value, value)
        if isinstance(value, list):
            return [finite(item) for item in value]
        if isinstance(value, dict):
            return {key: finite(item) for key, item in value.items()}
        return value

    return finite(json.loads(path.read_text(encoding="utf-8")))
