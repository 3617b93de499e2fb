"""``kirjaamo demo``: a whole synthetic region, checked, reported, migrated, archived, audited and filed."""

import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli import demo_archive, demo_audit, demo_care, demo_finance, demo_migration
from kirjaamo.cli.base import command, option
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    from kirjaamo.run import Run
    from kirjaamo.sources.formats import Source

CLIENTS = 3000
"""Clients of the region: 12 000 decisions in three systems."""

DEFECTS = 0.02
WORKBOOK = "B"
"""The system whose export is a workbook: the one that is given back annotated."""


@command(
    help=N_(
        "Generate a synthetic region with three old client systems and 12 000 decisions, check "
        "it, write reports as json, sarif and xlsx, migrate it to national documents, build, seal "
        "and pack archive documents of them, report on the quality of its recording, and file "
        "its ledger as XBRL.\n\n"
        "Nothing in it is of a real person."
    )
)
@option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default="demo",
    show_default=True,
    help=N_("Folder to write to."),
)
@option("--seed", type=int, default=1, show_default=True, help=N_("Where chance begins."))
@option(
    "--clients",
    type=click.IntRange(min=30),
    default=CLIENTS,
    show_default=True,
    help=N_("Clients of the region; each has about four decisions."),
)
def demo(output: Path, seed: int, clients: int) -> None:
    """Run Kirjaamo over a whole region."""
    from kirjaamo import log, samples

    log.start(verbose=False)
    _check(output, clients, seed)
    demo_migration.run(output, samples.AS_OF)
    demo_archive.run(output)
    demo_audit.run(output, samples.AS_OF)
    demo_care.run(output, samples.AS_OF)
    demo_finance.run(output, samples.AS_OF)


def _check(output: Path, clients: int, seed: int) -> None:
    """Generate the region, check it, and write the reports."""
    from rich.console import Console

    from kirjaamo import samples
    from kirjaamo.cli.inputs import inputs
    from kirjaamo.cli.progress import progress
    from kirjaamo.reports import text
    from kirjaamo.validators.checking import Choice, check

    clock = [time.perf_counter()]
    exports = output / "exports"
    region = samples.generate(clients, seed, DEFECTS)
    for system in samples.SYSTEMS:
        samples.export(region, system, exports)
    samples.staff_list(region, exports)
    clock.append(time.perf_counter())
    found = inputs([str(exports)], None, None)
    choice = Choice(as_of=samples.AS_OF, jobs=2)
    with progress(quiet=False) as told:
        run = check(found.tables, (), choice, progress=told)
    clock.append(time.perf_counter())
    text.show(run, Console())
    _write(run, found.tables, output / "report.json")
    _write(run, found.tables, output / "report.sarif")
    workbook = tuple(s for s in found.tables if s.profile.system == WORKBOOK)
    _write(check(workbook, (), choice), workbook, output / "report.xlsx")
    clock.append(time.perf_counter())
    _say_times(run.rows, [after - before for before, after in pairwise(clock)])


def _write(run: "Run", sources: "Sequence[Source]", path: Path) -> None:
    """Write a report in the format that its name ends with."""
    from kirjaamo import reports
    from kirjaamo.files import replacing

    with replacing(path) as stream:
        reports.write(reports.for_file(path), run, stream, sources=sources)
    click.echo(gettext("Wrote {path}").format(path=path), err=True)


def _say_times(rows: int, seconds: list[float]) -> None:
    generated, checked, reported = seconds
    sentence = gettext(
        "Generated in {generated:.1f} s, checked {rows} rows in {checked:.1f} s, "
        "wrote reports in {reported:.1f} s."
    )
    told = sentence.format(generated=generated, rows=rows, checked=checked, reported=reported)
    click.echo(told, err=True)
