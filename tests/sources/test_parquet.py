"""Parquet: every value as text."""

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kirjaamo.sources import errors, limits, parquet
from tests.sources.reading import part, read


@pytest.fixture
def path(tmp_path):
    moment = dt.datetime(2024, 7, 1, 10, 5, tzinfo=dt.UTC)
    columns = {
        "n": [1, 2, None],
        "text": ["Äijä", "", None],
        "day": [dt.date(2024, 1, 31)] * 3,
        "moment": [moment] * 3,
        "sum": [Decimal("1.50")] * 3,
        "list": [["a", "b"]] * 3,
        "float": [0.1 + 0.2, 5.0, None],
        "flag": [True, False, None],
    }
    place = tmp_path / "x.parquet"
    pq.write_table(pa.table(columns), place, row_group_size=2)
    return place


@pytest.mark.parametrize("size", [1, 1 << 20])
def test_values_read_as_a_person_would_write_them(path, size):
    same = ("2024-01-31", "2024-07-01T13:05:00", "1.5", "a,b")

    assert read(path, size) == (
        [
            ("1", "Äijä", *same, "0.3", "true", 0, False),
            ("2", None, *same, "5", "false", 1, False),
            (None, None, *same, None, None, 2, False),
        ],
        3,
    )


def test_a_file_without_rows_is_one_empty_unit(tmp_path):
    path = tmp_path / "x.parquet"
    pq.write_table(pa.table({"a": pa.array([], pa.string())}), path)

    assert read(path) == ([], 0)


@pytest.mark.parametrize("kept", [5, 100, -20])
def test_a_file_that_is_cut_short_is_an_error(path, kept):
    path.write_bytes(path.read_bytes()[:kept])

    with pytest.raises(errors.CorruptFileError):
        read(path)


def test_damaged_pages_are_an_error(path):
    content = bytearray(path.read_bytes())
    content[4:200] = bytes(196)
    path.write_bytes(content)

    with pytest.raises(errors.CorruptFileError):
        read(path)


def test_a_row_group_beyond_the_limit_is_refused(path, monkeypatch):
    monkeypatch.setattr(limits, "ROW_GROUP", 10)

    with pytest.raises(errors.TooLargeError):
        list(parquet.units(str(path), part(), 100))
