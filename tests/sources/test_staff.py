"""A staff list tells of the workers of other systems, and of nobody else."""

import datetime as dt

import polars as pl
import pytest

from kirjaamo.records import Label
from kirjaamo.sources import staff
from kirjaamo.sources.profile import Profile

LABEL = Label(fi="x", sv="x", en="x")


def profile(system, *of):
    return Profile(system, LABEL, (), workers_of=of)


def told(listed, own=None, of=("A",), tell=staff.completed):
    """Return the workers of system A when H lists workers of the systems *of*."""
    tables = {} if own is None else {"worker": pl.DataFrame(own)}
    systems = {"A": tables, "H": {"worker": pl.DataFrame(listed)}}
    found = tell(systems, [profile("A"), profile("H", *of)])["A"].get("worker")
    return None if found is None else found.to_dicts()


OWN = {"worker_id": ["1", "2"], "registration_number": [None, "own"]}
LISTED = {"worker_id": ["2", "1"], "registration_number": ["other", "listed"]}


def test_a_list_adds_what_is_lacking_and_changes_nothing():
    assert told(LISTED, OWN) == [
        {"worker_id": "1", "registration_number": "listed"},
        {"worker_id": "2", "registration_number": "own"},
    ]


@pytest.mark.parametrize("of", [(), ("B",)])
def test_a_list_about_others_tells_nothing(of):
    assert told(LISTED, OWN, of) == pl.DataFrame(OWN).to_dicts()
    assert told(LISTED, OWN, of, staff.extended) == pl.DataFrame(OWN).to_dicts()


def test_a_field_that_the_system_does_not_keep_is_added():
    assert told(LISTED, {"worker_id": ["1", None]}) == [
        {"worker_id": "1", "registration_number": "listed"},
        {"worker_id": None, "registration_number": None},
    ]


def test_rows_that_differ_about_a_worker_tell_nothing_of_where_they_differ():
    twice = {
        "worker_id": ["1", "1"], "registration_number": ["x", "y"],
        "position": ["sosiaaliohjaaja", None],
    }  # fmt: skip

    assert told(twice, {"worker_id": ["1"]}) == [
        {"worker_id": "1", "registration_number": None, "position": "sosiaaliohjaaja"}
    ]


def test_units_and_days_are_those_of_the_system():
    listed = {"worker_id": ["1"], "unit": ["HY1"], "valid_to": [dt.date(2020, 1, 1)]}

    assert told(listed, {"worker_id": ["1"], "valid_to": [None]}) == [
        {"worker_id": "1", "valid_to": None}
    ]


@pytest.mark.parametrize("own", [None, {"worker_id": ["2"]}])
def test_workers_whom_only_the_list_knows_come_after_the_own(own):
    found = told(LISTED, own, tell=staff.extended)

    assert {one["worker_id"]: one["registration_number"] for one in found} == {
        "1": "listed", "2": "other",
    }  # fmt: skip
    assert [one["worker_id"] for one in found] == ["2", "1"]


def test_a_system_without_workers_gets_none_where_only_the_own_count():
    assert told(LISTED) is None
