"""Sample workspaces of ledgers, and what stands in them."""

import shutil

import pytest

from kirjaamo.finance.datapoints.reading import read as read_points
from kirjaamo.mappings import load
from kirjaamo.samples.ledger import write
from kirjaamo.workspace import find

POSTINGS = 1500


@pytest.fixture(scope="session")
def sound(tmp_path_factory):
    """Return the workspace of a sound ledger; nothing may be changed in it."""
    folder = tmp_path_factory.mktemp("sound")
    write(folder, postings=POSTINGS)
    return folder


@pytest.fixture(scope="session")
def damaged(tmp_path_factory):
    """Return the workspace of a ledger with every defect; nothing may be changed in it."""
    folder = tmp_path_factory.mktemp("damaged")
    write(folder, postings=POSTINGS, defects=True)
    return folder


@pytest.fixture
def ledger(sound, tmp_path, monkeypatch):
    """Return a copy of the sound workspace, which is the current folder."""
    folder = tmp_path / "ledger"
    shutil.copytree(sound, folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(scope="session")
def settings(sound):
    """Return the settings of the sample."""
    return find(sound).settings.finance


@pytest.fixture(scope="session")
def points(sound):
    """Return the data points of the sample taxonomy."""
    return read_points(sound / "taxonomy" / "malli-datapoints.sqlite")


@pytest.fixture(scope="session")
def crosswalks(sound):
    """Return the mappings of the sample."""
    return load(find(sound))
