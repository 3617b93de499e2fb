"""A migration that is killed again and again ends as one that never was; `make crash` does more."""

import pytest

from benchmarks import crash, crash_places, crash_troubles
from kirjaamo import log, samples


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    log.start(verbose=False)
    folder = tmp_path_factory.mktemp("crash")
    samples.export(samples.generate(30, seed=1, defects=0.02), "C", folder / "exports")
    return crash_places.prepared(crash_places.sqlite(folder, "folder"), folder / "exports")


@pytest.fixture(scope="module")
def unharmed(place):
    place.reset()
    crash_places.finish(place.folder)
    return place.content()


@pytest.mark.slow
def test_kills_change_no_byte(place):
    figures = crash.rounds(place, 6)

    assert figures.kills >= 6
    assert (figures.lost, figures.duplicated, figures.different_bytes) == (0, 0, 0)
    assert figures.troubles == 3


@pytest.mark.slow
def test_a_file_that_may_not_grow_changes_no_byte(place, unharmed, monkeypatch):
    monkeypatch.setattr(crash_troubles, "_mounted", lambda *_: False)
    with crash_troubles.full_disk(place):
        crash_places.finish(place.folder)

        assert place.content() == unharmed


def test_a_difference_of_one_byte_is_counted():
    good = crash_places.Round({"a": b"1", "b": b"2"}, b"l")
    figures = crash.Figures()
    figures.compare("x", 1, crash_places.Round({"a": b"9", "c": b"3"}, b"m"), good)

    assert (figures.lost, figures.duplicated, figures.different_bytes) == (1, 1, 2)
    assert crash.sums(figures)["rounds_killed"] == 1
