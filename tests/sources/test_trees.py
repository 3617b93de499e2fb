"""JSON, JSON Lines and XML: trees as rows."""

import pytest

from kirjaamo.sources import errors, json, jsonl, limits, trees, xml
from tests.sources.reading import part, read

ROWS = [("1.50", "Äijä", "1,x", None, 0, False), (None, None, None, "true", 1, False)]
RECORDS = '{"a": 1.50, "b": {"c": "Äijä"}, "d": [1, "x"]}', '{"a": null, "e": true}'


@pytest.mark.parametrize("size", [1, 1 << 20])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_records_of_a_document_are_found_by_their_path(tmp_path, size, mark):
    path = tmp_path / "x.json"
    path.write_text(mark + '{"data": {"rows": [' + ",\n ".join(RECORDS) + "]}}", "utf-8")

    assert read(path, size, sheet="/data/rows") == (ROWS, 2)


@pytest.mark.parametrize("size", [1, 1 << 20])
def test_lines_are_records(tmp_path, size):
    path = tmp_path / "x.jsonl"
    path.write_text("\ufeff" + "\n\n".join(RECORDS), "utf-8")

    rows, count = read(path, size)

    assert [row[:4] for row in rows] == [row[:4] for row in ROWS]
    assert [row[4] for row in rows] == [0, 2]
    assert count == 3


def test_a_number_keeps_every_digit(tmp_path):
    path = tmp_path / "x.json"
    path.write_text('[{"a": 12345678901234567890.10, "b": 123456789012345678901}]', "utf-8")

    assert read(path)[0] == [("12345678901234567890.10", "123456789012345678901", 0, False)]


def test_a_broken_line_is_a_ragged_row_and_the_rest_is_read(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"a": 1}\n{"a": \n[1]\n{"a": "\xe4"}\n')

    assert read(path)[0] == [
        ("1", 0, False), (None, 1, True), (None, 2, True), ("\ufffd", 3, False),
    ]  # fmt: skip


def test_a_record_that_is_no_object_is_a_ragged_row(tmp_path):
    path = tmp_path / "x.json"
    path.write_text('[{"a": 1}, 7]', "utf-8")

    assert read(path)[0] == [("1", 0, False), (None, 1, True)]


@pytest.mark.parametrize(
    ("text", "sheet", "error"),
    [
        ('[{"a": 1},\n{"a"', "", errors.BrokenJsonError),
        ('[{"a": 1},\nx]', "", errors.BrokenJsonError),
        ("[" * 5000, "", errors.BrokenJsonError),
        ('{"a": 1}', "", errors.MissingRecordsError),
        ('{"a": [{}]}', "b", errors.MissingRecordsError),
        ("[1]", "", errors.MissingRecordsError),
        ("[]", "", errors.MissingRecordsError),
    ],
)
def test_a_document_without_records_is_an_error(tmp_path, text, sheet, error):
    path = tmp_path / "x.json"
    path.write_text(text, "utf-8")

    with pytest.raises(error):
        read(path, sheet=sheet)


def test_broken_json_names_its_line(tmp_path):
    path = tmp_path / "x.json"
    path.write_bytes(b'[{"a": 1},\n{"a": "\xe4"}]')

    with pytest.raises(errors.BrokenJsonError, match="line 2"):
        list(json.units(str(path), part(), 100))


def test_lines_that_are_no_json_at_all_are_an_error(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text("a;b\n1;2\n", "utf-8")

    with pytest.raises(errors.BrokenJsonError):
        list(jsonl.units(str(path), part(), 100))


def test_a_line_beyond_the_limit_is_an_error(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"a": 1}\n' + b"x" * (limits.RECORD + 2 * limits.MEBI))

    with pytest.raises(errors.RecordTooLongError, match="line 2"):
        list(jsonl.units(str(path), part(), limits.MEBI))


def test_a_tree_beyond_the_depth_is_no_row():
    tree = {"a": "1"}
    for _ in range(limits.DEPTH + 1):
        tree = {"a": tree}

    assert trees.flattened(tree) is None


@pytest.mark.parametrize("sheet", ["", "/r/a", "a"])
def test_elements_are_rows_with_the_lines_they_begin_on(tmp_path, sheet):
    path = tmp_path / "x.xml"
    path.write_text(
        '<?xml version="1.0"?>\n<x:r xmlns:x="urn:x"><x:a id="1">\n<n>Ä &amp; B</n><k>1</k><k>2</k>'
        '<m><o y="z"/><p/></m></x:a>\n' + "\n" * 70_000 + '<x:a id="2"/></x:r>\n',
        "utf-8",
    )

    assert next(xml.units(str(path), part(), 1)).header == ("@id", "n", "k", "m/o/@y", "m/p")
    assert read(path, sheet=sheet)[0] == [
        ("1", "Ä & B", "1,2", "z", None, 1, False),
        ("2", None, None, None, None, 70_003, False),
    ]


@pytest.mark.parametrize(
    ("text", "sheet", "error"),
    [
        ('<!DOCTYPE r [<!ENTITY x "y">]><r><a>&x;</a></r>', "", errors.DoctypeError),
        ("<r>\n<a></r>", "", errors.BrokenXmlError),
        ("<r><a>1</a></r>", "b", errors.MissingRecordsError),
        ("<r/>", "", errors.MissingRecordsError),
        ('<?xml version="1.0" encoding="klingon"?><r/>', "", errors.BrokenXmlError),
        ("<a>" * 200 + "</a>" * 200, "", errors.BrokenXmlError),
    ],
)
def test_a_document_that_cannot_be_used_is_an_error(tmp_path, text, sheet, error):
    path = tmp_path / "x.xml"
    path.write_text(text, "utf-8")

    with pytest.raises(error):
        read(path, sheet=sheet)


def test_documents_beyond_the_limit_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "JSON", 3)
    monkeypatch.setattr(limits, "XML", 3)
    (tmp_path / "x.json").write_text("[{}]", "utf-8")
    (tmp_path / "x.xml").write_text("<r/>", "utf-8")

    with pytest.raises(errors.TooLargeError):
        read(tmp_path / "x.json")
    with pytest.raises(errors.TooLargeError):
        read(tmp_path / "x.xml")
