"""Where a code list lives on disk, and reading it: facts, editions, codes.

Separate from `Codes`, which chooses among lists: here one folder is one list.
"""

import csv
import datetime as dt
import hashlib
import io
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec
import polars as pl

from kirjaamo.classifications.codelist import DISPLAYS, SCHEMA, CodeList, Names, Unnumbered
from kirjaamo.classifications.errors import DamagedListError
from kirjaamo.errors import SettingsError, UnknownNameError
from kirjaamo.messages import N_
from kirjaamo.settings import read_yaml

LIST, EDITION, CODES = "list.yaml", "edition.yaml", "codes.csv"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class ListFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The contents of ``list.yaml``."""

    oid: str
    names: Names
    owner: str
    source: str
    licence: str
    complete: bool
    note: str = ""
    unnumbered: tuple[Unnumbered, ...] = ()


class EditionFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The contents of ``edition.yaml``.

    Attributes:
        retrieved: Day on which the facts were taken from their source.
        source: What the source is.
        sha256: File of the edition to its sha256.
        made_from: sha256 of what was imported, in the order given.
        retrieved_at: The moment of retrieval, where it is known.
        valid_from: First day of the edition, where the list has such.
        valid_to: Last day of the edition.
    """

    retrieved: dt.date
    source: str
    sha256: dict[str, str]
    made_from: tuple[str, ...] = ()
    retrieved_at: dt.datetime | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """Where a list lives; ``folder`` is None when only its name is known."""

    slug: str
    facts: ListFile
    folder: Traversable | None
    imported: bool

    @property
    def key(self) -> str:
        """Return the OID, or the slug of a list that has none."""
        return self.facts.oid or self.slug

    def editions(self) -> list[str]:
        """Return the days of its whole editions, oldest first."""
        if self.folder is None:
            return []
        days = (f.name for f in self.folder.iterdir() if _DAY.fullmatch(f.name))
        return sorted(day for day in days if (self.folder / day / EDITION).is_file())


def homes(folder: Path | Traversable, *, imported: bool) -> list[Home]:
    """Return every list below *folder*, in the order of their folders' names."""
    found = sorted((f for f in folder.iterdir() if (f / LIST).is_file()), key=lambda f: f.name)
    return [Home(f.name, read_yaml(f / LIST, ListFile), f, imported) for f in found]


@cache
def built_in() -> dict[str, Home]:
    """Return the lists of Kirjaamo by key: those with codes, and those known by name."""
    room = files("kirjaamo.classifications")
    rows = csv.DictReader(io.StringIO((room / "known.csv").read_text("utf-8")))
    named = [
        Home(
            row["slug"],
            ListFile(
                oid=row["oid"],
                names=Names(row["name_fi"], row["name_sv"], row["name_en"]),
                owner=row["owner"],
                source=row["source"],
                licence="",
                complete=False,
            ),
            folder=None,
            imported=False,
        )
        for row in rows
    ]
    return {home.key: home for home in [*homes(room, imported=False), *named]}


def read(home: Home, edition: str | None = None) -> CodeList:
    """Return the list in *edition*, or in its latest.

    Raises:
        DamagedListError: A file differs from the sha256 that was stored with it.
        UnknownNameError: There is no such edition.
    """
    days = home.editions()
    if edition is not None and edition not in days:
        raise UnknownNameError(kind=N_("edition"), name=edition, known=tuple(days))
    day = edition or (days[-1] if days else "")
    place = home.folder / day if home.folder and day else None
    facts = home.facts
    return CodeList(
        oid=facts.oid,
        slug=home.slug,
        label=facts.names,
        owner=facts.owner,
        source=facts.source,
        licence=facts.licence,
        note=facts.note,
        complete=facts.complete and place is not None,
        edition=day,
        imported=home.imported,
        unnumbered=facts.unnumbered,
        frame=_table(place, CODES, SCHEMA),
        displays=_table(place, "displays.csv", DISPLAYS),
    )


def _table(place: Traversable | None, name: str, schema: pl.Schema) -> pl.DataFrame:
    if place is None:
        return schema.to_frame()
    expected = read_yaml(place / EDITION, EditionFile).sha256.get(name)
    if expected is None:
        return schema.to_frame()
    content = (place / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != expected:
        raise DamagedListError(path=place / name)
    return parse(content, schema, place / name)


def parse(content: bytes, schema: pl.Schema, path: object) -> pl.DataFrame:
    """Return our own CSV as a frame; empty text stays empty, an empty date becomes null."""
    try:
        texts = pl.read_csv(content, infer_schema=False).fill_null("")
        return texts.select(
            pl.col(name).replace("", None).str.to_date("%Y-%m-%d")
            if kind == pl.Date
            else pl.col(name)
            for name, kind in schema.items()
        )
    except pl.exceptions.PolarsError as error:
        raise SettingsError(file=path, reason=str(error).partition("\n")[0]) from None
