"""Day with a time.

**What it checks.** The day of a context is a plain date that was, without time and zone.

**Why it matters.** With a time the day is another: midnight belongs to the day before.

**Example.** The instant is 2026-12-31T00:00:00.
"""

import datetime as dt
import re
from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _is_day(text: str) -> bool:
    try:
        return _DAY.fullmatch(text) is not None and bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


@document_rule(
    "FN112",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Write the date alone.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    for one in subject.xml.contexts:
        for text in one.period.split("/"):
            if text not in {"", "forever"} and not _is_day(text):
                yield at(one.line, f"context {one.id}")
