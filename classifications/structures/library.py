"""Reading document structures: the bundled ones, and those imported into a folder.

A version that was imported takes the place of the bundled version of the same OID.
Nothing is read before it is asked for, and every file is read once.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import polars as pl
from rapidfuzz import fuzz, process

from kirjaamo.classifications.structures import facts, schemas
from kirjaamo.classifications.structures.errors import NoVersionInForceError
from kirjaamo.classifications.structures.importing import INDEX
from kirjaamo.classifications.structures.model import Structure
from kirjaamo.errors import SettingsError, UnknownNameError
from kirjaamo.messages import N_

if TYPE_CHECKING:
    import jsonschema_rs

TEXTS = "fixed_texts.json"
"""The wording of fixed texts, in a folder of imported structures; not bundled."""

SCHEMA = pl.Schema(
    {
        "oid": pl.String,
        "code": pl.String,
        "name_fi": pl.String,
        "name_sv": pl.String,
        "type": pl.String,
        "valid_from": pl.Date,
        "valid_to": pl.Date,  # the day on which the next version begins
        "status": pl.String,  # current or obsolete
        "subject": pl.String,
        "author": pl.String,
        "root": pl.String,
        "fields": pl.Int64,
    }
)


class Structures:
    """The document structures in use.

    Cheap to make and to send to a worker process: it carries only the name of a folder.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Use the bundled structures, overridden by those imported into *folder*."""
        self.folder = folder
        self._versions: pl.DataFrame | None = None
        self._bare: dict[str, Structure] = {}
        self._whole: dict[str, Structure] = {}
        self._validators: dict[str, jsonschema_rs.Draft7Validator] = {}
        self._texts: dict[str, str] | None = None

    def __reduce__(self) -> tuple[type["Structures"], tuple[Path | None]]:
        """Travel without what has been read."""
        return (Structures, (self.folder,))

    def versions(self) -> pl.DataFrame:
        """Return every known version, by document and date; see `SCHEMA`."""
        if self._versions is None:
            self._versions = _versions([_index(place) for place in self._places()])
        return self._versions

    def get(self, oid: str) -> Structure:
        """Return the structure version with *oid*, its conditions beside its fields.

        Raises:
            UnknownNameError: There is none.
        """
        if oid not in self._whole:
            self._whole[oid] = _with_conditions(self.facts(oid))
        return self._whole[oid]

    def facts(self, oid: str) -> Structure:
        """Return the structure version with *oid* without conditions: what `get` starts from."""
        if oid not in self._bare:
            end = self._row(oid)["valid_to"]
            place = next(found for found in self._files(oid) if found.is_file())
            self._bare[oid] = dataclasses.replace(facts.read(place), valid_to=end)
        return self._bare[oid]

    def all(self) -> Iterator[Structure]:
        """Yield every version without conditions, in the order of `versions`."""
        yield from (self.facts(oid) for oid in self.versions()["oid"])

    def oid_on(self, code: str, on: dt.date) -> str:
        """Return the OID of the version of document type *code* in force on *on*.

        The newest version counts as in force until a newer one is known.

        Raises:
            UnknownNameError: There is no such document type.
            NoVersionInForceError: Its first version begins later.
        """
        known = self.versions().filter(pl.col("code") == code)
        if known.is_empty():
            raise self._unknown(code)
        begun = known.filter(pl.col("valid_from") <= on)
        if begun.is_empty():
            first = known["valid_from"][0]
            raise NoVersionInForceError(code=code, day=on, first=first)
        return str(begun["oid"][-1])

    def for_type(self, code: str, on: dt.date) -> Structure:
        """Return the version of document type *code* in force on *on*; see `oid_on`."""
        return self.get(self.oid_on(code, on))

    def texts(self) -> dict[str, str]:
        """Return the wording of fixed texts by fingerprint, where it was imported."""
        if self._texts is None:
            place = self.folder / TEXTS if self.folder else None
            self._texts = _texts(place) if place and place.is_file() else {}
        return self._texts

    def schema(self, structure: Structure) -> schemas.Schema:
        """Return the JSON Schema (Draft 7) of documents that follow *structure*."""
        return schemas.schema(structure, self.texts())

    def validator(self, oid: str) -> "jsonschema_rs.Draft7Validator":
        """Return the compiled validator of a version; compiled once in each process."""
        if oid not in self._validators:
            self._validators[oid] = schemas.validator_of(self.facts(oid), self.texts())
        return self._validators[oid]

    def _places(self) -> list[Traversable]:
        """Return the folders of fact files, the bundled one last."""
        own = self.folder
        return (
            [own, schemas.PLACE]
            if own is not None and (own / INDEX).is_file()
            else [schemas.PLACE]
        )

    def _files(self, oid: str) -> Iterator[Traversable]:
        yield from (place.joinpath(f"{oid}.json") for place in self._places())

    def _row(self, oid: str) -> dict[str, dt.date | None]:
        found = self.versions().filter(pl.col("oid") == oid)
        if found.is_empty():
            raise self._unknown(oid)
        return {"valid_to": found["valid_to"][0]}

    def _unknown(self, name: str) -> UnknownNameError:
        """Return the error with the one name that differs least in its letters as a hint."""
        known = self.versions()
        near = process.extractOne(name, [*known["code"], *known["oid"]], scorer=fuzz.ratio)
        return UnknownNameError(kind=N_("document structure"), name=name, known=(str(near[0]),))


def _index(place: Traversable) -> pl.DataFrame:
    path = place.joinpath(INDEX)
    try:
        read = pl.read_csv(path.read_bytes(), infer_schema=False)
        return read.select(_column(name, kind) for name, kind in SCHEMA.items())
    except (pl.exceptions.PolarsError, OSError):
        raise SettingsError(file=path, reason=N_("it is not an index of structures")) from None


def _column(name: str, kind: pl.DataType) -> pl.Expr:
    match kind:
        case pl.Date:
            return pl.col(name).str.to_date("%Y-%m-%d")
        case pl.String if name in {"subject", "author"}:
            return pl.col(name).fill_null("")
        case _:
            return pl.col(name).cast(kind)


def _versions(indexes: list[pl.DataFrame]) -> pl.DataFrame:
    """Return the versions of several folders; the first folder wins, ends are made anew."""
    document = pl.col("oid").str.replace(r"(\.[0-9]+){3}$", "")
    return (
        pl.concat(indexes)
        .unique("oid", keep="first", maintain_order=True)
        .with_columns(document.alias("document"))
        .sort(
            document.str.replace(r"\.[0-9]+$", ""), pl.col("code").cast(pl.Int64), "valid_from"
        )
        .with_columns(pl.col("valid_from").shift(-1).over("document").alias("valid_to"))
        .drop("document")
    )


def _with_conditions(structure: Structure) -> Structure:
    from kirjaamo.classifications.structures import conditions

    when: dict[str, list[conditions.FieldCondition]] = {}
    for condition in conditions.for_structure(structure.oid):
        when.setdefault(condition.path, []).append(condition)
    fields = tuple(
        dataclasses.replace(field, when=tuple(when[field.path]))
        if field.path in when
        else field
        for field in structure.fields
    )
    return dataclasses.replace(structure, fields=fields)


def _texts(path: Path) -> dict[str, str]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, str])
    except (msgspec.MsgspecError, OSError):
        raise SettingsError(file=path, reason=N_("it is not a list of fixed texts")) from None
