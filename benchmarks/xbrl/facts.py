"""The facts that writers are measured with: one context for each, as in filings of ledgers."""

import sys
from pathlib import Path
from typing import Final

import polars as pl

from kirjaamo.finance.facts import Filing, amounts

DAY: Final = "2026-12-31"
ENTITY: Final = "0163207-7"
MODULE: Final = "http://www.example.org/fws/f/2026-01-01/mod/m.xsd"
PREFIXES: Final = ("x_met", "x_dim", "x_PA", "x_SE", "x_TI")
NAMESPACES: Final = {name: f"http://www.example.org/{name}" for name in PREFIXES}
ACCOUNTS, CLASSES = 300, 150


def write(path: Path, count: int) -> None:
    """Write *count* facts as a Parquet file in canonical order."""
    number = pl.int_range(count, eager=True).alias("number")
    signature = pl.format(
        "MET(x_met:md1)|x_dim:PAL(x_PA:x{})|x_dim:SEK(x_SE:x{})|x_dim:TIL(x_TI:x{})",
        2000 + pl.col("number") // ACCOUNTS % CLASSES,
        100 + pl.col("number") // (ACCOUNTS * CLASSES),
        3000 + pl.col("number") % ACCOUNTS,
    )
    hundredths = (pl.col("number") * 7919) % 10**9 - 10**8
    frame = number.to_frame().select(signature=signature, hundredths=hundredths)
    amounts(frame, DAY).write_parquet(path, row_group_size=50_000)


def filing(path: Path) -> Filing:
    """Return the facts of a file as a filing."""
    facts = pl.read_parquet(path, parallel="none")
    return Filing(MODULE, ENTITY, NAMESPACES, facts)


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
