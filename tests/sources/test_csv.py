"""Delimited text: the same records whatever the damage and wherever the file is cut."""

import csv
import hashlib
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kirjaamo.sources import csv as reader
from kirjaamo.sources import errors, limits, lines, place
from tests.sources.reading import part, read

TOKENS = [
    b"a", "ä".encode(), b" ", b";", b";", b"\n", b"\n", b"\r\n", b"\r", b'"', b';"', b'";', b'""',
    b'"x\ny"', b'"q""q"', b"1;2;3\n", b"1;2\n", b"\n\n", b"\0", b"\xe4", b"\xef\xbb\xbf", b'"a"b;',
]  # fmt: skip
CLEAN = [b"a;b;c\n", b'"a";"b\r\n\nc";"d""e"\n', b"1;2;3\r\n", b'"";"";""\n', b";;\n"]
BROKEN = (errors.UnclosedQuoteError, errors.BinaryFileError, errors.EncodingError)


def reference(content, columns):
    """Return what the csv module reads, line by line; written without the product's code."""
    text = re.sub("\r(?!\n)", "\ufdd0", content.decode("utf-8", "replace"))
    every = re.findall("[^\n]*\n|[^\n]+$", text)
    found, first = [], 0
    rows = csv.reader(iter(every), delimiter=";")
    for row in rows:
        cells = [cell.replace("\ufdd0", "\r") or None for cell in row]
        padded = (cells + [None] * columns)[:columns]
        if row:
            found.append((*padded, first, len(row) != columns))
        first = rows.line_num
    return found[1:], len(every)


def agree(tmp_path, content, columns):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    for size in (1, 5, 23, 1 << 20):
        try:
            found = read(path, size, delimiter=";", encoding="utf-8")
        except BROKEN:
            return
        assert found == reference(content, columns), size


@given(st.integers(1, 3), st.lists(st.sampled_from(TOKENS), max_size=25))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_damaged_text_reads_as_the_csv_module_reads_it(tmp_path_factory, columns, tokens):
    head = b";".join(b"h%d" % number for number in range(columns)) + b"\n"

    agree(tmp_path_factory.mktemp("csv"), head + b"".join(tokens), columns)


@given(st.lists(st.sampled_from([*CLEAN, b"short;row\n", b"a;b;c;d\n", b"\n"]), max_size=12))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_the_fast_ways_read_as_the_csv_module_reads(tmp_path_factory, rows):
    agree(tmp_path_factory.mktemp("csv"), b"h1;h2;h3\n" + b"".join(rows), 3)


@given(
    st.lists(st.sampled_from(TOKENS), max_size=15),
    st.lists(st.sampled_from(TOKENS), max_size=15),
)
@settings(max_examples=50, deadline=None, derandomize=True)
def test_an_exact_text_is_one_that_the_csv_module_reads_whole(before, after):
    content = b"".join([*before, *after])
    if not content or content.startswith(b"\xef\xbb\xbf") or b"\xe4" in content:
        return
    exact = lines.is_exact(content, 2, ";")
    records = list(lines.records(content.decode(), ";"))

    assert not exact or all(len(cells) == 2 and whole for _, cells, whole in records)


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("size", [1, 9, 1 << 20])
def test_every_encoding_gives_the_same_rows_and_lines(tmp_path, encoding, size):
    path = tmp_path / "x.csv"
    text = 'nimi;teksti\r\nÄijä;"kaksi\r\nriviä"\r\n\r\nÅke;ok\r\nYlva\r\n'
    path.write_bytes(text.encode(encoding))

    assert read(path, size) == (
        [
            ("Äijä", "kaksi\r\nriviä", 1, False),
            ("Åke", "ok", 4, False),
            ("Ylva", None, 5, True),
        ],
        6,
    )


def test_rows_above_the_header_and_two_header_rows_are_counted(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text('Raportti 5"\n\nAsiakas;Asiakas\nnimi;tunnus\nA;1\n', "utf-8")
    wanted = part(skip_rows=2, header_rows=2)

    header = next(reader.units(str(path), wanted, 100)).header

    assert header == ("Asiakas nimi", "Asiakas tunnus")
    assert read(path, 1, skip_rows=2, header_rows=2) == ([("A", "1", 4, False)], 5)


def test_the_line_that_names_the_delimiter_is_no_header(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("sep=|\na|b\n1;1|2\n", "utf-8")

    assert read(path) == ([("1;1", "2", 2, False)], 3)


def test_a_header_alone_is_a_source_without_records(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a;b", "utf-8")

    assert read(path) == ([], 1)


def test_units_cover_the_file_and_hash_their_bytes(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a;b\n" + "1;2\n" * 50, "utf-8")
    units = list(reader.units(str(path), part(), 40))

    first = reader.read(units[0], part())

    assert (units[0].start, units[-1].stop) == (0, path.stat().st_size)
    assert all(one.stop == two.start for one, two in pairwise(units))
    assert first.sha256 == hashlib.sha256(path.read_bytes()[: units[0].stop]).hexdigest()
    assert place.sha256(str(path)) == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (
        place.sha256_of_units([first.sha256])
        == hashlib.sha256(first.sha256.encode()).hexdigest()
    )


def test_an_open_quotation_mark_is_an_error_with_its_line(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text('a;b\n1;2\n3;"4\n5;6\n', "utf-8")

    with pytest.raises(errors.UnclosedQuoteError) as caught:
        list(reader.units(str(path), part(), 4))

    assert "line 3" in str(caught.value)


@pytest.mark.parametrize("size", [1 << 20, 1 << 24])
def test_a_record_beyond_the_limit_is_an_error_with_its_line(tmp_path, size):
    path = tmp_path / "x.csv"
    path.write_bytes(b'a;b\n1;2\n3;"' + b"x" * (limits.RECORD + 1) + b'"\n')

    with pytest.raises(errors.RecordTooLongError) as caught:
        read(path, size)

    assert "line 3" in str(caught.value)


@pytest.mark.parametrize(
    ("header", "columns", "error", "place_of"),
    [
        ("a;b;a", (), errors.DuplicateHeaderError, "columns 1 and 3"),
        ("a;b;a", ("a",), errors.DuplicateHeaderError, "columns 1 and 3"),
        ("a;;b", (), errors.NamelessColumnError, "column 2"),
        ("a;_row", (), errors.ReservedHeaderError, "column 2"),
        (";;", (), errors.EmptyFileError, "no header"),
        (";".join(map(str, range(20000))), (), errors.TooManyColumnsError, "20000"),
    ],
)
def test_an_unusable_header_is_an_error_that_names_its_place(
    tmp_path, header, columns, error, place_of
):
    path = tmp_path / "x.csv"
    path.write_text(f"{header}\n1;2;3\n", "utf-8")

    with pytest.raises(error) as caught:
        list(reader.units(str(path), part(*columns, delimiter=";"), 100))

    assert place_of in str(caught.value)


def test_columns_that_no_profile_names_never_stop_the_work(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a;b;b;;\n1;2;3;4;\n", "utf-8")

    unit = next(reader.units(str(path), part("a"), 100))

    assert unit.header == ("a", "b", "b [3]", "[4]", "[5]")


def test_undecodable_bytes_become_a_mark_that_rules_find(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes("nimi;a\nÄiti;1\nÖljy;2\n".encode() + b"\xc4iti;3\n")

    assert read(path)[0][2] == ("\ufffditi", "3", 3, False)


def test_a_header_of_many_bytes_and_lines_is_found(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("t\n" * 40_000 + '"' + "ä\n" * 40_000 + '";b\n1;2\n', "utf-8")

    rows, count = read(path, 100, skip_rows=40_000)

    assert rows == [("1", "2", 80_001, False)]
    assert count == 80_002


def test_a_header_that_never_ends_is_an_error(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b'"' + b"x;\n" * (limits.RECORD // 2))

    with pytest.raises(errors.RecordTooLongError):
        read(path)
    path.write_text("a;b\n1;2\n", "utf-8")
    with pytest.raises(errors.HeaderError):
        read(path, skip_rows=5)
    path.write_text("\n\n", "utf-8")
    with pytest.raises(errors.EmptyFileError):
        read(path)


def test_a_quotation_mark_that_is_never_closed_is_found_before_it_fills_the_memory(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b'a;b\n1;2\n3;"4\n' + b"5;6\n" * (limits.RECORD // 2))

    with pytest.raises(errors.RecordTooLongError, match="line 3"):
        read(path)


def test_more_columns_than_a_pattern_can_hold_are_read_too(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(
        ";".join(f"h{n}" for n in range(300)) + "\n" + ";".join(['"x"'] * 300), "utf-8"
    )

    (row,), _ = read(path)

    assert row == (*["x"] * 300, 1, False)
