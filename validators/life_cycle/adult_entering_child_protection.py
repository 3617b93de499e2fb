"""Adult entering child protection.

**What it checks.** A client relationship in child protection does not begin when the client is
too old even for aftercare.
The age is counted in full years on the first day of the relationship; who is born on 29 February
reaches an age on 1 March.

**Why it matters.** A client of child protection is a child, or a young person in aftercare.
A relationship of an adult usually means that a parent was recorded as the client, that the
birth date is wrong or that the service task is wrong; child-protection records are kept for long
and few may see them.

**Example.** The mother, aged 41, is recorded as the client of child protection instead of her
child.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import Setting, table_rule
from kirjaamo.validators.life_cycle.link import age, places, with_client


@table_rule(
    "LC009",
    on="relationship.start",
    reads=(
        "relationship.client_id", "relationship.service_task", "relationship.start",
        "client.client_id", "client.birth_date",
    ),
    severity=Severity.WARNING,
    basis="Child Welfare Act 417/2007, sections 6 and 75",
    since="0.1.0",
    advice="Check whose relationship this is, the birth date and the service task.",
    settings=(
        Setting(
            "years", 25, "Age at which child protection can no longer begin",
            "Child Welfare Act 417/2007, section 75: aftercare ended at 21 before 2020, at 25 "
            "from 2020 and at 23 from 2024; the highest of these is used",
        ),
        Setting(
            "service_task", "10", "Code of the service task of child protection",
            "code list Sosiaalihuolto - Palvelutehtävä, 10 Lastensuojelu",
        ),
    ),
)  # fmt: skip
def check(
    relationship: pl.LazyFrame, client: pl.LazyFrame, *, years: int, service_task: str
) -> pl.LazyFrame:
    """Return the relationships of clients who were too old when they began."""
    protection = relationship.filter(pl.col("service_task") == service_task)
    known = with_client(protection, client, "birth_date")
    return places(known.filter(age(pl.col("birth_date"), pl.col("start")) >= years))
