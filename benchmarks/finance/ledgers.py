"""Random small ledgers, each filed from its postings: the same seed gives the same ledger."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import polars as pl
from msgspec.structs import replace

from kirjaamo.finance.datapoints import DataPoints
from kirjaamo.finance.datapoints.reading import read as read_points
from kirjaamo.finance.extracting.filing import Extract, Terms, extract
from kirjaamo.finance.mapping.applying import Crosswalks, apply
from kirjaamo.finance.postings import SCHEMA
from kirjaamo.finance.proof.package import opened
from kirjaamo.finance_settings import Finance
from kirjaamo.mappings import load
from kirjaamo.samples import ledger
from kirjaamo.samples.ledger import chart
from kirjaamo.workspace import find

BUSINESS_ID = "0163207-7"
SIZES = (1, 2, 3, 5, 8, 12, 20)
"""Postings of a ledger."""

NEVER_CREDITED = ("43", "44")
"""Purchases of services are only ever debited here: a comparison of the taxonomy asks for it."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What all ledgers share.

    Attributes:
        folder: The workspace.
        finance: The settings.
        crosswalks: The mappings.
        points: The data points.
    """

    folder: Path
    finance: Finance
    crosswalks: Crosswalks
    points: DataPoints


def ground(folder: Path) -> Ground:
    """Return the ground: the workspace of a small ledger, with taxonomy and mappings."""
    ledger.write(folder, postings=10)
    workspace = find(folder)
    if workspace is None:
        raise RuntimeError(folder)
    taxonomy = opened(folder / workspace.settings.finance.taxonomy)
    settings = replace(workspace.settings.finance, namespaces=dict(taxonomy.namespaces))
    crosswalks = load(workspace, [])
    return Ground(folder, settings, crosswalks, read_points(folder / settings.datapoints))


def filed(given: Ground, seed: int) -> Extract:
    """Return the filing of a random ledger."""
    mapped = apply(postings(seed), given.crosswalks, given.finance.lists)
    terms = Terms(ledger.YEAR, 12, BUSINESS_ID, given.finance, given.points)
    return extract(mapped, terms, activity(seed))


def activity(seed: int) -> pl.DataFrame:
    """Return how much was done, for a few service classes: whole numbers, in hundredths."""
    rng = Random(f"activity-{seed}")  # noqa: S311 - a sample, no secret
    classes = rng.sample(list(chart.names("PAL")), rng.randint(0, 5))
    quantities = [rng.randint(0, 10**5) * 100 for _ in classes]
    schema = {"service_class": pl.String, "quantity": pl.Int64}
    return pl.DataFrame({"service_class": classes, "quantity": quantities}, schema=schema)


def postings(seed: int) -> pl.DataFrame:
    """Return the postings of a random ledger, with rows of the balance sheet among them."""
    rng = Random(f"ledger-{seed}")  # noqa: S311 - a sample, no secret
    rows = list(_rows(rng, SIZES[seed % len(SIZES)]))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _rows(rng: Random, count: int) -> Iterator[tuple[object, ...]]:
    accounts, centres = list(chart.accounts()), chart.centres()
    for place in range(1, count + 1):
        account, centre = rng.choice(accounts), rng.choice(centres)
        size = rng.choice((1, 99, 100, rng.randint(1, 10**6), rng.randint(1, 10**11)))
        credit = account.startswith(("3", *chart.REVERSED))
        usual = account.startswith(NEVER_CREDITED) or rng.random() < 0.9
        sign = 1 if usual else -1
        cents = -sign * size if credit else sign * size
        sector = rng.choice(list(chart.names("SEK")))
        period = f"{ledger.YEAR}-{rng.randint(1, 12):02}"
        yield _row(place, (account, centre.number, None, sector, None, period), cents)
    bank = (chart.BANK, None, None, None, None, f"{ledger.YEAR}-12")
    yield _row(count + 1, bank, 1_00)


def _row(place: int, where: tuple[str | None, ...], cents: int) -> tuple[object, ...]:
    return ("ledger.csv", place, "T", *where, cents, False, "EUR", f"D{place}")


def cents_lost(made: Extract, facts: pl.DataFrame, seed: int) -> int:
    """Return by how many cents the facts differ from the postings, counted anew from both.

    Single data points are summed against all postings, and the one total of everything against
    income less costs.
    """
    member = pl.col("signature").str.contains(r"\((?:malli_[A-Z]+):y", literal=False)
    money = facts.filter(pl.col("unit") == "iso4217:EUR")
    cents = pl.col("value").str.replace(".", "", literal=True).cast(pl.Int64)
    single = int(money.filter(~member).select(cents.sum()).item())
    whole = pl.col("signature").str.count_matches(r"y39|y20|y0\)") == 3
    total = int(money.filter(whole).select(cents.sum()).item())
    own = postings(seed).filter(pl.col("cost_centre").is_not_null())
    national = chart.accounts()
    credited = [
        (-1 if national[account].startswith(("3", *chart.REVERSED)) else 1) * amount
        for account, amount in own.select("account", "cents").rows()
    ]
    result = -int(own["cents"].sum())
    return abs(single - sum(credited)) + abs(total - result) + abs(made.difference)
