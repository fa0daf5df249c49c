"""What a page depends on: recorded while it is made, looked at again before it is made anew.

Nothing is guessed: an audit hook of the interpreter sees every file that is opened and every folder
that is listed, in the engine and in the kernel that runs the document. Modules are those that are
loaded at the end. Who answers from a cache of their own says what the answer rests on with
``sys.audit("secondlook.read", path)``.

What cannot be seen makes a document one that is rendered each time: other programs that it starts,
and the network.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import sysconfig
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = ".secondlook"
"""Of caches, in the project; what is read there is not recorded."""

ABSENT, PRESENT = "absent", "present"
_READ = "secondlook.read"
_OPAQUE = frozenset(
    {"subprocess.Popen", "os.system", "os.fork", "os.forkpty", "os.exec", "os.posix_spawn"}
    | {"socket.connect", "socket.getaddrinfo"}
)
_VARIABLES = ("LANG", "LC_", "TZ", "SOURCE_DATE_EPOCH", "PYTHON", "MPL", "SECONDLOOK_")


@dataclass
class Reads:
    """What was read: files by content, folders by the names in them, paths that were looked for.

    Of the interpreter and of the system nothing is recorded: :func:`setting` holds their state.
    `opaque` holds what was done that nobody can look at again.
    """

    root: str = os.sep
    files: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    existing: set[str] = field(default_factory=set)
    opaque: set[str] = field(default_factory=set)

    def add(self, other: Mapping[str, Iterable[str]]) -> None:
        """Take in what another process saw, as :func:`seen` tells it."""
        for name, paths in other.items():
            getattr(self, name).update(paths)

    def counts(self, path: str) -> bool:
        """Tell whether a path is of the project, or of somebody else's that is not the system."""
        if f"{os.sep}{FOLDER}{os.sep}" in path or f"{os.sep}__pycache__" in path:
            return False
        within = path.startswith(self.root)
        return not any(
            path.startswith(folder) and (not within or folder.startswith(self.root))
            for folder in _system()
        )


_reads: ContextVar[Reads | None] = ContextVar("reads", default=None)
_everywhere: list[Reads] = []


@contextmanager
def recording(root: Path, reads: Reads | None = None) -> Iterator[Reads]:
    """Record what is read within, in this thread and in the tasks that it starts."""
    _listen()
    reads = reads or Reads(_folder(root))
    token = _reads.set(reads)
    try:
        yield reads
    finally:
        _reads.reset(token)


def watch(root: str) -> None:
    """Record from now on what this whole process reads; for kernels."""
    _listen()
    _everywhere.append(Reads(_folder(root)))


def seen() -> str:
    """Tell what was read since :func:`watch`, as JSON, the modules that are loaded included."""
    reads = _everywhere[-1]
    files = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    modules = {path for path in files if isinstance(path, str) and reads.counts(path)}
    # A file that is looked for by name and found missing is not opened: the folder shows it later.
    data = (path for path in reads.files if not path.endswith(".py"))
    folders = {each for each in sorted(reads.folders) if not _holds_modules(each)}
    folders |= set(map(os.path.dirname, data))
    told = {"files": reads.files | modules, "folders": folders, "opaque": reads.opaque}
    return json.dumps({name: sorted(paths) for name, paths in told.items()})


def _holds_modules(folder: str) -> bool:
    """Tell whether the import system looks into a folder: which modules are loaded says more."""
    within = any(entry and folder.startswith(os.path.join(entry, "")) for entry in sys.path)
    return folder in sys.path or (within and any(Path(folder).glob("*.py")))


def note(path: Path) -> None:
    """Say that the content of a file counts, whoever reads it and whether or not it exists."""
    sys.audit(_READ, str(path))


def note_existence(path: Path) -> None:
    """Say that it counts whether a file exists."""
    reads = _reads.get()
    if reads is not None:
        reads.existing.add(os.path.abspath(path))


@cache
def _listen() -> None:
    _system()  # Known before, because what the hook opens it would hear.
    sys.addaudithook(_hear)


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    reads = _reads.get() or (_everywhere[-1] if _everywhere else None)
    if reads is None:
        return
    if event in ("open", _READ):
        path = _text(arguments[0])
        if path and reads.counts(path) and (event == _READ or _reads_from(arguments)):
            reads.files.add(path)
    elif event in ("os.listdir", "os.scandir"):
        path = _text(arguments[0] if arguments and arguments[0] is not None else ".")
        if path and reads.counts(path):
            reads.folders.add(path)
    elif event in _OPAQUE and not (event.startswith("socket.") and _is_local(arguments)):
        reads.opaque.add(event)


def _text(path: object) -> str:
    """Return the absolute path, or nothing for a descriptor that is open already."""
    return os.path.abspath(os.fsdecode(path)) if isinstance(path, str | bytes | os.PathLike) else ""


def _reads_from(arguments: tuple[Any, ...]) -> bool:
    flags = arguments[2] if len(arguments) > 2 and isinstance(arguments[2], int) else 0
    return flags & (os.O_WRONLY | os.O_RDWR) != os.O_WRONLY


def _is_local(arguments: tuple[Any, ...]) -> bool:
    address = arguments[1] if len(arguments) > 1 else ""
    return isinstance(address, str | bytes)


@cache
def _system() -> tuple[str, ...]:
    """Return the folders of interpreter and system, whose state :func:`setting` holds."""
    home = os.path.expanduser("~")
    caches = [os.path.join(home, name) for name in (".cache", ".config", ".local", ".ipython")]
    paths: list[str | Path] = [
        *sysconfig.get_paths().values(),
        sys.prefix,
        sys.base_prefix,
        tempfile.gettempdir(),
    ]
    system = ("/proc", "/sys", "/dev", "/etc", "/usr/share", "/var")
    paths += [*caches, *system, Path(__file__).parent]
    return tuple({*map(_folder, paths), *map(_folder, map(os.path.realpath, paths))})


def _folder(path: str | Path) -> str:
    return os.path.join(os.path.abspath(path), "")


def setting() -> str:
    """Return a digest of what every page depends on: engine, packages, interpreter, environment."""
    digest = hashlib.sha256(repr((sys.version, sys.platform)).encode())
    engine = Path(__file__).parent
    for path in sorted(each for each in engine.rglob("*") if "__pycache__" not in each.parts):
        if path.is_file():
            digest.update(path.read_bytes())
    for folder in sorted(set(filter(os.path.isdir, sys.path))):
        names = sorted(name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg")))
        digest.update(repr(names).encode())
    variables = {key: value for key, value in os.environ.items() if key.startswith(_VARIABLES)}
    digest.update(repr(sorted(variables.items())).encode())
    return digest.hexdigest()


def _state(kind: str, path: Path) -> str:
    """Return the state of a path, of `files`, `folders` or `existing`: a digest, or absent."""
    try:
        if kind == "existing":
            return PRESENT if path.exists() else ABSENT
        if kind == "folders":
            names = [each for each in os.listdir(path) if not each.startswith((".", "__pycache__"))]
            return hashlib.sha256("\0".join(sorted(names)).encode()).hexdigest()
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ABSENT


class Memory:
    """What was rendered before, and from what: a small file a page, safe to delete at any time."""

    def __init__(self, root: Path, output: Path) -> None:
        self.root = root
        self.folder = root / FOLDER / "render"
        self.output = output
        self.setting = setting()
        # Before anything is rendered many pages ask for the same files.
        self._state_before = cache(_state)

    def is_current(self, source: Path, page: Path) -> bool:
        """Tell whether the page that is there is what rendering the document would give."""
        try:
            kept = json.loads(self._path(source).read_text(encoding="utf-8"))
            return bool(
                kept["setting"] == self.setting
                and kept["page"] == _state("files", page)
                and all(
                    self._state_before(kind, self.root / path) == stamp
                    for kind, stamps in kept["read"].items()
                    for path, stamp in stamps.items()
                )
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return False

    def keep(self, source: Path, text: str, reads: Reads, begun: float) -> None:
        """Remember what a page was made from, unless something changed meanwhile or went unseen.

        What was written after rendering had `begun` (``time.time()``) may not be what was read.
        """
        from secondlook.files import replace

        path = self._path(source)
        # Rendering itself puts the site and its memory there.
        own = {str(self.output.parent), str(self.root)}
        late = any(_is_new(each, begun) for each in reads.files | (reads.folders - own))
        if reads.opaque or late:
            path.unlink(missing_ok=True)
            return
        kept = {
            "document": str(source),
            "setting": self.setting,
            "page": hashlib.sha256(text.encode()).hexdigest(),
            "read": {
                kind: {
                    name: _state(kind, self.root / name)
                    for name in sorted(map(self._name, getattr(reads, kind)))
                }
                for kind in ("files", "folders", "existing")
            },
        }
        try:
            replace(path, json.dumps(kept, indent=1))
        except OSError:
            return  # A project that cannot be written to is rendered each time.

    def _name(self, path: str) -> str:
        inside = Path(path).is_relative_to(self.root)
        return Path(path).relative_to(self.root).as_posix() if inside else path

    def _path(self, source: Path) -> Path:
        name = hashlib.sha256(f"{source}\0{self.output}".encode()).hexdigest()[:16]
        return self.folder / f"{source.stem}-{name}.json"


def _is_new(path: str, begun: float) -> bool:
    """Tell whether a file, or what is in a folder, was written since a time."""
    try:
        if os.stat(path).st_mtime < begun:
            return False
        # Importing a module puts Python's own cache beside it, which makes the folder new.
        entries = {each.name: each for each in os.scandir(path)}
    except OSError:
        return os.path.exists(path)
    if entries.pop("__pycache__", None) is None:
        return True
    return any(each.stat(follow_symlinks=False).st_ctime >= begun for each in entries.values())
