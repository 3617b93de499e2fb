"""Score files: the counts of an audit as JSON, without units, to be shown to others.

A file holds counts by measure for all records, by service task, kind of record and time, each
with the version of its definition.  Units, workers and the organisation are not in it; who
sends it chooses a label.
"""

import datetime as dt
import hashlib
from pathlib import Path

import msgspec
import polars as pl

from kirjaamo.audit.scores.counting import ALL, SCHEMA, Scores
from kirjaamo.audit.scores.intervals import with_shares
from kirjaamo.audit.trend.errors import ScoreFileError

FORM = "kirjaamo-scores-1"
ANONYMOUS = (ALL, "task", "kind", "period")
LARGEST = 64 * 1024 * 1024
"""Bytes of a score file at most."""


class Count(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The count of one measure in one group; see `kirjaamo.audit.scores.counting.SCHEMA`."""

    measure: str
    definition: str
    by: str
    group: str
    judged: int
    flawed: int


class ScoreFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A score file.

    Attributes:
        form: `FORM`.
        label: What the sender calls itself.
        as_of: Day of the audit.
        rows: Records that were read.
        counts: The counts.
    """

    form: str
    label: str
    as_of: dt.date
    rows: int
    counts: tuple[Count, ...]

    @property
    def table(self) -> pl.DataFrame:
        """Return the counts with shares and bounds."""
        rows = [msgspec.structs.astuple(one) for one in self.counts]
        return with_shares(pl.DataFrame(rows, schema=SCHEMA, orient="row"))


def made(scores: Scores, label: str, *, units: bool = False) -> ScoreFile:
    """Return the scores as a file.

    Args:
        scores: What was found.
        label: What the sender calls itself.
        units: Whether units are told too; for the organisation's own use.
    """
    table = scores.table if units else scores.table.filter(pl.col("by").is_in(ANONYMOUS))
    ordered = table.select(SCHEMA.names()).sort("measure", "by", "group")
    counts = (Count(*row) for row in ordered.iter_rows())
    return ScoreFile(FORM, label, scores.as_of, scores.rows, tuple(counts))


def written(file: ScoreFile) -> bytes:
    """Return a score file as JSON: one line a count, so that changes can be seen."""
    return msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n"


def digest(file: ScoreFile) -> str:
    """Return the hash of a score file."""
    return hashlib.sha256(written(file)).hexdigest()


def read(path: Path) -> ScoreFile:
    """Return the score file at *path*.

    Raises:
        ScoreFileError: It is missing, damaged, too large or of another version.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise ScoreFileError(file=path.name, reason="> 64 MB")
        found = msgspec.json.decode(path.read_bytes(), type=ScoreFile)
    except OSError as error:
        raise ScoreFileError(file=path.name, reason=type(error).__name__) from None
    except msgspec.MsgspecError as error:
        raise ScoreFileError(file=path.name, reason=_place(error)) from None
    sound = all(0 <= one.flawed <= one.judged and one.judged for one in found.counts)
    if found.form != FORM or not sound:
        raise ScoreFileError(file=path.name, reason=FORM)
    return found


def _place(error: msgspec.MsgspecError) -> str:
    """Return where a file is wrong, without what stands there."""
    return str(error).rpartition(" - at ")[2] if " - at " in str(error) else "JSON"
