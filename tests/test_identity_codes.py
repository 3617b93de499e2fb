"""The vectorised arithmetic of identifiers against python-stdnum."""

import datetime as dt
import itertools

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.fi import hetu, ytunnus

from kirjaamo.validators.identifiers import expressions as identity

LAWS = settings(max_examples=50, deadline=None, derandomize=True)
SEPARATORS = "+-YXWVUABCDEF"
ALL_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-+. Ååé١²\u212a"


def of(codes, expression):
    return (
        pl.DataFrame({"c": pl.Series(codes, dtype=pl.String)})
        .select(expression)
        .to_series()
        .to_list()
    )


def holds(codes):
    return of(codes, identity.holds(pl.col("c")))


def stdnum_holds(code):
    """Ask stdnum about exactly this text: it would itself trim and raise letters."""
    tidy = hetu.compact(code) == code
    return tidy and code.isascii() and hetu.is_valid(code, allow_temporary=True)


def made(day, separator, number):
    digits = f"{day:%d%m%y}{number:03}"
    return f"{digits[:6]}{separator}{digits[6:]}{identity.CHECK_CHARACTERS[int(digits) % 31]}"


days = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))
codes = st.builds(made, days, st.sampled_from(SEPARATORS), st.integers(0, 999))
mutations = st.tuples(st.integers(0, 10), st.sampled_from(["", *ALL_SIGNS]))


@LAWS
@given(st.lists(codes, min_size=50, max_size=50))
def test_codes_made_of_any_day_and_separator_are_judged_as_by_stdnum(found):
    assert holds(found) == [stdnum_holds(code) for code in found]


@LAWS
@given(st.lists(st.tuples(codes, mutations), min_size=50, max_size=50))
def test_codes_with_one_sign_changed_are_judged_as_by_stdnum(found):
    changed = [code[:place] + sign + code[place + 1 :] for code, (place, sign) in found]

    assert holds(changed) == [stdnum_holds(code) for code in changed]


@LAWS
@given(st.lists(st.text(ALL_SIGNS, max_size=14), min_size=50, max_size=50))
def test_any_text_is_judged_as_by_stdnum(found):
    assert holds(found) == [stdnum_holds(text) for text in found]


@LAWS
@given(st.lists(st.tuples(codes, mutations), min_size=50, max_size=50))
def test_the_quick_answer_about_untidy_codes_is_that_of_tidying(found):
    untidy = [
        code[:place].lower() + sign + " \u00a0\t"[: place % 4] + code[place:]
        for code, (place, sign) in found
    ]

    quick = of(untidy, identity.well_formed_once_tidied(pl.col("c")))

    assert quick == of(untidy, identity.well_formed(identity.tidied(pl.col("c"))))


def test_every_day_and_month_of_every_century_is_judged_as_by_the_calendar():
    years = [(c, y) for c in (18, 19, 20) for y in (0, 1, 4, 90, 96, 99)]
    signs = {18: "+", 19: "-", 20: "A"}
    cases = [
        (f"{d:02}{m:02}{y:02}{signs[c]}9000", (c * 100 + y, m, d))
        for (c, y), m, d in itertools.product(years, range(20), range(40))
    ]
    expected = [is_day(*day) for _, day in cases]

    assert of([code for code, _ in cases], identity.day_exists(pl.col("c"))) == expected


def is_day(year, month, day):
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def test_a_code_agrees_with_the_day_and_century_it_was_made_of():
    born = [
        dt.date(1899, 12, 31),
        dt.date(1900, 1, 1),
        dt.date(1999, 12, 31),
        dt.date(2000, 1, 1),
    ]
    frame = pl.DataFrame(
        {"c": [made(d, s, 900) for d, s in zip(born, "+-YA", strict=True)], "d": born}
    )
    code, day = pl.col("c"), pl.col("d")

    found = frame.select(
        same=identity.same_day(code, day) & identity.same_century(code, day),
        next=identity.same_day(code, day.dt.offset_by("1d")),
        century=identity.same_century(code, day.dt.offset_by("100y")),
    )

    assert found.to_dict(as_series=False) == {
        "same": [True] * 4,
        "next": [False] * 4,
        "century": [False] * 4,
    }


@LAWS
@given(st.lists(st.integers(0, 99_999_999), min_size=50, max_size=50))
def test_business_ids_are_judged_as_by_stdnum(found):
    numbers = [f"{number:08}" for number in found]

    answers = of(numbers, identity.business_id_holds(pl.col("c")))

    assert answers == [ytunnus.is_valid(number) for number in numbers]


@LAWS
@given(st.integers(0, 9_999_999))
def test_of_ten_check_digits_exactly_those_of_stdnum_fit(start):
    numbers = [f"{start:07}{check}" for check in range(10)]

    answers = of(numbers, identity.business_id_holds(pl.col("c")))

    assert answers == [ytunnus.is_valid(number) for number in numbers]


@pytest.mark.parametrize(
    ("oid", "business_id"),
    [
        ("1.2.246.10.2048198.10.0", "02048198"),
        ("1.2.246.10.10126364", "10126364"),
        ("1.2.246.10.123456789.10.0", "123456789"),
        ("1.2.246.537.6.1221", None),
        (None, None),
    ],
)
def test_the_business_id_inside_an_oid_is_filled_up_to_eight_digits(oid, business_id):
    assert of([oid], identity.business_id_of(pl.col("c"))) == [business_id]


@pytest.mark.parametrize("number", ["", "123", "123456789", "1234567A", "١٢٣٤٥٦٧٨", None])
def test_what_is_not_eight_digits_is_no_business_id(number):
    assert of([number], identity.business_id_holds(pl.col("c")))[0] is not True
