"""Read YAML as plain data: mappings, lists, text, whole numbers, decimals, truth and nothing.

What strangers wrote is read here, so everything is bounded and nothing is clever: no tags, no
anchors and aliases, no dates, no second document, no key twice; yes and no are words. A mapping
knows its line, so that an error can name it.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml

# The parser in C, where PyYAML was built with it, reads a long file ten times faster.
try:
    from yaml import CSafeLoader as Parser
except ImportError:  # pragma: no cover
    from yaml import SafeLoader as Parser  # type: ignore[assignment]

LARGEST = 4_000_000
"""Bytes of the largest file that is read; the longest claims file so far has 120,000."""
DEEPEST = 40
MOST_FAULTS = 20
"""Faults of a file that are told; of more, how many."""
LONGEST_KEY = 300

_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9_]{0,17})")
_DECIMAL = re.compile(r"[-+]?([0-9]{1,18}\.[0-9]{0,18}|\.[0-9]{1,18})([eE][-+]?[0-9]{1,3})?")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class YamlError(ValueError):
    """A file that cannot be read as plain data; the message names the line, if it is known."""

    def __init__(self, problem: str, line: int = 0) -> None:
        super().__init__(f"line {line}: {problem}" if line else problem)
        self.problem, self.line = problem, line


class Refused(ValueError):
    """What cannot be read: each of `args` is one fault, and has a line of the message."""

    def __str__(self) -> str:
        more = len(self.args) - MOST_FAULTS
        told = [*map(str, self.args[:MOST_FAULTS]), *([f"and {more} more"] if more > 0 else [])]
        return "\n".join(told)


class Faults:
    """The faults of a file, each once and with its line, so that all are told and not the first.

    `of` has the fault of what has a name; what rests on that raises it again, and adds none.
    """

    def __init__(self, former: Faults | None = None) -> None:
        self.lines: dict[str, int] = dict(former.lines) if former else {}
        self.of: dict[str, Refused] = {}

    @contextmanager
    def at(self, line: int, name: str = "") -> Iterator[None]:
        """Keep what is refused within, as a fault of this line."""
        try:
            yield
        except Refused as error:
            self.keep(line, error, name)

    def keep(self, line: int, error: Refused, name: str = "") -> None:
        """Keep what was refused, as a fault of this line."""
        if name:
            self.of.setdefault(name, error)
        for fault in error.args:
            self.lines.setdefault(fault, line)

    def refuse(self, kind: type[Refused]) -> None:
        """Raise what was kept, if anything was, in the order of the file."""
        if self.lines:
            raise kind(*sorted(self.lines, key=self.lines.__getitem__))


class Lined(dict[str, Any]):
    """A mapping that knows the line in which it begins, and the line of each key."""

    line: int = 0
    lines: dict[str, int]

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines = {}


def read(path: Path) -> Any:
    """Return the content of a file as plain data.

    A YamlError names the line of what is no YAML or not read here.
    """
    return read_text(regular_file(path))


def regular_file(path: Path, largest: int = LARGEST) -> str:
    """Return the text of a regular file of bounded size: no pipe, no device.

    One that is too large or no UTF-8 is a YamlError, one that is not there or not regular an
    OSError.
    """
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise OSError(f"{path}: not a regular file")
    if found.st_size > largest:
        raise YamlError(f"the file has {found.st_size:,} bytes; at most {largest:,} are read")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before, byte = error.object[: error.start], error.object[error.start]
        told = f"byte {byte:#04x} is no UTF-8 text; save the file as UTF-8"
        raise YamlError(told, before.count(b"\n") + 1) from error
    if (at := text.find("\0")) >= 0:
        raise YamlError(f"line {text.count(chr(10), 0, at) + 1} holds a NUL character")
    return text


def read_text(text: str) -> Any:
    """Return the content of a YAML text as plain data; see `read`."""
    try:
        return _document(yaml.parse(text, Parser))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        # Counted from here, as the text may be a part of a file.
        above = line - 1 - error.context_mark.line if line and error.context_mark else 0
        within = f" in what begins {above} line{'s' * (above > 1)} above" if above else ""
        told = error.problem or error.context or "not YAML"
        raise YamlError(f"{told}{within}{_advice(error, text)}", line) from error
    except yaml.YAMLError as error:
        raise YamlError(f"not YAML that can be read: {error}") from error


def _advice(error: yaml.MarkedYAMLError, text: str) -> str:
    """Say what to do about the slips whose message in YAML's own words helps nobody."""
    mark, told = error.problem_mark, f"{error.context} {error.problem}"
    sign = text[mark.index : mark.index + 1] if mark else ""
    if sign == "\t":
        return "; indent with blanks, not with a tab"
    if "cannot start" in told:
        return f"; a text that begins with {sign} stands in quotes"
    if "find expected ':'" in told:
        return "; a key has a colon and a blank behind it"
    if any(word in told for word in ("flow", "block", "mapping")):
        other = "each bracket and quote is closed" if "flow" in told else "keys stand in one column"
        return f"; a text with a colon, comma or bracket in it stands in quotes, and {other}"
    return ""


def _document(events: Iterator[yaml.Event]) -> Any:
    """Build the one document of a stream of events."""
    found, documents = None, 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise YamlError("a second document (`---`) is not read", _line(event))
        elif isinstance(event, yaml.NodeEvent):
            found = _node(event, events)
    return found


def _node(event: yaml.Event, events: Iterator[yaml.Event], depth: int = 0) -> Any:
    """Build what begins with an event, so many levels within others."""
    _refuse(event)
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event)
    if depth >= DEEPEST:
        raise YamlError(f"nested more than {DEEPEST} deep", _line(event))
    within = takewhile(lambda each: not isinstance(each, yaml.CollectionEndEvent), events)
    if isinstance(event, yaml.SequenceStartEvent):
        return [_node(each, events, depth + 1) for each in within]
    found = Lined(_line(event))
    for each in within:
        key = _key(each, found)
        found[key] = _node(next(events), events, depth + 1)
    return found


def _refuse(event: yaml.Event) -> None:
    """Refuse what is more than plain data."""
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise YamlError("anchors and aliases (& and *) are not read", _line(event))
    if tag := getattr(event, "tag", None):
        raise YamlError(f"tags ({tag}) are not read", _line(event))


def _key(event: yaml.Event, holder: Lined) -> str:
    _refuse(event)
    if not isinstance(event, yaml.ScalarEvent):
        raise YamlError("a list or mapping cannot be a key; put it in quotes", _line(event))
    key = event.value
    if len(key) > LONGEST_KEY:
        raise YamlError(f"a key of {len(key)} characters", _line(event))
    if key in holder.lines:
        raise YamlError(f"the key {key!r} stands twice", _line(event))
    holder.lines[key] = _line(event)
    return key


def _scalar(event: yaml.ScalarEvent) -> Any:
    text = event.value
    if event.style:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text.replace("_", ""))
    return float(text) if _DECIMAL.fullmatch(text) else text


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0
