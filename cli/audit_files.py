"""The files that the commands of ``kirjaamo audit`` write, and the snapshots they look at."""

import datetime as dt
import getpass
import io
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from kirjaamo.cli.audit_ground import Ground, write

if TYPE_CHECKING:
    import polars as pl

    from kirjaamo.audit.reporting.content import Content
    from kirjaamo.audit.trend.score_files import ScoreFile
    from kirjaamo.workspace import Workspace

DIGITS = 4


def report(path: Path, told: "Content", ground: Ground) -> None:
    """Write the report in the format that the name ends with."""
    from kirjaamo.audit.reporting import page, workbook

    codes = ground.terms.codes
    if path.suffix.lower() == ".html":
        write(path, page.page(told, codes))
        return
    stream = io.BytesIO()
    workbook.write(told, codes, stream)
    write(path, stream.getvalue())


def before(ground: Ground, since: str | None) -> "ScoreFile | None":
    """Return the snapshot to compare with: the one named, the newest, or None.

    Raises:
        UnknownNameError: There is none of that name.
        NoWorkspaceError: One was named outside a workspace.
    """
    from kirjaamo.audit.trend import snapshots
    from kirjaamo.ledger import of_workspace
    from kirjaamo.workspace import needed

    if since is None and not has_ledger(ground.workspace):
        return None
    with of_workspace(needed(), lambda: dt.datetime.now(dt.UTC), getpass.getuser()) as ledger:
        names = [since] if since else snapshots.names(ledger)[-1:]
        return snapshots.get(ledger, names[0]) if names else None


def has_ledger(workspace: "Workspace | None") -> bool:
    """Return whether there is a ledger: a report makes none."""
    if workspace is None:
        return False
    place = workspace.ledger_url.removeprefix("sqlite:///")
    return "://" in place or Path(place).exists()


def pair(
    workspace: "Workspace", first: str | None, second: str | None
) -> "tuple[ScoreFile, ScoreFile]":
    """Return the two snapshots asked for, or the two newest ones.

    Raises:
        NoSnapshotError: There are fewer than two.
        UnknownNameError: One does not exist.
    """
    from kirjaamo.audit.trend import snapshots
    from kirjaamo.audit.trend.errors import NoSnapshotError
    from kirjaamo.ledger import of_workspace

    with of_workspace(workspace, lambda: dt.datetime.now(dt.UTC), getpass.getuser()) as ledger:
        names = snapshots.names(ledger)
        asked = [first, second or names[-1]] if first and names else names[-2:]
        if len(asked) < 2:  # noqa: PLR2004 - a pair
            raise NoSnapshotError
        return snapshots.get(ledger, str(asked[0])), snapshots.get(ledger, str(asked[1]))


def letters(into: Path, ground: Ground) -> None:
    """Write a letter for every unit that is shown.

    Raises:
        NothingMeasuredError: No unit is shown.
    """
    from kirjaamo.audit.feedback.letters import letters as made
    from kirjaamo.audit.trend.errors import NothingMeasuredError

    every = made(ground.content())
    if not every:
        raise NothingMeasuredError
    for number, letter in enumerate(every, start=1):
        name = f"{number:03}-{file_name(letter.unit)}"
        write(into / f"{name}.html", letter.html())
        write(into / f"{name}.md", letter.markdown())


def file_name(text: str) -> str:
    """Return a text as part of a file's name.

    >>> file_name("Päihde / klinikka")
    'paihde-klinikka'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]


def worklists(into: Path, ground: Ground) -> None:
    """Write a worklist for every worker, after the audit trail tells it."""
    from kirjaamo.audit.feedback import worklists as lists
    from kirjaamo.cli.trail import remember
    from kirjaamo.workspace import needed

    rows = lists.flawed(ground.judged, ground.chosen)
    remember(needed(), "audit-worklists", rows=rows.height)
    for number, part in enumerate(rows.partition_by("worker", maintain_order=True), start=1):
        stream = io.BytesIO()
        lists.write(part, stream)
        name = file_name(part["worker"][0] or "")
        write(into / f"{number:04}-{name}.xlsx", stream.getvalue())


def counts(ground: Ground, by: str) -> "pl.DataFrame":
    """Return the counts of one grouping; those by worker after the audit trail tells it."""
    from kirjaamo.audit.scores.workers import by_worker
    from kirjaamo.cli.trail import remember
    from kirjaamo.workspace import needed

    if by != "worker":
        return ground.scores.of(by)
    table = by_worker(ground.judged)
    remember(needed(), "audit-by-worker", rows=table.height)
    return table


def rounded(table: "pl.DataFrame") -> "pl.DataFrame":
    """Return a table with as many digits as anybody reads."""
    import polars as pl

    return table.with_columns(pl.col(pl.Float64).round(DIGITS))


def exercises(path: Path, ground: Ground, seed: int, each: int) -> None:
    """Write the exercises, after the audit trail tells it."""
    from kirjaamo.audit.feedback import exercises as training
    from kirjaamo.cli.trail import remember
    from kirjaamo.workspace import needed

    workspace = needed()
    names = training.names_of(ground.systems)
    made = training.exercises(ground.judged, names, seed, each, ground.chosen)
    remember(workspace, "audit-exercises", exercises=len(made), seed=seed)
    write(path, training.page(made, seed))
