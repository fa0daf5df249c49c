"""Read an article from a file: which reader for which format, and what is refused before it.

Input is hostile until shown otherwise. A file is refused by its size, a compressed one by the size
that it unpacks to, measured while unpacking; a DOCX is packed anew from its text parts before
pandoc sees it; pandoc runs in its sandbox, with a limit of memory and of time. Nothing is fetched
and nothing in a file is executed.
"""

from __future__ import annotations

import gzip
import io
import re
import stat
import zipfile
import zlib
from pathlib import Path

from secondlook.pandoc_program import pandoc_program
from secondlook.scan.delimited import read_csv, read_text
from secondlook.scan.document import Document, TooLarge
from secondlook.scan.docx import as_shown
from secondlook.scan.jats import read_jats
from secondlook.scan.markup import read_markup
from secondlook.scan.pdf import read_pdf

LARGEST = 30_000_000
"""Bytes of a file, and of what it unpacks to; articles in XML have 0.1 to 3 million."""

SUFFIXES = (".nxml", ".xml", ".html", ".htm", ".xhtml", ".docx", ".md", ".txt", ".csv", ".pdf")
_DOCX_PARTS = (".xml", ".rels")
_OF_WORD_PROCESSORS = (".doc", ".docm", ".dot", ".odt", ".ott", ".pages", ".rtf", ".wpd", ".wps")
_TO_SAVE = dict.fromkeys(_OF_WORD_PROCESSORS, "save it as .docx; ") | dict.fromkeys(
    (".ods", ".xls", ".xlsm", ".xlsx"), "save each sheet as .csv; "
)
_ENCLOSED = b"\xd0\xcf\x11\xe0"
"""How an old Word file begins, and a DOCX that a password locks."""


def is_article(path: Path) -> bool:
    """Whether the name is one of a format that can be read, or that a word processor saves anew.

    None is that of a hidden file, or of the one that Word writes beside a file it has open.
    """
    name = path.name.lower().removesuffix(".gz")
    return name.endswith((*SUFFIXES, *_OF_WORD_PROCESSORS)) and not name.startswith((".", "~$"))


def read(path: Path) -> Document:
    """Read an article.

    Raises
    ------
    ValueError
        If the format is not known, or the file cannot be read as it, or is too large (`TooLarge`).
    """
    told = path.stat()
    if not stat.S_ISREG(told.st_mode):
        raise ValueError("no regular file but a folder, a pipe or a device")
    if (size := told.st_size) > LARGEST:
        raise TooLarge(f"{size:,} bytes; an article has at most {LARGEST:,}")
    data = path.read_bytes()
    if not data:
        raise ValueError("the file is empty")
    name = path.name.lower()
    if name.endswith(".gz"):
        data, name = _unzipped(data), name.removesuffix(".gz")
    suffix = Path(name).suffix
    if suffix in {".nxml", ".xml"}:
        return read_jats(data)
    if suffix in {".html", ".htm", ".xhtml"}:
        return read_markup(data, "html")
    if suffix == ".docx":
        return _read_docx(data)
    if suffix == ".md":
        return read_markup(data, "markdown")
    if suffix == ".csv":
        return read_csv(data, path.stem)
    if suffix == ".txt":
        return read_text(data)
    if suffix == ".pdf":
        return read_pdf(data)
    raise ValueError(
        f"cannot read {suffix or 'a file without a suffix'}; {_TO_SAVE.get(suffix, '')}"
        f"known: {' '.join(SUFFIXES)}"
    )


def _unzipped(data: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            unpacked = packed.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"not a whole gzip file: {error}") from None
    if len(unpacked) > LARGEST:
        raise TooLarge(f"it unpacks to more than {LARGEST:,} bytes")
    return unpacked


def _read_docx(data: bytes) -> Document:
    if data.startswith(_ENCLOSED):
        raise ValueError(
            "locked by a password, or an old .doc by another name; "
            "open it in Word and save it as .docx without a password"
        )
    pandoc_program()  # that it is missing is no fault of the file
    try:
        return read_markup(_text_parts(data), "docx")
    except TooLarge:
        raise
    except ValueError as error:
        raise ValueError(f"{error}; if Word opens it, save it there anew") from None


def _part(packed: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    """Return a part of a file, no more than `most` bytes of it."""
    try:
        with packed.open(part) as stream:
            return stream.read(most)
    except ValueError:  # it begins before the file
        raise zipfile.BadZipFile("it is cut short or damaged") from None


def _text_parts(data: bytes) -> bytes:
    """Pack a DOCX anew from its text parts, with the unpacked size counted and not believed."""
    kept = io.BytesIO()
    room = LARGEST
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(kept, "w") as new:
            for part in old.infolist():
                if not part.filename.endswith(_DOCX_PARTS):
                    continue
                text = _part(old, part, room + 1)
                room -= len(text)
                if room < 0:
                    raise TooLarge(f"it unpacks to more than {LARGEST:,} bytes")
                if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                    raise ValueError(f"{part.filename} declares a document type; a DOCX has none")
                if re.search(rb"<w:tbl[ >]", text):
                    text = as_shown(text)
                new.writestr(zipfile.ZipInfo(part.filename), text)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise ValueError(f"not a DOCX file: {error}") from None
    return kept.getvalue()
