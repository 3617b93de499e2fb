"""The protocol of a sample of what was moved."""

from collections.abc import Iterable
from dataclasses import astuple

from kirjaamo.messages import N_, gettext
from kirjaamo.migration.sampling import Compared
from kirjaamo.protocol import Protocol
from kirjaamo.tabular import Cell

COLUMNS = (
    N_("system"), N_("table"), N_("source"), N_("row"), N_("old key"), N_("new identifier"),
    N_("field"), N_("path"), N_("comes from"), N_("old value"), N_("new value"),
)  # fmt: skip
WIDTHS = (8, 12, 18, 7, 12, 34, 30, 40, 34, 40, 40)

Facts = dict[str, Cell]


def facts(run: int, seed: int, size: int, chain: str, head: str) -> Facts:
    """Return what stands above a protocol: which run, which sample, and which ledger.

    Args:
        run: Number of the run.
        seed: Where the chance of the sample began.
        size: Records of each stratum, at most.
        chain: Chain of the run's records.
        head: Head of the audit trail.
    """
    return {
        gettext("Run"): run,
        gettext("Seed of the sample"): seed,
        gettext("Records of each system, table and service task, at most"): size,
        gettext("Chain of the records"): chain,
        gettext("Head of the audit trail"): head,
    }


def protocol(rows: Iterable[Compared], told: Facts) -> Protocol:
    """Return the protocol of sampled fields."""
    return Protocol(told, COLUMNS, map(astuple, rows), WIDTHS)
