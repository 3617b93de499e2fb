"""Pages and tables that people open: safe, the same bytes every time, readable for all."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import polars as pl
import pytest
from jinja2 import DictLoader

from kirjaamo import messages, pages
from kirjaamo.tabular import Sheet, write_csv, write_workbook
from tests.browser import violations

TEMPLATE = """{% extends "page.html.j2" %}
{% import "tables.html.j2" as tables with context %}
{% block main %}
<h2>{{ title }}</h2>
{{ tables.facts([("Name", name)]) }}
{{ tables.table("rows", "Rows", ["Unit", "Count"], [["North", 3], ["South", 12]], numbers=[1],
filter=true) }}
{{ tables.signatures(["Signature"]) }}
{% endblock %}
"""


@pytest.fixture
def example(tmp_path):
    def made(name: str, language: str = "en"):
        messages.use(language)
        environment = pages.environment("kirjaamo")
        environment.loader.loaders.append(DictLoader({"example.html.j2": TEMPLATE}))
        text = environment.get_template("example.html.j2").render(title="Example", name=name)
        path = tmp_path / "example.html"
        path.write_text(text, "utf-8")
        return path

    return made


def test_a_page_escapes_what_comes_from_outside(example):
    assert "<script>alert" not in example("<script>alert(1)</script>").read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_is_accessible_and_its_filter_works(example, visit, scheme):
    page = visit(example("x", "fi"), color_scheme=scheme)
    assert page.get_attribute("html", "lang") == "fi"
    assert violations(page) == []
    page.fill("#rows-filter", "nor")
    assert page.locator("#rows tbody tr:visible").count() == 1


def _sheets():
    row = [
        "=1+1",
        Decimal("3.25"),
        dt.date(2026, 1, 2),
        dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC),
        True,
        None,
    ]
    yield Sheet(
        "A", list("abcdef"), [row, [1.5, 2]], {"Run": 3}, choices={0: ["x", "y"]}, signed=["Me"]
    )
    yield Sheet("B", facts={"Only": "facts"})


def test_a_workbook_holds_texts_not_formulas_and_is_the_same_again():
    first, second = io.BytesIO(), io.BytesIO()
    write_workbook(first, _sheets())
    write_workbook(second, _sheets())
    assert first.getvalue() == second.getvalue()
    sheet = openpyxl.load_workbook(first)["A"]
    shown = [str(cell.value) for cell in sheet[5]]
    days = ["2026-01-02 00:00:00", "2026-01-02 03:04:00"]
    assert shown == ["=1+1", "3.25", *days, "yes", "None"]
    assert sheet["A5"].data_type == "s"
    assert sheet.data_validations.dataValidation[0].formula1 == '"x,y"'


def test_csv_opens_in_excel_and_runs_nothing():
    stream = io.BytesIO()
    write_csv(stream, pl.DataFrame({"a": ["=x", "ä\x07", None], "n": [1, 2, 3]}))
    told = stream.getvalue()
    assert told.startswith(b"\xef\xbb\xbfa;n\r\n'=x;1\r\n")
    assert "ä\ufffd;2" in told.decode("utf-8-sig")
