"""What statutes set: days of acts, working days and time limits; and what rules demand of documents."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kirjaamo import validators
from kirjaamo.classifications import law
from kirjaamo.classifications.law.working_days import (
    is_working_day,
    months_after,
    working_days_after,
)
from kirjaamo.classifications.structures import Structures
from kirjaamo.findings import Severity
from kirjaamo.validators.law import demanded

DAYS = st.dates(dt.date(2015, 4, 1), dt.date(2035, 12, 31))
LW = [rule for rule in validators.rules().values() if rule.family == "LW"]


@given(day=DAYS, count=st.integers(1, 20))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_a_limit_holds_exactly_its_number_of_working_days(day, count):
    last = working_days_after(day, count)

    between = [day + dt.timedelta(n) for n in range(1, (last - day).days + 1)]
    assert sum(map(is_working_day, between)) == count
    assert is_working_day(last)


@given(day=DAYS, count=st.integers(1, 12))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_a_limit_in_months_ends_on_a_working_day_in_or_just_after_its_month(day, count):
    last = months_after(day, count)

    months = (last.year - day.year) * 12 + last.month - day.month
    assert is_working_day(last)
    assert months in (count, count + 1)
    assert months == count or last.day <= 7


@pytest.mark.parametrize(
    "day",
    [
        dt.date(2024, 1, 1),
        dt.date(2025, 1, 6),
        dt.date(2024, 3, 29),
        dt.date(2024, 4, 1),
        dt.date(2024, 5, 1),
        dt.date(2024, 5, 9),
        dt.date(2024, 6, 21),
        dt.date(2024, 12, 6),
        dt.date(2024, 12, 24),
        dt.date(2024, 12, 25),
        dt.date(2024, 12, 26),
        dt.date(2024, 12, 28),
    ],
)
def test_feasts_their_eves_and_saturdays_are_no_working_days(day):
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [dt.date(2024, 12, 31), dt.date(2024, 4, 30)])
def test_other_eves_are_working_days(day):
    assert is_working_day(day)


def test_one_act_on_client_documents_ends_the_day_before_the_next_begins():
    old_end, new_start = law.end("254/2015"), law.start("703/2023")

    assert old_end + dt.timedelta(1) == new_start


def test_sections_begin_to_apply_with_their_act_or_later():
    for act in law.law().acts.values():
        assert all(day >= act.begins for day in act.delayed.values())


def test_document_types_that_begin_a_matter_have_structures():
    known = set(Structures().versions()["code"])

    assert set(law.law().initiating.types) <= known


@pytest.mark.parametrize("severity", [Severity.ERROR, Severity.WARNING])
def test_what_is_demanded_is_optional_in_the_structure(severity):
    for structure in Structures().all():
        for path in demanded(structure, severity):
            assert structure.field(path).minimum == 0, (structure.oid, path)


@pytest.mark.parametrize("rule", LW, ids=lambda rule: rule.code)
def test_every_rule_has_something_to_say_of_some_current_structure(rule):
    defaults = {setting.name: setting.default for setting in rule.settings}
    current = (one for one in Structures().all() if one.status == "current")

    assert any(any(True for _ in rule.check(one, **defaults)) for one in current)
