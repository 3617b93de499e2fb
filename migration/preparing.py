"""Preparing a migration: what goes in, what it is made with, and how it is cut into batches."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec
import polars as pl

from kirjaamo.ledger.identity import root
from kirjaamo.mappings import load
from kirjaamo.migration.errors import SelectionError
from kirjaamo.migration.making import Work
from kirjaamo.migration.reading import SourceRead, systems
from kirjaamo.migration.recipe import recipe, sealed
from kirjaamo.migration.screening import (
    AIMS,
    DELIVERED,
    KEY,
    OPEN,
    REASON,
    SETTINGS,
    TASK,
    UNIT,
    YEAR,
    Part,
    parts,
    templates,
)
from kirjaamo.records import ROW, SOURCE
from kirjaamo.sources.formats import Source
from kirjaamo.sources.profile import Profile
from kirjaamo.workspace import Workspace

BATCH = 5000
"""Records of a batch: so many make waiting for the disk cheap."""

_SCREENED = [KEY, REASON, TASK, UNIT, YEAR, DELIVERED, OPEN, AIMS, SOURCE, ROW]
_WORDS = {"task": TASK, "unit": UNIT}


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the person asked for; part of the plan.

    Attributes:
        as_of: The day that counts as today for rules and codes.
        target: ``folder``, ``jsonl``, ``zip`` or a database URL without password.
        place: Folder of the target, when it is no database.
        stage: A test batch, or production.
        only: Selections such as ``system=A``; those of one word widen, of several narrow.
        limit: At most so many records of each table of each system; 0 for all.
        batch: Records of a batch.
    """

    as_of: dt.date
    target: str = "folder"
    place: str = ""
    stage: Literal["test", "production"] = "production"
    only: tuple[str, ...] = ()
    limit: Annotated[int, msgspec.Meta(ge=0)] = 0
    batch: Annotated[int, msgspec.Meta(ge=1)] = BATCH


@dataclass(frozen=True, slots=True)
class Prepared:
    """A migration that could start.

    Attributes:
        workspace: Its workspace.
        options: What was asked for.
        parts: What there is to move, screened and selected.
        profiles: The profiles of the sources.
        sources: What was read.
        recipe: What documents are made with: name to hash.
        earlier: Hash of what earlier runs have moved.
        left: Rows that the selection leaves out.
    """

    workspace: Workspace
    options: Options
    parts: tuple[Part, ...]
    profiles: tuple[Profile, ...]
    sources: tuple[SourceRead, ...]
    recipe: Mapping[str, str]
    earlier: str
    left: int

    @property
    def ingredients(self) -> dict[str, str]:
        """Return everything that decides the result: name to hash, sources included."""
        sources = {f"source {one.name}": one.sha256 for one in self.sources}
        return sources | {"records moved earlier": self.earlier, **self.recipe}

    @property
    def recipe_hash(self) -> str:
        """Return the hash of what documents are made with, whatever they are made of."""
        return sealed(sorted(self.recipe.items()))

    def batches(self) -> Iterator[Work]:
        """Yield the batches, each of one table of one system, in order."""
        number, first = 1, 1
        for part in self.parts:
            for start in range(0, part.frame.height, self.options.batch):
                slice_ = part.frame.slice(start, self.options.batch)
                yield _work(number, first, part, slice_)
                number += 1
                first += slice_.height


def prepare(
    workspace: Workspace, sources: Sequence[Source], options: Options, earlier: pl.DataFrame
) -> Prepared:
    """Read the sources and return what there is to move.

    Args:
        workspace: Its settings, mappings and code lists are used.
        sources: The exports with the profiles that explain them.
        options: What the person asked for.
        earlier: What earlier runs have moved.

    Raises:
        KirjaamoError: A source or a setting cannot be used.
    """
    root(workspace.settings.organisation.oid, workspace.settings.ledger.node)
    profiles = tuple({s.profile.system: s.profile for s in sources}.values())
    walks = load(workspace, profiles)
    read = [*systems(sources, walks), *templates(workspace.templates)]
    found = tuple(parts(read, workspace.settings.migration.left_out, earlier))
    chosen = tuple(_selected(part, options) for part in found)
    left = sum(p.frame.height for p in found) - sum(p.frame.height for p in chosen)
    told = tuple(one for system in read for one in system.sources)
    return Prepared(
        workspace, options, chosen, profiles, told, recipe(workspace, profiles, walks),
        sealed(sorted(earlier.rows())), left,
    )  # fmt: skip


def _selected(part: Part, options: Options) -> Part:
    """Return a part with only the records that were asked for."""
    wanted: dict[str, list[str]] = {}
    for text in options.only:
        word, _, value = text.partition("=")
        if word not in {"system", "kind", *_WORDS} or not value:
            raise SelectionError(text=text)
        wanted.setdefault(word, []).append(value)
    keep = pl.lit(value=True)
    for word, values in wanted.items():
        own = {"system": part.system, "kind": part.kind}.get(word)
        keep &= pl.lit(own in values) if own is not None else pl.col(_WORDS[word]).is_in(values)
    frame = part.frame.filter(keep)
    return Part(
        part.system,
        part.kind,
        frame.head(options.limit) if options.limit else frame,
        part.tables,
    )


def _work(number: int, first: int, part: Part, frame: pl.DataFrame) -> Work:
    """Return a batch with the rows of other tables that its records refer to, and no others."""
    screened = frame.select(_SCREENED)
    own = _plain(frame)
    if part.kind in SETTINGS:
        return Work(number, first, part.system, part.kind, {part.kind: own}, screened)
    tables = {part.kind: own}
    for name in ("matter", "relationship", "document", "worker", "client", "unit"):
        table = part.tables.get(name)
        if table is not None and name != part.kind:
            tables[name] = _plain(_needed(table, name, tables.values()))
    return Work(number, first, part.system, part.kind, tables, screened)


_REFERS = {
    "matter": ("matter_id",),
    "relationship": ("relationship_id",),
    "document": ("document_id",),
    "worker": ("decision_maker", "responsible_worker", "author"),
    "client": ("client_id", "client_ids"),
    "unit": ("unit",),
}
"""Table to the fields that refer to it."""


def _needed(table: pl.DataFrame, name: str, users: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return the rows of a table that any of the others refers to."""
    keys = [
        (frame[field].explode(empty_as_null=True) if field == "client_ids" else frame[field])
        for frame in users
        for field in _REFERS[name]
        if field in frame.columns
    ]
    every = pl.concat([pl.Series(dtype=pl.String), *(key.rename("") for key in keys)])
    return table.filter(pl.col(f"{name}_id").is_in(every.drop_nulls().unique().implode()))


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table without what reading and screening added."""
    return frame.select(name for name in frame.columns if not name.startswith("_"))
