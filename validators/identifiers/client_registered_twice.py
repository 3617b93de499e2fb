"""Client that is probably registered twice.

**What it checks.** Two client ids have the same date of birth and nearly the same name, in any
order of the names and regardless of capitals, and at least one of them lacks an identity code:
two different codes are two people, and one code on two clients belongs to ID011. Names are
compared with the nearest ones of the same day in the alphabet, read forwards and backwards, so
that a pair among very many people of one day may be missed.

**Why it matters.** The person has two histories, and whoever reads one of them decides on half
of the facts. Such pairs come from a temporary identity that was never joined to the real one.

**Example.** `Virtanen, Anna Liisa` and `Wirtanen, Anna-Liisa`, both born on 10 January 1990, the
second one without an identity code.
"""

import polars as pl
from rapidfuzz import fuzz

from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import Setting, table_rule

NEIGHBOURS = 5
"""How many people of the same day each one is compared with, so that work grows with the rows."""

PAIR = (SOURCE, ROW, "client_id", "name", "coded")


@table_rule(
    "ID012",
    on="client.last_name",
    reads=(
        "client.client_id", "client.birth_date", "client.last_name", "client.first_names",
        "client.identity_code?",
    ),
    severity=Severity.WARNING,
    basis="Act 703/2023, section 38",
    since="0.1.0",
    advice="Find out whether the clients are one person, and join them if they are.",
    settings=(
        Setting(
            "similarity", 88, N_("how alike two names are to be reported, from 0 to 100"),
            "Kirjaamo's own choice",
        ),
    ),
)  # fmt: skip
def check(client: pl.LazyFrame, *, similarity: int) -> pl.LazyFrame:
    """Return both rows of every pair of people who are probably one."""
    people = client.with_columns(name=_name(), coded=pl.col("identity_code").is_not_null())
    people = people.filter(pl.col("birth_date").is_not_null() & (pl.col("name") != ""))
    people = people.select(
        *PAIR, "birth_date", backwards=pl.col("name").str.reverse()
    ).collect()
    found = [
        _alike(people.sort("birth_date", order, "client_id", ROW), order, step, similarity)
        for order in ("name", "backwards")
        for step in range(1, NEIGHBOURS + 1)
    ]
    return pl.concat(found).lazy().unique().select(SOURCE, ROW)


def _name() -> pl.Expr:
    """Return the words of the whole name, in the order of the alphabet."""
    whole = pl.concat_str("last_name", "first_names", separator=" ", ignore_nulls=True)
    words = whole.str.to_lowercase().str.extract_all(r"\p{L}+")
    return words.list.sort().list.join(" ")


def _alike(people: pl.DataFrame, order: str, step: int, similarity: int) -> pl.DataFrame:
    """Return the places of the people who are like the one *step* before them."""
    before = pl.all().shift(step).name.suffix("_2")
    pairs = people.select(pl.all(), before).filter(
        pl.col("birth_date") == pl.col("birth_date_2"),
        pl.col("client_id") != pl.col("client_id_2"),
        ~(pl.col("coded") & pl.col("coded_2")),
        pl.col(order).str.head(1) == pl.col(f"{order}_2").str.head(1),
    )
    names = zip(pairs["name"], pairs["name_2"], strict=True)
    like = pairs.filter(
        pl.Series([fuzz.ratio(a, b) >= similarity for a, b in names], dtype=pl.Boolean)
    )
    second = like.select(pl.col(f"{SOURCE}_2").alias(SOURCE), pl.col(f"{ROW}_2").alias(ROW))
    return pl.concat([like.select(SOURCE, ROW), second])
