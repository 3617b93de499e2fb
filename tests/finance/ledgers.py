"""What the tests of ledgers share: postings, and what is filed of them."""

import polars as pl

from kirjaamo.finance.extracting.filing import Terms
from kirjaamo.finance.mapping.applying import apply
from kirjaamo.finance.postings import SCHEMA
from kirjaamo.finance_settings import Lists

BUSINESS_ID = "9000001-1"
DEFAULTS = {
    "_source": "t.csv", "system": "X", "account": "4000", "service_class": "2121", "sector": "1",
    "period": "2025-03", "cents": 100, "rounded": False, "currency": "EUR",
}  # fmt: skip


def postings(*rows):
    """Return postings with national codes, unless a row says otherwise."""
    made = [{**DEFAULTS, "_row": place, **row} for place, row in enumerate(rows, 2)]
    return pl.DataFrame(made, schema=dict(SCHEMA))


def mapped(*rows, crosswalks=None):
    """Return the same with their national codes."""
    return apply(postings(*rows), crosswalks or {}, Lists())


def terms(settings, points, **more):
    """Return what is filed of 2025."""
    return Terms(**{
        "year": 2025, "until": 12, "business_id": BUSINESS_ID, "finance": settings,
        "points": points, **more,
    })  # fmt: skip
