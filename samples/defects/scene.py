"""What an injector may look at: a sound row among the other sound rows of its system."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import Any

from kirjaamo.samples.people import Row

Cell = tuple[str, int, str]
"""Canonical table, number of the row from 0, and field."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What becomes of a row.

    Attributes:
        values: Field to what stands in the export: a typed value, or text as it is written.
        beside: Another row that the rule reports for the same reason.
        beside_values: What becomes of that row.
    """

    values: Mapping[str, object]
    beside: Row | None = None
    beside_values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Scene:
    """One system: its sound rows and the ways from one to another."""

    system: str
    rows: dict[str, list[Row]]
    rng: Random
    _by_id: dict[str, dict[str, Row]] = field(default_factory=dict)

    def find(self, table: str, identifier: object) -> Row:
        """Return the row of *table* with an identifier."""
        if table not in self._by_id:
            self._by_id[table] = {row[f"{table}_id"]: row for row in self.rows[table]}
        return self._by_id[table][str(identifier)]

    def client(self, row: Row) -> Row:
        """Return the client of a row."""
        return self.find("client", row.get("client_id") or row["client_ids"][0])

    def relationship(self, row: Row) -> Row:
        """Return the relationship that a row names."""
        return self.find("relationship", row["relationship_id"])

    @cached_property
    def positions(self) -> dict[int, tuple[str, int]]:
        """Return the table and number of every row, by the identity of the object."""
        return {id(row): (t, n) for t, rows in self.rows.items() for n, row in enumerate(rows)}

    @cached_property
    def codes(self) -> set[str]:
        """Return every identity code of the system, sound or already damaged."""
        return {row["identity_code"] for row in self.rows["client"] if row["identity_code"]}

    @cached_property
    def decisions(self) -> dict[str, list[Row]]:
        """Return the decisions of every relationship, in the order of time."""
        return self._grouped("decision", "relationship_id")

    @cached_property
    def relationships(self) -> dict[str, list[Row]]:
        """Return the relationships of every client, in the order of writing."""
        return self._grouped("relationship", "client_id")

    @cached_property
    def last_event(self) -> dict[str, dt.date]:
        """Return the last day on which something happened in every relationship."""
        found = {row["relationship_id"]: row["start"] for row in self.rows["relationship"]}
        for row in self.rows["decision"]:
            key = row["relationship_id"]
            found[key] = max(found[key], row["decided"])
        for row in self.rows["entry"]:
            key = self.find("matter", row["matter_id"])["relationship_id"]
            found[key] = max(found[key], row["event_time"].date())
        return found

    @cached_property
    def _by_birth(self) -> tuple[list[Row], dict[str, int]]:
        ordered = sorted(self.rows["client"], key=lambda row: row["birth_date"])
        return ordered, {row["client_id"]: place for place, row in enumerate(ordered)}

    def of_same_age(self, client: Row, days: int = 60) -> Row | None:
        """Return a client with an identity code who was born within *days* days of *client*."""
        ordered, places = self._by_birth
        for step in (1, -1):
            place = places[client["client_id"]] + step
            if 0 <= place < len(ordered) and ordered[place]["identity_code"]:
                near = abs((ordered[place]["birth_date"] - client["birth_date"]).days) <= days
                if near:
                    return ordered[place]
        return None

    def _grouped(self, table: str, key: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.rows[table]:
            found.setdefault(row[key], []).append(row)
        return found

    def candidates(self, table: str) -> Iterator[Row]:
        """Yield the rows of a table, each once, as if shuffled."""
        rows = self.rows[table]
        step = 7919 if len(rows) % 7919 else 1  # a prime: every row is met once
        start = self.rng.randrange(len(rows)) if rows else 0
        for number in range(len(rows)):
            yield rows[(start + number * step) % len(rows)]


def clients_of(row: Row) -> tuple[str, ...]:
    """Return the clients whom a row concerns."""
    shared: list[str] | None = row.get("client_ids")
    alone: Any = row.get("client_id")
    return tuple(shared) if shared else (alone,) if alone else ()


__all__ = ["Cell", "Damage", "Random", "Row", "Scene", "clients_of"]
