"""End before start in one group.

**What it checks.** Where a group has a beginning and the end that belongs to it (their keys
differ only in `alkamis` and `paattymis`), the end is not earlier. Ending on the same day is fine.
Days are compared when both are whole; times when both have an offset.

**Why it matters.** Something that ends before it begins was never in force.

**Example.** A service begins on 1 March 2024 and ends on 1 February 2024.
"""

import datetime as dt
from collections.abc import Iterator
from functools import partial

from kirjaamo.classifications.structures import Kind, Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import document_rule
from kirjaamo.validators.structure.paths import Group, Test, broken_in

START, END = "alkamis", "paattymis"
KINDS = frozenset({Kind.DATE, Kind.DATETIME})
WHOLE = len("2024-02-29")


@document_rule(
    "ST052",
    severity=Severity.ERROR,
    basis="Act 703/2023, section 38",
    since="0.1.0",
    advice="Check both days and correct the wrong one.",
)
def check(structure: Structure) -> Iterator[Test]:
    """Compare every beginning with its end."""
    for field in structure.fields:
        end = structure.field(f"{field.parent}/{field.key.replace(START, END)}")
        if field.kind in KINDS and START in field.key and end and end.kind in KINDS:
            yield broken_in(structure, field.parent, partial(_reversed, field.key, end.key))


def _reversed(start: str, end: str, group: Group) -> str | None:
    """Return the key of the end when it is before the start."""
    first, last = group.get(start), group.get(end)
    if not isinstance(first, str) or not isinstance(last, str):
        return None
    if first <= last or min(len(first), len(last)) < WHOLE:
        return None
    return end if _is_before(last, first) else None


def _is_before(last: str, first: str) -> bool:
    """Return whether *last* is before *first*; times only when both can be compared."""
    try:
        if len(first) == WHOLE or len(last) == WHOLE:
            days = dt.date.fromisoformat(last[:WHOLE]), dt.date.fromisoformat(first[:WHOLE])
            return days[0] < days[1]
        end, start = dt.datetime.fromisoformat(last), dt.datetime.fromisoformat(first)
    except ValueError:
        return False
    return (end.tzinfo is None) == (start.tzinfo is None) and end < start
