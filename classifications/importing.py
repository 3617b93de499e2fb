"""Taking an official list into the workspace, where it overrides the built-in one.

One module per form reads a file; here it is checked and stored as a dated edition.  The same
file and the same day give the same bytes.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec
import polars as pl
import yaml

from kirjaamo.classifications import form_csv, form_json, form_xlsx, form_xml
from kirjaamo.classifications.codelist import Names
from kirjaamo.classifications.concept import LIMIT, Export, tables
from kirjaamo.classifications.errors import CannotImportError
from kirjaamo.classifications.home import (
    CODES,
    EDITION,
    LIST,
    EditionFile,
    Home,
    ListFile,
    built_in,
)
from kirjaamo.classifications.oid import same_list
from kirjaamo.errors import UnknownNameError
from kirjaamo.files import write
from kirjaamo.messages import N_

Reader = Callable[[Path, bytes, Mapping[str, str]], Export]

FORMS: dict[str, Reader] = {
    ".csv": form_csv.read,
    ".json": form_json.read,
    ".xlsx": form_xlsx.read,
    ".xml": form_xml.read,
}
"""Ending of a file name to what reads such a file."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an edition comes from.

    Attributes:
        source: What the source is, for ``edition.yaml``.
        day: Day of retrieval; also the name of the edition.
        made_from: sha256 of every file or page, in the order given.
        complete: Whether the source holds the whole list.
        moment: The moment of retrieval, where it is known.
    """

    source: str
    day: dt.date
    made_from: tuple[str, ...]
    complete: bool = True
    moment: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """An edition that has been written."""

    folder: Path
    codes: int
    without_status: int = field(default=0, kw_only=True)


def read_files(
    paths: tuple[Path, ...], columns: Mapping[str, str] | None = None
) -> tuple[Export, tuple[str, ...]]:
    """Return what the files of one list hold together, and the sha256 of each.

    Raises:
        CannotImportError: A file cannot be read, or holds another list than the first.
        UnknownNameError: No form has the ending of a file's name.
    """
    exports, sums = [], []
    for path in paths:
        content = _content(path)
        exports.append(_reader(path)(path, content, columns or {}))
        sums.append(hashlib.sha256(content).hexdigest())
    named = [one for one in exports if one.oid]
    first = named[0] if named else exports[0]
    if any(not same_list(one.oid, first.oid) for one in named):
        raise CannotImportError(file=paths[-1], reason=N_("it holds codes of several lists"))
    if len(exports) == 1:
        return first, tuple(sums)
    every = tuple(
        replace(concept, place=f"{path.name}, {concept.place}")
        for path, one in zip(paths, exports, strict=True)
        for concept in one.concepts
    )
    return replace(first, concepts=every, file=paths[0].parent), tuple(sums)


def store(folder: Path, oid: str, export: Export, origin: Origin) -> Stored:
    """Check *export* and write it below *folder* as an edition of the list *oid*.

    Raises:
        CannotImportError: It is another list, or inconsistent.
        CannotWriteError: The folder cannot be written.
    """
    if export.oid and not same_list(export.oid, oid):
        reason = N_("it holds the list {found}, not {oid}")
        raise CannotImportError(file=export.file, reason=reason, found=export.oid, oid=oid)
    codes, displays = tables(export)
    known = built_in().get(oid)
    place = folder / (known.slug if known else oid)
    edition = place / origin.day.isoformat()
    contents = {CODES: _csv(codes)}
    if not displays.is_empty():
        contents["displays.csv"] = _csv(displays)
    write(place / LIST, _yaml(_facts(oid, export.names, known, origin)))
    for name, content in contents.items():
        write(edition / name, content)
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    write(edition / EDITION, _yaml(_edition(origin, sums)))  # last: it makes the edition whole
    unknown = codes.filter(pl.col("status") == "unknown").height
    return Stored(edition, codes.height, without_status=unknown)


def _reader(path: Path) -> Reader:
    try:
        return FORMS[path.suffix.lower()]
    except KeyError:
        known = tuple(FORMS)
        raise UnknownNameError(kind=N_("form of file"), name=path.suffix, known=known) from None


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(LIMIT + 1)
    except OSError as error:
        raise CannotImportError(file=path, reason=error.strerror or str(error)) from None
    if len(content) > LIMIT:
        raise CannotImportError(file=path, reason=N_("it is too large for a code list"))
    return content


def _facts(oid: str, names: Names | None, known: Home | None, origin: Origin) -> ListFile:
    if known is None:
        label = names or Names(oid)
        return ListFile(
            oid, label, owner="", source=origin.source, licence="", complete=origin.complete
        )
    old = known.facts
    return ListFile(
        oid, old.names, old.owner, old.source, old.licence, complete=origin.complete
    )


def _edition(origin: Origin, sums: dict[str, str]) -> EditionFile:
    return EditionFile(
        retrieved=origin.day,
        source=origin.source,
        sha256=sums,
        made_from=origin.made_from,
        retrieved_at=origin.moment,
    )


def _yaml(facts: ListFile | EditionFile) -> bytes:
    plain = msgspec.to_builtins(facts, builtin_types=(dt.date, dt.datetime))
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=1000).encode()


def _csv(frame: pl.DataFrame) -> bytes:
    """Return *frame* in the form of the built-in lists: empty text is an empty cell."""
    empty = frame.with_columns(pl.col(pl.String).replace("", None))
    return empty.write_csv(date_format="%Y-%m-%d").encode()
