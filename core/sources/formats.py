"""Which format a source has, and which part of which profile reads it.

A format is one module here and one line in `FORMATS`; nothing else knows its name.
"""

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import cast

from kirjaamo.errors import UnknownNameError
from kirjaamo.messages import N_
from kirjaamo.sources import Format, Piece, Unit, headers
from kirjaamo.sources.errors import (
    MissingColumnError,
    MissingSheetError,
    NoProfileError,
    SeveralProfilesError,
    SourceError,
)
from kirjaamo.sources.profile import Part, Profile

FORMATS: dict[str, tuple[str, ...]] = {
    "csv": (".csv", ".tsv", ".txt"),
    "xlsx": (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
    "json": (".json",),
    "jsonl": (".jsonl", ".ndjson"),
    "xml": (".xml",),
    "parquet": (".parquet",),
    "sql": (".sqlite", ".sqlite3", ".db"),
}
"""Name of a format, which is the name of its module, to the suffixes it reads."""

UNIT_SIZE = 8 * 1024 * 1024
"""Bytes of a unit, about: large enough for whole columns, small enough for many at a time."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source with the part of a profile that reads it.

    Attributes:
        location: Path, or database URL without password.
        profile: The profile.
        part: Its part.
        format: Name of the format.
    """

    location: str
    profile: Profile
    part: Part
    format: str

    def units(self, size: int = UNIT_SIZE) -> Iterator[Unit]:
        """Yield the units of the source, in order."""
        yield from module(self.format).units(self.location, self.part, size)

    def read(self, unit: Unit) -> Piece:
        """Return what stands in a unit."""
        return module(self.format).read(unit, self.part)


def module(name: str) -> Format:
    """Return the module of a format, imported when first used."""
    if name not in FORMATS:
        raise UnknownNameError(kind=N_("format"), name=name, known=tuple(FORMATS))
    return cast("Format", importlib.import_module(f"kirjaamo.sources.{name}"))


def format_of(location: str, part: Part) -> str:
    """Return the name of the format: the profile's word, a database URL, or the suffix."""
    if part.format:
        return part.format
    if "://" in location:
        return "sql"
    suffix = Path(location).suffix.lower()
    found = next((name for name, suffixes in FORMATS.items() if suffix in suffixes), None)
    if found is None:
        raise UnknownNameError(kind=N_("format"), name=suffix, known=tuple(FORMATS))
    return found


def open_source(location: str | Path, profiles: Sequence[Profile]) -> tuple[Source, ...]:
    """Return the parts that read a file or database: several for sheets and tables.

    The file's name decides; where several profiles match it, the one whose columns are there.

    Raises:
        NoProfileError: No pattern of any profile matches the name.
        SeveralProfilesError: Several profiles match the name and the columns.
        SourceError: The file cannot be read, or lacks a column or sheet of the profile.
    """
    place = _location(str(location))
    matching = [
        tuple(_source(place, profile, part) for part in profile.parts if _matches(place, part))
        for profile in profiles
    ]
    candidates = [sources for sources in matching if sources]
    if not candidates:
        raise NoProfileError(source=_last(place), known=tuple(_patterns(profiles)))
    if len(candidates) > 1:
        candidates = _fitting(candidates)
    if len(candidates) > 1:
        known = tuple(sources[0].profile.system for sources in candidates)
        raise SeveralProfilesError(source=_last(place), known=known)
    for source in candidates[0]:
        check(source)
    return candidates[0]


def check(source: Source) -> Unit:
    """Return the first unit of a source that has every column its profile names.

    Raises:
        MissingColumnError: A column is missing.
        SourceError: The source cannot be read.
    """
    unit = next(source.units())
    headers.require(source.part, unit.header, unit.source)
    return unit


def _location(text: str) -> str:
    """Return the location to keep: URLs without password, a SQLite file as its URL."""
    is_url = "://" in text
    if not is_url and Path(text).suffix.lower() in FORMATS["sql"]:
        return f"sqlite:///{text}"
    if not is_url:
        return text
    from kirjaamo.sources.sql import without_password

    return without_password(text)


def _source(location: str, profile: Profile, part: Part) -> Source:
    return Source(location, profile, part, format_of(location, part))


def _last(location: str) -> str:
    if "://" not in location:
        return Path(location).name
    from kirjaamo.sources.sql import name

    return name(location)


def _matches(location: str, part: Part) -> bool:
    return fnmatchcase(_last(location).casefold(), part.files.casefold())


def _fitting(candidates: list[tuple[Source, ...]]) -> list[tuple[Source, ...]]:
    """Return the candidates whose columns and sheets are all there, or the first error."""
    fitting, errors = [], list[SourceError]()
    for sources in candidates:
        try:
            for source in sources:
                check(source)
        except (MissingColumnError, MissingSheetError) as error:
            errors.append(error)
        else:
            fitting.append(sources)
    if not fitting:
        raise errors[0]
    return fitting


def _patterns(profiles: Sequence[Profile]) -> Iterator[str]:
    for profile in profiles:
        yield from (f"{part.files} ({profile.system})" for part in profile.parts)
