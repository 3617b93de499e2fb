"""What rules ask of a code list, against the same questions asked row by row."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kirjaamo import messages
from kirjaamo.classifications.codelist import STATUSES, fold
from tests.classifications.lists import answers, code_list, row

LAW = settings(max_examples=50, deadline=None, derandomize=True)
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2020, 1, 12))
CODES = st.sampled_from(["1", "2", "02", "A", "ä"])
WORDS = st.sampled_from(
    ["", "Lastensuojelu", "lasten  suojelu", "ÄITI", "Barnskydd", "İ", "\u00a0x"]
)


@st.composite
def lists(draw):
    """Draw a list whose codes have up to three periods that do not overlap."""
    rows = []
    for code in draw(st.lists(CODES, unique=True, max_size=4)):
        bounds = sorted(draw(st.lists(DAYS, unique=True, min_size=2, max_size=6)))
        for start, end in zip(bounds[::2], bounds[1::2], strict=False):
            rows.append(
                row(
                    code,
                    draw(WORDS),
                    draw(WORDS),
                    start=None if start == bounds[0] and draw(st.booleans()) else start,
                    end=None if end == bounds[-1] and draw(st.booleans()) else end,
                    status=draw(st.sampled_from(STATUSES)),
                )
            )
    others = st.tuples(CODES, WORDS, WORDS, st.just("secondary"), st.just("a test"))
    return code_list(rows, draw(st.lists(others, max_size=2)))


def rows_of(codes, value):
    return [r for r in codes.frame.iter_rows(named=True) if r["code"] == value]


def is_known(codes, value):
    return None if value is None or not codes.has_codes else bool(rows_of(codes, value))


def is_retired(codes, value):
    if value is None or not codes.has_codes:
        return None
    found = rows_of(codes, value)
    return bool(found) and all(r["status"] == "deleted" for r in found)


def is_valid_on(codes, value, day):
    if value is None or day is None or not codes.has_codes:
        return None
    return any(
        r["status"] in ("active", "unknown")
        and (r["valid_from"] or dt.date.min) <= day <= (r["valid_to"] or dt.date.max)
        for r in rows_of(codes, value)
    )


def folded(text):
    return " ".join(text.split()).lower()


def has_name(codes, value, text):
    if value is None or text is None or not codes.has_codes:
        return None
    found = rows_of(codes, value)
    found += [r for r in codes.displays.iter_rows(named=True) if r["code"] == value]
    if any(folded(text) == folded(r[n]) for r in found for n in ("name_fi", "name_sv") if r[n]):
        return True
    both = any(r["name_fi"] for r in found) and any(r["name_sv"] for r in found)
    return False if both else None


@LAW
@given(lists(), st.lists(st.none() | CODES | st.just("7"), min_size=1))
def test_known_and_retired_agree_with_asking_row_by_row(codes, values):
    value = pl.col("v")

    assert answers(codes.known(value), v=values) == [is_known(codes, v) for v in values]
    assert answers(codes.retired(value), v=values) == [is_retired(codes, v) for v in values]


@LAW
@given(lists(), st.lists(st.tuples(st.none() | CODES, st.none() | DAYS), min_size=1))
def test_valid_on_agrees_with_asking_row_by_row(codes, asked):
    values, days = map(list, zip(*asked, strict=True))
    expression = codes.valid_on(pl.col("v"), pl.col("d").cast(pl.Date))

    assert answers(expression, v=values, d=days) == [is_valid_on(codes, *a) for a in asked]


@LAW
@given(lists(), st.lists(st.tuples(st.none() | CODES, st.none() | WORDS), min_size=1))
def test_name_is_agrees_with_asking_row_by_row(codes, asked):
    values, texts = map(list, zip(*asked, strict=True))
    expression = codes.name_is(pl.col("v"), pl.col("t"))

    assert answers(expression, v=values, t=texts) == [has_name(codes, *a) for a in asked]


@LAW
@given(st.lists(st.text(alphabet=" \t\n\r\u00a0\u2009aÄé"), min_size=1))
def test_folding_leaves_single_spaces_and_lower_case(texts):
    assert answers(fold(pl.col("t")), t=texts) == [folded(t) for t in texts]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2019, 12, 31), False),
        (dt.date(2020, 1, 1), True),
        (dt.date(2020, 6, 30), True),
        (dt.date(2020, 7, 1), False),
    ],
)
def test_a_code_is_in_force_on_its_first_and_its_last_day(day, expected):
    codes = code_list([row("1", start=dt.date(2020, 1, 1), end=dt.date(2020, 6, 30))])

    assert answers(codes.valid_on(pl.col("v"), pl.lit(day)), v=["1"]) == [expected]


def test_a_code_that_came_back_is_in_force_in_both_periods_and_not_between():
    codes = code_list(
        [row("1", end=dt.date(2020, 1, 3)), row("1", start=dt.date(2020, 1, 5)), row("2")]
    )
    days = [dt.date(2020, 1, d) for d in (3, 4, 5)]

    assert answers(codes.valid_on(pl.col("v"), pl.col("d")), v=["1"] * 3, d=days) == [
        True, False, True,
    ]  # fmt: skip


def test_nothing_is_claimed_of_a_list_without_codes():
    codes = code_list([])
    value = pl.col("v")
    questions = [codes.known(value), codes.retired(value), codes.valid_on(value, value)]

    for question in [*questions, codes.name_is(value, value)]:
        assert answers(question, v=["1", None]) == [None, None]


def test_a_value_cannot_borrow_the_name_of_another_code():
    codes = code_list([row("1", "a b", "c")])

    assert answers(codes.name_is(pl.col("v"), pl.col("t")), v=["1\x1fa b"], t=["x"]) == [None]


def test_the_display_is_the_latest_name_and_finnish_when_there_is_no_swedish():
    codes = code_list(
        [
            row("1", "vanha", "gammal", end=dt.date(2020, 1, 1)),
            row("1", "uusi", start=dt.date(2020, 1, 2)),
            row("2", "kaksi", "två"),
            row("3"),
        ]
    )

    assert codes.display("1", "fi") == "uusi"
    assert codes.display("1", "sv") == "uusi"
    assert codes.display("2", "sv") == "två"
    assert codes.display("2", "en") == "kaksi"
    assert codes.display("3", "fi") is None
    assert codes.display("4", "fi") is None


def test_only_codes_in_force_remain_as_of_a_day():
    codes = code_list(
        [row("1", end=dt.date(2020, 1, 1)), row("2"), row("3", status="proposal")],
        [("1", "yksi", "", "secondary", ""), ("2", "kaksi", "", "secondary", "")],
    )

    later = codes.as_of(dt.date(2020, 1, 2))

    assert later.frame["code"].to_list() == ["2"]
    assert later.displays["code"].to_list() == ["2"]


def test_the_label_speaks_the_language_in_use():
    before = messages.language()
    messages.use("sv")
    try:
        assert str(code_list([]).label) == "Kodsystem"
    finally:
        messages.use(before)


def test_uncertain_codes_are_named():
    codes = code_list([row("1"), row("2", confidence="uncertain")])

    assert codes.uncertain.to_list() == ["2"]
