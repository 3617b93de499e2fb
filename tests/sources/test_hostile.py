"""Any bytes in any format give records or one clear error, soon."""

import os
import time
from contextlib import suppress

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kirjaamo.errors import KirjaamoError
from kirjaamo.sources import errors, formats
from tests.sources.reading import read

SOON = 20.0
STARTS = [b"", b"a;b\n", b"\xff\xfe", b"\xef\xbb\xbf", b'[{"a":', b'{"a": 1}\n', b"<r><a>", b"PK\x03\x04",
          b"PAR1", b"SQLite format 3\x00", bytes.fromhex("d0cf11e0a1b11ae1")]  # fmt: skip


def bears(path, size, name):
    began = time.monotonic()
    location = f"sqlite:///{path}" if name == "sql" else path
    with suppress(KirjaamoError):
        read(location, size, name=name)
    assert time.monotonic() - began < SOON


@pytest.mark.parametrize("name", formats.FORMATS)
@given(
    start=st.sampled_from(STARTS), rest=st.binary(max_size=300), size=st.sampled_from([1, 1000])
)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_any_bytes_are_borne(tmp_path_factory, name, start, rest, size):
    path = tmp_path_factory.mktemp("any") / "x"
    path.write_bytes(start + rest)

    bears(path, size, name)


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples")
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.append(["Ä", 5])
    book.save(folder / "xlsx")
    pq.write_table(pa.table({"a": ["Ä", None] * 20, "b": list(range(40))}), folder / "parquet")
    (folder / "csv").write_text('a;b\n"Ä\n";5\n' * 3, "utf-16")
    (folder / "json").write_text('[{"a": "Ä", "b": [1, {"c": 2}]}]', "utf-8")
    (folder / "jsonl").write_text('{"a": "Ä"}\n{"b": 1.5}\n', "utf-8")
    (folder / "xml").write_text("<r><a b='c'>Ä</a><a/></r>", "utf-8")
    return folder


@pytest.mark.parametrize("name", sorted(set(formats.FORMATS) - {"sql"}))
@given(
    edits=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=4),
    kept=st.floats(0.2, 1.0),
)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_a_damaged_or_cut_file_is_borne(tmp_path_factory, samples, name, edits, kept):
    content = bytearray((samples / name).read_bytes())
    for place, byte in edits:
        content[int(place * len(content))] = byte
    path = tmp_path_factory.mktemp("cut") / "x"
    path.write_bytes(content[: int(len(content) * kept)])

    bears(path, 1000, name)


@pytest.mark.parametrize("name", sorted(set(formats.FORMATS) - {"sql"}))
def test_what_is_no_readable_file_is_an_error_that_says_so(tmp_path, name):
    empty = tmp_path / "empty"
    empty.touch()

    with pytest.raises(errors.MissingFileError, match="does not exist"):
        read(tmp_path / "none", name=name)
    with pytest.raises(errors.FolderError, match="folder"):
        read(tmp_path, name=name)
    with pytest.raises(errors.EmptyFileError, match="empty"):
        read(empty, name=name)
    with pytest.raises(errors.MissingFileError):
        read(tmp_path / "a\0b", name=name)


@pytest.fixture
def as_nobody():
    """Act as a user without rights: root may read every file."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    yield
    os.seteuid(before)


def test_a_file_without_permission_is_an_error_that_says_so(tmp_path, request):
    path = tmp_path / "x.csv"
    path.write_text("a\n", "utf-8")
    path.chmod(0)
    request.getfixturevalue("as_nobody")

    with pytest.raises(errors.NoPermissionError, match="right to read"):
        read(path)


def test_a_cell_of_ten_megabytes_is_read_or_refused_soon(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a;b\n1;" + "x" * 9_000_000 + "\n", "utf-8")
    began = time.monotonic()

    rows, _ = read(path, 1 << 20)

    assert len(rows[0][1]) == 9_000_000
    assert time.monotonic() - began < SOON
