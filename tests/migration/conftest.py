"""The workspace of the sample region with small exports, and a desk whose clock stands still."""

import datetime as dt
import itertools

import pytest

from kirjaamo import samples
from kirjaamo.cli.inputs import inputs
from kirjaamo.migration import running, steps
from kirjaamo.migration.desk import Desk
from kirjaamo.workspace import find

AS_OF = dt.date(2026, 1, 1)
NOW = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def small_exports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    region = samples.generate(24, seed=3, defects=0.03)
    for system in ("A", "C"):
        samples.export(region, system, folder)
    return folder


@pytest.fixture
def place(tmp_path, small_exports):
    """Return the folder of a workspace with exports."""
    samples.workspace(tmp_path)
    (tmp_path / "exports").symlink_to(small_exports)
    return tmp_path


def desk_of(folder, clock=lambda: NOW):
    workspace = find(folder)
    return Desk(workspace, lambda: inputs((), None, workspace).tables, clock, "tester")


@pytest.fixture
def desk(place):
    return desk_of(place)


def options(**more):
    return steps.options(**{"as_of": AS_OF, "stage": "test", "batch": 40, **more})


@pytest.fixture(scope="session")
def planned(tmp_path_factory, small_exports):
    """Return a plan, its prepared migration and the results of its batches, made once."""
    folder = tmp_path_factory.mktemp("planned")
    samples.workspace(folder)
    (folder / "exports").symlink_to(small_exports)
    desk = desk_of(folder)
    plan = steps.make_plan(desk, options())
    with desk.ledger() as book:
        prepared = desk.prepared(book, plan.options)
    with running.making(prepared, 1) as results:
        made = list(results(prepared.batches()))
    return plan, prepared, made


@pytest.fixture
def ticking():
    """Return a clock that goes on by a second at every look."""
    seconds = itertools.count()
    return lambda: NOW + dt.timedelta(seconds=next(seconds))


def tree(folder):
    """Return the bytes of every file below a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
