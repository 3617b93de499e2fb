"""``python -m benchmarks [SECTION ...]``: run the sections asked for, or all."""

import argparse
from importlib import import_module

from benchmarks.measuring import record

SECTIONS = ("archive", "audit", "check", "migrate", "rules", "structures", "xbrl")


def main() -> None:
    """Run benchmark sections and record their figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("section", nargs="*", choices=[*SECTIONS, []])
    for name in parser.parse_args().section or SECTIONS:
        figures = import_module(f"benchmarks.{name}.section").run()
        print(f"\n{name}: {record('bench', figures)}")
        for key, value in sorted(figures.items()):
            print(f"  {key:32} {value:,.3f}")


main()
