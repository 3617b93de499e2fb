"""Financial reports: ledger postings to checked, reproducible XBRL instances.

Reading and checking postings, data points, aggregation, writers, readers and proof belong
here.  Mappings between local and national accounts stand in ``kirjaamo.mappings``.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kirjaamo.rules import Rule


def rules() -> "dict[str, Rule]":
    """Return every rule of the family FN by its code: of ledgers, then of instances."""
    from kirjaamo.finance import checking, instances

    return {**checking.rules(), **instances.rules()}
