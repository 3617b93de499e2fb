"""Documents that do not tell the phase of the client process."""

import polars as pl

from kirjaamo.audit.definition import Area, measure
from kirjaamo.classifications import Codes
from kirjaamo.findings import Severity
from kirjaamo.messages import N_


@measure(
    "RQ009",
    on="document.service_process",
    area=Area.PROCESS,
    version=1,
    title=N_("Service process missing or unknown"),
    about=N_(
        "A document has no service process, or one that is not in the national code list. While "
        "the list in use is not complete, a code that is not in it is not judged."
    ),
    system=N_("Most old systems have no field for the process: then the document is not judged."),
    advice=N_(
        "Choose the process in which the document is made: guidance, opening, assessment, "
        "planning, decision, realisation, closing."
    ),
    source=N_("Code list Sosiaalihuollon palveluprosessi, 1.2.246.537.6.1277"),
    severity=Severity.WARNING,
)  # fmt: skip
def judge(value: pl.Expr, *, codes: Codes) -> pl.Expr:
    """Return whether the process is missing or unknown."""
    known = codes.get("1.2.246.537.6.1277")
    unknown = pl.lit(True) if known.complete else None  # noqa: FBT003 - a literal
    told = pl.when(known.known(value)).then(pl.lit(False)).otherwise(unknown)  # noqa: FBT003 - a column of one value
    return pl.when(value.is_null()).then(pl.lit(True)).otherwise(told)  # noqa: FBT003 - a column of one value
