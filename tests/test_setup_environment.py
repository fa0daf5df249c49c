"""scripts/environment.sh, *correct*: an environment is used if it is whole and where it was made.

Each test runs the script in a project of its own, with a stand-in for pip that records how it is
called and installs nothing.
"""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "scripts" / "environment.sh"
BASE = Path(getattr(sys, "_base_executable", sys.executable))

PIP = """
import os, pathlib, sys
log = pathlib.Path(os.environ["PIP_LOG_OF_TEST"])
watched = ("PIP_TARGET", "PIP_USER")
settings = " ".join(f"{name}={os.environ[name]}" for name in watched if name in os.environ)
with log.open("a") as file:
    print(*sys.argv[1:], settings, file=file)
sys.exit("no network" if "PIP_FAILS" in os.environ and "install" in sys.argv else 0)
"""

# What a python3 is asked, answered by a real one, except that its environments get the pip above.
PYTHON = """#!/bin/sh
case "$*" in
*_base_executable*) echo "$0" ;;
*"-m venv"*)
    "{base}" -I -m venv --without-pip "$4"
    for packages in "$4"/lib/python*/site-packages; do
        mkdir "$packages/pip"
        : >"$packages/pip/__init__.py"
        cp "{pip}" "$packages/pip/__main__.py"
    done ;;
*) exec "{base}" "$@" ;;
esac
"""


@dataclass
class Project:
    folder: Path
    tools: Path

    @property
    def venv(self) -> Path:
        return self.folder / ".venv"

    @property
    def ready(self) -> Path:
        return self.venv / "ready"

    def run(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", str(self.folder / "scripts" / "environment.sh"), *words],
            env={
                "PATH": f"{self.tools}:/usr/bin:/bin",
                "PYTHON": str(self.tools / "python3"),
                "PIP_LOG_OF_TEST": str(self.tools / "pip.log"),
            }
            | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def calls_of_pip(self) -> list[str]:
        log = self.tools / "pip.log"
        return log.read_text().splitlines() if log.exists() else []


def executable(path: Path, text: str) -> Path:
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def project_in(place: Path) -> Project:
    tools = place / "tools"
    folder = place / "a project"  # with a blank, which must not matter
    tools.mkdir()
    (folder / "scripts").mkdir(parents=True)
    shutil.copy(SCRIPT, folder / "scripts")
    (folder / "requirements.lock").write_text("setuptools==80.0 \\\n    --hash=sha256:0\n")
    (folder / "requirements-dev.lock").write_text("pytest==9.0 \\\n    --hash=sha256:1\n")
    (folder / "pyproject.toml").write_text("[project]\n")
    (tools / "pip.py").write_text(PIP)
    executable(tools / "python3", PYTHON.format(base=BASE, pip=tools / "pip.py"))
    return Project(folder, tools)


@pytest.fixture
def project(tmp_path):
    return project_in(tmp_path)


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A project with its environment, and a copy of both as they are after the first run."""
    place = tmp_path_factory.mktemp("made") / "place"
    place.mkdir()
    project = project_in(place)
    assert project.run().returncode == 0
    assert project.ready.exists()
    shutil.copytree(place, place.with_name("copy"), symlinks=True)
    return project


@pytest.fixture
def made(first):
    """Put the project back where it was made: elsewhere its environment would be made anew."""
    place = first.folder.parent
    shutil.rmtree(place)
    shutil.copytree(place.with_name("copy"), place, symlinks=True)
    return first


def test_the_first_run_installs_by_hash_and_then_the_project_without_a_network(made):
    first, lock, itself, check, *rest = made.calls_of_pip()
    assert "--require-hashes" in first
    assert "first.lock" in first
    assert "--require-hashes" in lock
    assert "requirements.lock" in lock
    assert "--no-index" in itself
    assert "--editable ." in itself
    assert check.startswith("check")
    assert rest == []


def test_what_only_development_needs_is_added_when_it_is_asked_for(made):
    before = len(made.calls_of_pip())
    assert made.run("dev").returncode == 0
    lock, check = made.calls_of_pip()[before:]
    assert "--require-hashes" in lock
    assert "requirements-dev.lock" in lock
    assert check.startswith("check")
    assert made.run("dev", PIP_FAILS="1").returncode == 0
    assert made.run(PIP_FAILS="1").returncode == 0


def test_an_addition_that_fails_leaves_the_environment_for_rendering_whole(made):
    outcome = made.run("dev", PIP_FAILS="1")
    assert outcome.returncode == 1
    assert "packages of requirements-dev.lock could not be installed" in outcome.stderr
    assert made.run(PIP_FAILS="1").returncode == 0
    assert made.run("dev").returncode == 0


def test_a_kernel_of_quartos_manager_does_not_warn_of_its_transport(made, tmp_path):
    """The settings stand where every IPython of the environment reads them, here as a user's."""
    settings = made.venv / "etc" / "ipython" / "ipython_kernel_config.py"
    profile = tmp_path / "ipython" / "profile_default"
    profile.mkdir(parents=True)
    shutil.copy(settings, profile)
    # As Quarto starts it: nbclient's own manager, without configuration.
    script = (
        "import nbformat as f; from nbclient import NotebookClient as C; "
        "C(f.v4.new_notebook(cells=[f.v4.new_code_cell('1')])).execute()"
    )
    environment = {**os.environ, "IPYTHONDIR": str(profile.parent), "JUPYTER_PLATFORM_DIRS": "1"}
    run = [sys.executable, "-c", script]
    outcome = subprocess.run(run, env=environment, capture_output=True, text=True, check=False)
    assert (outcome.returncode, outcome.stderr) == (0, "")


def uv_that(project: Project, exit_code: int) -> Path:
    """Put a uv into the environment that logs how it is called."""
    log = project.tools / "uv.log"
    executable(
        project.venv / "bin" / "uv",
        f'#!/bin/sh\necho "$UV_DEFAULT_INDEX $*" >>"{log}"\nexit {exit_code}\n',
    )
    return log


def test_uv_installs_the_lock_by_hash_from_the_registry_of_pip(made):
    log, before = uv_that(made, 0), len(made.calls_of_pip())
    assert made.run("dev", PIP_INDEX_URL="https://mirror.example/simple").returncode == 0
    (call,) = log.read_text().splitlines()
    assert call.startswith("https://mirror.example/simple pip install")
    assert "--require-hashes" in call
    assert "requirements-dev.lock" in call
    assert [each.split()[0] for each in made.calls_of_pip()[before:]] == ["check"]


def test_what_uv_cannot_do_pip_does(made):
    uv_that(made, 2)
    before = len(made.calls_of_pip())
    assert made.run("dev").returncode == 0
    assert any("requirements-dev.lock" in each for each in made.calls_of_pip()[before:])


def test_the_second_run_does_nothing(made):
    before = made.calls_of_pip()
    assert made.run(PIP_FAILS="1").returncode == 0
    assert made.calls_of_pip() == before


def test_an_install_that_fails_says_so_and_is_not_taken_for_complete(project):
    outcome = project.run(PIP_FAILS="1")
    assert outcome.returncode == 1
    assert "could not be installed" in outcome.stderr
    assert not project.ready.exists()


def test_after_a_failed_install_the_next_run_starts_anew(project):
    project.run(PIP_FAILS="1")
    leftover = project.venv / "leftover"
    leftover.touch()
    assert project.run().returncode == 0
    assert project.ready.exists()
    assert not leftover.exists()


def test_a_changed_lock_updates_the_environment_in_place(made):
    kept = made.venv / "kept"
    kept.touch()
    with (made.folder / "requirements.lock").open("a") as lock:
        lock.write("another==1.0 \\\n    --hash=sha256:1\n")
    before = len(made.calls_of_pip())
    assert made.run().returncode == 0
    assert len(made.calls_of_pip()) == before + 4
    assert kept.exists()


def test_an_update_that_fails_is_not_undone_by_the_old_lock(made):
    lock = made.folder / "requirements.lock"
    old = lock.read_text()
    lock.write_text(old + "another==1.0 \\\n    --hash=sha256:1\n")
    assert made.run(PIP_FAILS="1").returncode == 1
    lock.write_text(old)
    assert made.run(PIP_FAILS="1").returncode == 1


def test_a_lock_that_was_only_touched_changes_nothing(made):
    before = made.calls_of_pip()
    (made.folder / "requirements.lock").touch()
    assert made.run().returncode == 0
    assert made.calls_of_pip() == before


def test_a_project_that_was_moved_gets_its_environment_anew(made):
    leftover = made.venv / "leftover"
    leftover.touch()
    moved = Project(made.folder.with_name("elsewhere"), made.tools)
    made.folder.rename(moved.folder)
    assert moved.run().returncode == 0
    assert str(moved.folder) in moved.ready.read_text()
    assert not (moved.venv / "leftover").exists()


def test_an_environment_whose_interpreter_is_gone_is_made_anew(made):
    for name in made.venv.glob("bin/python*"):
        name.unlink()
    assert made.run().returncode == 0
    assert (made.venv / "bin" / "python").exists()
    assert made.ready.exists()


def test_another_python_that_is_asked_for_by_name_replaces_the_environment(made):
    leftover = made.venv / "leftover"
    leftover.touch()
    assert made.run(PYTHON="").returncode == 0
    assert leftover.exists()
    other = PYTHON.format(base=BASE, pip=made.tools / "pip.py").replace(
        'case "$*" in', 'case "$*" in\n*"%d.%d"*) echo 3.99 ;;'
    )
    executable(made.tools / "other", other)
    assert made.run(PYTHON=str(made.tools / "other")).returncode == 0
    assert not leftover.exists()


def test_two_runs_at_once_do_not_disturb_each_other(project):
    command = ["sh", str(project.folder / "scripts" / "environment.sh")]
    environment = {
        "PATH": "/usr/bin:/bin",
        "PYTHON": str(project.tools / "python3"),
        "PIP_LOG_OF_TEST": str(project.tools / "pip.log"),
    }
    both = [subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) for _ in "ab"]
    assert [one.wait(timeout=60) for one in both] == [0, 0]
    assert len(project.calls_of_pip()) == 4


def test_what_is_active_or_configured_elsewhere_stays_out(project):
    outcome = project.run(
        PIP_TARGET="/elsewhere",
        PIP_USER="1",
        PYTHONPATH="/elsewhere",
        PYTHONHOME="/elsewhere",
        VIRTUAL_ENV="/elsewhere",
    )
    assert outcome.returncode == 0
    assert all("PIP_TARGET" not in call for call in project.calls_of_pip())
    assert all("PIP_USER=0" in call for call in project.calls_of_pip())


def test_an_active_environment_is_not_what_the_new_one_stands_on(project):
    other = project.tools / "other"
    subprocess.run([str(BASE), "-I", "-m", "venv", "--without-pip", str(other)], check=True)
    command = ["sh", str(project.folder / "scripts" / "environment.sh")]
    environment = {"PATH": "/usr/bin:/bin", "PYTHON": str(other / "bin" / "python")}
    with subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as run:
        said = run.stderr.readline() if run.stderr else ""
        os.killpg(run.pid, signal.SIGKILL)  # what it begins with is said; a real pip takes long
    assert said.startswith("Making .venv with Python")
    assert f"({other}" not in said


def interpreter_that(tools: Path, name: str, version: str, *, has_venv: bool) -> None:
    executable(
        tools / name,
        f"""#!/bin/sh
case "$*" in
*print*) echo {version} ;;
*version_info*) [ {version} != 3.9 ] ;;
*ensurepip*) {"true" if has_venv else "false"} ;;
esac
""",
    )


def messages_with(project: Project, name: str) -> str:
    outcome = project.run(PYTHON=str(project.tools / name))
    assert outcome.returncode == 1
    assert not project.venv.exists()
    return outcome.stderr


def test_a_python_that_is_too_old_is_named_with_what_to_install(project):
    interpreter_that(project.tools, "python-old", "3.9", has_venv=True)
    message = messages_with(project, "python-old")
    assert "3.11 or newer" in message
    assert "(3.9)" in message
    assert "sudo apt-get install python3.11-venv" in message


def test_a_python_without_venv_is_named_with_what_to_install(project):
    interpreter_that(project.tools, "python-bare", "3.13", has_venv=False)
    message = messages_with(project, "python-bare")
    assert "sudo apt-get install python3.13-venv" in message


def test_a_machine_without_python_is_told_what_to_install(project):
    message = messages_with(project, "python-absent")
    assert "sudo apt-get install python3-venv" in message


def test_a_newer_python_is_found_beside_one_that_is_too_old(project):
    interpreter_that(project.tools, "python3", "3.9", has_venv=True)
    executable(project.tools / "python3.14", PYTHON.format(base=BASE, pip=project.tools / "pip.py"))
    outcome = project.run(PYTHON="", PATH=f"{project.tools}:{os.defpath}")
    assert outcome.returncode == 0
    assert "python3.14" in outcome.stderr
