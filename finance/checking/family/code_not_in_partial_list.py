"""Code that the list, known in part, does not have.

**What it checks.** The account, service class and sector of a posting, after the mapping,
stand in the code lists of the settings, where a list is not complete. A complete list belongs
to FN008, FN010 and FN012.

**Why it matters.** The code may be right and the list old; only the official list tells.

**Example.** The list of accounts is of 2023, and the ledger of 2025 has a new one.
"""

import polars as pl

from kirjaamo.classifications import Codes
from kirjaamo.finance.checking.expressions import COMPLETE, NATIONAL, list_of
from kirjaamo.finance_settings import Finance
from kirjaamo.findings import Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import CannotRun, Place, table_rule


@table_rule(
    "FN021",
    on=(Place("posting.account"), Place("posting.service_class"), Place("posting.sector")),
    severity=Severity.WARNING,
    basis="Decree 488/2022 of the Ministry of Finance, section 2: the code lists as published on a day",
    since="0.1.0",
    advice="Import the official list: kirjaamo codes import.",
)
def check(postings: pl.LazyFrame, *, codes: Codes, finance: Finance) -> pl.LazyFrame:
    """Return the postings with a code that a partial list lacks, with the field."""
    lists = {field: list_of(codes, finance, field) for field in _known(codes, finance)}
    partial = {field: one for field, one in lists.items() if not one.complete}
    if not partial:
        raise CannotRun(COMPLETE, list=", ".join(one.slug for one in lists.values()))
    parts = [
        postings.filter(~one.known(pl.col(NATIONAL[field]))).select(
            SOURCE, ROW, _field=pl.lit(field)
        )
        for field, one in partial.items()
    ]
    return pl.concat(parts)


def _known(codes: Codes, finance: Finance) -> list[str]:
    """Return the fields whose lists have codes; the others are told by FN008 to FN012."""
    found = {field: codes.find(getattr(finance.lists, field)) for field in NATIONAL}
    return [field for field, one in found.items() if one is not None and one.has_codes]
