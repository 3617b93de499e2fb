"""Small code lists for the tests."""

import dataclasses
import datetime as dt

import polars as pl

from kirjaamo.classifications import CodeList, Codes
from kirjaamo.classifications.codelist import DISPLAYS, SCHEMA, Names


def row(  # noqa: PLR0913 - the columns of a list, most of them left out
    code, fi="", sv="", *, start=None, end=None, status="active", confidence="confirmed"
):
    return (code, fi, sv, "", start, end, status, confidence, "a test")


def code_list(rows, displays=(), *, complete=True, edition="2024-01-01"):
    return CodeList(
        oid="1.2.3",
        slug="sample",
        label=Names("Koodisto", "Kodsystem", "Code list"),
        owner="",
        source="a test",
        licence="",
        note="",
        complete=complete,
        edition=edition,
        imported=False,
        unnumbered=(),
        frame=pl.DataFrame(list(rows), schema=SCHEMA, orient="row"),
        displays=pl.DataFrame(list(displays), schema=DISPLAYS, orient="row"),
    )


def answers(expression, **columns):
    """Return what an expression says of columns, as a list."""
    types = {str: pl.String, dt.date: pl.Date}
    frame = pl.DataFrame(
        {
            name: pl.Series(
                values, dtype=next((types[type(v)] for v in values if v is not None), pl.String)
            )
            for name, values in columns.items()
        }
    )
    return frame.select(expression.alias("answer"))["answer"].to_list()


class _Given(Codes):
    """The built-in lists with some lists of a test before them."""

    def __init__(self, given):
        super().__init__()
        self.given = given

    def find(self, name):
        return self.given.get(name) or super().find(name)


def with_lists(lists):
    """Return the code lists of a rule case: OID to its rows, and whether they are complete."""
    complete = lists.get("complete", False)
    return _Given(
        {
            oid: dataclasses.replace(
                code_list(map(_case_row, rows), complete=complete), oid=oid
            )
            for oid, rows in lists.items()
            if oid != "complete"
        }
    )


def _case_row(given):
    names = {"name_fi": "fi", "name_sv": "sv", "valid_from": "start", "valid_to": "end"}
    return row(**{names.get(key, key): value for key, value in given.items()})
