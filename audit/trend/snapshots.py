"""Snapshots: the counts of an audit, kept in the ledger under a name."""

import datetime as dt

import sqlalchemy as sa

from kirjaamo.audit.scores.counting import Scores
from kirjaamo.audit.trend.errors import NothingMeasuredError, SnapshotExistsError
from kirjaamo.audit.trend.score_files import FORM, Count, ScoreFile, digest, made
from kirjaamo.audit.trend.tables import SCORE, SNAPSHOT
from kirjaamo.errors import UnknownNameError
from kirjaamo.ledger import Ledger
from kirjaamo.messages import N_

EVENT = "audit-snapshot"


def keep(ledger: Ledger, scores: Scores, name: str) -> ScoreFile:
    """Keep the scores as the snapshot *name* and tell the audit trail.

    Raises:
        SnapshotExistsError: Another snapshot has the name.
        NothingMeasuredError: There are no scores.
    """
    if scores.table.is_empty():
        raise NothingMeasuredError
    file = made(scores, name, units=True)
    with ledger.transaction() as connection:
        known = list(connection.execute(sa.select(SNAPSHOT.c.number, SNAPSHOT.c.name)))
        if name in {row.name for row in known}:
            raise SnapshotExistsError(name=name)
        number = max((row.number for row in known), default=0) + 1
        row = {
            "number": number, "name": name, "as_of": file.as_of.isoformat(), "at": ledger.now(),
            "who": ledger.who, "rows": file.rows, "sha256": digest(file),
        }  # fmt: skip
        connection.execute(sa.insert(SNAPSHOT), row)
        connection.execute(sa.insert(SCORE), [_row(number, one) for one in file.counts])
        ledger.note(connection, EVENT, {"number": number, "sha256": row["sha256"]})
    return file


def _row(number: int, one: Count) -> dict[str, object]:
    return {
        "snapshot": number, "measure": one.measure, "grouping": one.by, "group_name": one.group,
        "definition": one.definition, "judged": one.judged, "flawed": one.flawed,
    }  # fmt: skip


def names(ledger: Ledger, prefix: str = "") -> list[str]:
    """Return the names of the snapshots, oldest first.

    Args:
        ledger: The ledger.
        prefix: How names begin; without one, the audit's own, which have no slash.
    """
    found = ledger.rows(sa.select(SNAPSHOT.c.name).order_by(SNAPSHOT.c.number))
    every = [row["name"] for row in found]
    return [name for name in every if (name.startswith(prefix) if prefix else "/" not in name)]


def get(ledger: Ledger, name: str) -> ScoreFile:
    """Return the snapshot called *name*.

    Raises:
        UnknownNameError: There is none.
    """
    found = ledger.rows(sa.select(SNAPSHOT).where(SNAPSHOT.c.name == name))
    if not found:
        known = tuple(names(ledger))
        raise UnknownNameError(kind=N_("snapshot"), name=name, known=known)
    head = found[0]
    rows = ledger.rows(sa.select(SCORE).where(SCORE.c.snapshot == head["number"]))
    counts = [
        Count(row["measure"], row["definition"], row["grouping"], row["group_name"], row["judged"], row["flawed"])
        for row in rows
    ]  # fmt: skip
    ordered = sorted(counts, key=lambda one: (one.measure, one.by, one.group))
    return ScoreFile(
        FORM, name, dt.date.fromisoformat(head["as_of"]), head["rows"], tuple(ordered)
    )
