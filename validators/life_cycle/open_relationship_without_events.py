"""Open relationship without events.

**What it checks.** A relationship without an end has had an event during the last months: a
decision, a document, an entry, the opening of a matter, or its own beginning.
An event counts when it names the relationship, itself or through its matter, and also when it
names no relationship but the same client.

**Why it matters.** Relationships are long and closing them is easily left undone.
An old open relationship keeps access rights and retention times running and swells the
statistics of clients.

**Example.** The last entry is from May 2019, the relationship has no end, and the check is made
in June 2024.
"""

import datetime as dt

import polars as pl
from dateutil.relativedelta import relativedelta

from kirjaamo.findings import Severity
from kirjaamo.rules import Setting, table_rule
from kirjaamo.validators.life_cycle.link import places

LAST = "last_event"
"""Column of the day of a relationship's last event."""


@table_rule(
    "LC002",
    on="relationship.end",
    reads=(
        "relationship.relationship_id", "relationship.client_id", "relationship.start",
        "relationship.end", "relationship.end_raw",
        "decision.client_id", "decision.relationship_id?", "decision.decided",
        "entry.client_id", "entry.matter_id?", "entry.event_time",
        "document.client_ids?", "document.matter_id?", "document.authored?",
        "matter.matter_id?", "matter.client_ids?", "matter.relationship_id?", "matter.opened?",
    ),
    severity=Severity.WARNING,
    basis="Social Welfare Act 1301/2014, section 34",
    since="0.1.0",
    advice="Find out whether the relationship still has grounds, and record its end if it has none.",
    settings=(
        Setting(
            "months", 24, "Months without an event before an open relationship is reported",
            "Kirjaamo's own default: the law sets no time, each organisation agrees on its own",
        ),
    ),
)  # fmt: skip
def check(  # noqa: PLR0913 - every table whose rows are events
    relationship: pl.LazyFrame,
    decision: pl.LazyFrame,
    matter: pl.LazyFrame,
    document: pl.LazyFrame,
    entry: pl.LazyFrame,
    *,
    as_of: dt.date,
    months: int,
) -> pl.LazyFrame:
    """Return the open relationships whose last event is older than *months*."""
    still_open = relationship.filter(pl.col("end").is_null() & pl.col("end_raw").is_null())
    known = with_last_event(still_open, decision, matter, document, entry)
    return places(known.filter(pl.col(LAST) < as_of - relativedelta(months=months)))


def with_last_event(
    relationship: pl.LazyFrame,
    decision: pl.LazyFrame,
    matter: pl.LazyFrame,
    document: pl.LazyFrame,
    entry: pl.LazyFrame,
) -> pl.LazyFrame:
    """Return relationships with the day of their last event in the column `LAST`.

    Null stands where neither the relationship nor an event has a day.
    """
    links = matter.select("matter_id", "relationship_id").drop_nulls("matter_id")
    links = links.unique("matter_id", keep="none")
    documents = document.join(links, on="matter_id", how="left")
    entries = entry.join(links, on="matter_id", how="left")
    events = pl.concat(
        [
            _events(decision, "client_id", "decided"),
            _events(matter.explode("client_ids"), "client_ids", "opened"),
            _events(documents.explode("client_ids"), "client_ids", "authored"),
            _events(entries, "client_id", "event_time"),
        ]
    )
    known = relationship.join(
        _latest(events, "relationship_id"), on="relationship_id", how="left"
    )
    loose = _latest(events.filter(pl.col("relationship_id").is_null()), "client_id")
    known = known.join(loose, on="client_id", how="left", suffix="_loose")
    last = pl.max_horizontal("start", "day", "day_loose")
    return known.with_columns(last.alias(LAST)).drop("day", "day_loose")


def _events(rows: pl.LazyFrame, client: str, day: str) -> pl.LazyFrame:
    """Return who had an event when, and in which relationship if the row tells."""
    return rows.select(
        "relationship_id", pl.col(client).alias("client_id"), pl.col(day).dt.date().alias("day")
    )


def _latest(events: pl.LazyFrame, of: str) -> pl.LazyFrame:
    return events.group_by(of).agg(pl.col("day").max())
