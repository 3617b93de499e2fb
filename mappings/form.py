"""Crosswalks as YAML: one file per crosswalk, and the one way to write it.

The same rows always give the same bytes, whatever order they came in, so that a file can be
compared, signed and hashed.
"""

import datetime as dt
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import polars as pl

from kirjaamo.classifications.oid import same_list
from kirjaamo.mappings import consistency
from kirjaamo.mappings.crosswalk import CONTENT, SCHEMA, Crosswalk
from kirjaamo.mappings.errors import refuse
from kirjaamo.settings import read_yaml

_Text = Annotated[str, msgspec.Meta(min_length=1)]


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row as it stands in a file; see `kirjaamo.mappings.crosswalk.SCHEMA`."""

    old: _Text
    status: Literal["proposed", "approved", "rejected"]
    new: _Text | None = None
    new_name: str = ""
    unit: _Text | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    confidence: Literal["confirmed", "secondary", "uncertain"] = "uncertain"
    owner: str = ""
    reason: str = ""
    evidence: str = ""


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A crosswalk as it stands in a file."""

    source: _Text
    target: _Text
    rows: tuple[Row, ...] = ()
    note: str = ""


def read(path: Path | Traversable, origin: str) -> Crosswalk:
    """Return the crosswalk of a YAML file; *origin* says whose it is.

    Raises:
        SettingsError: Broken YAML, an unknown key or a wrong type.
        CrosswalkError: Rows that contradict each other, named by their number in the file.
    """
    found = read_yaml(path, File)
    facts = [{**msgspec.structs.asdict(row), "origin": origin} for row in found.rows]
    rows = pl.DataFrame(facts, schema=SCHEMA)
    circular = same_list(found.source, found.target)
    refuse(path, consistency.problems(rows, same_list=circular))
    name = path.name.removesuffix(".yaml")
    return Crosswalk(name, found.source, found.target, rows, found.note)


def canonical(crosswalk: Crosswalk) -> bytes:
    """Return the canonical bytes of a crosswalk: YAML, rows in order, every text quoted."""
    head = {"source": crosswalk.source, "target": crosswalk.target, "note": crosswalk.note}
    lines = [f"{key}: {scalar(value)}" for key, value in head.items() if value]
    lines.append("rows:" if crosswalk.rows.height else "rows: []")
    for row in crosswalk.rows.select(CONTENT).iter_rows(named=True):
        facts = [f"{key}: {scalar(v)}" for key, v in row.items() if v or key == "new"]
        lines += [f"  - {facts[0]}", *(f"    {fact}" for fact in facts[1:])]
    return ("\n".join(lines) + "\n").encode()


def scalar(value: "str | bool | dt.date | None") -> str:
    """Return a value as YAML; texts in quotes, so that 049 and no stay texts.

    >>> print(scalar("049"), scalar(None), scalar(dt.date(2024, 1, 1)))
    "049" null 2024-01-01
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    return '"' + "".join(map(_escaped, value)) + '"'


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    return letter if letter.isprintable() else f"\\U{ord(letter):08X}"
