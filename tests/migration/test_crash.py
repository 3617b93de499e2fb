"""A migration that is killed again and again ends as one that never was; `make crash` does more."""

import pytest

from benchmarks import crash
from kirjaamo import log, samples


@pytest.mark.slow
def test_kills_change_no_byte(tmp_path):
    log.start(verbose=False)
    exports = tmp_path / "exports"
    samples.export(samples.generate(30, seed=1, defects=0.02), "C", exports)
    place = crash.Place("SQLite", "folder", lambda folder: f"sqlite:///{folder}/ledger.sqlite")
    figures = crash.Figures()

    crash.rounds(tmp_path, exports, place, 6, figures)

    assert figures.kills >= 6
    assert (figures.lost, figures.duplicated, figures.different_bytes) == (0, 0, 0)


@pytest.mark.slow
@pytest.mark.parametrize("trouble", [crash._full, crash._second, crash._back])
def test_other_troubles_change_no_byte(trouble, tmp_path):
    log.start(verbose=False)
    exports = tmp_path / "exports"
    samples.export(samples.generate(30, seed=1, defects=0.02), "C", exports)
    place = crash.Place("SQLite", "folder", lambda folder: f"sqlite:///{folder}/ledger.sqlite")
    folder = tmp_path / "round"
    crash.prepare(folder, exports, place)
    crash.finish(folder)
    wanted = crash.content(folder, "folder")
    crash.prepare(folder, exports, place)

    trouble(folder)
    crash.finish(folder)

    assert crash.content(folder, "folder") == wanted
