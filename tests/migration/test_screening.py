"""Rows that cannot move as they stand are held or rejected, each with its reason; none is lost."""

import polars as pl
import pytest

from kirjaamo.migration.reading import systems
from kirjaamo.migration.reasons import BY_STATUS, REASONS
from kirjaamo.migration.screening import EARLIER, REASON, parts
from kirjaamo.sources import profile
from kirjaamo.sources.formats import open_source

PROFILE = """\
system: X
label: {fi: X, sv: X, en: X}
parts:
  - files: d.csv
    delimiter: ";"
    tables:
      client: {one_per: client_id, fields: {client_id: AS, birth_date: SYNT}}
      decision:
        fields:
          decision_id: NRO
          client_id: AS
          decided: PVM
          service_task: {column: TEHT, values: {L: "10"}}
"""
HEADER = "NRO;AS;PVM;TEHT;SYNT"


def screened(folder, *lines, left_out=None, earlier=()):
    (folder / "p.yaml").write_text(PROFILE)
    (folder / "d.csv").write_text("\n".join([HEADER, *lines, ""]))
    read = profile.read(folder / "p.yaml")
    moved = pl.DataFrame(list(earlier), schema=EARLIER, orient="row")
    from kirjaamo.mappings import load

    found = systems(open_source(folder / "d.csv", [read]), load(None, [read]))
    (part,) = parts(found, left_out or {}, moved)
    return part.frame[REASON].to_list()


GOOD = "1;A;1.2.2020;L;1.1.1980"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (";A;1.2.2020;L;", "missing-key"),
        ("2;A;1.2.20024;L;", "unreadable-value"),
        ("2;A;31.2.2020;L;", "unreadable-value"),
        ("2;A;1.2.1019;L;", "unreadable-value"),
        ("2;B;1.2.2020;L;1.1.20024", "unreadable-value"),
        ("2;;1.2.2020;L;", "no-client"),
        ("2;A;1.2.2020;KOTI;", "no-known-number"),
        ("2;A;1.2.2020", "damaged-row"),
        ("2;A;1.2.2020;L;1.1.1980", None),
        ("2;A;1.2.2020;;1.1.1980", None),
    ],
)
def test_a_row_meets_its_gate(line, reason, tmp_path):
    assert screened(tmp_path, GOOD, line) == [None, reason]


def test_the_same_row_twice_moves_once(tmp_path):
    assert screened(tmp_path, GOOD, GOOD) == [None, "repeated-row"]


def test_different_rows_with_one_key_are_all_held(tmp_path):
    rows = [GOOD, "1;A;1.2.2021;L;1.1.1980", "2;A;1.2.2021;L;1.1.1980"]

    assert screened(tmp_path, *rows) == ["duplicate-key", "duplicate-key", None]


def test_what_an_earlier_run_moved_is_not_moved_again(tmp_path):
    rows = [GOOD, "2;A;1.2.2021;L;1.1.1980"]

    assert screened(tmp_path, *rows, earlier=[("X", "decision", "1")]) == [
        "moved-earlier",
        None,
    ]


@pytest.mark.parametrize("why", ["out_of_scope", "not_certifiable"])
def test_a_system_that_is_left_out_is_rejected_whole(why, tmp_path):
    assert screened(tmp_path, GOOD, left_out={"X": why}) == [why.replace("_", "-")]


def test_every_gate_has_a_sentence_and_an_advice():
    assert set(BY_STATUS.values()) <= REASONS.keys()
    assert [r.code for r in REASONS.values() if not (r.sentence and r.advice)] == []
    assert max(map(len, REASONS)) <= 32
