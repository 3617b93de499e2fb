"""Personal identity code in free text.

**What it checks.** Texts hold no identity code with a right check character.
Runs of signs that only look like one are left alone.

**Why it matters.** The code of the client is in its own field already, and the code of anyone else
is most often a stranger's secret in the client's record.
It follows the text into the archive and to the client's own view.

**Example.** An entry names the neighbour who called, with the neighbour's identity code.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.damage.kinds import TEXTS
from kirjaamo.validators.identifiers.expressions import holds

CANDIDATE = r"(?-u:\b)[0-3][0-9][01][0-9]{3}[-+A-FU-Y][0-9]{3}[0-9A-FHJ-NPR-Y](?-u:\b)"


@column_rule(
    "DQ010",
    on=TEXTS,
    severity=Severity.WARNING,
    basis="Act 703/2023, sections 4 and 38; Data Protection Act 1050/2018, section 29",
    since="0.1.0",
    advice="Remove the code from the text, or name the person in the field meant for it.",
)
def check(value: pl.Expr) -> pl.Expr:
    """Return whether some part of the text is an identity code that holds."""
    return value.str.extract_all(CANDIDATE).list.eval(holds(pl.element())).list.any()
