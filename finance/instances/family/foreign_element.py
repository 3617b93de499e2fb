"""Element that is no part of an instance.

**What it checks.** Below the root stand references, contexts, units, facts and filing
indicators only.

**Why it matters.** A fact without its context is no fact, and what is not known is not
received.

**Example.** A fact lost its `contextRef`.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule

KNOWN = frozenset(
    {"schemaRef", "linkbaseRef", "roleRef", "arcroleRef", "footnoteLink", "include"}
)
"""Elements that are known; other rules judge them."""


@document_rule(
    "FN110",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Take the element out, or give the fact its context.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    for one in subject.xml.parts:
        if one.name.rpartition(":")[2] not in KNOWN:
            yield at(one.line, one.name)
