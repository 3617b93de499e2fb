"""OIDs of a register: what is wrong with them, allocating, and the coding report."""

import csv
import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.archive.oids.checking import CHECKS, check
from kirjaamo.archive.oids.reporting import report
from kirjaamo.ledger.identity import identifier
from kirjaamo.sources.tables import System
from tests.command_line import kirjaamo, refused

AS_OF = dt.date(2026, 1, 1)
OWN = "1.2.246.10.2048198"
GOOD = f"{OWN}.10.1"


def unit(number=1, oid=GOOD, **more):
    plain = {"_source": "u.csv", "_row": number, "unit_id": f"U{number}", "oid": oid,
             "business_id": None, "valid_from": dt.date(2010, 1, 1), "valid_to": None}  # fmt: skip
    return {**plain, **more}


def frame(rows):
    types = {"unit": pl.String, "_row": pl.UInt64, "business_id": pl.String, "oid": pl.String}
    types |= dict.fromkeys(("valid_from", "valid_to", "decided"), pl.Date)
    return pl.DataFrame(rows, schema_overrides={k: v for k, v in types.items() if k in rows[0]})


def found(*units, own=OWN, **tables):
    known = {"unit": frame(units), **{name: frame(rows) for name, rows in tables.items()}}
    return check([System("A", known, frozenset(), {})], own, AS_OF)["check"].to_list()


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ([unit()], []),
        ([unit(oid=None)], ["missing"]),
        ([unit(oid="1.2.246.010.1")], ["malformed"]),
        ([unit(oid="not an oid")], ["malformed"]),
        ([unit(oid=GOOD + ".1" * 30)], ["long"]),
        ([unit(oid="1.2.246.10.2048197.10.1")], ["business-id", "foreign"]),
        ([unit(business_id="0204819-8")], []),
        ([unit(business_id="2012566-8")], ["other-business-id"]),
        ([unit(1), unit(2)], ["twice", "twice"]),
        ([unit(1), unit(2, oid=f"{OWN}.10.2")], []),
        ([unit(oid="1.2.246.10.1012636.10.1")], ["foreign"]),
        ([unit(valid_to=dt.date(2009, 1, 1))], ["ended-before-begun"]),
    ],
)
def test_a_register_meets_its_checks(units, expected):
    assert found(*units) == expected


@pytest.mark.parametrize(
    ("table", "row", "expected"),
    [
        ("decision", {"unit": "U1", "decided": dt.date(2015, 1, 1)}, []),
        ("decision", {"unit": "U1", "decided": dt.date(2009, 12, 31)}, ["not-valid"]),
        ("decision", {"unit": "U1", "decided": dt.date(2021, 1, 1)}, ["not-valid"]),
        ("decision", {"unit": "U9", "decided": dt.date(2015, 1, 1)}, ["unknown-unit"]),
        ("decision", {"unit": None, "decided": dt.date(2015, 1, 1)}, []),
        ("worker", {"unit": "U1", "valid_from": None, "valid_to": None}, ["worker-of-ended"]),
        ("worker", {"unit": "U1", "valid_from": None, "valid_to": dt.date(2020, 1, 1)}, []),
    ],
)
def test_records_of_units_meet_their_checks(table, row, expected):
    ended = unit(valid_to=dt.date(2020, 12, 31))

    assert found(ended, **{table: [{"_source": "r.csv", "_row": 1, **row}]}) == expected


def test_every_unit_is_reported_with_its_use():
    decisions = [{"_source": "d.csv", "_row": n, "unit": "U2", "decided": None} for n in (1, 2)]
    system = System("A", {"unit": frame([unit(1), unit(2, oid=None)]),
                          "decision": frame(decisions)}, frozenset(), {})  # fmt: skip
    table = report([system], check([system], OWN, AS_OF))

    assert table["unit"].to_list() == ["U2", "U1"]
    assert table["ready"].to_list() == [False, True]
    assert table["records"].to_list() == [2, 0]


@given(keys=st.lists(st.text(min_size=1, max_size=20), min_size=2, max_size=20, unique=True))
def test_two_keys_never_get_one_identifier(keys):
    given_ = {identifier(OWN, "A", "document", key) for key in keys}

    assert len(given_) == len(keys)
    assert all(len(one) <= 64 for one in given_)


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    (tmp_path / "kirjaamo.toml").write_text(f'[organisation]\noid = "{OWN}"\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_same_key_always_gets_the_same_identifier(workspace):
    first = kirjaamo("oid", "allocate", "--system", "A", "K1", "K2")
    again = kirjaamo("oid", "allocate", "--system", "A", "K2", "K1", "-o", "oids.csv")
    rows = list(csv.reader(first.stdout.splitlines(), delimiter=","))
    text = (workspace / "oids.csv").read_text("utf-8-sig")

    assert first.exit_code == again.exit_code == 0, again.stderr
    assert len(rows) == 3
    assert all(cell in text for row in rows[1:] for cell in row)


def test_keys_come_from_a_file_too(workspace):
    (workspace / "keys.txt").write_text("K1\n\nK2\n")
    done = kirjaamo("oid", "allocate", "--system", "A", "--file", "keys.txt")

    assert done.exit_code == 0, done.stderr
    assert len(done.stdout.splitlines()) == 3


@pytest.mark.usefixtures("workspace")
def test_without_keys_nothing_is_allocated():
    assert "No key" in refused("oid", "allocate", "--system", "A")


def test_without_a_node_nothing_is_allocated(tmp_path, monkeypatch):
    (tmp_path / "kirjaamo.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    done = kirjaamo("oid", "allocate", "--system", "A", "K1")

    assert done.exit_code == 2
    assert done.stdout == ""


def test_a_file_that_is_no_text_is_refused(workspace):
    (workspace / "keys.txt").write_bytes(b"\xff\xfe\x00\x81")

    assert "keys.txt" in refused("oid", "allocate", "--system", "A", "--file", "keys.txt")


def test_the_commands_look_at_exports(exports, tmp_path):
    done = kirjaamo("oid", "check", exports, "--as-of", "2026-01-01", "-o", tmp_path / "f.csv")
    told = kirjaamo("oid", "report", exports, "--as-of", "2026-01-01", "--format", "csv")
    rows = list(csv.DictReader((tmp_path / "f.csv").read_text("utf-8-sig").splitlines(),
                               delimiter=";"))  # fmt: skip

    assert done.exit_code in {0, 1}, done.stderr
    assert all(row["check"] in CHECKS.values() for row in rows)
    assert told.exit_code == 0, told.stderr
    assert "units have an OID" in told.stderr


def test_nothing_is_allocated_when_one_identifier_stands_for_something_else(workspace):
    import sqlite3

    first = kirjaamo("oid", "allocate", "--system", "A", "K1")
    assert first.exit_code == 0, first.stderr
    base = sqlite3.connect(workspace / "ledger.sqlite")
    with base:
        base.execute("UPDATE identifier SET source_key = 'another'")
    base.close()
    done = kirjaamo("oid", "allocate", "--system", "A", "K2", "K1")

    assert done.exit_code == 4
    assert "nothing was allocated" in done.stderr
