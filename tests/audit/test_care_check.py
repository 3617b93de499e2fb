"""What data care finds: required fields, loose records, the wrong register; counted and kept."""

import csv
import datetime as dt

import openpyxl
import polars as pl
import pytest

from benchmarks.audit import care_truth
from kirjaamo.audit.care import boundary, checking, checks, counting, minimum, stock
from kirjaamo.cli.care_ground import SHIPPED, own_or_shipped
from kirjaamo.cli.inputs import inputs
from kirjaamo.errors import SettingsError
from kirjaamo.sources.tables import systems
from tests.audit.records import AS_OF, system
from tests.browser import violations
from tests.command_line import kirjaamo, refused

DAY = ("--as-of", AS_OF.isoformat())
SIGNS = boundary.read(own_or_shipped(None, "boundary.yaml"))


def found(*systems, asked=None):
    """Return what is found in systems made by hand, without the rules that read files."""
    terms = checking.Terms(asked or {}, SIGNS, AS_OF)
    return checking.checked((), systems, stock.stocks(systems, AS_OF), terms)


def codes(told) -> list[str]:
    return told.flawed["code"].to_list()


def matter(number=1, **more):
    return {"matter_id": f"V{number}", "client_ids": ["A1"], "relationship_id": "S1", "opened": dt.date(2024, 1, 1), "closed": dt.date(2024, 2, 1)} | more  # fmt: skip


BASE = {
    "relationship": [{"relationship_id": "S1", "client_id": "A1", "start": dt.date(2024, 1, 1), "end": dt.date(2024, 3, 1)}],
    "decision": [{"decision_id": "P1", "client_id": "A1", "relationship_id": "S1", "matter_id": "V1", "decided": dt.date(2024, 1, 2), "valid_to": None}],
    "entry": [{"entry_id": "M1", "client_id": "A1", "matter_id": "V1", "event_time": dt.datetime(2024, 1, 2, 9), "text": "Asiakas kertoi voivansa hyvin."}],
}  # fmt: skip


def test_sound_records_have_nothing_to_mend():
    assert codes(found(system(**BASE, matter=[matter()]))) == []


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([matter(relationship_id=None)], ["DC002"]),
        ([matter(relationship_id="S9")], ["DC002"]),
        ([matter(), matter(2)], ["DC003"]),
        ([matter(closed=None)], ["DC004"]),
    ],
)
def test_matters_that_hang_loose(rows, told):
    assert codes(found(system(**BASE, matter=rows))) == told


def test_documents_without_a_matter_and_fields_that_the_export_lacks():
    loose = [{"document_id": "D1", "matter_id": None}, {"document_id": "D2", "matter_id": "V1"}]
    told = found(system(document=loose))
    assert told.flawed.select("code", "row").rows() == [("DC005", 2)]
    bare = system(cannot=["document.matter_id"], document=[{"document_id": "D1"}], entry=[{"entry_id": "M1"}])  # fmt: skip
    told = found(bare)
    assert codes(told) == []
    assert {(one.code, one.reason) for one in told.left} == {
        ("DC005", checking.CANNOT), ("DC006", checking.NO_FIELD),
    }  # fmt: skip


REQUIRED = [
    ({"any_of": ["start", "end"]}, [{"start": None, "end": None}], 1),
    ({"any_of": ["start", "end"]}, [{"start": None, "end": AS_OF}], 0),
    ({"any_of": ["responsible_worker"], "when": "open"}, [{"end": AS_OF}, {"end": None}], 1),
    ({"any_of": ["responsible_worker"], "when": "ended"}, [{"end": AS_OF}, {"end": AS_OF}], 2),
    ({"any_of": ["unit"], "since": dt.date(2024, 1, 1)}, [{"start": dt.date(2023, 12, 31)}, {"start": dt.date(2024, 1, 1)}], 1),
    ({"any_of": ["unit"], "since": dt.date(2024, 1, 1)}, [{"start": None}], 0),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "rows", "many"), REQUIRED)
def test_required_fields(asked, rows, many):
    one = minimum.Requirement(basis="b", **asked)
    empty = {"unit": None, "responsible_worker": None, "start": None, "end": None}
    told = found(
        system(relationship=[empty | row for row in rows]), asked={"relationship": (one,)}
    )
    assert told.flawed.filter(code="DC001").height == many


def test_a_field_of_the_system_is_not_missing_by_a_person():
    asked = {"client": (minimum.Requirement(("municipality",), "b"),)}
    told = found(
        system(cannot=["client.municipality"], client=[{"client_id": "A1"}]), asked=asked
    )
    [one] = told.left
    assert (one.code, one.place, one.records, one.reason) == (
        "DC001", "client.municipality", 1, checking.CANNOT,
    )  # fmt: skip


PATIENT = [
    ("Potilaan verenpaine 150/90.", None, True),
    ("Potilas kävi.", "sairaanhoitaja", True),
    ("Potilas kävi.", "sosiaalityöntekijä", False),
    ("Annettu 5 mg, dg F32.1", None, True),
    ("Patienten fick medicinering", None, True),
    ("Asiakas kertoi lääkärin käynnistä.", None, False),
    ("Sovittu 12.5. klo 10, 50 euroa, sivut 120/130.", None, False),
    (None, "lääkäri", False),
]


@pytest.mark.parametrize(("text", "position", "told"), PATIENT)
def test_entries_that_look_like_patient_records(text, position, told):
    rows = {"entry": [{"entry_id": "M1", "client_id": "A1", "matter_id": "V1", "author": "T1", "event_time": dt.datetime(2024, 1, 1), "text": text}]}  # fmt: skip
    staff = {"worker": [{"worker_id": "T1", "position": position}]} if position else {}
    assert (codes(found(system(**rows, **staff))) == [checks.REGISTER]) is told


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("minimum.yaml", "client: [{any_of: [shoe_size], basis: b}]"),
        ("minimum.yaml", "shoe: [{any_of: [size], basis: b}]"),
        ("minimum.yaml", "client: [{any_of: [], basis: b}]"),
        ("minimum.yaml", "client: [{any_of: [sex], basis: b, when: open}]"),
        ("minimum.yaml", "client: [{any_of: [sex], basis: b, from: 2024-01-01}]"),
        ("boundary.yaml", "{points: 1, signs: [{id: a, field: client.sex, pattern: a}]}"),
        ("boundary.yaml", "{points: 1, signs: [{id: a, field: entry.text, pattern: '('}]}"),
        ("boundary.yaml", "{points: 0, signs: []}"),
    ],
)
def test_files_that_cannot_be_used_are_refused(name, text, tmp_path):
    (tmp_path / name).write_text(text, "utf-8")
    reader = minimum.read if name == "minimum.yaml" else boundary.read
    with pytest.raises(SettingsError):
        reader(tmp_path / name)


def test_what_was_put_in_is_found():
    figures = care_truth.measured(120).figures()
    assert figures["care_checks"] == 8
    assert figures["care_found_min"] >= 0.95
    assert figures["care_false_max"] <= 0.02


def test_the_files_of_a_check_hold_places_and_no_values(workspace, exports):
    names = ("c.html", "c.xlsx", "c.csv")
    words = [word for name in names for word in ("-o", name)]
    assert kirjaamo("care", "check", exports, *DAY, *words).exit_code == 1
    page = (workspace / "c.html").read_text("utf-8")
    assert "<h1>Data care</h1>" in page
    assert "What the systems cannot tell" in page
    book = openpyxl.load_workbook(workspace / "c.xlsx")
    assert book.sheetnames == [
        "Summary", "By unit", "By service task", "By year", "To mend", "Register boundary", "Not judged",
    ]  # fmt: skip
    places = pl.read_csv(workspace / "c.csv", separator=";")
    rows = book["To mend"].max_row + book["Register boundary"].max_row - 2
    assert places.height == rows > 0
    assert places.columns == ["code", "system", "table", "source", "row", "field", "column", "unit", "task", "year", "cause"]  # fmt: skip
    shown = kirjaamo("care", "check", exports, *DAY, "--format", "csv")
    assert shown.exit_code == 1
    lines = (workspace / "c.csv").read_text("utf-8-sig").splitlines()
    assert not _values(exports) & {
        cell for row in csv.reader(lines, delimiter=";") for cell in row
    }
    told = page + "\n".join(str(c) for sheet in book for row in sheet.values for c in row)
    assert not [value for value in _values(exports) if len(value) > 10 and value in told]
    assert pl.read_csv(shown.stdout.encode())["flawed"].sum() == places.height


def _values(exports) -> set[str]:
    """Return the names, identity codes and texts that stand in exports."""
    wanted = {"client": ("last_name", "first_names", "identity_code"), "entry": ("text",)}
    return {
        value
        for one in systems(inputs([str(exports)], None, None).tables)
        for table, fields in wanted.items()
        if table in one.tables
        for field in fields
        for value in one.tables[table][field].drop_nulls()
        if len(value) > 3
    }


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_page_opens_without_faults_and_can_be_read_by_all(
    exports, tmp_path, visit, language
):
    page = tmp_path / "care.html"
    kirjaamo("care", "check", exports, *DAY, "-o", page, "--lang", language)
    shown = visit(page)
    assert shown.locator("html").get_attribute("lang") == language
    assert violations(shown) == []
    before = shown.locator("#table-unit tbody tr:visible").count()
    unit = shown.locator("#table-unit tbody td:nth-child(2)").first.inner_text()
    shown.fill("#table-unit-filter", unit)
    assert 0 < shown.locator("#table-unit tbody tr:visible").count() < before


def test_names_of_units_cannot_break_a_page_or_a_workbook(workspace):
    hostile = "<img src=x onerror=alert(1)>"
    (workspace / "profiles/one.yaml").write_text(PROFILE, "utf-8")
    rows = f"ID;WHO;ALKU;LOPPU;YKS\n1;A;2024-01-01;;{hostile}\n2;A;;;=1+1\n"
    (workspace / "one.csv").write_text(rows, "utf-8")
    kirjaamo(
        "care",
        "check",
        "one.csv",
        "-p",
        "one",
        *DAY,
        "-o",
        "c.html",
        "-o",
        "c.xlsx",
        "-o",
        "c.csv",
    )
    assert hostile not in (workspace / "c.html").read_text("utf-8")
    book = openpyxl.load_workbook(workspace / "c.xlsx")
    assert not [c for sheet in book for row in sheet for c in row if c.data_type == "f"]
    assert ";'=1+1;" in (workspace / "c.csv").read_text("utf-8")


def test_snapshots_are_compared_and_stay_apart_from_those_of_the_audit(
    workspace, exports, tmp_path_factory
):
    assert "two snapshots" in refused("care", "compare")
    sound = tmp_path_factory.mktemp("sound")
    kirjaamo("samples", "generate", "--clients", 12, "--defects", 0, "-o", sound)
    for name, folder in (("before", exports), ("after", sound)):
        done = kirjaamo("care", "snapshot", folder, *DAY, "--name", name)
        assert done.exit_code == 0
    again = kirjaamo("care", "snapshot", sound, *DAY, "--name", "after")
    assert again.exit_code == 4
    told = pl.read_csv(kirjaamo("care", "compare", "--format", "csv").stdout.encode())
    assert "DC001" in set(told["measure"])
    assert (told["after"] <= told["before"]).all()
    named = kirjaamo("care", "compare", "before", "after", "--format", "csv").stdout
    assert named == kirjaamo("care", "compare", "--format", "csv").stdout
    assert "no snapshot" in refused("care", "compare", "before", "nothing")
    assert "There is no snapshot" in refused("audit", "compare")
    kirjaamo("care", "check", exports, *DAY, "-o", "c.html")
    assert "What changed" in (workspace / "c.html").read_text("utf-8")


def test_a_change_of_what_is_asked_is_no_change_of_quality():
    asked = {"client": (minimum.Requirement(("sex",), "b"),)}
    one, other = (checking.Terms(what, SIGNS, AS_OF) for what in ({}, asked))
    assert counting.definition("DC001", one) != counting.definition("DC001", other)
    assert counting.definition("DC002", one) == counting.definition("DC002", other)


def test_simulating_by_command(workspace, exports):
    words = ("care", "simulate", exports, *DAY)
    told = kirjaamo(*words)
    assert told.exit_code == 0
    assert "would close" in told.stdout
    for by in ("unit", "year"):
        shown = kirjaamo(*words, "--by", by, "--format", "csv").stdout
        assert shown.startswith("rule,group,open,closes\n")
    rows = kirjaamo(*words, "--format", "json", "-o", "rules.json")
    assert rows.exit_code == 0
    assert (workspace / "rules.json").exists()
    assert kirjaamo(*words, "-o", "rules.txt").exit_code == 0
    (workspace / "none.yaml").write_text("rules: []", "utf-8")
    compared = kirjaamo(*words, "--against", "none.yaml", "--format", "csv").stdout
    assert compared.startswith("subject,open,first,second,both,only_first,only_second\n")


def test_the_starting_set_is_copied_once(workspace):
    shown = kirjaamo("care", "rules", "--format", "csv").stdout
    assert kirjaamo("care", "rules", "--write").exit_code == 0
    assert sorted(path.name for path in (workspace / "care").iterdir()) == sorted(SHIPPED)
    assert kirjaamo("care", "rules", "--write").exit_code == 4
    assert kirjaamo("care", "rules", "--format", "csv").stdout == shown
    assert "older_than" in kirjaamo("care", "rules", "--facts").stdout


def test_exports_without_relationships_are_refused(workspace, exports):
    words = ("care", "simulate", exports / "a_kirjaukset.csv")
    assert "no client relationships" in refused(*words)


def test_one_unit_and_dates_to_come_break_nothing(workspace):
    (workspace / "profiles/one.yaml").write_text(PROFILE, "utf-8")
    (workspace / "one.csv").write_text(
        "ID;WHO;ALKU;LOPPU;YKS\n1;A;2099-01-01;;Y\n2;B;;;Y\n3;C;1999-13-45;x;Y\n", "utf-8"
    )
    words = ("one.csv", "-p", "one", *DAY)
    told = kirjaamo("care", "simulate", *words, "--format", "json")
    assert told.exit_code == 0
    totals = pl.read_json(told.stdout.encode()).filter(subject="relationship")
    assert totals["open"].to_list() == [2] * 4
    assert totals["closes"].sum() == 0
    assert "not decided" in kirjaamo("care", "simulate", *words).stdout
    assert kirjaamo("care", "check", *words).exit_code == 1


PROFILE = """
system: ONE
label: {fi: yksi, sv: en, en: one}
parts:
  - files: one.csv
    delimiter: ";"
    tables:
      relationship:
        fields: {relationship_id: ID, client_id: WHO, start: ALKU, end: LOPPU, unit: YKS}
"""
