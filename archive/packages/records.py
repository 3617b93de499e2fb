"""What the ledger tells of documents and packages."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

import polars as pl
import sqlalchemy as sa

from kirjaamo.archive.packages.errors import UnknownPackageError
from kirjaamo.archive.packages.tables import DOCUMENT, PACKAGE, STEP
from kirjaamo.ledger import Ledger
from kirjaamo.messages import N_

_ASKED = 500
"""Identifiers asked for at once; databases limit the parameters of a statement."""

SCHEMA: Final = pl.Schema(
    {
        "number": pl.Int64,
        "name": pl.String,
        "state": pl.String,
        "documents": pl.Int64,
        "bytes": pl.Int64,
        "sha256": pl.String,
    }
)


class State(StrEnum):
    """How far a document or package has come."""

    SURVEYED = "surveyed"
    COMPLETE = "complete"
    PACKED = "packed"
    TESTED = "tested"
    TRANSFERRED = "transferred"
    ACCEPTED = "accepted"
    REFUSED = "refused"


NAMES: Final[Mapping[State, str]] = {
    State.SURVEYED: N_("surveyed"),
    State.COMPLETE: N_("complete"),
    State.PACKED: N_("packed"),
    State.TESTED: N_("tested"),
    State.TRANSFERRED: N_("transferred"),
    State.ACCEPTED: N_("accepted"),
    State.REFUSED: N_("refused"),
}
"""What a person calls each state; keys of the catalogue."""


def package(ledger: Ledger, name: str) -> dict[str, Any]:
    """Return the row of a package.

    Raises:
        UnknownPackageError: There is none.
    """
    found = ledger.rows(sa.select(PACKAGE).where(PACKAGE.c.name == name))
    if not found:
        raise UnknownPackageError(name=name)
    return found[0]


def packages(ledger: Ledger) -> pl.DataFrame:
    """Return every package, in order."""
    found = ledger.rows(sa.select(PACKAGE).order_by(PACKAGE.c.number))
    return pl.DataFrame(found, schema=SCHEMA)


def steps(ledger: Ledger, number: int) -> list[dict[str, Any]]:
    """Return the steps of a package, in order."""
    return ledger.rows(sa.select(STEP).where(STEP.c.package == number).order_by(STEP.c.number))


def counts(ledger: Ledger) -> dict[str, int]:
    """Return how many documents are in each state."""
    query = sa.select(DOCUMENT.c.state, sa.func.count().label("documents"))
    found = ledger.rows(query.group_by(DOCUMENT.c.state))
    told = {row["state"]: row["documents"] for row in found}
    return {state: told[state] for state in NAMES if state in told}


def known(ledger: Ledger) -> dict[str, str]:
    """Return the hash of every document whose signed bytes the ledger knows."""
    query = sa.select(DOCUMENT.c.document_id, DOCUMENT.c.sha256).where(DOCUMENT.c.sha256 != "")
    return {row["document_id"]: row["sha256"] for row in ledger.rows(query)}


def documents(ledger: Ledger, names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return the rows of the documents that the ledger knows, by identifier."""
    found: dict[str, dict[str, Any]] = {}
    for first in range(0, len(names), _ASKED):
        asked = DOCUMENT.c.document_id.in_(names[first : first + _ASKED])
        rows = ledger.rows(sa.select(DOCUMENT).where(asked))
        found |= {row["document_id"]: row for row in rows}
    return found
