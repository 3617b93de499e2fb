"""Screening: what can be said of records before any document is built, as columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from kirjaamo import records
from kirjaamo.migration.reading import AIM, DAMAGED, STATUS, UNREADABLE, SourceRead, System
from kirjaamo.migration.reasons import BY_STATUS
from kirjaamo.records import ROW, SOURCE

KEY, REASON, TASK, UNIT, YEAR, DELIVERED, OPEN, AIMS = (
    "_key", "_reason", "_task", "_unit", "_year", "_delivered", "_open", "_aims",
)  # fmt: skip
"""What screening adds to a record: ``_open`` are its fields whose code is not approved, and
``_aims`` the lists that one of its own codes does not become yet, as ``field>list=answer``."""

SETTINGS = ("unit", "worker", "template")
"""Tables that move as they are: what the old system was set up with."""

KINDS = (*SETTINGS, "relationship", "matter", "decision", "entry")
"""Tables whose rows are moved, in this order."""

DAYS = {
    "relationship": ("start",),
    "matter": ("opened",),
    "decision": ("decided",),
    "entry": ("recorded_time", "event_time"),
}
"""Table to the fields whose year counts, the first that is filled."""

SERVICE_TASK = "service_task"

EARLIER = pl.Schema({"system": pl.String, "kind": pl.String, "source_key": pl.String})
"""Records that an earlier run has moved."""


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one table of one system, screened, in the order of the source.

    Attributes:
        system: Name of the system.
        kind: Name of the table.
        frame: Its rows and what screening found.
        tables: The other tables of the system.
    """

    system: str
    kind: str
    frame: pl.DataFrame
    tables: Mapping[str, pl.DataFrame]


def parts(
    systems: Sequence[System], left_out: Mapping[str, str], earlier: pl.DataFrame
) -> Iterator[Part]:
    """Yield what there is to move, screened.

    Args:
        systems: The systems as they were read.
        left_out: System to the reason for which nothing of it moves.
        earlier: What earlier runs have moved; see `EARLIER`.
    """
    for system in systems:
        for kind in KINDS:
            frame = system.tables.get(kind)
            if frame is not None:
                described = _described(frame, kind)
                gates = _gates(described, kind, system, left_out, earlier)
                reason = pl.coalesce(
                    *(pl.when(gate).then(pl.lit(code)) for code, gate in gates),
                    pl.lit(None, dtype=pl.String),
                )
                screened = described.with_columns(reason.alias(REASON))
                yield Part(system.name, kind, screened, system.tables)


def templates(folder: Path) -> list[System]:
    """Return the templates of a workspace as a system of their own, none when there are none."""
    import hashlib

    paths = sorted(p for p in folder.glob("*") if p.is_file()) if folder.is_dir() else []
    if not paths:
        return []
    texts = [path.read_bytes() for path in paths]
    sums = [hashlib.sha256(text).hexdigest() for text in texts]
    frame = pl.DataFrame(
        {
            "template_id": [path.name for path in paths],
            "text": [text.decode("utf-8", "replace") for text in texts],
            SOURCE: [path.name for path in paths],
            ROW: pl.Series([1] * len(paths), dtype=pl.UInt64),
            DAMAGED: [False] * len(paths),
            UNREADABLE: [
                "\N{REPLACEMENT CHARACTER}" in t.decode("utf-8", "replace") for t in texts
            ],
        }
    )
    read = tuple(
        SourceRead(path.name, "templates", digest, 1)
        for path, digest in zip(paths, sums, strict=True)
    )
    return [System("templates", {"template": frame}, read)]


def key_of(kind: str) -> str:
    """Return the key field of a table.

    >>> key_of("decision"), key_of("template")
    ('decision_id', 'template_id')
    """
    if kind == "template":
        return "template_id"
    return next(field.name for field in records.get(kind).fields.values() if field.key)


def _described(frame: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Return *frame* with key, service task, unit, year, delivery and open codes."""
    has = frame.columns
    days = [pl.col(name).dt.year() for name in DAYS.get(kind, ())]
    delivered = pl.col("delivered").is_not_null() if "delivered" in has else pl.lit(value=False)
    return frame.with_columns(
        pl.col(key_of(kind)).alias(KEY),
        (pl.col(SERVICE_TASK).fill_null("") if SERVICE_TASK in has else pl.lit("")).alias(TASK),
        (pl.col("unit").fill_null("") if "unit" in has else pl.lit("")).alias(UNIT),
        pl.coalesce(*days, pl.lit(0)).cast(pl.Int32).alias(YEAR),
        delivered.alias(DELIVERED),
        _not_approved(has, STATUS).alias(OPEN),
        _not_approved(has, AIM).alias(AIMS),
    )


def _not_approved(columns: Sequence[str], prefix: str) -> pl.Expr:
    """Return the answers of crosswalks that are not *approved*, each as ``name=answer``."""
    told = [
        pl.when(pl.col(name) != "approved").then(
            pl.lit(name.removeprefix(prefix) + "=") + pl.col(name)
        )
        for name in columns
        if name.startswith(prefix)
    ]
    every = pl.concat_list(told).list.drop_nulls() if told else pl.lit([])
    return every.cast(pl.List(pl.String))


Gate = tuple[str, pl.Expr]


def _gates(
    frame: pl.DataFrame,
    kind: str,
    system: System,
    left_out: Mapping[str, str],
    earlier: pl.DataFrame,
) -> Iterator[Gate]:
    """Yield the gates that records of a table meet, the first that closes first."""
    if system.name in left_out:
        yield left_out[system.name].replace("_", "-"), pl.lit(value=True)
    yield "damaged-row", pl.col(DAMAGED)
    yield "missing-key", pl.col(KEY).is_null()
    fields = [name for name in frame.columns if not name.startswith("_")]
    same = pl.struct(fields).hash()
    repeated = same.is_first_distinct().not_()
    yield "repeated-row", pl.col(KEY).is_not_null() & repeated
    known = earlier.filter(system=system.name, kind=kind)["source_key"]
    yield "moved-earlier", pl.col(KEY).is_in(known.implode())
    yield "duplicate-key", same.n_unique().over(KEY) > 1
    yield "unreadable-value", pl.col(UNREADABLE) | _of_client(frame, system)
    if kind not in SETTINGS:
        yield "no-client", _without_client(frame, system)
    yield from _service_task(frame, system)


def _of_client(frame: pl.DataFrame, system: System) -> pl.Expr:
    """Tell whether a value of the client cannot be read."""
    clients = system.tables.get("client")
    if clients is None or "client_id" not in frame.columns:
        return pl.lit(value=False)
    broken = clients.filter(UNREADABLE)["client_id"].drop_nulls()
    return pl.col("client_id").is_in(broken.implode()).fill_null(value=False)


def _without_client(frame: pl.DataFrame, system: System) -> pl.Expr:
    clients = system.tables.get("client")
    known = clients["client_id"].drop_nulls() if clients is not None else pl.Series([""])
    if "client_ids" in frame.columns:
        every = pl.col("client_ids").list
        missing = every.eval(~pl.element().is_in(known.implode())).list.any()
        return (missing | (every.len() == 0)).fill_null(value=True)
    return ~pl.col("client_id").is_in(known.implode()).fill_null(value=False)


def _service_task(frame: pl.DataFrame, system: System) -> Iterator[Gate]:
    """Yield the gates of the service task, which decides how long a record is kept."""
    del system
    answer = STATUS + SERVICE_TASK
    if answer not in frame.columns:
        return
    for status, code in BY_STATUS.items():
        yield _task_gate(code), pl.col(answer) == status


def _task_gate(code: str) -> str:
    """Say of a local task without row what is true of it: its number is not known."""
    return "no-known-number" if code == "not-mapped" else code
