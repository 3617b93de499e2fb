"""Cases from canonical tables: one old record and what belongs to it.

The tables that a case may have are a closed set, see `TABLES`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import polars as pl

from kirjaamo import records
from kirjaamo.mappings.recordmaps.model import Case, Of
from kirjaamo.workspace import Settings

Row = dict[str, Any]
Identity = Callable[[str, str], str]
"""Gives the new identifier of an old key of a table."""

IDS = ("document", "relationship", "matter")
"""What the table ``ids`` of a case holds: OIDs that the migration gives."""

ORGANISATION = ("name", "business_id", "oid", "controller", "signature")
"""The plain fields of the table ``organisation``; the groups of settings stand beside them."""

WORKERS = ("decision_maker", "responsible_worker", "author")
"""Tables of a case that are rows of the table ``worker``."""

KEYS = {
    "decision": {"client": "client_id", "relationship": "relationship_id", "matter": "matter_id",
                 "document": "document_id", "decision_maker": "decision_maker", "unit": "unit"},
    "relationship": {"client": "client_id", "responsible_worker": "responsible_worker",
                     "unit": "unit"},
    "matter": {"relationship": "relationship_id"},
    "entry": {"client": "client_id", "matter": "matter_id", "author": "author"},
}  # fmt: skip
"""Table of a case to the field that refers to its row, by the table of the map."""


def _fields(table: str) -> frozenset[str]:
    return frozenset(records.get(table).fields)


def known_fields() -> Mapping[str, frozenset[str]]:
    """Return the fields that a map may read, by table of the case."""
    plain = ("decision", "relationship", "matter", "entry", "document", "unit")
    found = {name: _fields(name) for name in plain}
    found |= {name: _fields("worker") for name in WORKERS}
    return found | {
        "client": _fields("client") | {"joined"},
        "ids": frozenset(IDS),
        "organisation": frozenset(ORGANISATION),
        "source": frozenset({"system"}),
    }


def organisation(settings: Settings) -> Row:
    """Return the table ``organisation`` of every case: whose records, and ``[migration]``."""
    import msgspec

    own, migration = settings.organisation, settings.migration
    return {
        "name": own.name,
        "business_id": own.business_id,
        "oid": own.oid,
        "controller": own.controller,
        **msgspec.to_builtins(migration),
    }


def cases(
    of: Of,
    tables: Mapping[str, pl.DataFrame],
    *,
    system: str,
    organisation: Row,
    identity: Identity | None = None,
) -> Iterator[Case]:
    """Yield the cases of a table, in its order.

    Args:
        of: The table: decision, relationship, matter or entry.
        tables: Canonical tables of one system, its service tasks already national.
        system: Name of the system.
        organisation: What `organisation` gives.
        identity: Gives the new identifiers; without it the table ``ids`` is empty.
    """
    rows = {name: _by_key(tables, name) for name in ("client", "worker", "unit", "matter",
                                                      "relationship", "document")}  # fmt: skip
    for old in tables[of].iter_rows(named=True):
        case: dict[str, Any] = {of: old, "organisation": organisation}
        case["source"] = {"system": system}
        for name, field in KEYS[of].items():
            table = "worker" if name in WORKERS else name
            case[name] = rows[table].get(old[field])
        if of == "matter":
            case["clients"] = _clients(old, rows["client"])
        if of == "entry":
            case["unit"] = rows["unit"].get((case["author"] or {}).get("unit"))
        case["ids"] = _ids(of, old, identity)
        yield case


def _by_key(tables: Mapping[str, pl.DataFrame], name: str) -> dict[str | None, Row]:
    frame = tables.get(name)
    if frame is None:
        return {}
    key = next(field.name for field in records.get(name).fields.values() if field.key)
    return {row[key]: row for row in frame.iter_rows(named=True) if row[key] is not None}


def _clients(matter: Row, clients: Mapping[str | None, Row]) -> list[Row]:
    """Return the clients of a matter, each with its own day of joining."""
    ids = matter["client_ids"] or []
    days = matter.get("joined") or []
    joined = days if len(days) == len(ids) else [None] * len(ids)
    return [
        {**clients.get(key, {}), "joined": day} for key, day in zip(ids, joined, strict=True)
    ]


def _ids(of: Of, old: Row, identity: Identity | None) -> Row:
    """Return the new identifiers of the record and of what it belongs to."""
    if identity is None:
        return {}
    keys = {"document": old[f"{of}_id"], **{name: old.get(f"{name}_id") for name in IDS[1:]}}
    return {
        name: identity(of if name == "document" else name, key)
        for name, key in keys.items()
        if key is not None
    }
