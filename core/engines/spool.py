"""Findings in order, in memory while they are few and in temporary files when they are many."""

import shutil
import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path

import polars as pl

IN_MEMORY = 1_000_000
"""Findings kept in memory; the rest wait in files (about 60 bytes each in memory)."""


class Spool:
    """An ordered, growing collection of findings tables.

    >>> spool = Spool()
    >>> spool.append(pl.DataFrame())
    >>> len(spool), list(spool)
    (0, [])
    """

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._in_memory = in_memory
        self._frames: list[pl.DataFrame | Path] = []
        self._rows = self._held = 0
        self._folder: Path | None = None

    def append(self, frame: pl.DataFrame) -> None:
        """Add a findings table after the others."""
        if not frame.height:
            return
        self._rows += frame.height
        if self._held + frame.height <= self._in_memory:
            self._held += frame.height
            self._frames.append(frame)
        else:
            self._frames.append(self._store(frame))

    def _store(self, frame: pl.DataFrame) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="kirjaamo-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        path = self._folder / f"{len(self._frames)}.arrow"
        frame.write_ipc(path)
        return path

    def __iter__(self) -> Iterator[pl.DataFrame]:
        """Yield the tables in the order in which they were added."""
        for frame in self._frames:
            yield pl.read_ipc(frame) if isinstance(frame, Path) else frame

    def __len__(self) -> int:
        """Return the number of findings."""
        return self._rows
