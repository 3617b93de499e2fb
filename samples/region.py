"""The region: canonical tables of its systems, and the damage that their exports get."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from random import Random
from typing import TYPE_CHECKING

from kirjaamo.errors import UnknownNameError
from kirjaamo.messages import N_
from kirjaamo.samples import cases, people, staff, world
from kirjaamo.samples.defects import ALL, Change, Injector, plan
from kirjaamo.samples.people import AS_OF, Row
from kirjaamo.samples.recorder import Recorder
from kirjaamo.sources import profile

if TYPE_CHECKING:
    import polars as pl

SYSTEMS = ("A", "B", "C")
"""The three old systems; each has a third of the clients."""


@dataclass(frozen=True, slots=True)
class System:
    """One old system.

    Attributes:
        name: Its letter.
        profile: How its export becomes canonical tables.
        rows: Canonical table to rows, without damage.
        changes: The damage that the export gets.
    """

    name: str
    profile: profile.Profile
    rows: dict[str, list[Row]]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A synthetic region; the same numbers give the same region."""

    clients: int
    seed: int
    defects: float
    systems: dict[str, System]

    def tables(self, system: str) -> dict[str, "pl.DataFrame"]:
        """Return what *system* recorded, without damage, as canonical tables.

        Fields that the system cannot record and local codes without mapping are null.
        """
        import polars as pl

        from kirjaamo import records

        of = self.systems[system]
        return {
            name: pl.DataFrame(
                recorded(of.profile, name, of.rows[name]), schema=records.get(name).schema
            )
            for name in fields(of.profile)
        }


def recorded(of: profile.Profile, table: str, rows: list[Row]) -> list[Row]:
    """Return rows as a reader of the export gets them: local codes without mapping are null."""
    maps = [part.tables[table] for part in of.parts if table in part.tables]
    coded = {f: set(m.column(f).values.values()) for m in maps for f in m.fields}
    return [
        {f: None if known and row[f] not in known else row[f] for f, known in coded.items()}
        for row in rows
    ]


def fields(of: profile.Profile) -> dict[str, list[str]]:
    """Return canonical table to the fields that a profile maps."""
    return {name: list(t.fields) for part in of.parts for name, t in part.tables.items()}


def generate(
    clients: int,
    seed: int,
    defects: float,
    systems: Sequence[str] = SYSTEMS,
    kinds: tuple[Injector, ...] = ALL,
) -> Region:
    """Return a region of *clients* clients.

    Args:
        clients: Clients of all three systems together.
        seed: Where chance begins.
        defects: Share of rows whose export is damaged on purpose, 0 to 1.
        systems: The systems that are needed; each is the same whether alone or not.
        kinds: The kinds of damage.

    Raises:
        UnknownNameError: A system that does not exist.
    """
    made = {name: _system(name, clients, seed, defects, kinds) for name in systems}
    return Region(clients, seed, defects, made)


NOT_SERVED = 21
"""Remainder by 50 of a client who is known but not served; the next one gets the decisions."""


def _system(
    name: str, clients: int, seed: int, defects: float, kinds: tuple[Injector, ...]
) -> System:
    if name not in SYSTEMS:
        raise UnknownNameError(kind=N_("system"), name=name, known=SYSTEMS)
    path = files("kirjaamo.samples") / "profiles" / f"{name.lower()}.yaml"
    of = profile.read(path)
    count = len(range(SYSTEMS.index(name), clients, len(SYSTEMS)))
    rows = _rows(name, count, Random(f"{seed} {name} records"))  # noqa: S311 - a sample, no secret
    chance = Random(f"{seed} {name} defects")  # noqa: S311 - a sample, no secret
    return System(name, of, rows, plan(name, rows, fields(of), defects, chance, kinds))


def _rows(name: str, count: int, rng: Random) -> dict[str, list[Row]]:
    data = world.read()
    to = Recorder(data, name, rng)
    to.rows["unit"] += staff.units(data, name)
    to.rows["worker"] += staff.workers(rng, data, name, to.rows["unit"])
    codes = [task.code(name) for task in data.services.tasks.values()]
    to.rows["access_right"] += staff.rights(rng, to.rows["worker"], codes)
    used: set[int] = set()
    for number in range(count):
        _client(to, number, used)
    return _named_in_decisions(to.rows) if name == "A" else to.rows


def _client(to: Recorder, number: int, used: set[int]) -> None:
    """Write one client and everything that is recorded of the client."""
    place = number % 50 if to.system != "A" else None
    extra = people.DECISIONS[NOT_SERVED % 10] if place == NOT_SERVED + 1 else 0
    span = people.life(to.rng, number, extra)
    client = people.client(to.rng, to.world, to.system, number, span, used)
    to.rows["client"].append(client)
    if place == NOT_SERVED:
        client["death_date"] = None
        return
    cases.record(to, client, span, number)
    if number % 20 == 1:
        to.rows["disclosure"].append(_prohibition(to, client, span.first))


def _prohibition(to: Recorder, client: Row, day: dt.date) -> Row:
    return {
        "client_id": client["client_id"],
        "scope": to.rng.choice(to.world.texts.scopes),
        "controller": to.rows["unit"][0]["controller"],
        "service_task": to.rows["relationship"][-1]["service_task"],
        "document_id": None,
        "given": day + dt.timedelta(20),
        "withdrawn": None,
    }


def _named_in_decisions(rows: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Return rows as a register of decisions knows them: who decided, and where.

    Its entries are written by the maker of the decision of the same matter.
    """
    makers = {row["decision_maker"] for row in rows["decision"]}
    units = {row["unit"] for row in rows["decision"]}
    workers = [row for row in rows["worker"] if row["worker_id"] in makers]
    for row in rows["entry"]:
        day = row["event_time"].date()
        if row["author"] not in makers:
            present = (w for w in workers if staff.covers(w, day, day + dt.timedelta(60)))
            row["author"] = next((w["worker_id"] for w in present), None)
    kept = [row for row in rows["unit"] if row["unit_id"] in units]
    return rows | {"worker": workers, "unit": kept}


__all__ = ["AS_OF", "SYSTEMS", "Region", "System", "fields", "generate"]
