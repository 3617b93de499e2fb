"""Signs of patient records in the client register: words, measures, professions, as data."""

from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated

import msgspec
import polars as pl

from kirjaamo.errors import SettingsError
from kirjaamo.messages import N_
from kirjaamo.records import ROW, SOURCE
from kirjaamo.settings import read_yaml
from kirjaamo.sources.tables import System

REGISTERS = (
    N_("client register of social care"),
    N_("patient register, made in social care"),
    N_("patient register of health care"),
)
"""Where a record may belong; a person decides."""

FIELDS = ("entry.text", "worker.position")
"""The fields in which signs are looked for."""

NO_FIELD = N_("a sign looks at a field that is none of entry.text and worker.position")
NO_PATTERN = N_("the pattern of a sign is no regular expression")


class Sign(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sign that an entry is a patient record.

    Attributes:
        id: Its name.
        field: Where it is looked for.
        pattern: Regular expression, without regard to case.
        points: How much it says.
    """

    id: Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9-]{0,39}$")]
    field: str
    pattern: str
    points: Annotated[int, msgspec.Meta(ge=1, le=100)] = 1


class Boundary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Signs, and the points from which a person looks at an entry."""

    points: Annotated[int, msgspec.Meta(ge=1)]
    signs: tuple[Sign, ...]


def read(path: Path | Traversable) -> Boundary:
    """Return the signs of a file.

    Raises:
        SettingsError: It is missing or broken, or a pattern cannot be used.
    """
    found = read_yaml(path, Boundary)
    reason = next(_wrong(found), "")
    if reason:
        raise SettingsError(file=path, reason=reason)
    return found


def _wrong(found: Boundary) -> Iterator[str]:
    for sign in found.signs:
        if sign.field not in FIELDS:
            yield NO_FIELD
        try:
            pl.Series([""]).str.contains(_pattern(sign))
        except pl.exceptions.ComputeError:
            yield NO_PATTERN


def _pattern(sign: Sign) -> str:
    return f"(?i){sign.pattern}"


def pointed(system: System, boundary: Boundary) -> pl.DataFrame:
    """Return ``_source``, ``_row``, points and the names of the signs of every entry.

    An entry without a text that can be read has no row.
    """
    entries = system.tables["entry"].filter(pl.col("text").is_not_null())
    if "author" not in entries.columns:
        entries = entries.with_columns(author=pl.lit(None, pl.String))
    rows = entries.join(_positions(system), on="author", how="left", maintain_order="left")
    column = {"entry.text": "text", "worker.position": "position"}
    shown = [pl.col(column[sign.field]).str.contains(_pattern(sign)) for sign in boundary.signs]
    hits = [one.fill_null(value=False) for one in shown]
    points = pl.sum_horizontal(
        hit.cast(pl.Int64) * sign.points for hit, sign in zip(hits, boundary.signs, strict=True)
    )
    told = [
        pl.when(hit).then(pl.lit(sign.id))
        for hit, sign in zip(hits, boundary.signs, strict=True)
    ]
    return rows.select(
        SOURCE, ROW, points=points,
        signs=pl.concat_str(told, separator=", ", ignore_nulls=True),
    )  # fmt: skip


def _positions(system: System) -> pl.DataFrame:
    """Return every worker once with the position."""
    rows = system.tables.get("worker")
    if rows is None or not {"worker_id", "position"} <= set(rows.columns):
        return pl.DataFrame(schema={"author": pl.String, "position": pl.String})
    once = rows.select(author="worker_id", position="position").drop_nulls()
    return once.unique("author", keep="first", maintain_order=True)
