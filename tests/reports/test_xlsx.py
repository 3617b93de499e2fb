"""The person's own sheets with the findings in them."""

import io
from dataclasses import dataclass, replace
from typing import Any

import openpyxl
import polars as pl
import pytest
import python_calamine
from openpyxl.comments import Comment

from kirjaamo import messages, reports
from kirjaamo.reports.xlsx import marks, rewritten, sheets
from kirjaamo.sources import Piece, Unit, csv, xlsx
from kirjaamo.sources.profile import Part
from tests.reports.sample_runs import (
    CHECK_CHARACTER,
    CSV,
    HEADING,
    LATE,
    SOURCE,
    empty,
    found,
    large,
    run_of,
)  # fmt: skip

PART = Part(files="*", tables={})


@dataclass
class Source:
    """A source that can be read again."""

    location: str
    format: Any
    part: Part = PART

    def units(self, size):
        return self.format.units(self.location, self.part, size)

    def read(self, unit):
        return self.format.read(unit, self.part)


class OneColumn:
    """The format of rows 1 to *count* with a number each."""

    def __init__(self, count):
        self.count = count

    def units(self, location, _part, _size):
        yield Unit(location, location, 0, 0, self.count, ("Hetu",))

    def read(self, _unit, _part):
        rows = pl.int_range(self.count, eager=True, dtype=pl.UInt64)
        frame = pl.select(Hetu=rows.cast(pl.String), _row=rows, _ragged=False)
        return Piece(frame, self.count, "")


@pytest.fixture(autouse=True)
def _english():
    messages.use("en")
    yield
    messages.use("en")


@pytest.fixture
def text_source(tmp_path):
    path = tmp_path / SOURCE.source
    path.write_text(CSV, "utf-8", newline="")
    return Source(str(path), csv)


@pytest.fixture
def workbook_source(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Tiedot"
    for row in (("Hetu", "Nimi"), ("010190-9011", "Testinen"), ("131052-9024", 7)):
        sheet.append(row)
    sheet["B3"].number_format = "000"
    sheet["A2"].comment = Comment("Oma huomautus", "Testaaja")
    sheet["A4"] = "yhdistetty"
    sheet.merge_cells("A4:B4")
    book.create_sheet("Findings")["A1"] = "=1+1"
    path = tmp_path / "vienti.xlsx"
    book.save(path)
    return Source(str(path), xlsx)


def written(run, *sources):
    stream = io.BytesIO()
    reports.write("xlsx", run, stream, sources=sources)
    return stream.getvalue()


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def text_run():
    name = SOURCE.source
    return run_of(
        found(name, 2, "Hetu", CHECK_CHARACTER),
        found(name, 3, "Teksti", LATE, limit=5),
        found(name, 5, "Hetu", HEADING),
        found(name, 5, "Hetu", CHECK_CHARACTER),
        found(name, 5, "", HEADING),
    )


def workbook_run():
    name = "vienti.xlsx[Tiedot]"
    return run_of(
        found(name, 2, "Hetu", CHECK_CHARACTER),
        found(name, 3, "Nimi", LATE, limit=5),
        found(name, 4, "Nimi", HEADING),
    )


def test_a_text_source_becomes_a_sheet_with_its_texts_as_they_stood(text_source):
    sheet = opened(written(text_run(), text_source))[SOURCE.source]

    values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert values[0] == [2, "010190-9011", "Testinen", "=HYPERLINK(1)"]
    assert values[1][3] == "salainen teksti\nrivi 2"
    assert values[2] == [5, "007", "+358401234567", "-1+1"]


def test_no_text_of_a_source_becomes_a_formula(text_source):
    sheet = opened(written(text_run(), text_source))[SOURCE.source]

    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_cells_with_findings_are_coloured_by_the_worst_and_say_why(text_source):
    sheet = opened(written(text_run(), text_source))[SOURCE.source]

    colours = {
        cell.coordinate: cell.fill.fgColor.rgb[-6:]
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if cell.fill.fill_type
    }
    assert colours == {"B2": "FFC7CE", "D3": "FFEB9C", "A4": "DDEBF7", "B4": "FFC7CE"}
    assert "Entry was recorded late (limit: 5)" in sheet["D3"].comment.text
    assert sheet["B4"].comment.text.count("90") == 2


def test_every_finding_is_listed_with_a_link_to_its_cell(text_source):
    listed = opened(written(text_run(), text_source))["Findings"]

    links = [row[5].value for row in listed.iter_rows(min_row=2)]
    assert links[0] == '=HYPERLINK("#\'asiakkaat.csv\'!B2","B2")'
    assert links[4] == '=HYPERLINK("#\'asiakkaat.csv\'!A4","A4")'
    assert listed.freeze_panes == "A2"
    assert listed.auto_filter.ref == "A1:I6"


def test_a_fast_reader_sees_the_same_findings(text_source):
    content = written(text_run(), text_source)

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["Summary", "Findings", SOURCE.source]
    assert book.get_sheet_by_name("Findings").to_python()[2][:6] == [
        "RQ901", "warning", SOURCE.source, 3.0, "Teksti", "D3",
    ]  # fmt: skip


def test_a_workbook_keeps_its_formats_formulas_and_comments(workbook_source):
    run = replace(workbook_run(), sources=(replace(SOURCE, source="vienti.xlsx[Tiedot]"),))

    book = opened(written(run, workbook_source))

    sheet = book["Tiedot"]
    assert book.sheetnames == ["Summary", "Findings (2)", "Tiedot", "Findings"]
    assert sheet["B3"].number_format == "000"
    assert book["Findings"]["A1"].value == "=1+1"
    assert sheet["A2"].comment.text.startswith("Oma huomautus\n\nID901 (error)")
    assert sheet["A2"].fill.fgColor.rgb[-6:] == "FFC7CE"
    assert sheet["B3"].comment.text.startswith("RQ901 (warning)")


def test_a_finding_in_merged_cells_marks_the_cell_that_shows(workbook_source):
    sheet = opened(written(workbook_run(), workbook_source))["Tiedot"]

    assert sheet["A4"].comment.text.startswith("RQ902")


def test_a_workbook_has_links_to_its_own_cells(workbook_source):
    listed = opened(written(workbook_run(), workbook_source))["Findings (2)"]

    assert listed["F3"].hyperlink.location == "'Tiedot'!B3"


def test_the_summary_says_why_a_rule_did_not_run(text_source):
    summary = opened(written(text_run(), text_source))["Summary"]

    rows = {row[0].value: [cell.value for cell in row[1:]] for row in summary.iter_rows()}
    assert rows["LC901"] == [
        "not run", 0, "Relationship ends before it starts",
        "The table “relationship” is missing.",
    ]  # fmt: skip


@pytest.mark.parametrize("source", ["text_source", "workbook_source"])
def test_the_same_run_gives_the_same_bytes(source, request, monkeypatch):
    used = request.getfixturevalue(source)
    run = text_run() if source == "text_source" else workbook_run()

    first = written(run, used)
    monkeypatch.setattr("zipfile.time.time", lambda: 2_000_000_000.0)

    assert written(run, used) == first


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_summary_is_in_the_language_in_use(language, text_source):
    messages.use(language)

    book = opened(written(text_run(), text_source))

    titles = {"en": "Summary", "fi": "Yhteenveto", "sv": "Sammanfattning"}
    assert book.sheetnames[0] == titles[language]


def test_a_run_without_sources_has_the_two_sheets_and_no_link():
    book = opened(written(text_run()))

    assert book.sheetnames == ["Summary", "Findings"]
    assert book["Findings"]["F2"].value is None
    assert opened(written(empty()))["Findings"].max_row == 1


def test_sources_with_the_same_name_get_sheets_of_their_own():
    names = ["pitkä nimi " * 4 + ending for ending in ("a", "b")]

    book = opened(written(run_of(), *(Source(name, OneColumn(1)) for name in names)))

    assert len({name.casefold() for name in book.sheetnames}) == 4
    assert max(map(len, book.sheetnames)) <= 31


def test_a_full_sheet_goes_on_in_the_next_one(monkeypatch):
    monkeypatch.setattr(rewritten, "FULL", 3)
    run = run_of(*(found("x.csv", row, "Hetu", CHECK_CHARACTER) for row in (1, 2, 3, 4)))

    book = opened(written(run, Source("x.csv", OneColumn(4))))

    assert book.sheetnames == ["Summary", "Findings", "Findings (2)", "x.csv", "x.csv (2)"]
    assert book["Findings (2)"]["F3"].value == '=HYPERLINK("#\'x.csv (2)\'!B3","B3")'


def test_a_sheet_has_only_so_many_comments_but_every_colour(monkeypatch, text_source):
    monkeypatch.setattr(marks, "COMMENTS", 1)

    sheet = opened(written(text_run(), text_source))[SOURCE.source]

    marked = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.fill.fill_type]
    assert [bool(cell.comment) for cell in marked] == [True, False, False, False]


def test_a_large_run_is_written_row_by_row():
    run = large(5_000)

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(written(run)))

    assert len(book.get_sheet_by_name("Findings").to_python()) == 5_001


@pytest.mark.parametrize(
    ("wanted", "name"),
    [("a/b:c", "a b c"), ("'x'", "x"), ("", "1"), ("x" * 40, "x" * 31), ("[]", "1")],
)
def test_a_sheet_gets_a_name_that_it_may_have(wanted, name):
    assert sheets.sheet_name(wanted, set()) == name
