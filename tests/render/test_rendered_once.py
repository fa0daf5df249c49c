"""Correct: a page is made anew exactly if something that it depends on has changed."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from secondlook.render import dependencies
from secondlook.render.build import Renderer, render_documents
from secondlook.render.site import documents, read_site

FILES = {
    "_quarto.yml": "project: {type: website, render: ['*.qmd', 'sub/*.qmd']}\n",
    "style.css": "p { color: black; }\n",
    "refs.bib": "@article{key, title={T}, author={B, C}, year={2000}}\n",
    "line.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n',
    "_part.qmd": "A part.\n",
    "lib/helper.py": "from other import ONE\n\n\ndef two():\n    return 2 * ONE\n",
    "lib/other.py": "ONE = 1\n",
    "lib/unused.py": "NOTHING = 0\n",
    "data/x/table.csv": "a\n1\n",
    "data/y/table.csv": "a\n1\n",
    "prose.qmd": "---\ncss: style.css\n---\n\n{{< include _part.qmd >}}\n\n![A line](line.svg)\n",
    "cites.qmd": "---\nbibliography: refs.bib\n---\n\nAs @key, in [prose](prose.qmd).\n",
    "code.qmd": (
        "```{python}\n"
        "import sys\nfrom pathlib import Path\n\nsys.path.insert(0, 'lib')\n"
        "from helper import two\n\n"
        "two(), [path.read_text() for path in sorted(Path('data/x').glob('*.csv'))]\n"
        "```\n"
    ),
    "sub/below.qmd": "Below.\n",
}
ALL = {"prose", "cites", "code", "below"}


@pytest.fixture(scope="module")
def renderer(tmp_path_factory):
    root = tmp_path_factory.mktemp("once")
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
        os.utime(root / name, (1, 1))
    with Renderer(read_site(root)) as renderer:
        yield renderer


def made(renderer) -> set[str]:
    """Render the site and give the documents that were made anew."""
    outcomes = renderer.render(documents(renderer.site))
    assert not [each.problem for each in outcomes if each.problem]
    return {each.source.stem for each in outcomes if each.made}


def pages(folder: Path) -> dict[str, tuple[int, str]]:
    return {
        path.name: (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in folder.rglob("*.html")
    }


def settle(path: Path) -> None:
    """Make a file look older than the render that reads it, as it is outside of a test."""
    if path.exists():
        os.utime(path, (1, 1))
    os.utime(path.parent, (1, 1))


def test_nothing_is_made_and_no_file_touched_where_nothing_changed(renderer):
    made(renderer)
    before = pages(renderer.site.output)
    assert made(renderer) == set()
    assert pages(renderer.site.output) == before
    assert len(before) == len(ALL)


@pytest.mark.parametrize(
    ("name", "text", "anew"),
    [
        ("code.qmd", FILES["code.qmd"] + "\nMore.\n", {"code"}),
        ("_part.qmd", "Another part.\n", {"prose"}),
        ("style.css", "p { color: navy; }\n", {"prose"}),
        ("line.svg", FILES["line.svg"] + "\n", {"prose"}),
        ("refs.bib", FILES["refs.bib"].replace("2000", "2001"), {"cites"}),
        ("lib/helper.py", FILES["lib/helper.py"].replace("2 *", "3 *"), {"code"}),
        ("lib/other.py", "ONE = 2\n", {"code"}),
        ("lib/unused.py", "NOTHING = 1\n", set()),
        ("data/x/table.csv", "a\n2\n", {"code"}),
        ("data/x/more.csv", "a\n3\n", {"code"}),
        ("data/y/table.csv", "a\n2\n", set()),
        ("sub/_metadata.yml", "lang: de\n", {"below"}),
        ("_metadata.yml", "lang: de\n", ALL),
        ("_quarto.yml", FILES["_quarto.yml"] + "lang: de\n", ALL),
    ],
)
def test_what_changed_decides_which_pages_are_made(renderer, name, text, anew):
    made(renderer)
    path = renderer.site.root / name
    former = path.read_text() if path.exists() else None
    path.write_text(text)
    settle(path)
    try:
        site = read_site(renderer.site.root)
        with Renderer(site) as fresh:
            fresh._kernels = renderer._kernels
            assert made(fresh) == anew
            assert made(fresh) == set()
    finally:
        path.unlink() if former is None else path.write_text(former)
        settle(path)
    assert made(renderer) == anew


def test_a_page_that_was_edited_or_removed_is_made_anew(renderer):
    made(renderer)
    page = renderer.site.output / "prose.html"
    whole = page.read_bytes()
    page.write_bytes(whole[:-1])
    assert made(renderer) == {"prose"}
    assert page.read_bytes() == whole
    page.unlink()
    assert made(renderer) == {"prose"}


def test_other_versions_or_another_engine_make_every_page_anew(renderer, monkeypatch):
    made(renderer)
    with monkeypatch.context() as patch:
        patch.setattr(dependencies, "setting", lambda: "another")
        assert made(renderer) == ALL
    assert made(renderer) == ALL


@pytest.mark.parametrize("torn", [b"", b"{", b"[]", b'{"setting": 1}', b"\xff\xfe"])
def test_a_torn_memory_is_none(renderer, torn):
    made(renderer)
    for path in (renderer.site.root / ".secondlook" / "render").glob("prose-*"):
        path.write_bytes(torn)
    assert made(renderer) == {"prose"}
    assert made(renderer) == set()


def test_the_setting_knows_packages_and_variables(tmp_path, monkeypatch):
    first = dependencies.setting()
    assert dependencies.setting() == first
    monkeypatch.syspath_prepend(tmp_path)
    empty = dependencies.setting()
    (tmp_path / "other-1.0.dist-info").mkdir()
    installed = dependencies.setting()
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert len({first, empty, installed, dependencies.setting()}) == 4


def test_everything_is_made_if_forced_and_comes_out_the_same(renderer, tmp_path):
    made(renderer)
    kept = {name: digest for name, (_, digest) in pages(renderer.site.output).items()}
    site = read_site(renderer.site.root, tmp_path / "anew")
    outcomes = render_documents(site, documents(site), force=True)
    assert all(each.made for each in outcomes)
    outcomes = render_documents(site, documents(site), force=True)
    assert all(each.made for each in outcomes)
    assert {name: digest for name, (_, digest) in pages(site.output).items()} == kept


def test_a_document_that_starts_another_program_is_made_each_time(project):
    (project / "a.qmd").write_text("```{python}\nimport os\nos.system('true')\n```\n")
    settle(project / "a.qmd")
    with Renderer(read_site(project)) as renderer:
        assert made(renderer) == {"a"}
        assert made(renderer) == {"a"}


def test_what_a_cache_of_somebody_else_rests_on_counts(project):
    (project / "below.txt").write_text("1")
    code = "import sys\nsys.audit('secondlook.read', 'below.txt')\n"
    (project / "a.qmd").write_text(f"```{{python}}\n{code}```\n")
    for path in project.iterdir():
        settle(path)
    with Renderer(read_site(project)) as renderer:
        assert made(renderer) == {"a"}
        assert made(renderer) == set()
        (project / "below.txt").write_text("2")
        settle(project / "below.txt")
        assert made(renderer) == {"a"}


CHANGES = """\
```{python}
from pathlib import Path
text = Path('x.txt').read_text()
Path('x.txt').write_text('2')
```
"""


def test_a_file_that_changed_while_it_was_read_is_read_again(project):
    (project / "x.txt").write_text("1")
    (project / "a.qmd").write_text(CHANGES)
    with Renderer(read_site(project)) as renderer:
        assert made(renderer) == {"a"}
        assert made(renderer) == {"a"}


SLOW = """\
```{python}
import subprocess, time
child = subprocess.Popen(["sleep", "600"])
time.sleep(600)
```
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("count", [1, 2])
def test_a_killed_render_leaves_nothing_behind(project, count):
    for number in range(count):
        (project / f"slow{number}.qmd").write_text(SLOW)
    run = subprocess.Popen(
        [sys.executable, "-m", "secondlook", "render", "--engine", "embedded", "--jobs", "2"],
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert within(60, lambda: programs(project).count("sleep 600") == count)
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert within(20, lambda: not programs(project)), programs(project)
    for path in project.glob("slow*.qmd"):
        path.write_text("Quick.\n")
    site = read_site(project)
    assert all(each.page for each in render_documents(site, documents(site)))
    pages = [f"slow{number}.html" for number in range(count)]
    assert sorted(path.name for path in site.output.iterdir()) == pages
    temporary = Path(tempfile.gettempdir()).glob(f"secondlook-{run.pid}-*")
    assert list(temporary) == []


def within(seconds: float, done) -> bool:
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        time.sleep(0.2)
    return bool(done())


def programs(folder: Path) -> list[str]:
    """List the programs that work in a folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if (path / "cwd").resolve() == folder.resolve():
                words = (path / "cmdline").read_bytes().decode(errors="replace")
                found.append(words.replace("\0", " ").strip())
        except OSError:
            continue
    return [words for words in found if words]
