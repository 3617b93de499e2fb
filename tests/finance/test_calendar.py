"""Days of financial reports: those of the decrees, working days beside them, the same every time."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from kirjaamo.classifications.law.working_days import is_working_day
from kirjaamo.errors import UnknownNameError
from kirjaamo.finance.calendar import ics
from kirjaamo.finance.calendar.dates import (
    ahead,
    deadlines,
    groups,
    last_working_day,
    table,
)
from tests.command_line import kirjaamo, refused

DUE = [  # decree 462/2022 section 3, points 1 to 6, for the financial year 2026
    ("2026-01-15", "2026-01-15", "2026", "HTAS"),
    ("2026-04-30", "2026-04-30", "2026C03", "HHKNR"),
    ("2026-05-31", "2026-05-29", "2026C04", "HHKR"),
    ("2026-06-30", "2026-06-30", "2026C05", "HHKR"),
    ("2026-08-15", "2026-08-14", "2026C06", ""),
    ("2026-08-31", "2026-08-31", "2026C07", "HHKR"),
    ("2026-09-30", "2026-09-30", "2026C08", "HHKR"),
    ("2026-10-31", "2026-10-30", "2026C09", "HHKNR"),
    ("2026-11-30", "2026-11-30", "2026C10", "HHKR"),
    ("2026-12-31", "2026-12-31", "2026C11", "HHKR"),
    ("2027-01-25", "2027-01-25", "2026", "HTTPA"),
    ("2027-04-15", "2027-04-15", "2026C12", ""),
    ("2027-04-15", "2027-04-15", "2026", "HHTPP"),
]


def test_the_days_of_a_county_are_those_of_the_decree() -> None:
    rows = table(deadlines("counties", 2026)).select(
        "due", "last_working_day", "period", "code"
    )
    assert rows.rows() == DUE


def test_every_day_has_its_section_and_confidence() -> None:
    for row in table(deadlines("municipalities", 2026)).iter_rows(named=True):
        assert row["basis"].startswith("524/2020 § 3.")
        assert bool(row["code"]) == bool(row["confidence"])


@pytest.mark.parametrize(
    ("name", "year", "count"),
    [("counties", 2022, 0), ("counties", 2023, 13), ("municipalities", 2020, 0),
     ("municipalities", 2021, 7)],
)  # fmt: skip
def test_years_before_the_decree_have_no_days(name: str, year: int, count: int) -> None:
    assert len(deadlines(name, year)) == count


def test_an_unknown_group_is_named() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean “counties”"):
        deadlines("county", 2026)


@given(st.dates(dt.date(2024, 1, 1), dt.date(2040, 1, 1)), st.sampled_from(sorted(groups())))
def test_a_year_ahead_holds_every_report_once(day: dt.date, name: str) -> None:
    found = ahead(name, day)
    assert len(found) == len(deadlines(name, day.year))
    assert all(day <= one.due for one in found)
    assert [one.due for one in found] == sorted(one.due for one in found)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2050, 1, 1)))
def test_the_last_working_day_is_one_and_none_is_between(day: dt.date) -> None:
    last = last_working_day(day)
    assert is_working_day(last)
    assert last <= day
    between = [last + dt.timedelta(days=n) for n in range(1, (day - last).days + 1)]
    assert not any(map(is_working_day, between))


def test_the_calendar_file_is_one_and_the_same(tmp_path: Path) -> None:
    day = dt.date(2026, 1, 1)
    found = deadlines("counties", 2026)
    assert ics.write(found, day) == ics.write(found, day)
    events = Calendar.from_ical(ics.write(found, day)).walk("VEVENT")
    assert len({str(one["uid"]) for one in events}) == len(found)
    assert [one.decoded("dtstart") for one in events] == [one.safe for one in found]
    assert all("§ 3." in str(one["description"]) for one in events)
    for name in ("a.ics", "b.ics"):
        words = ("finance", "calendar", "--as-of", "2026-01-01", "-o", tmp_path / name)
        assert kirjaamo(*words).exit_code == 0
    assert (tmp_path / "a.ics").read_bytes() == (tmp_path / "b.ics").read_bytes()


def test_the_command_shows_days_and_says_what_is_not_known(tmp_path: Path) -> None:
    shown = kirjaamo("finance", "calendar", "--year", "2026", "--format", "csv")
    assert "2026-08-15,2026-08-14,2026C06" in shown.stdout
    assert "462/2022 § 3" in shown.stderr
    for name in ("a.csv", "a.xlsx"):
        made = kirjaamo("finance", "calendar", "--group", "municipalities", "--year", 2026, "-o",
                        tmp_path / name)  # fmt: skip
        assert made.exit_code == 0
        assert (tmp_path / name).stat().st_size > 100
    assert "csv" in refused(
        "finance", "calendar", "--as-of", "2026-01-01", "-o", tmp_path / "a.pdf"
    )
