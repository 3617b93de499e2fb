"""The mapping workbook: written, filled in, read back, and refused when inconsistent."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kirjaamo.classifications import Codes
from kirjaamo.mappings.errors import ChangedMappingError
from kirjaamo.mappings.form import canonical
from kirjaamo.mappings.suggesting import Known
from kirjaamo.mappings.workbook.importing import Ground, imported
from kirjaamo.mappings.workbook.sheets import sheets
from kirjaamo.mappings.workbook.writing import write
from kirjaamo.messages import use
from tests.classifications.lists import with_lists
from tests.command_line import kirjaamo, refused, workspace  # noqa: F401 - a fixture
from tests.mappings.crosswalks import (
    EXPORT,
    PROFILE,
    TASKS,
    cell,
    crosswalk,
    decide,
    edited,
    row,
)
from tests.mappings.test_crosswalk import sets

TODAY = dt.date(2026, 1, 1)
SHEET = "old_service_task"
OWN = f"mappings/{SHEET}.yaml"
LOCKED = (
    bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")
)


@pytest.fixture
def made(workspace):  # noqa: F811 - the fixture that was imported
    """Return the path of a new workbook of a small export, in a workspace."""
    (workspace / "profiles" / "old.yaml").write_text(PROFILE, "utf-8")
    (workspace / "old.csv").write_text(EXPORT, "utf-8")
    again()
    return workspace / "mapping.xlsx"


def again():
    result = kirjaamo("map", "workbook", "old.csv", "--on", TODAY)
    assert result.exit_code == 0, result.stderr


def bring(path):
    result = kirjaamo("map", "import", path, "--on", TODAY)
    assert result.exit_code == 0, result.stderr


def decided(book):
    """Decide the two open values of the sheet."""
    decide(book[SHEET], "V", new="20 | Vammaispalvelut", status="approved", owner="A. Person")
    decide(
        book[SHEET],
        "X",
        new="? | Iäkkäiden palvelut",
        status="approved",
        owner="A. Person",
        reason="no number is known",
    )


def test_the_workbook_shows_what_a_person_needs_to_decide(made):
    page = openpyxl.load_workbook(made)[SHEET]

    assert cell(page, "V", "Name in the old system").value is None
    assert cell(page, "V", "Records").value == 1
    assert cell(page, "V", "Years").value == "2017"
    assert cell(page, "V", "Units").value == "U2 (1)"
    assert cell(page, "V", "Stands beside").value == "old_type: T2 (1); outcome: 1 (1)"
    assert cell(page, "X", "Suggestion 1").value.startswith("10 | Lastensuojelu · 99: ")
    assert "on the same records 100 % (old_type)" in cell(page, "X", "Suggestion 1").value
    assert cell(page, "X", "Status").value is None
    assert cell(page, "L", "New value").value == "10 | Lastensuojelu"
    assert cell(page, "L", "Owner").value == "profile Old"


def test_a_text_that_is_no_code_is_in_no_workbook(made):
    with zipfile.ZipFile(made) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())

    assert b"131052" not in content
    assert b"Virtanen" not in content


def test_the_drop_downs_offer_codes_classes_without_code_and_nothing(made):
    book = openpyxl.load_workbook(made)

    rules = book[SHEET].data_validations.dataValidation
    assert [rule.type for rule in rules] == ["list"] * 3
    offered = {one.value for one in book["_targets"]["C"]} | {
        one.value for column in book["_targets"].columns for one in column
    }
    assert {"10 | Lastensuojelu", "? | Iäkkäiden palvelut", "- | cannot be mapped"} <= offered
    assert book["_targets"].sheet_state == "hidden"


def test_the_same_exports_give_the_same_bytes(made):
    before = made.read_bytes()

    again()

    assert made.read_bytes() == before


def test_the_instructions_are_in_three_languages(made):
    page = openpyxl.load_workbook(made)["Instructions"]

    texts = " ".join(one.value for one in page["A"] if one.value)
    assert "Näin täytät" in texts
    assert "Så här fyller du i" in texts
    assert "How to fill in" in texts


def test_decisions_become_rows_of_the_workspace_and_nothing_else_does(made):
    edited(made, decided)

    bring(made)

    text = (made.parent / OWN).read_text("utf-8")
    assert text.count("- old:") == 2
    assert 'new_name: "Iäkkäiden palvelut"' in text
    assert sorted(path.name for path in (made.parent / "mappings").iterdir()) == [
        f"{SHEET}.yaml"
    ]


def test_an_untouched_workbook_changes_nothing(made):
    bring(made)

    assert not (made.parent / "mappings").exists()


def test_importing_twice_changes_nothing(made):
    edited(made, decided)
    bring(made)
    before = (made.parent / OWN).read_bytes()

    bring(made)

    assert (made.parent / OWN).read_bytes() == before


def test_a_workbook_of_what_was_imported_is_imported_as_the_same(made):
    edited(made, decided)
    bring(made)
    before = (made.parent / OWN).read_bytes()

    again()
    bring(made)

    assert (made.parent / OWN).read_bytes() == before


def test_a_workbook_older_than_the_mapping_does_not_undo_work(made):
    old = made.read_bytes()
    edited(made, decided)
    bring(made)
    made.write_bytes(old)

    result = kirjaamo("map", "import", made)

    assert result.exit_code == 4
    assert "has changed since" in result.stderr
    assert (made.parent / OWN).exists()


def test_a_value_may_become_another_code_in_one_unit(made):
    def change(book):
        decided(book)
        page = book[SHEET]
        page.append([one.value for one in page[cell(page, "V", "Old value").row]])
        last = page.max_row
        page.cell(last, cell(page, "V", "Only in unit").column).value = "U2"
        page.cell(last, cell(page, "V", "New value").column).value = 10

    edited(made, change)

    bring(made)

    assert (made.parent / OWN).read_text("utf-8").count('- old: "V"') == 2


def test_words_and_headings_of_every_language_are_understood(made):
    use("fi")
    kirjaamo("map", "workbook", "old.csv", "--lang", "fi")

    def change(book):
        headings = {one.value: one.column for one in book[SHEET][1]}
        number = next(n for n in range(2, 9) if book[SHEET].cell(n, 1).value == "V")
        for heading, value in {
            "Uusi arvo": "20 | Vammaispalvelut", "Tila": "Hyväksytty", "Vastuuhenkilö": "A",
        }.items():  # fmt: skip
            book[SHEET].cell(number, headings[heading]).value = value

    edited(made, change)
    bring(made)

    assert 'status: "approved"' in (made.parent / OWN).read_text("utf-8")


def set_to(old, heading, value):
    def change(book):
        cell(book[SHEET], old, heading).value = value

    return change


def approve(**words):
    def change(book):
        decide(book[SHEET], "V", **{"status": "approved", "owner": "A", **words})

    return change


def merge(book):
    book[SHEET].merge_cells("L3:M3")


def remove(book):
    book[SHEET].delete_rows(cell(book[SHEET], "V", "Old value").row)


def twice(book):
    page = book[SHEET]
    approve(new="20")(book)
    page.append([one.value for one in page[cell(page, "V", "Old value").row]])


def rename(book):
    book[SHEET].title = "mine"


def no_heading(book):
    cell(book[SHEET], "V", "Status").parent["M1"].value = "?"


def other_list(book):
    for one in book["_kirjaamo"]:
        if one[0].value == "sheet" and one[1].value == SHEET:
            one[3].value = "local:Other:service_task"


BAD = {
    "merged cells": (merge, "L3:M3", "merged"),
    "a formula": (set_to("V", "Owner", '="A"&"B"'), "O", "formula"),
    "a formula for a day": (set_to("V", "From day", "=TODAY()"), "R", "formula"),
    "a wrong status": (approve(new="20", status="maybe"), "M", "none of proposed"),
    "a wrong confidence": (set_to("L", "Confidence", "quite"), "N", "none of confirmed"),
    "an unknown code": (approve(new="99"), "L", "not in the code list"),
    "an unknown class": (approve(new="? | Avaruus", reason="r"), "L", "no class of this name"),
    "no new value": (approve(new=None), "L", "no new value is chosen"),
    "no reason": (approve(new="- | cannot be mapped"), "P", "no reason"),
    "no owner": (approve(new="20", owner=None), "O", "no owner"),
    "two approved rows": (twice, "A", "two approved rows"),
    "a changed old value": (set_to("V", "Old value", "W"), "A", "restore it"),
    "a removed old value": (remove, "", "are missing: 1"),
    "a truth value": (set_to("V", "Owner", True), "O", "neither text"),  # noqa: FBT003 - a cell
    "half a number": (set_to("V", "New value", 1.5), "L", "neither text"),
    "a day that is none": (set_to("V", "From day", "soon"), "R", "holds no day"),
    "a renamed sheet": (rename, "", "sheet is missing"),
    "a changed heading": (no_heading, "1:1", "heading"),
    "another list": (other_list, "", "other lists"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_inconsistent_is_named_by_sheet_and_cell_and_changes_nothing(case, made):
    change, place, reason = BAD[case]
    edited(made, decided)
    bring(made)
    before = (made.parent / OWN).read_bytes()
    again()
    edited(made, change)

    result = kirjaamo("map", "import", made, "--on", TODAY)

    assert result.exit_code == 2, result.stdout
    assert "Traceback" not in result.stderr
    lines = [line for line in result.stderr.splitlines() if line.startswith("  ")]
    assert any(
        line.startswith(f"  {SHEET}!{place}" if place else f"  {SHEET}") and reason in line
        for line in lines
    ), result.stderr
    assert (made.parent / OWN).read_bytes() == before


def test_every_problem_is_told_at_once(made):
    def change(book):
        approve(new="99", owner=None)(book)
        decide(book[SHEET], "X", status="maybe")

    edited(made, change)

    result = kirjaamo("map", "import", made)

    assert result.stderr.count(f"{SHEET}!") >= 4


def test_rows_in_a_circle_are_refused_by_cell(tmp_path):
    rows = [{"code": code} for code in ("1", "2")]
    codes = with_lists({TASKS: rows, "complete": True})
    one = crosswalk(row("1", "2"), source=TASKS)
    path = workbook_of(one, codes, tmp_path)

    def change(book):
        page = book["sample"]
        decide(page, "2", new="1", status="approved", owner="A")

    edited(path, change)

    with pytest.raises(Exception, match=r"sample!L2: .*circle") as error:
        imported(path, Ground({}, {"sample": one}, codes, TODAY))
    assert "L3" in str(error.value)


def test_a_code_that_is_not_in_force_on_the_day_is_refused(tmp_path):
    codes = with_lists(
        {
            TASKS: [
                {
                    "code": "1",
                    "valid_from": dt.date(2020, 1, 1),
                    "valid_to": dt.date(2022, 1, 1),
                }
            ]
        }
    )
    inside = {"valid_from": dt.date(2020, 1, 1), "valid_to": dt.date(2022, 1, 1)}

    fine = crosswalk(row("a", "1", **inside))
    late = crosswalk(row("a", "1"))

    found = imported(workbook_of(fine, codes, tmp_path), Ground({}, {}, codes, TODAY))
    assert canonical(found["sample"]) == canonical(fine)
    with pytest.raises(Exception, match="not in force"):
        imported(workbook_of(late, codes, tmp_path), Ground({}, {}, codes, TODAY))


def broken_zip():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
    return stream.getvalue()


def declared():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><workbook/>')
    return stream.getvalue()


def other_workbook():
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"not a workbook", "not a whole Excel workbook"),
        (b"PK\3\4 and no more", "not a whole Excel workbook"),
        (broken_zip(), "not a whole Excel workbook"),
        (declared(), "document type declaration"),
        (LOCKED, "protected by a password"),
        (other_workbook(), "not made by"),
    ],
)
def test_a_file_that_is_no_mapping_workbook_is_one_sentence(content, reason, workspace):  # noqa: F811 - a fixture
    (workspace / "mapping.xlsx").write_bytes(content)

    assert reason in refused("map", "import", "mapping.xlsx")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_workbook_is_refused_or_read_and_never_a_traceback(made, data):
    content = bytearray(made.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = made.with_name("damaged.xlsx")
    path.write_bytes(content[: data.draw(st.integers(1, len(content)))])

    result = kirjaamo("map", "import", path)

    assert result.exit_code in {0, 2}


def test_a_sheet_that_spans_too_many_cells_is_refused(made):
    def change(book):
        book[SHEET]["XFD2000"] = "far"

    edited(made, change)

    assert "too large" in refused("map", "import", made)


def test_a_file_that_is_missing_is_one_sentence(workspace):  # noqa: F811 - a fixture
    assert "does not exist" in refused("map", "import", "mapping.xlsx")


def test_a_workbook_is_imported_into_a_workspace_only(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert "run kirjaamo init" in refused("map", "import", "mapping.xlsx")


def workbook_of(one, codes, folder):
    path = folder / "sample.xlsx"
    known = Known({one.name: one}, codes, TODAY)
    with path.open("wb") as stream:
        write(stream, sheets([], known, []), {})
    return path


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sets)
def test_writing_and_reading_a_workbook_gives_the_same_crosswalk(tmp_path, rows):
    codes = Codes()
    target = codes.get(TASKS)
    known = {None: None} | dict.fromkeys(target.frame["code"])
    classes = [one.fi for one in target.unnumbered]
    landed = [
        {
            **one,
            "new": None if one["new"] is None else list(known)[1 + len(one["new"]) % 4],
            "new_name": classes[len(one["new_name"]) % 3] if one["new_name"] else "",
        }
        for one in rows
    ]
    before = crosswalk(*landed, note="a note")

    found = imported(
        workbook_of(before, codes, tmp_path), Ground({}, {"sample": before}, codes, TODAY)
    )

    assert canonical(found.get("sample", before)) == canonical(before)


def test_a_mapping_that_changed_meanwhile_is_not_overwritten(tmp_path):
    codes = Codes()
    path = workbook_of(crosswalk(row("a", "10")), codes, tmp_path)
    meanwhile = crosswalk(row("a", "20"))

    with pytest.raises(ChangedMappingError):
        imported(path, Ground({}, {"sample": meanwhile}, codes, TODAY))
