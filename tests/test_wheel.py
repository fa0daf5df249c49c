"""Correct: the wheel, away from the checkout, serves a stranger's root as the checkout serves ours.

The wheel is built and installed into an environment of its own, which borrows the packages of this
one, so that nothing is fetched; `scripts/elsewhere.sh` tries it with packages of its own.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "crowley-1977"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def away(wheel):
    """An environment with the wheel, and a copy of the example beside it: (program, root)."""
    venv = wheel.parent / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    (packages,) = venv.glob("lib/python*/site-packages")
    zipfile.ZipFile(wheel).extractall(packages)
    # A path in a .pth file is searched, and the .pth files in it are not read: this checkout, which
    # is installed so, stays out.
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    root = wheel.parent / "root"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns("_site", ".secondlook"))
    return venv / "bin" / "python", root


def run(away, *arguments: str, cwd: Path | None = None) -> str:
    python, root = away
    done = subprocess.run(
        [python, *arguments],
        cwd=cwd or root,
        env={"PATH": "/usr/bin:/bin", "HOME": str(root), "PYTHONNOUSERSITE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_the_package_and_no_paper(wheel):
    names = [name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name]
    assert {name.split("/")[0] for name in names} == {"secondlook"}
    assert not [name for name in names if "papers" in name]


def test_the_wheel_is_what_is_imported_and_not_the_checkout(away):
    code = (
        "import secondlook, importlib.util as u; print(secondlook.__file__, u.find_spec('papers'))"
    )
    assert run(away, "-c", code).split() == [
        str(next(away[0].parents[1].glob("lib/python*/site-packages")) / "secondlook/__init__.py"),
        "None",
    ]


@pytest.mark.parametrize("below", [".", "reports", "data/crowley-1977"])
def test_check_finds_the_root_above_where_the_user_stands(away, below):
    listing = json.loads(
        run(away, "-m", "secondlook", "check", "--format", "json", cwd=away[1] / below)
    )
    assert len(listing) == 62
    assert {row["verdict"] for row in listing} == {"reproduced"}


def test_render_makes_the_strangers_site(away):
    run(away, "-m", "secondlook", "render", "--engine", "embedded")
    page = (away[1] / "_site" / "reports" / "crowley-1977.html").read_text()
    assert "P = 0.68" in page
    assert page.count("data-verdict=") == 62


def test_a_new_paper_passes_in_the_strangers_root(away):
    run(away, "-m", "secondlook", "new", "smith-2024")
    run(away, "-m", "secondlook", "check", "smith-2024")


def test_the_styles_of_the_example_are_those_of_the_package():
    for path in (EXAMPLE / "styles").iterdir():
        assert path.read_text() == (files("secondlook") / "styles" / path.name).read_text()
