"""Finding and reading code lists: the built-in ones and the workspace's own.

A list of the workspace takes the place of the built-in list of the same OID.  Nothing is
read before it is asked for, and each list is read once.
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
_VERSION = re.compile(
    r"\.(?:19|20)[0-9]{2}(?:[0-9]{2})?$"
)  # the year, or year and number, of approval


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


@cache
def _built_in_list(key: str) -> CodeList:
    return read(built_in()[key])


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


class Codes:
    """The code lists in use.

    Cheap to make and to send to a worker process: it carries only the name of a folder.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Use the built-in lists, overridden by those imported into *folder*."""
        self.folder = folder
        self._homes: dict[str, Home] = {}
        self._lists: dict[str, CodeList] = {}

    def __reduce__(self) -> tuple[type["Codes"], tuple[Path | None]]:
        """Travel without what has been read."""
        return (Codes, (self.folder,))

    def homes(self) -> dict[str, Home]:
        """Return where every list lives, by OID or slug, in the order of the OIDs."""
        if not self._homes:
            own = self.folder
            mine = homes(own, imported=True) if own is not None and own.is_dir() else []
            imported = {home.key: home for home in mine if home.editions()}
            both = built_in() | imported
            self._homes = dict(sorted(both.items(), key=lambda item: _order(item[0])))
        return self._homes

    def get(self, name: str) -> CodeList:
        """Return the list with this OID or slug.

        Raises:
            UnknownNameError: There is none.
        """
        found = self.find(name)
        if found is None:
            known = (*(home.slug for home in self.homes().values()), *self.homes())
            raise UnknownNameError(kind=N_("code list"), name=name, known=known)
        return found

    def find(self, name: str) -> CodeList | None:
        """Return the list with this OID or slug, or None.

        A leading ``urn:oid:`` and the version node at the end of an OID do not matter.
        """
        home = self.home(name)
        if home is None:
            return None
        if not home.imported:
            return _built_in_list(home.key)
        if home.key not in self._lists:
            self._lists[home.key] = read(home)
        return self._lists[home.key]

    def home(self, name: str) -> Home | None:
        """Return where the list with this OID or slug lives, or None."""
        found, oid = self.homes(), name.removeprefix("urn:oid:")
        by_slug = {home.slug: home for home in found.values()}
        return found.get(oid) or found.get(without_version(oid)) or by_slug.get(name)

    def all(self) -> list[CodeList]:
        """Return every list, those known by name only included."""
        return [self.get(key) for key in self.homes()]

    def pairs(self) -> pl.DataFrame:
        """Return the allowed pairs of service task and social service, each with its scope.

        The column ``structure`` names the document structure inside which the pair is stated;
        a pair that is not here may well be allowed elsewhere.
        """
        content = (files("kirjaamo.classifications") / "pairs" / "1221_x_1222.csv").read_bytes()
        return pl.read_csv(content, infer_schema=False)

    def editions(self) -> dict[str, str]:
        """Return OID (or slug) to the edition in use, for the report of a run."""
        return {
            key: f"workspace {home.editions()[-1]}" if home.imported else home.editions()[-1]
            for key, home in self.homes().items()
            if home.editions()
        }


def without_version(oid: str) -> str:
    """Return the OID of a list from that of one of its versions.

    >>> without_version("1.2.246.537.6.1221.201601")
    '1.2.246.537.6.1221'
    """
    return _VERSION.sub("", oid)


def same_list(one: str, other: str) -> bool:
    """Tell whether two OIDs are equal, or one is a version of the other."""
    return one == other or without_version(one) == other or one == without_version(other)


def _order(key: str) -> tuple[list[int], str]:
    """Return a sort key: OIDs node by node, then slugs.

    >>> sorted(["1.10", "language", "1.9"], key=_order)
    ['1.9', '1.10', 'language']
    """
    nodes = key.split(".")
    return ([int(n) for n in nodes], "") if all(n.isdigit() for n in nodes) else ([99], key)
