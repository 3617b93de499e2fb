"""What the building of archive documents takes over from a confirmed survey.

`documents` gives the metadata of the documents of the exports as JSON lines, the table ``document`` that
``kirjaamo archive build`` reads; `settings` gives the part of ``kirjaamo.toml`` that tells the
service process of document types.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, Final

import msgspec
import polars as pl

from kirjaamo.archive.survey.model import OUTCOMES, Survey
from kirjaamo.archive.survey.reading import settled
from kirjaamo.messages import N_, gettext
from kirjaamo.sources.formats import Source
from kirjaamo.sources.tables import systems

CONFIRMED: Final = ("document_type", "structure", "service_task", "service_process")
"""Fields of a document that the survey tells in place of the record."""

SEVERAL: Final = N_("confirmed with several service processes; nothing is set")


def documents(stream: BinaryIO, sources: Sequence[Source], survey: Survey) -> Counter[str]:
    """Write the metadata of every document that may be built, and return documents by outcome.

    Only documents whose kind is approved are written, with the confirmed codes in place of the
    local ones; a document of a decision has those of the decision.

    Args:
        stream: Where the lines go.
        sources: The exports.
        survey: The confirmed survey.

    Raises:
        SourceError: A source cannot be read.
    """
    told = settled(sources, survey).drop_nulls("document")
    once = told.unique(["system", "document"], keep="first", maintain_order=True)
    counts: Counter[str] = Counter(dict.fromkeys(OUTCOMES, 0))
    for system in systems(sources, ("document",)):
        known = system.tables.get("document")
        if known is None or "document_id" not in known.columns:
            continue
        mine = once.filter(pl.col("system") == system.name)
        for row in _lines(known, mine):
            outcome = row.pop("outcome")
            counts[outcome] += 1
            if outcome == "approved":
                stream.write(msgspec.json.encode(row) + b"\n")
    return counts


def _lines(known: pl.DataFrame, told: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table of documents with what the survey says; nothing empty."""
    own = [name for name in known.columns if name not in CONFIRMED and not name.startswith("_")]
    beside = told.select(pl.col("document").alias("document_id"), *CONFIRMED, "outcome")
    joined = known.select(own).join(beside, on="document_id", how="left", maintain_order="left")
    rows = joined.with_columns(pl.col("outcome").fill_null("missing"))
    shown = rows.drop([name for name in own if name.endswith("_name")])
    for row in shown.iter_rows(named=True):
        yield {name: _value(value) for name, value in row.items() if value not in (None, [])}


def _value(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value


def settings(survey: Survey) -> str:
    """Return the settings of service processes as TOML: document type to process.

    A type that is confirmed with several processes is named in a comment and not set.
    """
    found: dict[str, set[str]] = {}
    for row in survey.rows:
        if row.outcome == "approved" and row.service_process and row.document_type:
            found.setdefault(row.document_type, set()).add(row.service_process)
    lines = ["[archive.service_process]", *_settings(found)]
    return "\n".join(lines) + "\n"


def _settings(found: Mapping[str, set[str]]) -> Iterator[str]:
    for kind, processes in sorted(found.items()):
        if len(processes) == 1:
            yield f'"{kind}" = "{next(iter(processes))}"'
        else:
            yield f"# {kind}: {gettext(SEVERAL)}"
