"""Name that is not the name of its code.

**What it checks.** Where both a code and its name are recorded, the name is one that the code
bears in its list, in Finnish or Swedish; capitals and white space do not matter. A name is
judged only if both names of the code are known. A code that is not in the list belongs to CL001
and CL002.

**Why it matters.** People read the name and machines read the code: one of them is told
something that is not true.

**Example.** The outcome has the code 1, which is a positive one, and the name Kielteinen
ratkaisu, which is a negative one.
"""

import polars as pl

from kirjaamo.classifications import Codes
from kirjaamo.findings import Severity
from kirjaamo.records import Field, Table
from kirjaamo.rules import column_rule
from kirjaamo.validators.classification.expressions import display_places, known_list


@column_rule(
    "CL005",
    on=display_places(),
    severity=Severity.WARNING,
    basis="The names of the codes in the national code list of the field",
    since="0.1.0",
    advice="Find out which of the two the person meant; the list gives the name of a code.",
)
def check(
    value: pl.Expr, code: pl.Expr, *, codes: Codes, field: Field, table: Table
) -> pl.Expr:
    """Break where the name is not among the known names of the code."""
    return ~known_list(codes, table[field.displays].code_system).name_is(code, value)
