"""Names that are not the names of their codes."""

import polars as pl

from kirjaamo.audit.definition import Area, measure
from kirjaamo.classifications import Codes
from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.records import Field, Table
from kirjaamo.rules import Place
from kirjaamo.validators.classification.name_of_another_code import check


@measure(
    "RQ022",
    on=(Place("document.document_type_name", code="document_type"), Place("decision.outcome_name", code="outcome")),
    area=Area.CONCEPTS,
    version=1,
    title=N_("Display text is not that of the code"),
    about=N_(
        "The recorded name of the document type or of the outcome is not a name of the "
        "recorded code. Judged are records with both."
    ),
    system=N_(
        "Names come from the tables of the system: a wrong pair on every record of a code is "
        "to be mended there."
    ),
    advice=N_("Ask the main user to correct the name of the code in the system."),
    source=N_("The names of the codes in the national code lists"),
    severity=Severity.WARNING,
)  # fmt: skip
def judge(
    value: pl.Expr, code: pl.Expr, *, codes: Codes, field: Field, table: Table
) -> pl.Expr:
    """Return whether the name is not a name of the code."""
    found: pl.Expr = check.check(value, code, codes=codes, field=field, table=table)
    return found
