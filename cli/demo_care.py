"""A part of the demo: what closure rules would close in the region, and what is to be mended."""

import datetime as dt
import time
from pathlib import Path

import click

from kirjaamo.messages import N_, gettext

TOLD = N_("Looked after the data in {seconds:.1f} s: {flawed} places to mend.")


def run(output: Path, as_of: dt.date) -> None:
    """Tell what could be closed, and write ``care.html`` and ``care.ics``."""
    from kirjaamo.cli import care_calendar, care_checking, care_simulating
    from kirjaamo.cli.care_ground import Ground

    started = time.perf_counter()
    moment = dt.datetime.combine(as_of, dt.time())
    ground = Ground((str(output / "exports"),), as_of=moment)
    care_simulating.tell(care_simulating.simulation(ground, None, ()), None)
    flawed = care_checking.check(ground, [output / "care.html"], None, "text")
    care_calendar.write_clock(care_calendar.due(ground, None, None), output / "care.ics", as_of)
    seconds = time.perf_counter() - started
    click.echo(gettext(TOLD).format(seconds=seconds, flawed=flawed), err=True)
