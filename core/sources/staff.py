"""Workers of several sources: what a staff list tells of the workers of other systems.

Nobody guesses that two ids mean one person: the profile of the list says in ``workers_of`` in
whose records its ids stand for the same people.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import polars as pl

from kirjaamo import records
from kirjaamo.sources.profile import Profile

TABLE: Final = "worker"
KEY: Final = "worker_id"

Tables = Mapping[str, pl.DataFrame]
"""Canonical table to its rows."""


def completed(systems: Mapping[str, Tables], profiles: Sequence[Profile]) -> dict[str, Tables]:
    """Return the tables of every system, its workers completed from the lists about them.

    What the own row of a worker tells stays, and a list adds what it lacks.  Not added are
    references, such as the unit, which are ids of the list's own system, and days: an empty last
    day tells that somebody is still employed.  Where lists differ about a worker they tell
    nothing.

    Args:
        systems: Name of a system to its tables.
        profiles: The profiles with which they were read.
    """
    lists = _lists(systems, profiles)
    return {
        name: {**tables, TABLE: _filled(tables[TABLE], lists[name])}
        if name in lists and TABLE in tables else tables
        for name, tables in systems.items()
    }  # fmt: skip


def extended(systems: Mapping[str, Tables], profiles: Sequence[Profile]) -> dict[str, Tables]:
    """Return what `completed` does, and after them the workers whom only the lists know."""
    lists = _lists(systems, profiles)
    return {
        name: {**tables, TABLE: _with_others(tables.get(TABLE), lists[name])}
        if name in lists else tables
        for name, tables in completed(systems, profiles).items()
    }  # fmt: skip


def _lists(
    systems: Mapping[str, Tables], profiles: Iterable[Profile]
) -> dict[str, pl.DataFrame]:
    """Return the name of a system to what the lists about its workers agree on."""
    found: dict[str, list[pl.DataFrame]] = {}
    for one in {one.system: one for one in profiles}.values():
        frame = systems.get(one.system, {}).get(TABLE)
        if frame is not None:
            for name in one.workers_of:
                found.setdefault(name, []).append(frame)
    return {name: _agreed(frames) for name, frames in found.items()}


def _agreed(lists: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return a row for each worker: every field on which the rows of the lists agree."""
    every = pl.concat(lists, how="diagonal")
    told = [
        pl.col(name).drop_nulls()
        for name, one in records.get(TABLE).fields.items()
        if name in every.columns and name != KEY and not one.references
    ]
    agreed = [pl.when(one.n_unique() == 1).then(one.first()) for one in told]
    return every.drop_nulls(KEY).group_by(KEY, maintain_order=True).agg(agreed)


def _filled(own: pl.DataFrame, listed: pl.DataFrame) -> pl.DataFrame:
    """Return the workers of a system with what they lack."""
    beside = own.select(KEY).join(listed, on=KEY, how="left", maintain_order="left")
    told = [
        pl.coalesce(own[name], beside[name]) if name in own.columns else beside[name]
        for name, kind in listed.schema.items()
        if name != KEY and kind != pl.Date
    ]
    return own.with_columns(told)


def _with_others(own: pl.DataFrame | None, listed: pl.DataFrame) -> pl.DataFrame:
    """Return the workers of a system, then those whom only the lists know."""
    if own is None:
        return listed
    others = listed.join(own, on=KEY, how="anti", maintain_order="left")
    return pl.concat([own, others], how="diagonal")
