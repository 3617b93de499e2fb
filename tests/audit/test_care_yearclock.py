"""The year clock: days of tasks, moved to working days, the same calendar every time."""

import datetime as dt

import icalendar
import openpyxl
import pytest
import yaml
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.audit.care import yearclock
from kirjaamo.audit.care.errors import CalendarError
from kirjaamo.classifications.law.working_days import is_working_day
from kirjaamo.cli.care_ground import own_or_shipped
from kirjaamo.records import Label
from tests.command_line import kirjaamo, refused

NAME = {"fi": "nimi", "sv": "namn", "en": "name"}
TASK = {"id": "t", "name": NAME, "about": NAME, "role": NAME, "source": "s", "rule": "FREQ=MONTHLY;BYMONTHDAY=1"}  # fmt: skip


def clock(**more) -> yearclock.YearClock:
    label = Label(**NAME)
    facts = {"id": "t", "name": label, "about": label, "role": label, "source": "s"} | more
    return yearclock.YearClock((yearclock.Task(**facts),))


def test_days_that_are_no_working_days_move_back():
    found = yearclock.due(
        clock(rule="FREQ=MONTHLY;BYMONTHDAY=1"), dt.date(2026, 1, 2), dt.date(2026, 6, 30)
    )
    assert [one.date.isoformat() for one in found] == [
        "2026-01-30", "2026-02-27", "2026-04-01", "2026-04-30", "2026-06-01",
    ]  # fmt: skip
    assert [one.planned.day for one in found] == [1] * 5


@given(
    st.sampled_from(["FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=WEEKLY;BYDAY=MO", "FREQ=YEARLY;BYMONTH=6,12;BYDAY=1FR"]),
    st.dates(dt.date(2024, 1, 1), dt.date(2030, 1, 1)),
    st.integers(0, 500),
)  # fmt: skip
def test_every_planned_day_is_due_once_and_no_later_than_planned(rule, first, length):
    last = first + dt.timedelta(length)
    found = yearclock.due(clock(rule=rule), first, last)
    assert all(is_working_day(one.date) and first <= one.date <= one.planned for one in found)
    start = dt.datetime(first.year, 1, 1)
    planned = {moment.date() for moment in rrulestr(rule, dtstart=start).between(
        start, dt.datetime.combine(last, dt.time()), inc=True)}  # fmt: skip
    expected = {day for day in planned if is_working_day(day) and day >= first}
    assert expected <= {one.planned for one in found}


def test_a_task_has_its_own_first_and_last_day():
    rule = "FREQ=MONTHLY;BYMONTHDAY=15"
    bounded = clock(rule=rule, valid_from=dt.date(2026, 2, 1), valid_to=dt.date(2026, 3, 31))
    found = yearclock.due(bounded, dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert [one.planned.month for one in found] == [2, 3]


WRONG = [
    ([TASK, TASK], "several of that name"),
    ([TASK | {"rule": "every month"}], "no recurrence rule"),
    ([TASK | {"rule": "FREQ=MONTHLY;BYMONTHDAY=40"}], "no day in a year"),
    ([TASK | {"rule": "FREQ=DAILY;COUNT=3"}], "must not say"),
    ([TASK | {"rule": "FREQ=YEARLY;UNTIL=20270101"}], "must not say"),
    ([TASK | {"rule": "FREQ=HOURLY"}], "more often than once a day"),
    (
        [TASK | {"valid_from": dt.date(2026, 1, 1), "valid_to": dt.date(2025, 1, 1)}],
        "ends before",
    ),
]


@pytest.mark.parametrize(("tasks", "reason"), WRONG)
def test_a_task_that_cannot_be_used_is_refused(tasks, reason, tmp_path):
    path = tmp_path / "yearclock.yaml"
    path.write_text(yaml.safe_dump({"tasks": tasks}), "utf-8")
    with pytest.raises(CalendarError, match=reason):
        yearclock.read(path)


def test_the_shipped_clock_names_commands_that_exist():
    shipped = yearclock.read(own_or_shipped(None, "yearclock.yaml"))
    for task in shipped.tasks:
        for words in filter(None, task.command.split(", ")):
            _, *names = words.split()
            assert kirjaamo(*names, "--help").exit_code == 0


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_files_of_the_clock(tmp_path, language):
    words = (
        "care",
        "calendar",
        "--as-of",
        "2026-01-01",
        "--until",
        "2026-12-31",
        "--lang",
        language,
    )
    for name in ("one", "two"):
        done = kirjaamo(*words, "-o", tmp_path / f"{name}.ics", "-o", tmp_path / f"{name}.xlsx")
        assert done.exit_code == 0
    for suffix in (".ics", ".xlsx"):
        same = {(tmp_path / f"{name}{suffix}").read_bytes() for name in ("one", "two")}
        assert len(same) == 1
    events = icalendar.Calendar.from_ical((tmp_path / "one.ics").read_bytes()).walk("VEVENT")
    rows = openpyxl.load_workbook(tmp_path / "one.xlsx").active.max_row - 1
    assert len(events) == rows > 30
    assert len({event["uid"] for event in events}) == rows
    assert [e["dtstart"].dt for e in events] == sorted(e["dtstart"].dt for e in events)
    shown = kirjaamo(*words, "--format", "csv").stdout.splitlines()
    assert len(shown) == rows + 1


def test_a_workspace_has_its_own_clock_and_other_names_are_refused(workspace):
    (workspace / "care").mkdir()
    (workspace / "care/yearclock.yaml").write_text(yaml.safe_dump({"tasks": [TASK]}), "utf-8")
    words = ("care", "calendar", "--as-of", "2026-01-01", "--format", "csv")
    assert len(kirjaamo(*words).stdout.splitlines()) == 13
    assert "neither" in kirjaamo(*words, "-o", "x.pdf").stderr
    assert "does not exist" in refused(*words, "--tasks", "none.yaml")
