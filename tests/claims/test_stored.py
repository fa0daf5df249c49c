"""Correct: a stored ledger is used only while everything that it rests on is as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module, metadata
from pathlib import Path

import pytest

from secondlook import claims
from secondlook.claims import stored

CLAIMS = """\
claims:
- {id: n, where: Text, quantity: n, printed: "3", from: count(table-4)}
- {id: by, where: Text, quantity: by, printed: "3", by: inner.three}
"""
SCRIPT = """\
import json, sys
from secondlook import claims
print(json.dumps({row["id"]: row["recomputed"] for row in claims.rows("smith-2001")}))
print("computed" if "secondlook.claims.ledger" in sys.modules and claims.ledger and
      any(name.startswith("papers.") for name in sys.modules) else "recalled")
"""


@pytest.fixture
def root(paper, monkeypatch, tmp_path) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    stored._secret.cache_clear()
    root = paper(CLAIMS, table_4="case\n1\n2\n3\n")
    papers = root / "src" / "papers"
    (papers / "smith_2001").mkdir(parents=True)
    (papers / "shared.py").write_text("NUMBER = 3\n")
    (papers / "unused.py").write_text("NUMBER = 3\n")
    (papers / "smith_2001" / "__init__.py").write_text("")
    (papers / "smith_2001" / "inner.py").write_text(
        "from secondlook.claims import Derived\ndef three():\n"
        "    from papers import shared\n    return Derived(shared.NUMBER, 'three')\n"
    )
    paper("claims:\n- {id: a, where: T, quantity: a, printed: '1', cites: 1}\n", key="jones-2002")
    yield root
    stored._secret.cache_clear()


def run() -> tuple[dict[str, str], str]:
    """Read the ledger in a process of its own; say what it holds and whether it was computed.

    Without the bytecode that Python keeps: it is told from the source by size and time, which
    `edit` leaves as they were.
    """
    done = subprocess.run(
        [sys.executable, "-B", "-c", SCRIPT], capture_output=True, text=True, check=True
    )
    rows, how = done.stdout.splitlines()
    return json.loads(rows), how


def test_a_ledger_is_computed_once(root):
    left = [root / ".secondlook" / name / ".secondlook-part-9999999-1" for name in (".", "ledger")]
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("what a run that was killed had begun")
    assert run() == ({"n": "3", "by": "3"}, "computed")
    assert not [path for path in left if path.exists()]
    assert run() == ({"n": "3", "by": "3"}, "recalled")
    assert (root / ".secondlook" / ".gitignore").read_text() == "*\n"


def edit(path: Path, old: str, new: str) -> None:
    """Change a file in such a way that neither its size nor its time tells."""
    before = path.stat()
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("data/smith-2001/claims.yaml", "quantity: n", "quantity: m"),
        ("data/smith-2001/datapackage.yaml", "name: table-4", 'name: "table-4"'),
        ("src/papers/smith_2001/inner.py", "'three'", "'THREE'"),
        ("src/papers/smith_2001/__init__.py", "", "#"),
        ("src/papers/shared.py", "NUMBER = 3", "NUMBER = 4"),
    ],
)
def test_a_change_of_what_it_rests_on_is_noticed(root, name, old, new):
    run()
    edit(root / name, old, new)
    rows, how = run()
    assert how == "computed"
    assert rows["by"] == ("4" if "shared" in name else "3")
    assert run()[1] == "recalled"


def test_what_it_does_not_rest_on_leaves_it_as_it_is(root):
    run()
    edit(root / "src" / "papers" / "unused.py", "3", "4")
    edit(root / "data" / "jones-2002" / "claims.yaml", "quantity: a", "quantity: b")
    (root / "reports").mkdir()
    assert run()[1] == "recalled"


def test_another_papers_claims_matter_where_this_one_rests_on_them(root, paper):
    run()
    own, other = (root / "data" / key / "claims.yaml" for key in ("smith-2001", "jones-2002"))
    own.write_text(
        own.read_text() + "- {id: a, where: T, quantity: a, printed: '1', same: jones-2002:a}\n"
    )
    rows, how = run()
    assert (rows["a"], how) == ("1", "computed")
    edit(other, "printed: '1'", "printed: '2'")
    rows, how = run()
    assert (rows["a"], how) == ("2", "computed")
    # What cannot be read and is not named is no matter of its own.
    own.write_text(CLAIMS)
    other.write_text("claims: [")
    assert run() == ({"n": "3", "by": "3"}, "computed")
    assert run()[1] == "recalled"


def test_a_new_paper_a_new_file_or_a_new_module_is_noticed(root, paper):
    run()
    for make in (
        lambda: paper(
            "claims:\n- {id: a, where: T, quantity: a, printed: '1', cites: 1}\n", "x-2003"
        ),
        lambda: (root / "data" / "smith-2001" / "new.csv").write_text("a\n"),
        lambda: (root / "src" / "papers" / "smith_2001.py").write_text(""),
    ):
        make()
        assert run()[1] == "computed"
        assert run()[1] == "recalled"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[: len(text) // 2],
        lambda text: "",
        lambda text: text.replace('"recomputed": "3"', '"recomputed": "9"'),
        lambda text: text.partition("\n")[2],
        lambda text: "0" * 64 + "\n" + text.partition("\n")[2],
        lambda text: "\udcff" + text,
    ],
)
def test_a_torn_an_edited_or_a_strangers_entry_is_computed_anew(root, spoil):
    run()
    path = root / ".secondlook" / "ledger" / "smith-2001.json"
    path.write_text(spoil(path.read_text()), errors="surrogateescape")
    assert run() == ({"n": "3", "by": "3"}, "computed")
    assert run()[1] == "recalled"


def test_an_entry_of_another_user_is_not_believed(root, monkeypatch, tmp_path):
    run()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other"))
    assert run()[1] == "computed"


def test_without_a_place_for_key_or_entry_it_is_computed_each_time(root, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert [run()[1], run()[1]] == ["computed", "computed"]
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (root / ".secondlook").write_text("a file where the folder should be")
    assert [run()[1], run()[1]] == ["computed", "computed"]


def test_within_a_process_a_changed_claim_is_seen(root):
    assert [row["quantity"] for row in claims.rows("smith-2001")] == ["n", "by"]
    path = root / "data" / "smith-2001" / "claims.yaml"
    path.write_text(path.read_text().replace("quantity: n", "quantity: patients"))
    assert [row["quantity"] for row in claims.rows("smith-2001")] == ["patients", "by"]


def test_what_an_entry_rests_on_has_the_installed_versions():
    found = [name.lower() for name in stored._versions()]
    for name in ("numpy", "scipy", "pandas", "pyyaml"):
        assert any(each.startswith(f"{name}-{metadata.version(name)}.") for each in found)


def test_every_way_to_import_a_module_of_ours_is_found(tmp_path, monkeypatch):
    """What is not found would not be noticed when it changes: a ledger would stay as it was."""
    sources = {
        "__init__": "",
        "start": "from importlib import import_module\nfrom . import beside\n"
        "from .below import leaf\nfrom .below.second import X\nimport made_up.plain as p\n"
        "from made_up import named\nfrom made_up.one import (\n    X as Y,\n)\n"
        'import_module("made_up.text")\n',
        "beside": "", "plain": "", "named": "", "text": "", "one": "X = 1\n",
        "alone": "X = 1\n", "not_imported": "",
        "below/__init__": "from .third import X\nfrom ..up import X as Y\nfrom .. import higher\n",
        "below/leaf": "", "below/second": "X = 1\n", "below/third": "X = 1\n", "up": "X = 1\n",
        "higher": "import numpy\n    \nif True:\n    from made_up import alone\n",
    }  # fmt: skip
    folder = tmp_path / "src" / "made_up"
    for name, source in sources.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.py").write_text(source)
    monkeypatch.syspath_prepend(str(tmp_path / "src"))
    import_module("made_up.not_imported")
    try:
        import_module("made_up.start")
        found = stored._closure(["made_up.start"], tmp_path)
        assert found == {
            (folder / f"{name}.py").resolve() for name in sources.keys() - {"not_imported"}
        }
        assert stored._closure(["made_up.below"], tmp_path) == {
            (folder / f"{name}.py").resolve()
            for name in ("__init__", "below/__init__", "below/third", "up", "higher", "alone")
        }
    finally:
        for name in [each for each in sys.modules if each.split(".")[0] == "made_up"]:
            del sys.modules[name]
