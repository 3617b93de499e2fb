"""What changed between editions, and finding codes by name."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kirjaamo.classifications import Codes
from kirjaamo.classifications.codelist import Unnumbered
from kirjaamo.classifications.difference import difference
from kirjaamo.classifications.search import search
from tests.classifications.lists import code_list, row

NEW_YEAR = dt.date(2020, 1, 1)
NAMES = st.sampled_from(["", "yksi", "kaksi"])
LISTS = st.dictionaries(st.sampled_from("123"), st.tuples(NAMES, NAMES), max_size=3).map(
    lambda codes: code_list([row(code, *names) for code, names in codes.items()])
)


def test_every_kind_of_change_is_told():
    before = code_list(
        [
            row("1", "yksi"),
            row("2", "kaksi"),
            row("3", "kolme"),
            row("4", "neljä", start=NEW_YEAR),
        ]
    )
    after = code_list(
        [
            row("2", "kaksi", "två"),
            row("3", "kolmas"),
            row("4", "neljä", start=dt.date(2021, 1, 1), status="deleted"),
            row("5", "viisi"),
        ]
    )

    assert difference(before, after).rows() == [
        ("added", "5", "", "viisi"),
        ("removed", "1", "yksi", ""),
        ("renamed", "3", "kolme", "kolmas"),
        ("dates changed", "4", "2020-01-01/", "2021-01-01/"),
        ("status changed", "4", "active", "deleted"),
    ]


@settings(max_examples=50, deadline=None, derandomize=True)
@given(LISTS, LISTS)
def test_added_one_way_is_removed_the_other_way_and_nothing_differs_from_itself(one, other):
    there, back = difference(one, other), difference(other, one)

    assert difference(one, one).is_empty()
    for change, opposite in (("added", "removed"), ("renamed", "renamed")):
        codes = [
            set(f.filter(change=c)["code"]) for f, c in ((there, change), (back, opposite))
        ]
        assert codes[0] == codes[1]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("lastensuojelu", "10"),
        ("Barnskydd", "10"),
        ("serviceuppgift inom barnskyddet", "10"),
        ("lastensuojleu", "10"),
        ("24", "24"),
        ("vammaispalvelu", "20"),
    ],
)
def test_a_code_is_found_by_its_names_in_both_languages_and_with_a_slip(text, code):
    found = search([Codes().get("service_task")], text)

    assert found["code"][0] == code


def test_the_code_itself_and_an_exact_name_score_100():
    found = search([code_list([row("K", "Kyllä", "Ja"), row("E", "Ei", "Nej")])], "k")

    assert found.select("code", "score").rows() == [("K", 100)]


def test_a_class_without_a_number_is_found_and_its_code_is_empty():
    one = replace(
        code_list([]), unnumbered=(Unnumbered("Iäkkäiden palvelut", "Äldre", "laki"),)
    )

    assert search([one], "iäkkäiden palvelut").select("code", "score").rows() == [("", 100)]


def test_nothing_is_offered_for_a_name_that_is_not_there():
    assert search(Codes().all(), "qwertyzxcv").is_empty()
