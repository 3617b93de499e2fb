"""Archive documents of every structure, and what checks find: ``make archive``."""

from rich.console import Console
from rich.table import Table

from benchmarks.archive import truth
from benchmarks.measuring import record
from tests.reference import SCHEMAS


def main() -> None:
    """Count, print and record."""
    figures = {**truth.structures(SCHEMAS), **truth.mutations(), **truth.signatures()}
    table = Table("archive", "", title="archive documents, built and checked")
    for name, value in figures.items():
        table.add_row(name, f"{value:,.0f}")
    Console().print(table)
    print(record("archive", figures))


if __name__ == "__main__":
    main()
