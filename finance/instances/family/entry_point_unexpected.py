"""Schema that is not the published entry point.

**What it checks.** The schema reference is the address of the module that the settings name,
or, without settings, an absolute address of a schema.

**Why it matters.** The address holds the date of the taxonomy: another date is another report,
and a path on a disk is none.

**Example.** The reference says `file:///C:/taxonomy/mod.xsd`.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN105",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Name the published address with its date.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    wanted, told = subject.means.entry_point, subject.entry_point
    published = told.startswith(("http://", "https://")) and told.endswith(".xsd")
    if told and not (told == wanted if wanted else published):
        yield at(1, "schemaRef")
