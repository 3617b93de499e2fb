"""The three old systems as they write their exports; one module per system.

A module turns canonical rows into the system's own files: the profile read backwards.  It
also tells at which line, sheet row or record a person finds every row, for the truth file.
"""

from dataclasses import dataclass
from typing import Protocol

from kirjaamo.samples.region import System

Found = dict[tuple[str, int], list[tuple[str, int]]]
"""Table and number of a row to every source and row where a person sees it."""


@dataclass(frozen=True, slots=True)
class Export:
    """What a system exports: file name to bytes, and where every row stands."""

    files: dict[str, bytes]
    found: Found


class Writer(Protocol):
    """What every module of a system offers."""

    def write(self, system: System) -> Export:
        """Return the export of *system*."""
