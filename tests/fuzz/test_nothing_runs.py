"""Correct: what strangers write starts no program, opens no connection and reads no other file.

An audit hook of Python sees every program, connection and file; it cannot be taken off, so that the
commands run in a process of their own.
"""

import json
import subprocess
import sys
import zipfile

import pytest

WATCHED = """
import json, os, sys

secret, home, *commands = sys.argv[1:]
seen, watching = [], False
PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn")


def hook(event, given):
    if not watching:
        return
    if event in PROGRAMS:
        # pandoc turns DOCX, HTML and Markdown into text; it is given bytes and runs in a sandbox.
        if "pandoc" not in os.path.basename(str(given[0])):
            seen.append(f"{event} {given[0]}")
    elif event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
        seen.append(f"{event} {given[1:]}")
    elif event in ("open", "os.remove", "os.rename") and isinstance(given[0], str | bytes):
        path = os.path.realpath(os.fsdecode(given[0]))
        if path == secret:
            seen.append(f"{event} {path}")


sys.addaudithook(hook)
from click.testing import CliRunner
from secondlook.cli import app

told = []
for command in map(json.loads, commands):
    CliRunner().invoke(app, ["--version"])
    watching = True
    done = CliRunner().invoke(app, command)
    watching = False
    told.append([done.exit_code, done.output, repr(done.exception)])
print(json.dumps({"seen": seen, "told": told}))
"""
CLAIMS = """\
tables: {t: {file: t, where: W, rows: k}}
claims:
- {id: a, where: W, quantity: q, printed: "5", from: %s}
"""
PACKAGE = """\
name: %s
resources:
  - {name: t, path: %s, hash: none, schema: {fields: [{name: k}, {name: v}]}}
"""
WORD = """\
<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file://%s">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>
<w:t>12 of 24 &e;</w:t></w:r></w:p></w:body></w:document>
"""


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """The commands on hostile files, with what the hook saw and what they said."""
    root = tmp_path_factory.mktemp("watched").resolve()
    secret, mark = root / "secret.csv", root / "was-run"
    secret.write_text("k,v\nCANARY,5\n")
    inside = root / "root"
    run = f"__import__('os').system('touch {mark}')"
    commands = []

    def paper(key, claims, path="t.csv"):
        folder = inside / "data" / key
        folder.mkdir(parents=True)
        (folder / "t.csv").write_text("k,v\na,5\n")
        (folder / "claims.yaml").write_text(claims)
        (folder / "datapackage.yaml").write_text(PACKAGE % (key, path))
        commands.append(["check", key, "--root", str(inside)])
        return folder

    paper("code-2001", CLAIMS % json.dumps(run))
    paper("tag-2001", f"claims: !!python/object/apply:os.system ['touch {mark}']\n")
    paper("path-2001", CLAIMS % "t.v", path="../../../secret.csv")
    paper("address-2001", CLAIMS % "t.v", path="http://127.0.0.1:9/t.csv")
    folder = paper("link-2001", CLAIMS % "t.v")
    (folder / "t.csv").unlink()
    (folder / "t.csv").symlink_to(secret)
    articles = {
        "entity.nxml": f'<!DOCTYPE a [<!ENTITY e SYSTEM "file://{secret}">]>'
        "<article><body><p>12 of 24 &e;</p></body></article>",
        "dtd.nxml": f'<!DOCTYPE a SYSTEM "file://{secret}"><article><body/></article>',
        "frame.html": f"<iframe src='file://{secret}'></iframe><img src='http://127.0.0.1:9/a'>"
        "<p>12 of 24 (51%)</p>",
        "code.md": f"---\ntitle: !!python/object/apply:os.system ['touch {mark}']\n---\n"
        f"```{{python}}\n{run}\n```\n`{{python}} {run}` {{{{< include {secret} >}}}}\n12 of 24\n",
    }
    for name, text in articles.items():
        (root / name).write_text(text)
    with zipfile.ZipFile(root / "entity.docx", "w") as packed:
        packed.writestr("word/document.xml", WORD % secret)
        packed.writestr("../../was-run", "x")
    for name in (*articles, "entity.docx"):
        commands.append(["scan", str(root / name), "--format", "json"])
    block = root / "curve.yaml"
    block.write_text(f"n: !!python/object/apply:os.system ['touch {mark}']\n")
    commands.append(["curve", str(block)])
    title = f"`{{python}} {run}`"
    commands.append(["new", "new-2001", "--title", title, "--n", "31", "--root", str(inside)])
    commands.append(["check", "new-2001", "--root", str(inside)])
    written = list(map(json.dumps, commands))
    process = subprocess.run(
        [sys.executable, "-c", WATCHED, str(secret), str(root), *written],
        capture_output=True, text=True, cwd=root, check=True,
    )  # fmt: skip
    found = json.loads(process.stdout.splitlines()[-1])
    return dict(zip(written, found["told"], strict=True)), found["seen"], mark


def test_no_program_no_connection_and_no_other_file(watched):
    told, seen, mark = watched
    assert seen == []
    assert not mark.exists()
    assert "CANARY" not in json.dumps(told)


def test_each_is_answered_by_a_result_or_a_sentence(watched):
    for command, (code, output, raised) in watched[0].items():
        assert code in (0, 1, 2), command
        assert "SystemExit" in raised or raised == "None", (command, raised)
        assert "Traceback" not in output
        assert "defect" not in output
        assert output.strip() or code == 0, command
    refused = [command for command, (code, *_) in watched[0].items() if code == 2]
    assert sum("-2001" in command for command in refused) >= 5


def test_the_hook_sees_a_program_and_a_file(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("x")
    watched = WATCHED.replace(
        "done = CliRunner().invoke(app, command)",
        "import subprocess; subprocess.run(['true']); open(secret).close(); "
        "done = CliRunner().invoke(app, command)",
    )
    process = subprocess.run(
        [sys.executable, "-c", watched, str(secret), "", '["--version"]'],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    seen = json.loads(process.stdout.splitlines()[-1])["seen"]
    assert [each.split()[0] for each in seen] == ["subprocess.Popen", "open"]
