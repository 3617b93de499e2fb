"""Name of a code without the code.

**What it checks.** Where the name of a social service, an outcome or a document type is
recorded, its code is recorded too. A service task without its code belongs to CL007, a local
code without a translation to CL006.

**Why it matters.** A name is text: it cannot be searched for, counted or checked, and the
archive needs the code.

**Example.** A decision has the name Myönteinen ratkaisu and no code of the outcome.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.classification.expressions import display_places


@column_rule(
    "CL017",
    on=tuple(p for p in display_places() if p.bound["code"] != "service_task"),
    severity=Severity.WARNING,
    basis="The national code list of the named field",
    since="0.1.0",
    advice="Record the code that the name stands for; the code list gives it.",
)
def check(value: pl.Expr, code: pl.Expr, code_raw: pl.Expr) -> pl.Expr:
    """Break where a name stands alone."""
    return value.is_not_null() & code.is_null() & code_raw.is_null()
