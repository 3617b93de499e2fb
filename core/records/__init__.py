"""The record model: eleven canonical tables, each defined by one YAML file here.

The YAML is the only definition.  Polars and Arrow schemas, the docs, the Excel template
and ``kirjaamo records show`` are made from it.  No rule and no reader of files lives here.
"""

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec
import polars as pl

from kirjaamo import messages
from kirjaamo.errors import UnknownNameError
from kirjaamo.messages import N_

SOURCE, ROW = "_source", "_row"
"""The columns every table carries beside its fields: file or sheet, 1-based row in it."""

TYPES: dict[str, pl.DataType] = {
    "id": pl.String(),
    "ids": pl.List(pl.String()),
    "name": pl.String(),
    "text": pl.String(),
    "code": pl.String(),
    "oid": pl.String(),
    "identity_code": pl.String(),
    "business_id": pl.String(),
    "boolean": pl.Boolean(),
    "integer": pl.Int64(),
    "decimal": pl.Decimal(38, 2),
    "date": pl.Date(),
    "datetime": pl.Datetime("us"),
}
"""Field type of the model to column type."""


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A short name in the three languages."""

    fi: str
    sv: str
    en: str

    def __str__(self) -> str:
        """Return the name in the language in use."""
        return str(getattr(self, messages.language()))


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field of a table: its type, what governs it, its labels and its source."""

    type: str
    label: Label
    source: str
    name: str = ""
    key: bool = False
    personal: bool = False
    code_system: str = ""
    references: str = ""
    displays: str = ""
    unit: str = ""

    @property
    def dtype(self) -> pl.DataType:
        """Return the column type."""
        return TYPES[self.type]


class _TableFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    about: str
    label: Label
    fields: dict[str, Field]


@dataclass(frozen=True, slots=True)
class Table:
    """One canonical table."""

    name: str
    about: str
    label: Label
    fields: dict[str, Field] = field(hash=False)

    @property
    def schema(self) -> pl.Schema:
        """Return the Polars schema of the fields, without the place columns."""
        return pl.Schema({name: f.dtype for name, f in self.fields.items()})

    def __getitem__(self, name: str) -> Field:
        """Return the field called *name*."""
        try:
            return self.fields[name]
        except KeyError:
            known = tuple(self.fields)
            raise UnknownNameError(kind=N_("field"), name=name, known=known) from None


def read_table(path: Traversable) -> Table:
    """Return the table that a YAML file defines; its name is the name of the file."""
    from kirjaamo.settings import read_yaml

    facts = read_yaml(path, _TableFile)
    fields = {name: msgspec.structs.replace(f, name=name) for name, f in facts.fields.items()}
    return Table(path.name.removesuffix(".yaml"), facts.about, facts.label, fields)


@cache
def tables() -> dict[str, Table]:
    """Return every table of the record model by name."""
    folder = files(__name__).iterdir()
    found = sorted((p for p in folder if p.name.endswith(".yaml")), key=lambda p: p.name)
    return {table.name: table for table in map(read_table, found)}


def get(name: str) -> Table:
    """Return the table called *name*."""
    try:
        return tables()[name]
    except KeyError:
        raise UnknownNameError(kind=N_("table"), name=name, known=tuple(tables())) from None
