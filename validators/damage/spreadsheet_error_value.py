"""Error value of a spreadsheet.

**What it checks.** No field holds what a spreadsheet shows instead of a value it cannot compute or
fit in: #N/A, #REF!, #VALUE!, #DIV/0!, #NAME? and the like, in Finnish #PUUTTUU!, #VIITTAUS!,
#ARVO!, #JAKO/0!, #NIMI?, in Swedish #SAKNAS!, #REFERENS!, #VÄRDEFEL!, or a row of #.

**Why it matters.** The value was lost when the file was edited or saved, and the error value stands
in its place as if it were data.

**Example.** A date column was too narrow when the sheet was saved as CSV, and every date is
########.
"""

import polars as pl

from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import column_rule, each
from kirjaamo.validators.damage.kinds import ERROR_VALUE


@column_rule(
    "DQ014",
    on=each(lambda field: field.type != "ids"),
    severity=Severity.ERROR,
    cause=Cause.DATA,
    basis="Kirjaamo's record model",
    since="0.1.0",
    advice="Mend the formula or the width of the column and save the file again.",
)
def check(value_raw: pl.Expr) -> pl.Expr:
    """Return whether the whole value is an error value."""
    return value_raw.str.contains(ERROR_VALUE)
