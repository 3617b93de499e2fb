"""Importing official lists: the four forms, what is refused, and that nothing is lost."""

import datetime as dt
import io
import json
import zipfile

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kirjaamo.classifications import Codes
from kirjaamo.classifications.concept import Concept, Export, tables
from kirjaamo.classifications.errors import CannotImportError, DamagedListError
from kirjaamo.classifications.home import built_in
from kirjaamo.classifications.importing import FORMS, Origin, read_files, store
from kirjaamo.errors import KirjaamoError, SettingsError, UnknownNameError

OID = "1.2.246.537.6.1248"
DAY = dt.date(2026, 1, 5)

XML = """<?xml version="1.0" encoding="UTF-8"?>
<arb:result xmlns:arb="urn::codeservice"><arb:document><body>
<termsystem id="1.2.246.537.6.1248.2014" begindate="2014-01-01T00:00:01" expirationdate="2100-12-31T23:59:59">
<attribute type="longname" datatype="ST" language="fi">Ratkaisun laji 2014</attribute>
<attribute type="relatesto" datatype="ST">1.2.246.537.6.1248</attribute>
<attribute type="relatestoname" datatype="ST">Ratkaisun laji</attribute>
<termitementry id="1" language="fi" begindate="2014-01-01T00:00:01" expirationdate="2100-12-31T23:59:59">
<attribute type="status" datatype="ST">1</attribute>
<attribute type="longname" datatype="ST" language="fi">Myönteinen ratkaisu</attribute>
<attribute type="longname" datatype="ST" language="sv">Positivt beslut</attribute>
<attribute type="abbreviation" datatype="ST" language="fi">Myönt.</attribute>
<attribute type="parentid" datatype="ST" language="fi"></attribute>
</termitementry>
<termitementry id="2" language="fi" begindate="2014-01-01T00:00:01">
<attribute type="status" datatype="ST">0</attribute>
<attribute type="longname" datatype="ST">Kielteinen ratkaisu</attribute>
</termitementry>
</termsystem></body></arb:document></arb:result>
"""

PAGE = {
    "conceptCodes": [
        {
            "classificationId": OID,
            "classificationName": "Ratkaisun laji",
            "versionId": f"{OID}.2014",
            "conceptCodeId": "1",
            "status": "ACTIVE",
            "beginDate": "2014-01-01",
            "expirationDate": "2100-12-31",
            "attributes": [
                {"attributeName": "LongName", "attributeValue": ["Myönteinen ratkaisu"]},
                {"attributeName": "ShortName", "attributeValue": ["Myönteinen"]},
                {"attributeName": "Pitkä nimi sv", "attributeValue": ["Positivt beslut"]},
            ],
        },
        {"conceptCodeId": "2", "status": "DELETED", "attributes": []},
    ],
    "page": 1,
    "pageSize": 500,
    "totalItems": 2,
    "totalPages": 1,
}


def taken(folder, *paths, oid=OID, complete=True, **columns):
    export, sums = read_files(paths, columns)
    store(folder, oid, export, Origin("a test", DAY, sums, complete=complete))
    return Codes(folder).get(oid)


def written(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def workbook(path, rows, formats=None):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Koodit"
    for row in rows:
        sheet.append(row)
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    book.save(path)
    return path


@pytest.mark.parametrize(
    "key", [k for k, h in built_in().items() if h.folder is not None and h.facts.oid]
)
def test_our_own_csv_comes_back_as_the_same_frame(key, tmp_path):
    home = built_in()[key]
    path = home.folder / home.editions()[-1] / "codes.csv"

    back = taken(tmp_path, path, oid=key)

    assert back.imported
    assert back.frame.equals(Codes().get(key).frame)


def test_an_imported_list_takes_the_place_of_the_built_in_one(tmp_path):
    path = written(tmp_path / "own.csv", "code,name_fi\n1,Kyllä\n7,Seitsemän\n")

    mine = taken(tmp_path / "own", path)

    assert mine.frame["code"].to_list() == ["1", "7"]
    assert mine.complete
    assert mine.slug == "outcome_kind"
    assert str(mine.label) == "Kind of outcome of a decision"
    assert Codes(tmp_path / "own").editions()[OID] == "workspace 2026-01-05"
    assert Codes().get(OID).frame["code"].to_list() == ["1", "2"]


def test_a_list_that_is_not_built_in_keeps_its_oid_as_folder(tmp_path):
    path = written(tmp_path / "own.csv", "code\nx\n")

    mine = taken(tmp_path / "own", path, oid="1.2.3.4", complete=False)

    assert (tmp_path / "own" / "1.2.3.4" / "list.yaml").is_file()
    assert mine.oid == "1.2.3.4"
    assert not mine.complete


def test_a_person_may_name_the_columns_of_a_file(tmp_path):
    text = "\ufeffTunnus;Nimi;Alkaa;Päättyy\n049;Espoo;1.1.1972;\n091;Helsinki;;31.12.2030\n"
    path = written(tmp_path / "kunnat.csv", text)

    mine = taken(
        tmp_path / "own",
        path,
        code="Tunnus",
        name_fi="Nimi",
        valid_from="Alkaa",
        valid_to="Päättyy",
    )

    assert mine.frame.select("code", "name_fi", "valid_from", "valid_to").rows() == [
        ("049", "Espoo", dt.date(1972, 1, 1), None),
        ("091", "Helsinki", None, dt.date(2030, 12, 31)),
    ]


def test_the_xml_export_gives_names_dates_and_status(tmp_path):
    mine = taken(tmp_path / "own", written(tmp_path / "x.xml", XML))

    assert mine.frame.drop("source", "parent", "confidence").rows() == [
        ("1", "Myönteinen ratkaisu", "Positivt beslut", dt.date(2014, 1, 1), dt.date(2100, 12, 31), "active"),
        ("2", "Kielteinen ratkaisu", "", dt.date(2014, 1, 1), None, "unknown"),
    ]  # fmt: skip
    assert mine.displays["name_fi"].to_list() == ["Myönt."]


def test_saved_pages_of_the_server_are_one_list(tmp_path):
    second = PAGE | {"page": 2, "conceptCodes": [{"conceptCodeId": "3", "status": "PROPOSAL"}]}
    paths = [
        written(tmp_path / f"{n}.json", json.dumps(page))
        for n, page in enumerate([PAGE, [second]])
    ]

    mine = taken(tmp_path / "own", *paths, name_sv="Pitkä nimi sv")

    assert mine.frame["code"].to_list() == ["1", "2", "3"]
    assert mine.frame["status"].to_list() == ["active", "deleted", "proposal"]
    assert mine.frame["name_sv"].to_list() == ["Positivt beslut", "", ""]
    assert mine.displays["name_fi"].to_list() == ["Myönteinen"]


def test_a_workbook_is_read_as_a_person_sees_it(tmp_path):
    rows = [
        ["code", "name_fi", "valid_from"],
        [49, "Espoo", dt.datetime(1972, 1, 1)],  # noqa: DTZ001 - Excel knows no time zones
        ["005", "Alajärvi", None],
        [None, None, None],
        [7.0, "Seitsemän", "1.2.2020"],
    ]
    path = workbook(tmp_path / "kunnat.xlsx", rows, {"A2": "000"})

    mine = taken(tmp_path / "own", path)

    assert mine.frame.select("code", "valid_from").rows() == [
        ("049", dt.date(1972, 1, 1)), ("005", None), ("7", dt.date(2020, 2, 1)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("code\n\n,\n", "line 3", "missing"),
        ("code,name_fi\n1,a\n,b\n", "line 3", "missing"),
        ("code\n 1\n", "line 2", "space"),
        ("code\n1\u200b\n", "line 2", "cannot be seen"),
        ("code,valid_from\n1,2024-02-30\n", "line 2", "not a day"),
        ("code,valid_from\n1,1/2/2024\n", "line 2", "not a day"),
        ("code,valid_from,valid_to\n1,2024-02-02,2024-02-01\n", "line 2", "ends before"),
        ("code\n1\n2\n1\n", "line 4", "overlap those of the same code at line 2"),
        (
            "code,valid_from,valid_to\n1,2020-01-01,2020-06-30\n1,2020-06-30,\n",
            "line 3",
            "line 2",
        ),
        ("code,status\n1,perhaps\n", "line 2", "active, proposal, deleted, unknown"),
        ("code,confidence\n1,sure\n", "line 2", "confirmed, secondary, uncertain"),
        ("code,name_fi\n1\n", "line 2", "fewer columns"),
        ('code\n"1\n', "line", "quotation marks"),
        ("code\n", "", "no codes"),
        ("", "", "no column “code”"),
        ("koodi\n1\n", "", "--column"),
    ],
)
def test_an_inconsistent_file_is_refused_with_its_place_and_nothing_is_written(
    text, place, reason, tmp_path
):
    path = written(tmp_path / "bad.csv", text)

    with pytest.raises(CannotImportError) as caught:
        taken(tmp_path / "own", path)

    assert place in str(caught.value)
    assert reason in str(caught.value)
    assert not (tmp_path / "own").exists()


def test_text_in_another_encoding_is_refused(tmp_path):
    path = written(tmp_path / "bad.csv", "code,name_fi\n1,Äänekoski\n".encode("latin-1"))

    with pytest.raises(CannotImportError, match="not UTF-8"):
        taken(tmp_path / "own", path)


@pytest.mark.parametrize(
    ("value", "cell"), [(1.5, "A2"), (True, "A2"), ("#N/A", "A2"), ("=1+1", None)]
)
def test_a_cell_that_is_no_code_is_refused_by_its_name(value, cell, tmp_path):
    path = workbook(tmp_path / "bad.xlsx", [["code", "name_fi"], [value, "x"]])

    with pytest.raises(CannotImportError) as caught:
        taken(tmp_path / "own", path)

    assert (f"Koodit!{cell}" if cell else "Koodit!2") in str(caught.value)


def _archive(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("x.xlsx", b"not a workbook", "not a whole Excel workbook"),
        ("x.xlsx", _archive({"a.xml": "<a/>"}), "not a whole Excel workbook"),
        ("x.xlsx", _archive({"a.xml": "<!DOCTYPE a [<!ENTITY e 'x'>]><a/>"}), "document type"),
        ("x.xlsx", _archive({"a.bin": b"\0" * (65 * 1024 * 1024)}), "too large"),
        ("x.xml", "<a><b></a>", "the XML is broken"),
        ("x.xml", "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", "document type"),
        ("x.xml", "<a/>", "not an XML export"),
        ("x.json", "{", "not a page of codes"),
        ("x.json", '{"conceptCodes": [{"conceptCodeId": 1}]}', "$.conceptCodes[0].conceptCodeId"),
        ("x.json", json.dumps([PAGE | {"conceptCodes": [c | {"classificationId": o} for c in PAGE["conceptCodes"]]} for o in ("1.2", "1.3")]), "several lists"),
    ],
)  # fmt: skip
def test_a_broken_or_dangerous_file_is_refused(name, content, reason, tmp_path):
    path = written(tmp_path / name, content)

    with pytest.raises(CannotImportError) as caught:
        taken(tmp_path / "own", path)

    assert reason in str(caught.value)
    assert not (tmp_path / "own").exists()


def test_the_file_of_another_list_is_refused(tmp_path):
    path = written(tmp_path / "x.xml", XML)

    with pytest.raises(CannotImportError, match=r"1\.2\.246\.537\.6\.1248, not 1\.2\.246"):
        taken(tmp_path / "own", path, oid="1.2.246.537.6.1221")


def test_files_of_different_lists_are_refused_together(tmp_path):
    other = XML.replace("1.2.246.537.6.1248", "1.2.246.537.6.1211")
    paths = written(tmp_path / "a.xml", XML), written(tmp_path / "b.xml", other)

    with pytest.raises(CannotImportError, match="several lists"):
        taken(tmp_path / "own", *paths)


def test_a_code_that_stands_in_two_files_is_refused_with_both_places(tmp_path):
    paths = [written(tmp_path / name, "code\n1\n") for name in ("a.csv", "b.csv")]

    with pytest.raises(CannotImportError, match=r"b\.csv, line 2.*a\.csv, line 2"):
        taken(tmp_path / "own", *paths)


def test_a_form_of_file_that_is_not_known_is_named(tmp_path):
    with pytest.raises(UnknownNameError, match=r"\.pdf"):
        taken(tmp_path / "own", written(tmp_path / "x.pdf", b""))


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CannotImportError, match=r"absent\.csv"):
        taken(tmp_path / "own", tmp_path / "absent.csv")


def test_the_same_import_gives_the_same_bytes(tmp_path):
    path = written(tmp_path / "x.xml", XML)
    taken(tmp_path / "one", path)
    taken(tmp_path / "two", path)

    files = [f.relative_to(tmp_path / "one") for f in sorted((tmp_path / "one").rglob("*.*"))]
    assert {f.name for f in files} >= {"list.yaml", "edition.yaml", "codes.csv", "displays.csv"}
    for name in files:
        if (tmp_path / "one" / name).is_file():
            assert (tmp_path / "one" / name).read_bytes() == (
                tmp_path / "two" / name
            ).read_bytes()


def test_a_stored_list_that_was_edited_is_not_trusted(tmp_path):
    taken(tmp_path / "own", written(tmp_path / "x.csv", "code\n1\n"))
    stored = tmp_path / "own" / "outcome_kind" / "2026-01-05" / "codes.csv"
    stored.write_bytes(stored.read_bytes() + b"3,,,,,,active,confirmed,\n")

    with pytest.raises(DamagedListError, match=r"codes\.csv"):
        Codes(tmp_path / "own").get(OID)


def test_an_edition_that_was_not_finished_is_not_seen(tmp_path):
    taken(tmp_path / "own", written(tmp_path / "x.csv", "code\n9\n"))
    (tmp_path / "own" / "outcome_kind" / "2026-01-05" / "edition.yaml").unlink()

    assert not Codes(tmp_path / "own").get(OID).imported


def test_an_unknown_key_in_a_stored_list_is_named(tmp_path):
    taken(tmp_path / "own", written(tmp_path / "x.csv", "code\n9\n"))
    path = tmp_path / "own" / "outcome_kind" / "list.yaml"
    path.write_text(path.read_text("utf-8") + "colour: red\n", "utf-8")

    with pytest.raises(SettingsError, match="colour"):
        Codes(tmp_path / "own").homes()


def test_columns_of_names_are_tidied_and_further_names_are_kept_once():
    concepts = (
        Concept(
            "1", "line 2", " Yksi\u00a0 nimi", others=(("Y.", ""), ("Y.", ""), ("", "Ett"))
        ),
    )

    codes, displays = tables(Export(concepts))

    assert codes["name_fi"].to_list() == ["Yksi nimi"]
    assert displays.select("name_fi", "name_sv").rows() == [("", "Ett"), ("Y.", "")]


@pytest.mark.parametrize("ending", sorted(FORMS))
@settings(max_examples=50, deadline=None, derandomize=True)
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused_in_words(ending, content, tmp_path_factory):
    path = written(tmp_path_factory.getbasetemp() / f"any{ending}", content)

    try:
        export, _ = read_files((path,))
        codes, _ = tables(export)
        told = codes.filter(pl.col("code") == "").is_empty()
    except KirjaamoError as error:
        told = bool(str(error))

    assert told
