"""Cases from JSON or PDF files and tables of their metadata (CSV, or JSON lines).

A table has the field names of the record model as its header.  The table ``document`` may have
the further columns that the metadata fields read, and ``file``: a JSON or PDF file below the
folder.  Without it the file is the one called as the identifier of the document.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from kirjaamo import records
from kirjaamo.archive.building.cases import Case, Row
from kirjaamo.archive.building.errors import MetadataError, NoCasesError
from kirjaamo.archive.fields import fields
from kirjaamo.archive.signing.form import LARGEST
from kirjaamo.files import why
from kirjaamo.messages import N_, gettext

TABLES: Final = ("document", "client", "worker", "unit", "matter")
"""Tables that may be given."""

FILES: Final = ("file", "pdf")
"""Columns of the table ``document`` that name files."""

COLUMN: Final = N_("it has no column “{name}”")
UNKNOWN: Final = N_("nobody reads its column “{name}”")
TWICE: Final = N_("a key stands twice, in row {row}")
UNREADABLE: Final = N_("row {row} cannot be read")
OUTSIDE: Final = N_("row {row} names a file outside the folder")

_BETWEEN = re.compile(r"[\s,;|]+")
_SUFFIXES = (".json", ".pdf")


@cache
def columns(table: str) -> frozenset[str]:
    """Return the columns that a table may have."""
    found = set(records.get(table).fields)
    if table == "document":
        found |= {*FILES, "unit", "relationship_id"}
    for one in fields().values():
        for source in one.origins:
            name, _, column = source.name.partition(".")
            own = {"author": "worker"}.get(name, name)
            if source.derivation == "record" and own == table:
                found.add(column)
    return frozenset(found)


def key_of(table: str) -> str:
    """Return the key of a table."""
    return next(one.name for one in records.get(table).fields.values() if one.key)


def rows(table: str, path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the rows of a table with the row that a person sees.

    Raises:
        MetadataError: It cannot be read, or has unknown columns or no key.
    """
    try:
        with path.open("rb") as stream:
            is_lines = path.suffix.lower() in {".jsonl", ".ndjson"}
            found = _lines(path, stream) if is_lines else _cells(table, path, stream)
            for number, row in found:
                if is_lines:
                    _check_columns(table, path, row)
                yield number, row
    except OSError as error:
        raise MetadataError(path=path, reason=why(error)) from None
    except (UnicodeDecodeError, csv.Error):
        raise MetadataError(path=path, reason=gettext(N_("it is no UTF-8 table"))) from None


def _lines(path: Path, stream: Iterable[bytes]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            yield number, msgspec.json.decode(line, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError):
            reason = gettext(UNREADABLE).format(row=number)
            raise MetadataError(path=path, reason=reason) from None


def _cells(
    table: str, path: Path, stream: Iterable[bytes]
) -> Iterator[tuple[int, dict[str, Any]]]:
    text = (line.decode("utf-8-sig" if not n else "utf-8") for n, line in enumerate(stream))
    head = next(text, "")
    mark = ";" if head.count(";") > head.count(",") else ","
    names = next(csv.reader([head], delimiter=mark), [])
    _check_columns(table, path, dict.fromkeys(names))
    for number, cells in enumerate(csv.reader(text, delimiter=mark), start=2):
        if len(cells) > len(names):
            reason = gettext(UNREADABLE).format(row=number)
            raise MetadataError(path=path, reason=reason)
        if cells:
            yield number, {n: cell for n, cell in zip(names, cells, strict=False) if cell}


def _check_columns(table: str, path: Path, row: Mapping[str, object]) -> None:
    for name in row:
        if name not in columns(table):
            raise MetadataError(path=path, reason=gettext(UNKNOWN).format(name=name))
    if key_of(table) not in row:
        reason = gettext(COLUMN).format(name=key_of(table))
        raise MetadataError(path=path, reason=reason)


def keyed(table: str, path: Path | None) -> dict[str, Row]:
    """Return the rows of a table by their key."""
    found: dict[str, Row] = {}
    for number, row in () if path is None else rows(table, path):
        key = str(row[key_of(table)])
        if key in found:
            raise MetadataError(path=path, reason=gettext(TWICE).format(row=number))
        found[key] = row
    return found


def cases(folder: Path, tables: Mapping[str, Path]) -> Iterator[Case]:
    """Yield a case for every row of the table ``document``, in its order.

    Args:
        folder: Where the files are.
        tables: Table to its file; ``document`` is needed.

    Raises:
        MetadataError: A table cannot be read.
        NoCasesError: There is no table of documents.
    """
    path = tables.get("document")
    if path is None:
        raise NoCasesError(path=folder)
    others = {name: keyed(name, tables.get(name)) for name in TABLES[1:]}
    earlier, files = _earlier(path), _files(folder)
    for number, row in rows("document", path):
        yield _case(path, number, row, others, earlier, folder, files)


def _earlier(path: Path) -> dict[tuple[str, int], str]:
    """Return set and version to the document; a first version is a set of its own."""
    found = {}
    for _, row in rows("document", path):
        version, key = str(row.get("version") or "1"), str(row["document_id"])
        series = row.get("set_id") or (key if version == "1" else "")
        if series and version.isdigit():
            found[str(series), int(version)] = key
    return found


def _files(folder: Path) -> dict[str, Path]:
    """Return the files of a folder by what they are called."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES)
    return {path.name: path for path in sorted(found)}


def _case(  # noqa: PLR0913, PLR0917 - what a row belongs to, each read once
    path: Path,
    number: int,
    row: dict[str, Any],
    others: Mapping[str, Mapping[str, Row]],
    earlier: Mapping[tuple[str, int], str],
    folder: Path,
    files: Mapping[str, Path],
) -> Case:
    version = str(row.get("version") or "1")
    if version.isdigit():
        row["version"] = int(version)
        row["_earlier"] = earlier.get((str(row.get("set_id")), int(version) - 1))
    ids = row.get("client_ids") or []
    told = ids if isinstance(ids, list) else _BETWEEN.split(ids)
    author = dict(others["worker"].get(str(row.get("author")), {}))
    unit = others["unit"].get(str(row.get("unit") or author.get("unit")), {})
    content, pdf = _contents(path, number, row, folder, files)
    return Case(
        path.name, number, row, content, pdf,
        tuple(others["client"].get(str(key), {}) for key in told) if others["client"] else (),
        author, unit, others["matter"].get(str(row.get("matter_id")), {}),
    )  # fmt: skip


def _contents(
    path: Path, number: int, row: Row, folder: Path, files: Mapping[str, Path]
) -> tuple[bytes, bytes]:
    """Return the body and the PDF of a row; empty where there is none."""
    named = [str(row[name]) for name in FILES if row.get(name)]
    key = str(row["document_id"])
    names = named or [f"{key}{suffix}" for suffix in _SUFFIXES]
    found: dict[str, bytes] = {}
    for name in names:
        file = folder / name if name in named else files.get(name, folder / name)
        if folder.resolve() not in file.resolve().parents:
            reason = gettext(OUTSIDE).format(row=number)
            raise MetadataError(path=path, reason=reason)
        if file.is_file():
            with file.open("rb") as stream:
                found[file.suffix.lower()] = stream.read(LARGEST + 1)
    return found.get(".json", b""), found.get(".pdf", b"")
