"""What a client would see wrong in the citizens' service, from the exports.

Drafts, telephone numbers and identity codes in texts and stale relationships are judged by rules and
measures that exist elsewhere; `Judged` brings their places in.  Here stands what is about the
belonging together of document, matter, client, register and persons.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from kirjaamo.archive.readiness.naming import Owner, naming_others
from kirjaamo.messages import N_
from kirjaamo.records import ROW, SOURCE
from kirjaamo.sources.tables import System

CHECKS: Final = {
    "orphan-matter": N_("document without a matter, or of a matter that is not there"),
    "orphan-client": N_("document without a client, or of a client who is not there"),
    "other-client": N_("document of a client who is no party of its matter"),
    "other-task": N_("document whose service task is not that of its matter"),
    "wrong-register": N_("document made by a unit of another controller"),
    "third-party-name": N_("name of another client in the text"),
    "third-party-data": N_("identity code or telephone number in the text"),
    "open-draft": N_("draft that was never finished"),
    "stale-relationship": N_("open client relationship without events"),
    "dead-client": N_("open relationship of a client who has died"),
}
"""Every check: its short name, and what it finds."""

ADVICE: Final = {
    "orphan-matter": N_(
        "Join the document to its matter; the client finds documents by matters."
    ),
    "orphan-client": N_(
        "Find out whose document it is; it cannot be shown or stored otherwise."
    ),
    "other-client": N_(
        "Correct the matter or its parties: another person could see the document."
    ),
    "other-task": N_("Correct the service task of the document or of the matter."),
    "wrong-register": N_(
        "Find out whose register the document belongs to before it is stored."
    ),
    "third-party-name": N_("Record what concerns others in their own documents, or mark it."),
    "third-party-data": N_(
        "Move contacts to their fields; leave out what concerns other people."
    ),
    "open-draft": N_("Finish the draft, or remove it if it was made by mistake."),
    "stale-relationship": N_("End the relationship if the service has ended."),
    "dead-client": N_("End the relationship on the day of death."),
}
"""What to do about each."""

FOUND: Final = {"system": pl.String, "check": pl.String, "table": pl.String,
                SOURCE: pl.String, ROW: pl.UInt64}  # fmt: skip
LEFT: Final = {"system": pl.String, "check": pl.String, "reason": pl.String}

NO_FIELD = N_("the export does not have what tells it")
NO_CONTROLLER = N_("kirjaamo.toml names no controller")

_CLIENTS = {"document": "client_ids", "decision": "client_id", "entry": "client_id"}
_AUTHORS = {"document": "author", "decision": "decision_maker", "entry": "author"}
_TEXTS = {"decision": ("text", "reasons"), "entry": ("text",)}


@dataclass(frozen=True, slots=True)
class Judged:
    """Places that rules and measures found, and where they could not look.

    Attributes:
        found: Columns of `FOUND`.
        left: Columns of `LEFT`.
    """

    found: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=FOUND))
    left: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=LEFT))


def look(
    systems: Sequence[System],
    own: str,
    names: Callable[[Iterable[str]], Owner],
    judged: Judged,
) -> Judged:
    """Return every place with something that a client would see wrong, by check.

    Args:
        systems: Canonical tables by system.
        own: OID of the controller; empty when no workspace tells it.
        names: Makes of the names of persons what knows their forms.
        judged: What rules and measures found.
    """
    found, left = [judged.found], [judged.left]
    for system in systems:
        for name, table, rows in _checks(system, own, names):
            if rows is None:
                reason = NO_CONTROLLER if name == "wrong-register" and not own else NO_FIELD
                left.append(pl.DataFrame([(system.name, name, reason)], LEFT, orient="row"))
            else:
                found.append(_places(system.name, name, table, rows))
    order = pl.Enum(list(CHECKS))
    every = pl.concat(found).unique(maintain_order=True)
    return Judged(
        every.sort(pl.col("check").cast(order), "system", "table", SOURCE, ROW),
        pl.concat(left).unique(maintain_order=True).sort(pl.col("check").cast(order), "system"),
    )


def _places(system: str, name: str, table: str, rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        pl.lit(system).alias("system"), pl.lit(name).alias("check"), pl.lit(table).alias("table"),
        SOURCE, pl.col(ROW).cast(pl.UInt64),
    )  # fmt: skip


def _checks(
    system: System, own: str, names: Callable[[Iterable[str]], Owner]
) -> Iterator[tuple[str, str, pl.DataFrame | None]]:
    """Yield check, table and the rows that break it; None where it cannot be looked at."""
    for table, whose in _CLIENTS.items():
        frame = system.tables.get(table)
        if frame is None:
            continue
        rows = _documents(frame, whose, _AUTHORS[table])
        matters, clients = system.tables.get("matter"), system.tables.get("client")
        yield "orphan-matter", table, _orphans(rows, "matter_id", matters)
        yield "orphan-client", table, _clientless(rows, clients)
        yield "other-client", table, _of_others(rows, matters)
        yield "other-task", table, _of_other_task(rows, matters)
        yield "wrong-register", table, _of_other_register(rows, system, own)
        if table in _TEXTS:
            yield "third-party-name", table, naming_others(rows, system, names, _TEXTS[table])


def _documents(frame: pl.DataFrame, whose: str, author: str) -> pl.DataFrame:
    """Return a table of documents with ``_clients`` (a list) and ``_author``, null without any."""
    one = pl.col(whose) if whose in frame.columns else pl.lit(None, pl.String)
    listed = one if whose == "client_ids" else pl.concat_list(one)
    known = (
        listed.list.drop_nulls() if whose in frame.columns else pl.lit(None, pl.List(pl.String))
    )
    by = pl.col(author) if author in frame.columns else pl.lit(None, pl.String)
    return frame.with_columns(known.alias("_clients"), by.alias("_author"))


def _orphans(rows: pl.DataFrame, key: str, others: pl.DataFrame | None) -> pl.DataFrame | None:
    if key not in rows.columns or others is None or key not in others.columns:
        return None
    return rows.filter(pl.col(key).is_null() | ~pl.col(key).is_in(others[key].implode()))


def _clientless(rows: pl.DataFrame, clients: pl.DataFrame | None) -> pl.DataFrame | None:
    if (
        clients is None
        or "client_id" not in clients.columns
        or rows["_clients"].is_null().all()
    ):
        return None if rows.height else rows
    known = clients["client_id"].drop_nulls().unique().to_list()
    strange = pl.col("_clients").list.set_difference(known).list.len() > 0
    none = pl.col("_clients").list.len().fill_null(0) == 0
    return rows.filter(none | strange)


def _with_matter(
    rows: pl.DataFrame, matters: pl.DataFrame | None, field: str
) -> pl.DataFrame | None:
    """Return the rows beside a field of their matter, as ``_of_matter``."""
    if matters is None or not {"matter_id", field} <= set(matters.columns):
        return None
    if "matter_id" not in rows.columns:
        return None
    beside = matters.select("matter_id", pl.col(field).alias("_of_matter"))
    once = beside.drop_nulls("matter_id").unique("matter_id", keep="first", maintain_order=True)
    return rows.join(once, on="matter_id", how="inner", maintain_order="left")


def _of_others(rows: pl.DataFrame, matters: pl.DataFrame | None) -> pl.DataFrame | None:
    joined = _with_matter(rows, matters, "client_ids")
    if joined is None:
        return None
    parties = pl.col("_of_matter").list.len() > 0
    strange = pl.col("_clients").list.set_difference("_of_matter").list.len() > 0
    return joined.filter((parties & strange).fill_null(value=False))


def _of_other_task(rows: pl.DataFrame, matters: pl.DataFrame | None) -> pl.DataFrame | None:
    joined = _with_matter(rows, matters, "service_task")
    if joined is None or "service_task" not in rows.columns:
        return None
    return joined.filter(
        (pl.col("service_task") != pl.col("_of_matter")).fill_null(value=False)
    )


def _of_other_register(rows: pl.DataFrame, system: System, own: str) -> pl.DataFrame | None:
    units = system.tables.get("unit")
    if not own or units is None or not {"unit_id", "controller"} <= set(units.columns):
        return None
    found = rows if "unit" in rows.columns else _at_units(rows, system)
    if found is None:
        return None
    beside = units.select(unit="unit_id", _controller="controller").drop_nulls()
    once = beside.unique("unit", keep="first", maintain_order=True)
    joined = found.join(once, on="unit", how="inner", maintain_order="left")
    return joined.filter(pl.col("_controller") != own)


def _at_units(rows: pl.DataFrame, system: System) -> pl.DataFrame | None:
    """Return the rows with the unit of their author."""
    workers = system.tables.get("worker")
    if workers is None or not {"worker_id", "unit"} <= set(workers.columns):
        return None
    beside = workers.select(_author="worker_id", unit="unit").drop_nulls()
    once = beside.unique("_author", keep="first", maintain_order=True)
    return rows.join(once, on="_author", how="inner", maintain_order="left")


def counted(judged: Judged, records: int) -> pl.DataFrame:
    """Return a row for each check: what it finds, how often, in per mille of *records*, where not.

    Returns:
        ``check``, ``count``, ``share`` (of the records that were looked at) and ``left`` (systems
        in which it could not be looked at).
    """
    times = dict(judged.found.group_by("check").len().iter_rows())
    places = judged.left.unique(["check", "system"], maintain_order=True)
    left = {name: places.filter(pl.col("check") == name)["system"].to_list() for name in CHECKS}
    rows = [
        (name, times.get(name, 0), times.get(name, 0) / records if records else 0.0,
         ", ".join(left[name]))
        for name in CHECKS
    ]  # fmt: skip
    schema = {"check": pl.String, "count": pl.Int64, "share": pl.Float64, "left": pl.String}
    return pl.DataFrame(rows, schema, orient="row")
