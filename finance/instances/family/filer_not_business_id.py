"""Filer without a valid business identity code.

**What it checks.** The filer is named by a business identity code with its hyphen and a right
check digit, in the scheme `http://ytj.fi`.

**Why it matters.** The receiver finds the reporting organisation by it.

**Example.** The code has no hyphen.
"""

import re
from collections.abc import Iterator

from stdnum.fi import ytunnus

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule

_FORM = re.compile("[0-9]{7}-[0-9]")


@document_rule(
    "FN115",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Write the code as the business information system does.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    for scheme, code in sorted(subject.filers):
        sound = _FORM.fullmatch(code) and ytunnus.is_valid(code)
        if scheme != "http://ytj.fi" or not sound:
            yield at(1, "identifier")
