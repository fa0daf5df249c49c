"""A ledger that was computed once and stays true until something it rests on changes.

An entry lies in ``.secondlook/ledger/`` under the root, a folder that can be deleted at any time.
It names every file that the ledger rests on with its hash: the claims, the data, the modules that
were in fact imported by those that computed it; and the versions of what is not ours. It is used
only if all of that is as it was. A file that is torn, was edited, or was not written by this user
is computed anew: each entry is signed with a key that lies outside of the root, so that a folder
from a stranger cannot bring its own verdicts along.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import secondlook
from secondlook import data
from secondlook.files import remove_leftovers, replace

FOLDER = ".secondlook"
_FORMAT = 4
_INSTALLED = re.compile(r"(numpy|scipy|pandas|pyyaml)-.*(dist|egg)-info", re.IGNORECASE)
_LARGEST = 20_000_000


def recalled(
    key: str, compute: Callable[[], Mapping[str, Any]], modules: Callable[[], Iterable[str]]
) -> Mapping[str, Any]:
    """Return what is stored of a paper, or compute and store it.

    `compute` gives what is to be stored, as JSON can hold it; `modules`, asked afterwards, those
    that compute it: what they import is found.
    """
    root = data.root()
    path = root / FOLDER / "ledger" / f"{key}.json"
    found = _read(path, root, key)
    if found is not None:
        return found
    content = compute()
    _write(path, root, key, content, modules())
    return content


def _read(path: Path, root: Path, key: str) -> Mapping[str, Any] | None:
    try:
        if path.stat().st_size > _LARGEST:
            return None
        signature, _, text = path.read_text(encoding="utf-8").partition("\n")
        secret = _secret()
        if secret is None or not hmac.compare_digest(signature, _signature(secret, text)):
            return None
        entry = json.loads(text)
        if entry["about"] != _about(root, key):
            return None
        if any(_hash(root, name) != hash_ for name, hash_ in entry["files"].items()):
            return None
        content: Mapping[str, Any] = entry["content"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return content


def _write(
    path: Path, root: Path, key: str, content: Mapping[str, Any], modules: Iterable[str]
) -> None:
    """Write an entry as a whole, or not at all: a disk that is full or read-only is no error."""
    secret = _secret()
    if secret is None:
        return
    sources = _closure(modules, root)
    files = sorted({*_data_files(root, key, sources), *sources})
    entry = {
        "about": _about(root, key),
        "files": {_named(root, file): _hash(root, _named(root, file)) for file in files},
        "content": content,
    }
    text = json.dumps(entry, ensure_ascii=False)
    try:
        ignore = root / FOLDER / ".gitignore"
        if not ignore.exists():
            replace(ignore, "*\n")
        remove_leftovers(root / FOLDER, depth=1)
        replace(path, f"{_signature(secret, text)}\n{text}")
    except OSError:
        return


# What an entry rests on ---------------------------------------------------------------------------


def _about(root: Path, key: str) -> dict[str, Any]:
    """Return what is no file: versions, the papers there are, the modules to be imported."""
    papers = root / "src" / "papers"
    claims = sorted((root / "data").glob("*/claims.yaml"))
    return {
        "format": _FORMAT,
        "key": key,
        "root": str(root),
        "python": sys.version,
        "versions": _versions(),
        "papers": [path.parent.name for path in claims],
        "own": sorted(str(path.relative_to(root)) for path in _folder_files(root, key)),
        "modules": sorted(path.name for path in papers.glob("*") if path.name != "__pycache__"),
    }


@cache
def _versions() -> list[str]:
    """Return what is installed of other packages, as their folders are named.

    ``importlib.metadata`` reads the whole description of each, which takes ten times as long.
    """
    found = [secondlook.__version__]
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        found += sorted(name for name in names if _INSTALLED.match(name))
    return found


def _data_files(root: Path, key: str, sources: Iterable[Path]) -> Iterator[Path]:
    """Yield the paper's own files, and those of the papers that it names.

    A number may rest on one of another paper (``key:id``), and the code of a paper may read the
    tables of another: each names its key.
    """
    own = root / "data" / key / "claims.yaml"
    for folder in (root / "data").iterdir():
        if folder.name == key or any(_mentions(path, folder.name) for path in (own, *sources)):
            yield from _folder_files(root, folder.name)


def _mentions(path: Path, key: str) -> bool:
    """Whether a file that is there has a paper's key in its text."""
    try:
        found = path.stat()
    except OSError:
        return False
    return key in _text(path, found.st_mtime_ns, found.st_size)


@cache
def _text(path: Path, _modified: int, _size: int) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _folder_files(root: Path, key: str) -> Iterator[Path]:
    for path in (root / "data" / key).rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def _closure(modules: Iterable[str], root: Path) -> set[Path]:
    """Return the sources of modules of ours and of everything of ours that they imported."""
    waiting, seen, found = list(modules), set[str](), set[Path]()
    ours = (Path(secondlook.__file__).resolve().parent, (root / "src").resolve())
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        file = getattr(sys.modules.get(name), "__file__", None)
        if "." in name:
            waiting.append(name.rpartition(".")[0])
        if file is None or not any(Path(file).resolve().is_relative_to(each) for each in ours):
            continue
        found.add(Path(file).resolve())
        waiting += _imported(Path(file), name)
    return found


_FROM = re.compile(
    r"^[ \t]*from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)", re.MULTILINE
)
_IMPORT = re.compile(r"^[ \t]*import[ \t]+([^\n]*)", re.MULTILINE)
_IN_A_TEXT = re.compile(r"[\"']([\w]+(?:\.[\w]+)+)[\"']")


def _imported(file: Path, name: str) -> Iterator[str]:
    """Yield the loaded modules that a source imports, or names in a text as for `import_module`.

    Read with patterns rather than as syntax, which is ten times slower; what a comment names beside
    is one file too many and no harm.
    """
    package = (name if file.name == "__init__.py" else name.rpartition(".")[0]).split(".")
    source = file.read_text(encoding="utf-8", errors="replace")
    names = [*_IN_A_TEXT.findall(source), *re.findall(r"[\w.]+", " ".join(_IMPORT.findall(source)))]
    for dots, module, what in _FROM.findall(source):
        above = package[: len(package) - len(dots) + 1] if dots else []
        start = ".".join([*above, *([module] if module else [])])
        names += [start, *(f"{start}.{each}" for each in re.findall(r"\w+", what))]
    yield from (each for each in names if each in sys.modules)


def _named(root: Path, path: Path) -> str:
    """Return a path as an entry names it: relative to the root, where it lies in it."""
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)


def _hash(root: Path, name: str) -> str:
    try:
        return hashlib.sha256((root / name).read_bytes()).hexdigest()
    except OSError:
        return ""


# Who wrote it -------------------------------------------------------------------------------------


def _signature(secret: bytes, text: str) -> str:
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()


@cache
def _secret() -> bytes | None:
    """Return this user's key, made at the first use; None where there is no place for one."""
    try:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        path = Path(base) / "secondlook" / "key"
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            new = path.with_name(f".key.{os.getpid()}.{secrets.token_hex(4)}")
            new.write_bytes(secrets.token_bytes(32))
            new.chmod(0o600)
            try:
                # Whoever comes first makes it; the others read that one.
                path.hardlink_to(new)
            except FileExistsError:
                pass
            finally:
                new.unlink()
        found = path.read_bytes()
    except (OSError, RuntimeError):
        return None
    return found if len(found) == 32 else None
