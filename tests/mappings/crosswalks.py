"""Small crosswalks, exports and workbooks for the tests of mappings."""

import io

import openpyxl
import polars as pl

from kirjaamo.mappings import Crosswalk
from kirjaamo.mappings.crosswalk import SCHEMA

TASKS = "1.2.246.537.6.1221"

FULL = {
    "unit": None,
    "new": None,
    "new_name": "",
    "status": "approved",
    "confidence": "secondary",
    "owner": "a person",
    "reason": "",
    "evidence": "",
    "valid_from": None,
    "valid_to": None,
    "origin": "workspace",
}

PROFILE = """\
system: Old
label: {fi: vanha, sv: gammal, en: old}
parts:
  - files: old*.csv
    tables:
      decision:
        fields:
          decision_id: Nr
          service_task: {column: Task, values: {L: "10", P: "24"}}
          outcome: Outcome
          old_type: Type
          old_type_name: Name
          decided: Day
          unit: Unit
"""

EXPORT = """\
Nr;Task;Outcome;Type;Name;Day;Unit
1;L;1;T1;Sijoitus laitokseen;2015-02-01;U1
2;L;2;T1;Sijoitus laitokseen;2016-02-01;U1
3;V;1;T2;Vammaispalvelut;2017-02-01;U2
4;X;1;T1;Sijoitus laitokseen;2018-02-01;U2
5;;1;T3;;2019-02-01;U2
6;131052-308T Virtanen;1;T3;;2019-02-01;U2
7;P;1;T4;Perhetyö;2020-02-01;U3
8;P;2;T4;Perhetyö;2020-03-01;U3
"""


def row(old, new=None, **more):
    """Return a row, approved unless said otherwise."""
    return {**FULL, "old": old, "new": new, **more}


def crosswalk(*rows, name="sample", source="local:Old:service_task", target=TASKS, note=""):
    return Crosswalk(name, source, target, frame(rows), note)


def frame(rows):
    return pl.DataFrame(list(rows), schema=SCHEMA, orient="row")


def answers(one, olds, units=None, days=None):
    """Return new code and status of old values, a pair each."""
    asked = pl.DataFrame(
        {"old": olds, "unit": units or [None] * len(olds), "day": days or [None] * len(olds)},
        schema={"old": pl.String, "unit": pl.String, "day": pl.Date},
    )
    found = one.apply(asked, old="old", unit="unit", day="day")
    return list(zip(found["new"], found["status"], strict=True))


def edited(path, change):
    """Let *change* edit the workbook at *path*."""
    book = openpyxl.load_workbook(path)
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    path.write_bytes(stream.getvalue())


def cell(page, old, heading, *, unit=None):
    """Return the cell of an old value under a heading."""
    columns = {one.value: one.column for one in page[1]}
    for number in range(2, page.max_row + 1):
        same_unit = unit is None or page.cell(number, columns["Only in unit"]).value == unit
        if page.cell(number, columns["Old value"]).value == old and same_unit:
            return page.cell(number, columns[heading])
    raise LookupError(old)


def decide(page, old, **words):
    """Fill in the open columns of an old value."""
    headings = {
        "new": "New value",
        "status": "Status",
        "owner": "Owner",
        "reason": "Reason",
        "unit": "Only in unit",
    }
    for name, value in words.items():
        cell(page, old, headings[name]).value = value
