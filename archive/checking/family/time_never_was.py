"""Time or day that never was.

**What it checks.** Every time of the header and the frame is a real one with its zone, no day
is impossible, no document is older than its client, and no frame older than its document.

**Why it matters.** Retention times and the order of events are counted from these times.

**Example.** The time of a document is 20250230120000+0200.
"""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache

from kirjaamo.archive.checking.archived import Archived
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule

DAY, MOMENT = "%Y%m%d", "%Y%m%d%H%M%S%z"
NAMES = frozenset({"effectiveTime", "creationTime", "birthTime", "time", "low", "high"})


@document_rule(
    "MD011",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis="HL7 data type TS; time zone as seen in archive messages",
    since="0.1.0",
    advice="Take the time from the record again.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Read every time of both parts."""
    for part, entry, value in archived.with_attribute("value", NAMES):
        if not _was(value):
            yield Hit(f"{part}: {entry.name}")
    authored = archived.value("effectiveTime", "value")
    for part, clients in archived.clients.items():
        if authored and any(one.born > authored[:8] for one in clients):
            yield Hit(f"{part}: birthTime: later than effectiveTime")
    sent = archived.value("creationTime", "value", "frame")
    if authored and sent and _is_before(sent, authored):
        yield Hit("frame: creationTime: before effectiveTime")


def _is_before(one: str, other: str) -> bool:
    """Return whether a time is earlier than another; what is no time is not."""
    if one[14:] == other[14:]:
        return one < other
    if not (_was(one) and _was(other) and len(one) == len(other) == len("20260101000000+0200")):
        return False
    return _read(one) < _read(other)


def _read(value: str) -> dt.datetime:
    return dt.datetime.strptime(value, MOMENT)  # noqa: DTZ007 - the form has a zone


@lru_cache(maxsize=4096)
def _was(value: str) -> bool:
    form = DAY if len(value) == len("20260101") else MOMENT
    try:
        dt.datetime.strptime(value, form)  # noqa: DTZ007 - only whether it can be read
    except ValueError:
        return False
    return True
