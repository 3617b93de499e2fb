"""Crosswalks, templates, times and conditions as maps use them."""

import datetime as dt

import pytest

from kirjaamo.classifications.structures.model import Field, Kind, Name
from kirjaamo.mappings.recordmaps import computing
from kirjaamo.mappings.recordmaps.crossing import crossed
from kirjaamo.mappings.recordmaps.model import Source, When
from kirjaamo.mappings.recordmaps.sourcing import Sources, holds
from tests.recordmaps import material

TARGET = "1.2.246.537.6.1222"
TEXT = Field("a/b", Name("B"), Kind.TEXT)


def crossing(*walks, field="decision.old_type", **case):
    given = {one.name + str(number): one for number, one in enumerate(walks)}
    make = crossed(given, field, TARGET, "decision")
    day = dt.date(2020, 1, 1)
    return make(
        {"decision": {"old_type": "X", "decided": day, **case.pop("decision", {})}, **case}
    )


def test_an_approved_row_gives_the_new_code():
    assert crossing(material.crosswalk("old_type", TARGET, {"X": "45"})) == "45"


@pytest.mark.parametrize("status", ["proposed", "rejected"])
def test_a_row_that_is_not_approved_gives_nothing(status):
    assert crossing(material.crosswalk("old_type", TARGET, {"X": "45"}, status=status)) is None


@pytest.mark.parametrize(
    ("start", "end", "day", "new"),
    [
        (dt.date(2020, 1, 1), None, dt.date(2020, 1, 1), "45"),
        (dt.date(2020, 1, 2), None, dt.date(2020, 1, 1), None),
        (None, dt.date(2020, 1, 1), dt.date(2020, 1, 1), "45"),
        (None, dt.date(2019, 12, 31), dt.date(2020, 1, 1), None),
        (None, dt.date(2021, 1, 1), None, None),
        (None, None, None, "45"),
    ],
)
def test_a_row_counts_on_its_days_only(start, end, day, new):
    walk = material.crosswalk("old_type", TARGET, {"X": "45"}, valid_from=start, valid_to=end)

    assert crossing(walk, decision={"decided": day}) == new


def test_a_row_of_the_unit_comes_before_the_common_one():
    common = material.crosswalk("old_type", TARGET, {"X": "45"})
    own = material.crosswalk("old_type", TARGET, {"X": "46"}, unit="U1")
    both = type(common)(common.name, common.source, TARGET, common.rows.vstack(own.rows))

    assert crossing(both, unit={"unit_id": "U1"}) == "46"
    assert crossing(both, unit={"unit_id": "U2"}) == "45"
    assert crossing(both) == "45"


def test_the_crosswalk_of_the_own_system_is_used():
    walk = material.crosswalk("old_type", TARGET, {"X": "45"})

    assert crossing(walk, source={"system": "T"}) == "45"
    assert crossing(walk, source={"system": "A"}) is None


def test_without_crosswalk_or_value_there_is_no_code():
    assert crossing() is None
    walk = material.crosswalk("old_type", TARGET, {"X": "45"})
    assert crossing(walk, decision={"old_type": None}) is None


def value(source, case):
    return Sources(None, {}, "decision", "11000").value(source, TEXT)(case)


def test_a_line_with_an_empty_field_is_left_out():
    source = Source(template=("{a.x}, {a.y}!", "also {a.y}"), between=" / ")

    assert value(source, {"a": {"x": "one", "y": "two"}}) == "one, two! / also two"
    assert value(source, {"a": {"y": "two"}}) == "also two"
    assert value(source, {"a": {}}) is None


def test_a_template_does_not_read_what_stands_in_a_value():
    assert value(Source(template=("{a.x}",)), {"a": {"x": "{a.y}"}}) == "{a.y}"


def test_a_day_and_a_moment_are_text_in_the_finnish_form():
    case = {"a": {"x": dt.date(2020, 2, 1), "y": dt.datetime.fromisoformat("2020-12-24T09:00")}}

    assert value(Source(template=("{a.x} - {a.y}",)), case) == "1.2.2020 - 24.12.2020"


def test_the_first_source_with_a_value_is_taken():
    source = Source(first=("a.x", Source(field="a.y", when=When(filled=("a.z",)))))

    assert value(source, {"a": {"x": "one", "y": "two"}}) == "one"
    assert value(source, {"a": {"y": "two", "z": "yes"}}) == "two"
    assert value(source, {"a": {"y": "two"}}) is None


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (When(filled=("a.x",)), True),
        (When(filled=("a.n",)), False),
        (When(empty=("a.n",)), True),
        (When(empty=("a.x",)), False),
        (When(equal={"a.x": ("1", "2")}), True),
        (When(equal={"a.x": ("2",)}), False),
        (When(minor=("a.born", "a.day")), True),
        (When(minor=("a.born", "a.later")), False),
        (When(minor=("a.born", "a.n")), False),
        (When(filled=("a.x",), empty=("a.x",)), False),
    ],
)
def test_a_condition_is_true_only_without_doubt(when, expected):
    case = {
        "a": {"x": "1", "n": None, "born": dt.date(2010, 3, 5), "day": dt.date(2028, 3, 4),
              "later": dt.date(2028, 3, 5)}
    }  # fmt: skip

    assert holds(when)(case) is expected


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (dt.datetime.fromisoformat("2025-01-15T08:05"), "2025-01-15T08:05:00+02:00"),
        (dt.datetime.fromisoformat("2025-07-15T08:05"), "2025-07-15T08:05:00+03:00"),
        (dt.datetime(2025, 7, 15, 8, 5, tzinfo=dt.UTC), "2025-07-15T08:05:00+00:00"),
        (dt.datetime.fromisoformat("2025-10-26T03:30"), "2025-10-26T03:30:00+03:00"),
    ],
)
def test_a_moment_gets_the_offset_of_its_own_day(moment, text):
    assert computing.moment(moment) == text


@pytest.mark.parametrize(("text", "day"), [("x", None), (None, None), ("31.2.2020", None)])
def test_a_day_of_joining_that_cannot_be_read_is_none(text, day):
    make = computing.computation("joining_time").make("client.joined")

    assert make({"client": {"joined": text}}) is day
