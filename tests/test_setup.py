"""The set-up, *correct*: what is installed is what the lock says, and the documents agree."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import secondlook

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
EXTRAS = {
    name: [Requirement(text) for text in texts]
    for name, texts in PYPROJECT["project"]["optional-dependencies"].items()
    if name != "all"
}
CORE = [Requirement(text) for text in PYPROJECT["project"]["dependencies"]]
RUNTIME = CORE + [one for extra in EXTRAS.values() for one in extra]
DEVELOPMENT = [
    Requirement(text) for group in PYPROJECT["dependency-groups"].values() for text in group
]
LOCKS = ("requirements.lock", "requirements-dev.lock")

# The module a distribution gives, where it is not the distribution's own name.
MODULES = {"pyyaml": "yaml", "pypandoc-binary": "pypandoc"}
# Nothing imports these by name: a kernel is started, not imported.
NOT_IMPORTED = {"ipykernel"}


def committed_files() -> list[Path]:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


def committed_files_like(pattern: str) -> list[Path]:
    return [path for path in committed_files() if path.match(pattern)]


def locked_requirements(*locks: str) -> list[tuple[Requirement, list[str]]]:
    """The requirements of the locks, each with its hashes."""
    locks = locks or LOCKS
    text = "".join((ROOT / lock).read_text() for lock in locks).replace("\\\n", " ")
    entries = []
    for line in text.splitlines():
        requirement, *hashes = line.split(" --hash=")
        entries.append((Requirement(requirement), [one.strip() for one in hashes]))
    return entries


def locked_versions() -> dict[str, str]:
    return {
        canonicalize_name(requirement.name): str(requirement.specifier).removeprefix("==")
        for requirement, _ in locked_requirements()
    }


# The lock ---------------------------------------------------------------------------------------


def test_every_line_of_the_lock_has_one_version_and_its_hashes():
    for requirement, hashes in locked_requirements():
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), requirement


def test_every_package_of_the_lock_has_one_version_on_every_python():
    names = [canonicalize_name(requirement.name) for requirement, _ in locked_requirements()]
    assert sorted(names) == sorted(set(names))


def test_no_direct_dependency_is_left_out_on_some_python_or_system():
    direct = {canonicalize_name(requirement.name) for requirement in RUNTIME + DEVELOPMENT}
    bound = [
        requirement.name
        for requirement, _ in locked_requirements()
        if requirement.marker and canonicalize_name(requirement.name) in direct
    ]
    assert bound == []


def test_the_lock_holds_no_address():
    assert all("//" not in (ROOT / lock).read_text() for lock in LOCKS)


def test_what_only_development_needs_is_not_installed_for_rendering():
    site = {canonicalize_name(one.name) for one, _ in locked_requirements("requirements.lock")}
    assert site & {"pytest", "hypothesis", "mypy", "ruff", "dask", "coverage"} == set()


def test_the_core_is_lean():
    """The library and `secondlook check`: numbers, data packages, words on a terminal."""
    assert {canonicalize_name(one.name) for one in CORE} == {
        *("click", "numpy", "pandas", "pyyaml", "rich", "scipy"),
    }


def test_the_extra_called_all_holds_every_other_extra():
    (named,) = PYPROJECT["project"]["optional-dependencies"]["all"]
    assert Requirement(named).extras == set(EXTRAS)


@pytest.mark.parametrize("requirement", RUNTIME + DEVELOPMENT, ids=lambda one: one.name)
def test_the_lock_satisfies_every_direct_dependency(requirement):
    version = locked_versions()[canonicalize_name(requirement.name)]
    assert requirement.specifier.contains(version)


def test_the_installed_versions_are_those_of_the_lock():
    from importlib.metadata import version

    if Path(sys.prefix).resolve() != ROOT / ".venv":
        pytest.skip("runs in another environment than .venv")
    for requirement, _ in locked_requirements():
        if requirement.marker is None or requirement.marker.evaluate():
            assert requirement.specifier.contains(version(requirement.name)), requirement


# Dependencies -----------------------------------------------------------------------------------


def imported_modules(folder: str = "src") -> set[str]:
    """The top names of all that a folder imports, Python's own left out."""
    names = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names)


def declared_modules(requirements: list[Requirement] = RUNTIME) -> dict[str, str]:
    """From each declared distribution's module to the distribution."""
    names = [canonicalize_name(one.name) for one in requirements]
    return {MODULES.get(name, name.replace("-", "_")): name for name in names}


def test_the_package_imports_nothing_that_it_does_not_declare():
    assert imported_modules() - set(declared_modules()) == {"secondlook", "papers"}


def test_the_package_knows_no_paper():
    assert "papers" not in imported_modules("src/secondlook")
    keys = [path.parent.name for path in (ROOT / "data").glob("*/claims.yaml")]
    named = [key.replace("-", "[-_]") for key in keys]
    for path in (ROOT / "src" / "secondlook").rglob("*.py"):
        assert not re.search("|".join(named), path.read_text()), path


def test_every_declared_dependency_is_used():
    users = committed_files_like("*.py") + committed_files_like("*.qmd")
    text = "\n".join(path.read_text() for path in users if path != Path(__file__))
    unused = {
        distribution
        for module, distribution in declared_modules().items()
        if not re.search(rf"(import|from) {module}\b|\"{module}\"", text)
    }
    assert unused - NOT_IMPORTED == set()


HEAVY = ["IPython", "great_tables", "lifelines", "matplotlib", "plotnine", "statsmodels"]
# Those whose task it is to draw, to render or to talk to the user.
MAY_BE_HEAVY = {"__main__", "cli", "figures", "render", "tables"}
LIGHT_MODULES = sorted(
    path.stem
    for path in (ROOT / "src" / "secondlook").iterdir()
    if (path.suffix == ".py" or (path / "__init__.py").exists()) and path.stem not in MAY_BE_HEAVY
)


@pytest.mark.parametrize("module", LIGHT_MODULES)
def test_a_module_of_the_core_loads_no_plotting_and_no_other_estimators(module):
    statement = f"import secondlook.{module}, sys; print(*sys.modules, sep='\\n')"
    loaded = subprocess.run(
        [sys.executable, "-c", statement], capture_output=True, text=True, check=True
    ).stdout.split()
    assert [name for name in HEAVY if name in loaded] == []


# conda ------------------------------------------------------------------------------------------


def test_the_conda_environment_is_the_one_that_the_locks_give():
    from scripts.lock import conda_environment

    assert (ROOT / "environment.yml").read_text() == conda_environment(locked_versions())


def test_conda_asks_for_the_pythons_that_the_package_supports():
    entries = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    python = next(Requirement(entry) for entry in entries if str(entry).startswith("python>"))
    assert python.specifier.contains("3.11")
    assert PYPROJECT["project"]["requires-python"] == ">=3.11"


# No address of a registry -----------------------------------------------------------------------

REGISTRIES = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "anaconda" + ".org",
    "anaconda" + ".com",
    "prefix" + ".dev",
    "npmjs" + ".org",
    "unpkg" + ".com",
    "jsdelivr" + ".net",
    "cdnjs" + ".cloudflare",
    "deb.debian" + ".org",
    "archive.ubuntu" + ".com",
    "cran.r-project" + ".org",
    "cloud.r-project" + ".org",
]


def test_no_committed_file_names_the_host_of_a_registry():
    named = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in committed_files()
        for host in REGISTRIES
        if host.encode() in path.read_bytes()
    ]
    assert named == []


# The Makefile -----------------------------------------------------------------------------------


def phony_targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text()
    return set(re.findall(r"^\.PHONY: (\S+)$", makefile, re.MULTILINE)) - {"FORCE"}


def make(*arguments: str) -> str:
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_make_alone_lists_every_target():
    listed = {line.split()[1] for line in make().splitlines()}
    assert listed == phony_targets()


def test_every_target_of_the_design_exists():
    assert {"help", "render", "test", "check", "lint", "format", "lock", "bench"} <= phony_targets()


@pytest.mark.parametrize("target", sorted(phony_targets()))
def test_every_target_is_a_recipe_that_make_can_read(target):
    assert make("--dry-run", target)


def environment_in_a_recipe(**given: str) -> dict[str, str]:
    output = subprocess.run(
        ["make", "--no-print-directory", "--eval", "probe: ; @env", "probe"],
        cwd=ROOT,
        env=os.environ | given,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return dict(line.split("=", 1) for line in output.splitlines() if "=" in line)


def test_what_is_active_where_make_is_called_does_not_reach_a_recipe():
    active = ["PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "CONDA_PREFIX", "JUPYTER_PATH"]
    seen = environment_in_a_recipe(**dict.fromkeys(active, "/elsewhere"))
    assert seen.keys().isdisjoint(active)


def test_a_recipe_finds_the_programs_and_the_python_of_the_environment_first():
    seen = environment_in_a_recipe(PATH="/elsewhere:" + os.environ["PATH"])
    assert seen["PATH"].split(":")[:2] == [str(ROOT / ".venv" / "bin"), "/elsewhere"]
    assert seen["QUARTO_PYTHON"] == str(ROOT / ".venv" / "bin" / "python")


# Continuous integration -------------------------------------------------------------------------


def test_continuous_integration_installs_every_package_that_an_r_script_loads():
    scripts = "\n".join(path.read_text() for path in committed_files_like("*.R"))
    loaded = set(re.findall(r"(?:library|requireNamespace)\(\"?(\w+)", scripts))
    loaded |= set(re.findall(r"\b(\w+)::", scripts))
    with_r = {"base", "graphics", "methods", "stats", "utils"}
    by_hand = {"EZR"}  # needs R Commander; its values are committed and not run afresh
    installed = set(re.findall(r"r-cran-(\w+)", (ROOT / ".ci" / "run").read_text()))
    assert loaded - with_r - by_hand == installed


def test_continuous_integration_requires_its_oracles_and_ends_with_the_tests():
    script = (ROOT / ".ci" / "run").read_text()
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert "export SECONDLOOK_REQUIRE_ORACLES=1" in script
    assert script.splitlines()[-1].startswith("make test")
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True)


# The documents ----------------------------------------------------------------------------------


def citation() -> dict[str, object]:
    return yaml.safe_load((ROOT / "CITATION.cff").read_text())


def test_the_citation_file_has_what_its_format_requires():
    cff = citation()
    assert cff["cff-version"] == "1.2.0"
    assert cff["type"] == "software"
    assert {"message", "title", "authors", "abstract", "license"} <= cff.keys()
    assert all(
        author.keys() <= {"name", "given-names", "family-names"} for author in cff["authors"]
    )


def test_the_citation_and_the_changelog_name_the_version_of_the_package():
    assert citation()["version"] == secondlook.__version__
    assert (
        f"secondlook {secondlook.__version__}, " in (ROOT / "_quarto.yml").read_text()
    )  # the footer
    headings = re.findall(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert headings[0] == "Unreleased"
    released = [one for one in headings if one != "Unreleased"]
    assert not released or released[0] == secondlook.__version__


def test_the_licence_is_the_one_that_the_package_and_the_citation_name():
    assert (ROOT / "LICENSE").read_text().startswith("MIT License")
    assert PYPROJECT["project"]["license"] == citation()["license"] == "MIT"


def test_the_hooks_before_a_commit_are_all_local():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    assert [repository["repo"] for repository in hooks["repos"]] == ["local"]


def prose_and_code(document: str) -> tuple[str, str]:
    """A document's text without its code, and its code."""
    code = re.compile(r"^```.*?^```$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
    text = (ROOT / document).read_text()
    return code.sub("", text), "\n".join(code.findall(text))


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_file_that_a_document_links_to_is_there(document):
    prose, _ = prose_and_code(document)
    targets = [
        target.split("#")[0]
        for target in re.findall(r"\]\(([^)\s]+)\)", prose)
        if "://" not in target and not target.startswith("#")
    ]
    assert [one for one in targets if not (ROOT / one).exists()] == []


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_make_target_that_a_document_names_exists(document):
    _, code = prose_and_code(document)
    named = set(re.findall(r"\bmake ([a-z]+(?:-[a-z]+)*)\b", code))
    assert named
    assert named <= phony_targets()


# Oracles that must not go missing ---------------------------------------------------------------

SKIPPING_TEST = """
import pytest

@pytest.mark.oracle
def test_that_needs_r():
    pytest.skip("no Rscript here")

def test_that_needs_nothing():
    pytest.skip("another reason")
"""


def run_skipping_test(folder: Path, required: str) -> str:
    (folder / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text())
    (folder / "test_skips.py").write_text(SKIPPING_TEST)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n    oracle\n    browser\n")
    outcome = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(folder)],
        cwd=folder,
        env=os.environ | {"SECONDLOOK_REQUIRE_ORACLES": required},
        capture_output=True,
        text=True,
        check=False,
    )
    return outcome.stdout


def test_an_oracle_that_is_missing_skips_where_none_is_required(tmp_path):
    assert "2 skipped" in run_skipping_test(tmp_path, required="")


def test_an_oracle_that_is_missing_fails_where_it_is_required(tmp_path):
    output = run_skipping_test(tmp_path, required="1")
    assert "1 failed, 1 skipped" in output
    assert "no Rscript here" in output
