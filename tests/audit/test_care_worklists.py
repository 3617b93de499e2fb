"""Worklists: decided on by people, read back or refused, and given back as corrections."""

import csv
import datetime as dt
import io
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from kirjaamo import samples
from kirjaamo.audit.care import correcting, correction_files, deciding, listing
from kirjaamo.audit.care.errors import CannotCorrectError
from kirjaamo.cli.inputs import inputs
from kirjaamo.messages import use
from kirjaamo.samples.defects import care
from kirjaamo.sources.profile import Column, Forms, Part, TableMap
from kirjaamo.sources.tables import systems
from kirjaamo.sources.writing import as_text
from tests.command_line import kirjaamo, refused

AS_OF = ("--as-of", samples.AS_OF.isoformat())
RULES = ("--rule", "client-died", "--rule", "silent-without-decision", "--rule", "matter-of-ended-relationship", "--most", 1)  # fmt: skip
COLUMN = {name: place for place, name in enumerate(listing.HEADINGS, start=1)}


@pytest.fixture(scope="session")
def region(tmp_path_factory):
    """Return a folder with the exports of a region in which much was left open."""
    folder = tmp_path_factory.mktemp("care")
    made = samples.generate(40, 1, 0.1, kinds=care.ALL)
    for system in samples.SYSTEMS:
        for path in samples.export(made, system, folder):
            if "truth" in path.name:
                path.unlink()
    return folder


@pytest.fixture(scope="session")
def made(region, tmp_path_factory):
    """Return a folder of worklists."""
    folder = tmp_path_factory.mktemp("lists")
    done = kirjaamo("care", "worklist", region, *AS_OF, *RULES, "--into", folder)
    assert done.exit_code == 0
    return folder


@pytest.fixture
def lists(workspace, made):
    """Return copies of the worklists in a workspace."""
    shutil.copytree(made, workspace / "lists")
    return sorted((workspace / "lists").iterdir())


def fill(path: Path, decision, **cells) -> int:
    """Decide alike on every row of a workbook and return how many rows it has."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, COLUMN["decision"]).value = decision
        for name, value in cells.items():
            sheet.cell(row, COLUMN[name]).value = value
    book.save(path)
    return sheet.max_row - 1


def take(region, *paths):
    return kirjaamo("care", "import", *paths, "--export", region, *AS_OF)


def texts(paths) -> str:
    """Return all text of the cells of workbooks."""
    books = [openpyxl.load_workbook(path) for path in paths]
    return "\n".join(
        str(cell) for book in books for sheet in book for row in sheet.values for cell in row
    )


def test_lists_tell_places_and_no_records_unless_revealed(workspace, region, lists):
    keys = [row[0] for name in ("relationship", "client") for row in _keys(region, name)]
    told = set(texts(lists).split("\n"))
    assert not told & set(keys)
    trail = kirjaamo("migrate", "audit", "show", "--format", "csv").stdout
    assert "care-worklists" not in trail

    words = ("care", "worklist", region, *AS_OF, *RULES, "--into", "named", "--reveal")
    assert kirjaamo(*words, "--by", "worker").exit_code == 0
    named = set(texts((workspace / "named").iterdir()).split("\n"))
    assert named & set(keys)
    assert "care-worklists" in kirjaamo("migrate", "audit", "show", "--format", "csv").stdout


def _keys(region, table):
    [c] = [s for s in systems(inputs([str(region)], None, None).tables) if s.name == "C"]
    return c.tables[table].select(f"{table}_id").drop_nulls().rows()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_was_decided_comes_back_in_the_systems_own_form(workspace, region, lists, form):
    many = sum(fill(path, "close") for path in lists)
    assert many > 5
    assert take(region, *lists).exit_code == 0

    words = ("care", "corrections", region, "--into", "out", "--file-format", form)
    done = kirjaamo(*words, "--format", "json")
    assert done.exit_code == 0
    files = sorted(path.name for path in (workspace / "out").iterdir())
    assert f"a_relationship_end_end_reason.{form}" in files
    assert f"c_matter_closed_is_closed.{form}" in files
    decided = deciding.read(workspace / "care/decisions.csv")
    sources = inputs([str(region)], None, None).tables
    made = correcting.corrections(decided, sources, systems(sources))
    assert sum(one.cells.height for one in made) == many
    for one in made:
        back = correcting.read_back(one, _cells(workspace / "out" / f"{one.name}.{form}", one))
        assert back.equals(one.values)
        assert set(one.cells.columns) <= _headers(sources, one)
    assert "care-corrections" in kirjaamo("migrate", "audit", "show", "--format", "csv").stdout


def _cells(path: Path, made) -> pl.DataFrame:
    if path.suffix == ".xlsx":
        [sheet] = openpyxl.load_workbook(path).worksheets
        rows = list(sheet.values)
        assert not [c for row in sheet for c in row if c.data_type == "f"]
    else:
        text = path.read_bytes().decode(made.part.encoding or "utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=made.part.delimiter or ";"))
    header, *body = rows
    return pl.DataFrame(body, dict.fromkeys(header, pl.String), orient="row")


def _headers(sources, made) -> set[str]:
    parts = [s.part for s in sources if s.profile.system == made.system]
    return {
        header for part in parts for table in part.tables.values() for header in table.headers
    }


def test_only_what_is_to_be_closed_is_corrected(workspace, region, lists):
    fill(lists[0], "keep open")
    many = fill(lists[1], "to be found out")
    fill(lists[2], None)
    done = take(region, *lists[:3])
    assert done.exit_code == 0
    assert f"{many} to be found out" in done.stderr
    assert "nothing to correct" in refused("care", "corrections", region, "--into", "out")
    assert not (workspace / "out").exists()


def test_a_list_of_another_language_and_in_csv_is_taken(workspace, region):
    words = (
        "care",
        "worklist",
        region,
        *AS_OF,
        *RULES,
        "--into",
        "lists",
        "--file-format",
        "csv",
    )
    assert kirjaamo(*words, "--lang", "fi").exit_code == 0
    use("en")
    [first, *_] = sorted((workspace / "lists").iterdir())
    header, *rows = csv.reader(
        io.StringIO(first.read_bytes().decode("utf-8-sig")), delimiter=";"
    )
    assert header != list(listing.HEADINGS.values())
    for row in rows:
        row[COLUMN["decision"] - 1] = "Päätä"
        row[COLUMN["end"] - 1] = samples.AS_OF.strftime("%d.%m.%Y")
    with first.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([header, *rows])
    assert f"{len(rows)} to close" in take(region, first).stderr


def test_a_later_decision_takes_the_place_of_an_earlier_one(workspace, region, lists):
    many = fill(lists[0], "close")
    take(region, lists[0])
    fill(lists[0], "keep open")
    take(region, lists[0])
    kept = deciding.read(workspace / "care/decisions.csv")
    assert kept["decision"].to_list() == ["keep open"] * many


REFUSED = [
    ({"decision": "maybe"}, "J2", "none of those"),
    ({"decision": "close", "end": None}, "K2", "no last day"),
    ({"decision": "close", "end": "soon"}, "K2", "holds no day"),
    ({"decision": "close", "end": dt.date(2026, 1, 1)}, "K2", "not come yet"),
    ({"decision": "close", "end": dt.date(1999, 1, 1)}, "K2", "before the record began"),
    ({"decision": "close", "end_reason": "-x"}, "L2", "formula"),
    ({"decision": "close", "row": "x"}, "P2", "place of the record"),
]


@pytest.mark.parametrize(("cells", "cell", "reason"), REFUSED)
def test_an_inconsistent_cell_is_named(region, lists, cells, cell, reason):
    fill(lists[0], cells["decision"], **{k: v for k, v in cells.items() if k != "decision"})
    result = take(region, lists[0])
    assert result.exit_code == 2
    assert f"'To decide'!{cell}: " in result.stderr
    assert reason in result.stderr
    assert not (lists[0].parent.parent / "care").exists()


def test_a_day_before_the_last_event_is_refused(region, lists):
    book = openpyxl.load_workbook(lists[0])
    sheet = book.worksheets[0]
    opened = sheet.cell(2, COLUMN["opened"]).value
    assert opened < sheet.cell(2, COLUMN["last_event"]).value
    sheet.cell(2, COLUMN["decision"]).value = "close"
    sheet.cell(2, COLUMN["end"]).value = opened
    book.save(lists[0])
    assert "before the last event" in take(region, lists[0]).stderr


def test_two_lists_that_disagree_are_refused(workspace, region, lists):
    fill(lists[0], "close")
    other = workspace / "other.xlsx"
    other.write_bytes(lists[0].read_bytes())
    fill(other, "keep open")
    result = take(region, lists[0], other)
    assert result.exit_code == 2
    assert "other.xlsx" in result.stderr
    assert "decides otherwise" in result.stderr


def test_a_record_that_has_changed_is_a_conflict(workspace, region, lists):
    fill(lists[0], "close", mark="0123456789ab")
    assert take(region, lists[0]).exit_code == 4
    fill(lists[1], "close")
    assert take(region, lists[1]).exit_code == 0
    place = workspace / "care/decisions.csv"
    marks = deciding.read(place).with_columns(mark=pl.lit("0123456789ab"))
    place.write_bytes(deciding.written(marks))
    assert kirjaamo("care", "corrections", region, "--into", "out").exit_code == 4
    assert not (workspace / "out").exists()


def test_files_that_are_no_worklists(workspace, region):
    book = openpyxl.Workbook()
    book.save(workspace / "other.xlsx")
    book.active.title = "To decide"
    book.active.append(["Unit"])
    book.save(workspace / "short.xlsx")
    (workspace / "bad.csv").write_bytes(b"\xff\xfe\x00")
    (workspace / "damaged.xlsx").write_bytes(b"PK")
    words = ("care", "import", "--export", region)
    for name in ("other.xlsx", "short.xlsx", "bad.csv"):
        assert "is no worklist" in refused(*words, name)
    refused(*words, "damaged.xlsx")
    refused(*words, "missing.xlsx")


def test_rules_that_would_close_everything_are_not_worked_through(workspace, region):
    everything = (
        "rules: [{id: all, name: {fi: k, sv: a, en: a}, subject: relationship, "
        "when: {fact: opened, known: true}}]"
    )
    (workspace / "all.yaml").write_text(everything, "utf-8")
    words = ("care", "worklist", region, *AS_OF, "--rules", "all.yaml", "--rule", "all")
    assert "more than the share" in refused(*words, "--into", "lists")
    told = kirjaamo("care", "simulate", region, *AS_OF, "--rules", "all.yaml")
    assert told.exit_code == 0
    assert "Warning" in told.stderr
    assert kirjaamo(*words, "--into", "lists", "--most", 1).exit_code == 0


def test_nothing_is_listed_of_rules_that_nobody_adopted(workspace, region):
    assert "has been adopted" in refused("care", "worklist", region, *AS_OF, "--into", "lists")
    assert "closure rule" in refused(
        "care", "worklist", region, "--into", "x", "--rule", "nobody"
    )
    by = kirjaamo("care", "worklist", region, "--into", "x", "--by", "worker")
    assert "give --reveal" in by.stderr
    none = kirjaamo("care", "worklist", region, *AS_OF, "--into", "x", "--rule", "opened-and-forgotten")  # fmt: skip
    assert none.exit_code == 0
    assert not (workspace / "x").exists()


def test_a_value_that_would_not_come_back_is_refused(workspace, region, lists):
    fill(lists[0], "close")
    take(region, lists[0])
    decided = deciding.read(workspace / "care/decisions.csv")
    sources = inputs([str(region)], None, None).tables
    read = systems(sources)
    lacking = [_without(source, "end", "closed") for source in sources]
    with pytest.raises(CannotCorrectError, match="cannot take"):
        correcting.corrections(decided, lacking, read)


def _without(source, *names):
    tables = {
        table: TableMap({f: c for f, c in mapped.fields.items() if f not in names})
        for table, mapped in source.part.tables.items()
    }
    return replace(source, part=Part(source.part.files, tables, sheet=source.part.sheet))


WRITTEN = [
    (None, Column(column="X"), ""),
    (True, Column(column="X"), "X"),
    (dt.date(2026, 1, 31), Column(column="X"), "31.01.2026"),
    (dt.date(2026, 1, 31), Column(column="X", form="%Y%m%d"), "20260131"),
    (dt.datetime(2026, 1, 31, 9, 5), Column(column="X"), "31.01.2026 09:05"),
    (["a", "b"], Column(column="X", separator="|"), "a|b"),
    ("10", Column(column="X", values={"LS": "10"}), "LS"),
    (5, Column(column="X"), "5"),
]


@pytest.mark.parametrize(("value", "column", "text"), WRITTEN)
def test_values_are_written_in_the_forms_of_a_profile(value, column, text):
    forms = Forms(date=("excel", "%d.%m.%Y"), datetime=("%d.%m.%Y %H:%M",), true=("X",))
    assert as_text(forms)(value, column) == text


def test_formulas_in_a_csv_of_corrections_are_harmless():
    part = Part(
        "x.csv", {"relationship": TableMap({"relationship_id": "ID", "end_reason": "SYY"})}
    )
    cells = pl.DataFrame({"ID": ["=1+1"], "SYY": ["-x"]})
    made = correcting.Correction("x", "S", "relationship", part, Forms(), cells, (), cells)
    assert correction_files.as_csv(made).decode("utf-8-sig") == "ID;SYY\r\n'=1+1;'-x\r\n"
    book = openpyxl.load_workbook(io.BytesIO(correction_files.as_workbook(made)))
    assert [c.data_type for c in book.active[2]] == ["s", "s"]
