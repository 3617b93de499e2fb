"""Text becomes values exactly, or stays unread beside its text."""
# ruff: noqa: DTZ001 - the times of records have no zone

import calendar
import datetime as dt
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kirjaamo.records import Field, Label
from kirjaamo.sources import canonical, dates
from kirjaamo.sources.canonical import raw, typed
from kirjaamo.sources.profile import Column, Forms

LABEL = Label("", "", "")
DAY = dt.date(2026, 2, 1)


def values(kind, texts, forms=None, **column):
    """Return the values and the raw texts of a column of *texts*."""
    place, used = Column(column="c", **column), forms or Forms()
    frame = pl.DataFrame({"c": pl.Series(texts, dtype=pl.String)})
    field = Field(type=kind, label=LABEL, source="")
    found = frame.lazy().select(value=typed(field, place, used), raw=raw(place, used)).collect()
    assert found.schema["value"] == field.dtype
    if not column.get("values"):
        assert in_this_thread(kind, found["raw"], place, used) in (
            None,
            found["value"].to_list(),
        )
    return found["value"].to_list(), found["raw"].to_list()


def in_this_thread(kind, texts, place, forms):
    """Return what the functions give that Polars calls in threads of its own, unseen by coverage."""
    if kind == "decimal":
        return canonical._decimals(texts, forms).to_list()
    parser = {"date": dates._date, "datetime": dates._datetime}.get(kind)
    if parser is None:
        return None
    every = (place.form,) if place.form else getattr(forms, kind)
    dtype = pl.Date() if kind == "date" else pl.Datetime("us")
    return dates._first_that_fits(texts, every, parser, dtype).to_list()


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("date", "2026-02-01", DAY),
        ("date", " 1.2.2026 ", DAY),
        ("date", "2026-02-30", None),
        ("date", "30.2.2026", None),
        ("date", "29.2.2023", None),
        ("date", "29.2.2024", dt.date(2024, 2, 29)),
        ("date", "1.2.26", None),
        ("date", "26-02-01", None),
        ("date", "2026-02-01x", None),
        ("date", "0999-02-01", None),
        ("datetime", "2026-02-01T10:05:06", dt.datetime(2026, 2, 1, 10, 5, 6)),
        ("datetime", "1.2.2026 10.05", dt.datetime(2026, 2, 1, 10, 5)),
        ("datetime", "1.2.2026", dt.datetime(2026, 2, 1)),
        ("datetime", "2026-02-30 10:05", None),
        ("datetime", "2026-02-01 10:05:60", None),
        ("datetime", "2026-02-01 24:00:00", None),
        ("integer", "1 000", 1000),
        ("integer", "-5", -5),
        ("integer", "5.0", None),
        ("integer", "10 00", None),
        ("integer", "9" * 30, None),
        ("decimal", "1", Decimal("1.00")),
        ("decimal", "1 234,5", Decimal("1234.50")),
        ("decimal", "1\u00a0234\u202f567,00", Decimal("1234567.00")),
        ("decimal", "1.234,56", Decimal("1234.56")),
        ("decimal", "1.5", Decimal("1.50")),
        ("decimal", "1.500", None),
        ("decimal", "1,500", Decimal("1.50")),
        ("decimal", "1,005", None),
        ("decimal", "-5,00", Decimal("-5.00")),
        ("decimal", "\u22125,00", Decimal("-5.00")),
        ("decimal", "5,00-", Decimal("-5.00")),
        ("decimal", "1e3", None),
        ("decimal", "1,2,3", None),
        ("decimal", "12345678901234567890,12", Decimal("12345678901234567890.12")),
        ("boolean", "KYLLÄ", True),
        ("boolean", "false", False),
        ("boolean", "ehkä", None),
        ("ids", "a, b,,c", ["a", "b", "c"]),
        ("identity_code", " 131052-908t ", "131052-908t"),
        ("code", "005", "005"),
        ("text", "  \t ", None),
        ("text", "", None),
    ],
)
def test_a_text_is_read_exactly_or_not_at_all(kind, text, expected):
    value, (shown,) = values(kind, [text])

    assert value == [expected]
    assert shown == (text.strip() or None)
    assert values(kind, [text, "x", None])[0][0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1,234.50", "1234.50"), ("1 234.5", "1234.50"), ("1,5", None), ("1.005", None)],
)
def test_the_decimal_point_is_read_where_the_profile_says_so(text, expected):
    value, _ = values("decimal", [text], Forms(decimal="point"))

    assert value == [Decimal(expected) if expected else None]


@given(st.dates(dt.date(1000, 1, 1)), st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%Y%m%d"]))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_every_date_is_read_back_from_its_form(day, form):
    text = f"{day.year:04}".join(day.strftime(form.replace("%Y", "|")).split("|"))

    assert values("date", [text], form=form)[0] == [day]


@given(st.integers(1000, 9999), st.integers(0, 13), st.integers(0, 32))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_a_date_that_no_calendar_has_is_never_read(year, month, day):
    exists = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    texts = [f"{year}-{month:02}-{day:02}", f"{day}.{month}.{year}"]

    found, _ = values("date", [*texts, *texts * 40])

    assert [value is not None for value in found] == [exists] * len(found)


@given(st.decimals(-(10**12), 10**12, places=2))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_every_sum_is_read_back_exactly(amount):
    texts = [
        f"{amount:,.2f}".replace(",", " ").replace(".", ","),
        f"{amount:.2f}".replace(".", ","),
    ]

    assert values("decimal", texts)[0] == [amount, amount]
    assert values("decimal", texts[1:])[0] == [amount]


def test_a_column_in_several_forms_is_read_cell_by_cell():
    texts = ["2026-02-01", "1.2.2026", None, "x", "20260201"] * 30

    found, _ = values("date", texts, Forms(date=("%Y-%m-%d", "%d.%m.%Y", "%Y%m%d")))

    assert found == [DAY, DAY, None, None, DAY] * 30


def test_a_column_without_any_text_or_form_is_null():
    assert values("date", [None, None])[0] == [None, None]
    assert values("date", ["x"], Forms(date=()))[0] == [None]


def test_serial_numbers_of_a_spreadsheet_are_read_when_the_form_says_so():
    texts = ["46054", "46054.5", "60", "x", None]
    noon = dt.datetime(2026, 2, 1, 12)

    assert values("date", texts, form=dates.EXCEL)[0] == [DAY, DAY, None, None, None]
    assert values("datetime", texts, form=dates.EXCEL)[0][:2] == [dt.datetime(2026, 2, 1), noon]


def test_a_time_with_an_offset_becomes_a_finnish_time():
    texts = ["2026-02-01T10:00:00Z", "2026-07-01T10:00:00+0000"]

    found, _ = values("datetime", texts, form="%Y-%m-%dT%H:%M:%S%z")

    assert found == [dt.datetime(2026, 2, 1, 12), dt.datetime(2026, 7, 1, 13)]


def test_local_codes_become_canonical_and_unmapped_ones_stay_visible():
    forms = Forms(empty=("-",))

    assert values("code", [" 5 ", "X", "-"], forms, values={"5": "205"}) == (
        ["205", None, None],
        ["5", "X", None],
    )
    assert values("boolean", ["J", "?"], values={"J": "true"})[0] == [True, None]


def test_a_constant_is_the_value_of_every_row():
    frame = pl.DataFrame({"c": ["1", "2"]})
    field = Field(type="code", label=LABEL, source="")

    found = frame.with_columns(v=typed(field, Column(constant="7"), Forms()))

    assert found["v"].to_list() == ["7", "7"]


def test_a_list_has_the_separator_of_its_column():
    assert values("ids", ["a|b", None], separator="|")[0] == [["a", "b"], None]
