"""Compile requirements.lock, requirements-dev.lock and environment.yml from pyproject.toml.

The first lock holds what a checkout needs to render its site, the second what only development
adds. Both hold versions and hashes and no address. environment.yml says the same to conda.

    make lock [UPGRADE=1]
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "requirements.lock"
DEVELOPMENT = ROOT / "requirements-dev.lock"
COMPILE = [
    *("uv", "pip", "compile", "--quiet", "--universal", "--fork-strategy", "fewest"),
    *("--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"),
    *("--no-emit-find-links", "--no-annotate", "--no-header"),
]
EXTRAS_OF_SITE = ("report", "engine", "compare")
ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ \\]+).*?(?=^\S|\Z)", re.M | re.S)

# What conda-forge spells differently, and what it lacks. conda's pypandoc brings whatever pandoc is
# newest; the one of the lock brings its own.
CONDA_NAMES = {"great-tables": "great_tables", "jupyter-client": "jupyter_client"}
BY_PIP = ("pypandoc-binary", "sphinx-revealjs")
CONDA = """\
# The same versions as the locks, for conda; `make lock` writes this file from them.
#
#   conda env create --file environment.yml
#   conda activate secondlook
#   quarto render
name: secondlook
channels:
  - conda-forge
  - nodefaults
dependencies:
  - python>=3.11,<3.15
  - pip
  - quarto
  - jupyterlab
{packages}
  - pip:
{by_pip}
      - --editable .
"""


def compile_lock(target: Path, *arguments: str) -> None:
    """Let uv write a lock, changing as little of the one that is there as it can."""
    command = [*COMPILE, *arguments, "--output-file", str(target), "pyproject.toml"]
    subprocess.run(command, cwd=ROOT, check=True)


def entries(lock: str) -> dict[str, str]:
    """Return the entries of a lock by name: version line and hashes."""
    return {found["name"]: found[0] for found in ENTRY.finditer(lock)}


def versions(lock: str) -> dict[str, str]:
    """Return the version of each package of a lock."""
    return {found["name"]: found["version"] for found in ENTRY.finditer(lock)}


def direct_dependencies() -> list[str]:
    """Return the packages that pyproject.toml names itself, in alphabetical order."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    named = [
        *project["project"]["dependencies"],
        *(text for extra in project["project"]["optional-dependencies"].values() for text in extra),
        *(text for group in project["dependency-groups"].values() for text in group),
    ]
    names = {re.split(r"[^A-Za-z0-9._-]", text)[0].lower() for text in named}
    return sorted(names - {"secondlook"})


def conda_environment(locked: dict[str, str]) -> str:
    """Write environment.yml for the locked versions."""
    packages = [name for name in direct_dependencies() if name not in BY_PIP]
    return CONDA.format(
        packages="\n".join(
            f"  - {CONDA_NAMES.get(name, name)}={locked[name]}" for name in packages
        ),
        by_pip="\n".join(f"      - {name}=={locked[name]}" for name in BY_PIP),
    )


def main() -> None:
    """Write the three files."""
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv[1:] else []
    extras = [word for extra in EXTRAS_OF_SITE for word in ("--extra", extra)]
    compile_lock(SITE, *extras, "--group", "build", *upgrade)
    site = SITE.read_text()
    groups = ["--group", "build", "--group", "dev"]
    compile_lock(DEVELOPMENT, "--all-extras", *groups, "--constraint", SITE.name, *upgrade)
    both = DEVELOPMENT.read_text()
    added = [text for name, text in entries(both).items() if name not in entries(site)]
    DEVELOPMENT.write_text("".join(added))
    (ROOT / "environment.yml").write_text(conda_environment(versions(both)))


if __name__ == "__main__":
    main()
