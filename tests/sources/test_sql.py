"""Databases: tables in the order of their key, and no password anywhere."""

import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa

from kirjaamo.sources import errors, sql
from tests.sources.reading import part, read

SCHEMA = """
create table client (id integer primary key, name text, born date);
create table pair (a text, b text, primary key (a, b)) without rowid;
create table loose (a text);
create table hidden (rowid text);
create view names as select name from client;
"""


@pytest.fixture
def url(tmp_path):
    with closing(sqlite3.connect(tmp_path / "x.db")) as base:
        base.executescript(SCHEMA)
        rows = [(n, f"n{n}", "2024-01-31") for n in (5, 3, 1, 4, 2)]
        base.executemany("insert into client values (?, ?, ?)", rows)
        pairs = [(f"a{n // 2}", f"b{n}") for n in range(5)]
        base.executemany("insert into pair values (?, ?)", pairs)
        base.executemany("insert into loose values (?)", [("z",), (None,), ("a",)])
        base.executemany("insert into hidden values (?)", [("z",), ("a",)])
        base.commit()
    return f"sqlite:///{tmp_path / 'x.db'}"


@pytest.mark.parametrize("size", [1, 512, 1 << 20])
@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("client", [(str(n), f"n{n}", "2024-01-31", n - 1, False) for n in range(1, 6)]),
        ("pair", [(f"a{n // 2}", f"b{n}", n, False) for n in range(5)]),
        ("loose", [("z", 0, False), (None, 1, False), ("a", 2, False)]),
        ("hidden", [("a", 0, False), ("z", 1, False)]),
        ("names", [(f"n{n}", n - 1, False) for n in range(1, 6)]),
    ],
)
def test_a_table_reads_in_the_order_of_its_key(url, table, expected, size):
    assert read(url, size, sheet=table) == (expected, len(expected))


def test_an_empty_table_is_one_empty_unit(tmp_path):
    with closing(sqlite3.connect(tmp_path / "x.db")) as base:
        base.execute("create table t (a text)")

    assert read(f"sqlite:///{tmp_path / 'x.db'}") == ([], 0)


def test_the_tables_of_a_database_are_listed(url):
    assert sql.tables(url) == ("client", "hidden", "loose", "names", "pair")


def test_a_missing_table_is_an_error_with_the_nearest_name(url):
    with pytest.raises(errors.MissingSheetError, match="Did you mean “client”"):
        read(url, sheet="clients")


def test_several_tables_and_none_named_are_an_error(url):
    with pytest.raises(errors.ChooseSheetError, match="client, hidden"):
        read(url)


def test_reading_never_makes_a_database(tmp_path):
    with pytest.raises(errors.MissingFileError):
        read(f"sqlite:///{tmp_path / 'none.db'}")

    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_database_is_an_error(tmp_path):
    (tmp_path / "x.db").write_bytes(b"a;b\n")
    (tmp_path / "y.db").write_bytes(b"SQLite format 3\x00" + b"\xff" * 500)

    for name in ("x.db", "y.db"):
        with pytest.raises(errors.DatabaseError):
            read(f"sqlite:///{tmp_path / name}", sheet="t")


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("postgresql://u:secret@127.0.0.1:1/x", errors.UnreachableDatabaseError),
        ("klingon://u:secret@h/x", errors.DatabaseUrlError),
        ("postgresql://u:secret@h:port/x", errors.DatabaseUrlError),
    ],
)
def test_no_password_is_ever_shown(url, error):
    with pytest.raises(error) as caught:
        read(url, name="sql", sheet="t")

    assert "secret" not in f"{caught.value} {caught.value!r} {caught.value.__cause__}"


def test_a_password_stays_out_of_the_location():
    assert sql.without_password("postgresql://u:secret@h/x") == "postgresql://u@h/x"


@pytest.mark.postgres
@pytest.mark.parametrize("size", [1, 600, 1 << 20])
def test_postgresql_reads_like_sqlite(postgres_url, size):
    engine = sa.create_engine(postgres_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as base:
        base.exec_driver_sql("drop table if exists visit cascade")
        base.exec_driver_sql(
            "create table visit (a text, n int, sum numeric(10,3), at timestamptz, j json,"
            " l text[], flag boolean, primary key (a, n))"
        )
        base.exec_driver_sql(
            "insert into visit select 'a' || mod(i, 2), i, 1.500, '2024-07-01T10:05:00Z',"
            " '{\"x\": 1}', '{p,q}', true from generate_series(1, 5) i"
        )
        base.exec_driver_sql("create or replace view v as select * from visit")
    engine.dispose()
    rest = ("1.5", "2024-07-01T13:05:00", '{"x": 1}', "p,q", "true")
    order = [2, 4, 1, 3, 5]

    expected = [(f"a{n % 2}", str(n), *rest, at, False) for at, n in enumerate(order)]

    assert read(postgres_url, size, name="sql", sheet="visit") == (expected, 5)
    assert read(postgres_url, size, name="sql", sheet="public.visit") == (expected, 5)
    assert len(read(postgres_url, size, name="sql", sheet="v")[0]) == 5


@pytest.mark.postgres
def test_a_wrong_password_is_an_error_without_the_password(postgres_url):
    user, _, rest = postgres_url.partition("@")
    wrong = f"{user.rpartition(':')[0]}:not-this@{rest}"

    with pytest.raises(errors.DatabaseLoginError) as caught:
        list(sql.units(wrong, part(sheet="t"), 100))

    assert "not-this" not in str(caught.value)


@pytest.mark.postgres
def test_units_of_postgresql_carry_no_password(postgres_url, monkeypatch):
    engine = sa.create_engine(postgres_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as base:
        base.exec_driver_sql("create table if not exists one (a int primary key)")
    engine.dispose()
    secret = sa.make_url(postgres_url).password
    unit = next(sql.units(postgres_url, part(sheet="one"), 100))
    monkeypatch.setattr(sql, "_passwords", {})
    monkeypatch.setenv(sql.PASSWORD, secret)

    piece = sql.read(unit, part(sheet="one"))

    assert secret not in repr(unit)
    assert piece.rows == 0
