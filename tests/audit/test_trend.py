"""Snapshots, comparisons and score files."""

import datetime as dt

import msgspec
import polars as pl
import pytest

from kirjaamo.audit.scores.counting import counted
from kirjaamo.audit.scores.judging import judged
from kirjaamo.audit.trend import comparing, score_files, snapshots
from kirjaamo.audit.trend.comparing import Change
from kirjaamo.audit.trend.errors import (
    NothingMeasuredError,
    ScoreFileError,
    SnapshotExistsError,
)
from kirjaamo.errors import UnknownNameError
from kirjaamo.ledger.opening import open_ledger
from tests.audit.records import entry, system, terms

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def scores(flawed, of=200, **choice):
    rows = [entry(n, text="-" if n < flawed else "Asiakas kertoi arjesta.") for n in range(of)]
    chosen = terms(**choice)
    return counted(judged([system(entry=rows)], chosen), chosen)


def file(flawed, label="x", **choice):
    return score_files.made(scores(flawed, **choice), label, units=True)


@pytest.fixture
def ledger(tmp_path):
    with open_ledger(f"sqlite:///{tmp_path / 'l.sqlite'}", lambda: NOW, "me") as opened:
        yield opened


def test_a_snapshot_comes_back_as_it_was_kept(ledger):
    kept = snapshots.keep(ledger, scores(10), "spring")

    assert snapshots.get(ledger, "spring") == kept
    assert snapshots.names(ledger) == ["spring"]


def test_a_name_is_given_once_and_must_be_known(ledger):
    snapshots.keep(ledger, scores(10), "spring")

    with pytest.raises(SnapshotExistsError):
        snapshots.keep(ledger, scores(10), "spring")
    with pytest.raises(UnknownNameError, match="spring"):
        snapshots.get(ledger, "sprong")


def test_no_scores_are_no_snapshot(ledger):
    with pytest.raises(NothingMeasuredError):
        snapshots.keep(ledger, scores(0, of=1), "spring")
    assert snapshots.names(ledger) == []


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [(100, 10, Change.BETTER), (10, 100, Change.WORSE), (10, 11, Change.SAME)],
)
def test_a_change_is_told_when_it_is_sure(before, after, change):
    table = comparing.compared(file(before), file(after))
    told = dict(table.select("measure", "change").iter_rows())

    assert told["RQ011"] == change
    assert set(told.values()) <= {change, Change.SAME}


def test_another_definition_is_no_change_of_quality():
    strict = file(100, thresholds={"RQ011": {"characters": 500}})
    table = comparing.compared(file(100), strict).filter(pl.col("measure") == "RQ011")

    assert table["change"].to_list() == [Change.REDEFINED]
    assert table["difference"].to_list() == [None]


def test_organisations_are_compared_over_what_all_measured_alike():
    other = file(10, "north", thresholds={"RQ001": {"days": 1}})
    table = comparing.benchmark([file(100, "south"), other, file(10, "alike")])

    assert table["label"].to_list() == ["alike", "north", "south"]
    assert table["measures"].unique().len() == 1
    assert table["measures"][0] == len(file(10).table.filter(pl.col("by") == "all")) - 1


def test_organisations_without_a_common_measure_have_no_score():
    empty = msgspec.structs.replace(file(10), counts=())

    assert comparing.benchmark([file(10), empty])["score"].to_list() == [None, None]


def test_a_score_file_names_no_unit():
    made = score_files.made(scores(10), "x")

    assert {one.by for one in made.counts} <= set(score_files.ANONYMOUS)


def test_a_score_file_is_read_as_written(tmp_path):
    path = tmp_path / "s.json"
    path.write_bytes(score_files.written(file(10)))

    assert score_files.read(path) == file(10)


BROKEN = {
    "nothing": b"",
    "no json": b"{",
    "other fields": b'{"form": "kirjaamo-scores-1", "persons": []}',
    "other form": score_files.written(msgspec.structs.replace(file(10), form="kirjaamo-scores-9")),
    "more flawed than judged": score_files.written(file(10)).replace(b'"flawed": 10', b'"flawed": 999'),
    "a text for a number": score_files.written(file(10)).replace(b'"flawed": 10', b'"flawed": "secret"'),
}  # fmt: skip


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_score_file_is_refused(tmp_path, content):
    path = tmp_path / "s.json"
    path.write_bytes(content)

    with pytest.raises(ScoreFileError) as told:
        score_files.read(path)
    assert "secret" not in str(told.value)


def test_a_missing_or_huge_score_file_is_refused(tmp_path, monkeypatch):
    with pytest.raises(ScoreFileError, match="FileNotFoundError"):
        score_files.read(tmp_path / "none.json")
    path = tmp_path / "s.json"
    path.write_bytes(score_files.written(file(10)))
    monkeypatch.setattr(score_files, "LARGEST", 10)
    with pytest.raises(ScoreFileError, match="64 MB"):
        score_files.read(path)
