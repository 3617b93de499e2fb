"""Encodings and delimiters are found by fixed reasoning."""

import pytest

from kirjaamo.errors import UnknownNameError
from kirjaamo.sources import detect, errors

TEXT = "nimi;kunta\nÄijä;Jyväskylä\n"


@pytest.mark.parametrize(
    ("content", "encoding", "mark"),
    [
        (TEXT.encode(), "utf-8", 0),
        (TEXT.encode("utf-8-sig"), "utf-8", 3),
        (TEXT.encode("utf-16"), "utf-16-le", 2),
        (TEXT.encode("utf-16-le"), "utf-16-le", 0),
        (TEXT.encode("utf-16-be"), "utf-16-be", 0),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be", 2),
        (TEXT.encode("cp1252"), "windows-1252", 0),
        ("hinta;a\n5 €;\u2013\n".encode("cp1252"), "windows-1252", 0),
        ("nimi;a\nŠeñor Žiga;5 €\n".encode("iso-8859-15"), "iso-8859-15", 0),
        ("hinta;a\nä5 €;1\n".encode("iso-8859-15"), "iso-8859-15", 0),
        (b"a;b\n1;2\n", "utf-8", 0),
        (TEXT.encode() * 5 + b"\xe4;1\n", "utf-8", 0),
        (b"a;b\n" * 300_000 + b"\xe4;1\n", "windows-1252", 0),
        (b"a;b\n" * 300_000 + "ä;1\n".encode(), "utf-8", 0),
    ],
)
def test_an_encoding_is_found(tmp_path, content, encoding, mark):
    path = tmp_path / "x.csv"
    path.write_bytes(content)

    assert detect.text(str(path)) == detect.Text(encoding, mark)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("Latin-1", "iso-8859-1"),
        ("cp850", "cp850"),
        ("windows-1252", "windows-1252"),
        ("iso-8859-15", "iso8859-15"),
    ],
)
def test_a_declared_encoding_is_kept_where_it_can_be(tmp_path, declared, encoding):
    path = tmp_path / "x.csv"
    path.write_bytes(TEXT.encode(declared))

    assert detect.text(str(path), declared).encoding == encoding


@pytest.mark.parametrize(
    ("declared", "content"),
    [
        ("utf-8", TEXT.encode("cp1252")),
        ("utf-8", TEXT.encode("utf-16")),
        ("windows-1252", TEXT.encode("utf-16")),
        ("utf-16", TEXT.encode()),
    ],
)
def test_a_declared_encoding_that_is_plainly_wrong_is_an_error(tmp_path, declared, content):
    path = tmp_path / "x.csv"
    path.write_bytes(content)

    with pytest.raises(errors.EncodingError, match="looks like"):
        detect.text(str(path), declared)


@pytest.mark.parametrize("declared", ["", "utf-8", "windows-1252"])
def test_a_binary_file_is_no_text(tmp_path, declared):
    path = tmp_path / "x.csv"
    path.write_bytes(bytes(range(256)) * 4)

    with pytest.raises(errors.BinaryFileError):
        detect.text(str(path), declared)


@pytest.mark.parametrize("declared", ["klingon", "rot13", "idna", "shift_jis", "base64"])
def test_an_encoding_that_cannot_be_used_is_an_error(tmp_path, declared):
    path = tmp_path / "x.csv"
    path.write_text(TEXT, "utf-8")

    with pytest.raises(UnknownNameError, match=declared):
        detect.text(str(path), declared)


def test_bare_carriage_returns_are_an_error(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"a;b\r1;2\r3;4\r")

    with pytest.raises(errors.LineEndError, match="carriage return"):
        detect.text(str(path))


@pytest.mark.parametrize(
    ("sample", "mark"),
    [
        ("a;b\n1,5;2,5\n", ";"),
        ("a,b\n1,2\n", ","),
        ("a\tb\n1;2\t3\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ('"a;x","b"\n"1;2","3"\n', ","),
        ("a;b,c\n1;2,3\n4;5\n", ";"),
        ("nimi\nÄiti\n", ";"),
        ("nimi;\n", ";"),
        ("", ";"),
    ],
)
def test_a_delimiter_is_found_by_consistency(sample, mark):
    assert detect.delimiter(sample) == mark
