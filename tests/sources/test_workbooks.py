"""Workbooks: the rows and texts that a person sees, and no surprise when opened."""
# ruff: noqa: DTZ001 - the times of records have no zone

import datetime as dt
import zipfile

import openpyxl
import pytest
import xlsxwriter

from kirjaamo.sources import errors, limits, packed, xlsx
from tests.sources.reading import part, read


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "vienti.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Tiedot"
    sheet["A2"] = "Asiakas"
    sheet.merge_cells("A2:B2")
    sheet["C2"] = "Päätös"
    sheet.merge_cells("C2:C3")
    sheet["A3"], sheet["B3"] = "nimi", "tunnus"
    sheet["A4"], sheet["B4"], sheet["C4"] = "Äijä", 5, dt.date(2024, 1, 31)
    sheet["A6"], sheet["B6"], sheet["C6"] = 0.1 + 0.2, True, dt.datetime(2024, 1, 31, 10, 5)
    sheet["D6"] = "yli"
    book.create_sheet("Tyhjä")
    book.create_sheet("Piilo").sheet_state = "hidden"
    book["Piilo"]["A1"] = "x"
    book.save(path)
    return path


def test_a_sheet_reads_as_the_rows_a_person_sees(workbook):
    rows, count = read(workbook, skip_rows=1, header_rows=2)

    assert rows == [
        ("Äijä", "5", "2024-01-31", None, 3, False),
        ("0.3", "true", "2024-01-31T10:05:00", "yli", 5, False),
    ]
    assert count == 6


def test_merged_header_cells_cover_the_columns_they_span(workbook):
    unit = next(xlsx.units(str(workbook), part(skip_rows=1, header_rows=2), 100))

    assert unit.source == "vienti.xlsx[Tiedot]"
    assert unit.header[:3] == ("Asiakas nimi", "Asiakas tunnus", "Päätös")


def test_only_the_sheets_that_are_shown_are_listed(workbook):
    assert xlsx.sheets(str(workbook)) == ("Tiedot", "Tyhjä")


def test_a_missing_sheet_is_an_error_with_the_nearest_name(workbook):
    with pytest.raises(errors.MissingSheetError, match="Did you mean “Tiedot”"):
        read(workbook, sheet="Tieto")


def test_several_filled_sheets_are_an_error_with_their_names(workbook):
    book = openpyxl.load_workbook(workbook)
    book["Tyhjä"]["A1"] = "x"
    book.save(workbook)

    with pytest.raises(errors.ChooseSheetError, match="Tiedot, Tyhjä"):
        read(workbook)


@pytest.mark.parametrize("sheet", ["Tyhjä", "Tiedot"])
def test_a_sheet_that_ends_above_its_header_is_an_error(workbook, sheet):
    with pytest.raises(errors.HeaderError):
        read(workbook, sheet=sheet, skip_rows=50)


def test_a_workbook_of_empty_sheets_is_an_error(tmp_path):
    openpyxl.Workbook().save(tmp_path / "x.xlsx")

    with pytest.raises(errors.HeaderError):
        read(tmp_path / "x.xlsx")


def test_dates_of_a_macintosh_workbook_are_right(tmp_path):
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        sheet = book.add_worksheet()
        sheet.write("A1", "pvm")
        sheet.write_datetime(
            "A2", dt.datetime(2024, 1, 31), book.add_format({"num_format": "d.m.yyyy"})
        )

    assert read(path)[0] == [("2024-01-31", 1, False)]


def test_an_open_document_sheet_is_read_like_a_workbook(tmp_path):
    path = tmp_path / "x.ods"
    cell = '<table:table-cell office:value-type="{}" {}><text:p>{}</text:p></table:table-cell>'
    head = "".join(cell.format("string", "", text) for text in ("nimi", "luku"))
    body = cell.format("string", "", "Äijä") + cell.format("float", 'office:value="5"', "5")
    spaces = {"office": "office:1.0", "table": "table:1.0", "text": "text:1.0"}
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}"'
        for name, space in spaces.items()
    )
    content = (
        f"<office:document-content{names}><office:body><office:spreadsheet>"
        f'<table:table table:name="T"><table:table-row>{head}</table:table-row>'
        f"<table:table-row>{body}</table:table-row></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{manifest}"/>')

    assert read(path) == ([("Äijä", "5", 1, False)], 2)


def test_a_locked_workbook_is_an_error_that_says_so(tmp_path):
    path = tmp_path / "x.xlsx"
    container = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
    path.write_bytes(container + "EncryptedPackage".encode("utf-16-le"))

    with pytest.raises(errors.PasswordError, match="password"):
        read(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04 cut", b"a;b\n", b"PK\x05\x06" + bytes(18)])
def test_a_damaged_workbook_is_an_error(tmp_path, content):
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)

    with pytest.raises(errors.CorruptFileError):
        read(path)


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path):
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(limits.RATIO_FREE + 1))

    with pytest.raises(errors.TooLargeError, match="bytes"):
        packed.checked(str(path))


def test_two_far_cells_are_refused_before_they_fill_the_memory(tmp_path):
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write("A1", "a")
        sheet.write("XFD1048576", "b")

    with pytest.raises(errors.TooLargeError, match="cells"):
        packed.checked(str(path))
