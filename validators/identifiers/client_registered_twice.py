"""Client that is probably registered twice.

**What it checks.** Two client ids have the same date of birth and nearly the same name, in any
order of the names and regardless of capitals, and at least one of them lacks an identity code:
two different codes are two people, and one code on two clients belongs to ID011. Names are
compared with the nearest ones of the same day in the alphabet, read forwards and backwards, so
that a pair among very many people of one day may be missed; a day that more than a thousand
clients share is taken as a placeholder and not compared.

**Why it matters.** The person has two histories, and whoever reads one of them decides on half
of the facts. Such pairs come from a temporary identity that was never joined to the real one.

**Example.** `Virtanen, Anna Liisa` and `Wirtanen, Anna-Liisa`, both born on 10 January 1990,
the second one without an identity code.
"""

import polars as pl
from rapidfuzz import fuzz

from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import Setting, table_rule

NEIGHBOURS = 5
"""How many people of the same day each one is compared with, so that work grows with the rows."""

CROWD = 1000
"""More people of one day than this are no birthday but a placeholder."""

SHARED = 3
"""How many letters the names of a pair share at the end from which they were put in order."""


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
            "similarity", 88, N_("Likeness of two names, from 0 to 100, from which a pair is reported"),
            "Kirjaamo's own choice",
        ),
    ),
)  # fmt: skip
def check(client: pl.LazyFrame, *, similarity: int) -> pl.LazyFrame:
    """Return both rows of every pair of people who are probably one."""
    uncoded = pl.col("identity_code").is_null()
    judged = uncoded.any().over("birth_date") & (pl.len().over("birth_date") <= CROWD)
    people = client.filter(pl.col("birth_date").is_not_null()).filter(judged)
    people = people.select(
        SOURCE, ROW, "client_id", "birth_date", uncoded=uncoded, name=_name()
    ).filter(pl.col("name") != "")
    orders = (pl.col("name"), pl.col("name").str.reverse())
    found = [_alike(people.with_columns(order=order), similarity) for order in orders]
    return pl.concat(found).lazy().unique()


def _name() -> pl.Expr:
    """Return the words of the whole name, in the order of the alphabet."""
    whole = pl.concat_str("last_name", "first_names", separator=" ", ignore_nulls=True)
    words = whole.str.to_lowercase().str.replace_all(r"\P{L}+", " ").str.strip_chars(" ")
    return words.str.split(" ").list.sort().list.join(" ")


def _alike(unordered: pl.LazyFrame, similarity: int) -> pl.DataFrame:
    """Return the places of the people who are like one of the few before them in the order."""
    people = unordered.sort("birth_date", "order", "client_id", SOURCE, ROW).collect()
    names, shared, found = people["name"], people["order"].str.head(SHARED), []
    for step in range(1, NEIGHBOURS + 1):
        pair = (
            (people["birth_date"] == people["birth_date"].shift(step))
            & (people["client_id"] != people["client_id"].shift(step))
            & (people["uncoded"] | people["uncoded"].shift(step))
            & (shared == shared.shift(step))
        )
        later = pair.fill_null(value=False).arg_true()
        both = zip(names.gather(later), names.gather(later - step), strict=True)
        alike = later.filter(
            pl.Series([fuzz.ratio(*two) >= similarity for two in both], dtype=pl.Boolean)
        )
        found += [alike, alike - step]
    return people[pl.concat(found)].select(SOURCE, ROW)
