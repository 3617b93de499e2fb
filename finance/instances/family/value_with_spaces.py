"""Value with spaces around it.

**What it checks.** No value begins or ends with a space or a line break.

**Why it matters.** A receiver that compares texts takes it for another.

**Example.** A text in a cell ended in a space.
"""

from collections.abc import Iterator

import polars as pl

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN128",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Take the spaces away.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    text = pl.col("value")
    broken = subject.xml.facts.filter(
        (text != text.str.strip_chars()) & (text.str.strip_chars() != "")
    )
    for line, metric in broken.select("line", "metric").iter_rows():
        yield at(line, str(metric))
