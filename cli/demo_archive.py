"""The fourth part of the demo: moved documents become archive documents that are handed over.

The key that seals them is made for the demo and thrown away; nothing trusts it.
"""

import datetime as dt
import getpass
import shutil
import time
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli import archive_build
from kirjaamo.cli.memory import peak_mb
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    from kirjaamo.archive.building.cases import Case
    from kirjaamo.archive.building.running import Outcome
    from kirjaamo.workspace import Workspace

MOST = 1500
"""Moved documents that the demo archives at most: an even share of all."""

SHARE = N_("Of {all} moved documents the demo archives {count}, evenly spread.")
TOLD = N_(
    "Archived {built} documents in {seconds:.1f} s: built and checked in {making:.1f} s "
    "({speed} a second), sealed with a throw-away test key in {sealing:.1f} s, packed in "
    "{packing:.1f} s, verified in {verifying:.1f} s; {found} faults; at most {memory} MB of "
    "memory in one process."
)


def run(output: Path) -> None:
    """Build, seal, pack and verify what was moved in *output*."""
    from kirjaamo.workspace import find

    workspace = find(output)
    assert workspace is not None, "the migration has written it"  # noqa: S101 - by construction
    place = output / "archive"
    shutil.rmtree(place, ignore_errors=True)  # of an earlier demo
    at = dt.datetime.now(dt.UTC).replace(microsecond=0)
    clock = [time.perf_counter()]
    outcome = _build(workspace, place, at)
    clock.append(time.perf_counter())
    if not outcome.built:
        return
    found = _hand_over(workspace, place, at, clock)
    _say(outcome.built, clock, found)


def _hand_over(workspace: "Workspace", place: Path, at: dt.datetime, clock: list[float]) -> int:
    """Seal what was built, pack and verify it, and return how many faults were found."""
    from kirjaamo.archive.packages import steps, verifying
    from kirjaamo.archive.packages.bagging import Limits
    from kirjaamo.archive.signing import Key, SignatureKind, Trust
    from kirjaamo.ledger import of_workspace
    from kirjaamo.samples import authority

    made = authority.seal(at)
    signs = steps.signing(Key(made.private, made.certificate), SignatureKind.SYSTEM, at)
    grounds = verifying.Grounds(Trust((made.authority,), ()), at)
    limits = Limits(
        workspace.settings.hand_over.documents, workspace.settings.hand_over.megabytes << 20
    )
    facts = {"Source-Organization": workspace.settings.organisation.name}
    how = steps.Packing(limits, workspace.settings.hand_over.prefix, facts, at.date())
    with of_workspace(workspace, lambda: at, getpass.getuser()) as ledger:
        steps.sign_folder(place / "built", place / "signed", signs, ledger)
        clock.append(time.perf_counter())
        bags = [*steps.pack(place / "signed", place / "packages", how, ledger, grounds)]
        clock.append(time.perf_counter())
    found = sum(len(verifying.verify(bag.path, grounds).found) for bag in bags)
    clock.append(time.perf_counter())
    return found


def _say(built: int, clock: list[float], found: int) -> None:
    making, sealing, packing, verifying = (after - before for before, after in pairwise(clock))
    sentence = gettext(TOLD).format(
        built=built, seconds=clock[-1] - clock[0], making=making, speed=round(built / making),
        sealing=sealing, packing=packing, verifying=verifying, found=found, memory=peak_mb(),
    )  # fmt: skip
    click.echo(sentence, err=True)


def _build(workspace: "Workspace", place: Path, at: dt.datetime) -> "Outcome":
    from kirjaamo.archive.building.running import Output, run
    from kirjaamo.cli.progress import progress

    maker = archive_build.ready(workspace, at.isoformat())
    target = workspace.migration / "target"
    result = Output(place / "built", place / "held.csv", place / "provenance.jsonl")
    with progress(quiet=False) as told:
        outcome = run(_share(workspace, target), maker, result, told=told)
    archive_build.say(outcome)
    return outcome


def _share(workspace: "Workspace", target: Path) -> "Iterator[Case]":
    """Return an even share of the moved documents, and tell how large it is."""
    every = [*archive_build.cases(workspace, target, {})]
    step = -(-len(every) // MOST) or 1
    count = len(range(0, len(every), step))
    click.echo(gettext(SHARE).format(all=len(every), count=count), err=True)
    return islice(every, 0, None, step)
