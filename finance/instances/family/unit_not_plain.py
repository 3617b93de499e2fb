"""Unit that is no plain currency or number.

**What it checks.** A unit is one currency of ISO 4217 or `xbrli:pure`, neither a quotient nor
a product.

**Why it matters.** Amounts are told in whole, unscaled euros; a thousand euros is no currency.

**Example.** The measure is `iso4217:KEUR`, or euros per head.
"""

import re
from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule

_PLAIN = re.compile("iso4217:[A-Z]{3}|xbrli:pure")


@document_rule(
    "FN122",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Tell amounts in euros and numbers as pure.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    for one in subject.xml.units:
        measure = one.measures[0] if len(one.measures) == 1 else ""
        if one.divided or not _PLAIN.fullmatch(measure):
            yield at(one.line, f"unit {one.id}")
