"""The third part of the demo: the region's recording is measured, compared and reported."""

import datetime as dt
import io
import time
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    from kirjaamo.audit.scores.counting import Scores
    from kirjaamo.audit.scores.judging import Terms

CLIENTS, SEED, DEFECTS = 600, 2, 0.25
"""The region before training: smaller, and with more defects."""

BEFORE = N_("before training")
TOLD = N_("Audited {rows} records in {seconds:.1f} s.")


def run(output: Path, as_of: dt.date) -> None:
    """Write ``audit.html`` and ``audit.xlsx`` about the exports in *output*."""
    from kirjaamo.audit import words
    from kirjaamo.audit.reporting import page, workbook
    from kirjaamo.audit.reporting.content import content
    from kirjaamo.audit.scores.judging import Terms
    from kirjaamo.audit.trend.score_files import made
    from kirjaamo.classifications import Codes
    from kirjaamo.cli.audit_ground import write
    from kirjaamo.settings import read_toml
    from kirjaamo.workspace import Settings

    started = time.perf_counter()
    settings = read_toml(
        Path(str(files("kirjaamo.samples") / "data" / "workspace.toml")), Settings
    )
    terms = Terms(as_of, settings.audit, words.read(), Codes())
    earlier = made(_before(terms), gettext(BEFORE), units=True)
    scores = _scores(output / "exports", terms)
    smallest = (terms.settings.records, terms.settings.workers)
    name = settings.organisation.name
    told = content(scores, name, earlier, goal=terms.settings.goal, smallest=smallest)
    write(output / "audit.html", page.page(told, terms.codes))
    stream = io.BytesIO()
    workbook.write(told, terms.codes, stream)
    write(output / "audit.xlsx", stream.getvalue())
    seconds = time.perf_counter() - started
    click.echo(gettext(TOLD).format(rows=scores.rows, seconds=seconds), err=True)


def _before(terms: "Terms") -> "Scores":
    """Return the scores of the region as it was before training."""
    from kirjaamo import samples

    region = samples.generate(CLIENTS, SEED, DEFECTS)
    with TemporaryDirectory() as folder:
        for system in samples.SYSTEMS:
            samples.export(region, system, Path(folder))
        return _scores(Path(folder), terms)


def _scores(folder: Path, terms: "Terms") -> "Scores":
    """Return the scores of the exports in a folder."""
    from kirjaamo.audit import ground
    from kirjaamo.audit.scores.counting import counted
    from kirjaamo.audit.scores.judging import judged
    from kirjaamo.cli.inputs import inputs
    from kirjaamo.sources.tables import systems

    read = systems(inputs([str(folder)], None, None).tables, ground.READ)
    return counted(judged(read, terms), terms)
