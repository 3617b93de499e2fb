"""How long records are kept, and what is never destroyed."""

import csv
import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.archive.retention.facts import EVENTS, SCHEMA
from kirjaamo.archive.retention.judging import STATES, judged
from kirjaamo.archive.retention.model import governing, regimes
from kirjaamo.archive.retention.results import clashes, counts, listed, result, tasks
from kirjaamo.classifications import Codes
from tests.command_line import kirjaamo

AS_OF = dt.date(2026, 1, 1)
NEW, OLD = regimes()
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2025, 12, 31))


def fact(**more):
    """Return the facts of one record: child protection, an adult born on the second, alive."""
    plain = {
        "system": "A", "table": "document", "_source": "a.csv", "_row": 1, "key": "k",
        "task": "24", "kind": "other", "child": False, "birth": dt.date(1950, 5, 2),
        "death_lost": False, "closing_lost": False,
    }  # fmt: skip
    return {**dict.fromkeys(SCHEMA), **plain, **more}


def frame(*facts):
    rows = [{**one, "_row": number} for number, one in enumerate(facts, 1)]
    return pl.DataFrame(rows, schema=SCHEMA)


def state(regime=NEW, as_of=AS_OF, **more):
    return judged(frame(fact(**more)), regime, tasks(regime, Codes()), as_of).row(0, named=True)


@pytest.mark.parametrize(
    ("more", "ends", "expected"),
    [
        ({"closing": dt.date(1990, 3, 1)}, dt.date(2020, 3, 1), "ended"),
        ({"closing": dt.date(2000, 3, 1)}, dt.date(2030, 3, 1), "running"),
        ({"closing": None}, None, "waiting"),
        ({"closing": None, "closing_lost": True}, None, "unknown"),
        ({"closing": dt.date(1990, 3, 1), "birth": None}, dt.date(2020, 3, 1), "unknown"),
        ({"closing": dt.date(1990, 3, 1), "birth": dt.date(1950, 5, 18)}, None, "archive"),
        ({"task": "15", "closing": dt.date(2016, 1, 1)}, dt.date(2026, 1, 1), "running"),
        ({"task": "15", "closing": dt.date(2015, 12, 31)}, dt.date(2025, 12, 31), "ended"),
        ({"task": "15", "closing": dt.date(2012, 2, 29)}, dt.date(2022, 2, 28), "ended"),
        ({"task": "20", "closing": dt.date(1990, 1, 1)}, None, "waiting"),
        ({"task": "20", "last_closing": dt.date(1990, 1, 1)}, dt.date(2000, 1, 1), "ended"),
        ({"task": "10", "death": dt.date(2020, 1, 1)}, dt.date(2022, 1, 1), "ended"),
        ({"task": "10", "kind": "plan", "death": dt.date(2020, 1, 1)}, None, "archive"),
        ({"task": "10", "death_lost": True}, None, "unknown"),
        ({"task": "99", "closing": dt.date(1990, 3, 1)}, None, "no-rule"),
        ({"task": None}, None, "no-rule"),
        (
            {"kind": "relationship", "death": dt.date(2024, 1, 1)},
            dt.date(2026, 1, 1),
            "running",
        ),
        ({"kind": "voucher", "made": dt.date(2020, 6, 1)}, dt.date(2023, 6, 1), "ended"),
        ({"kind": "fee_decision"}, None, "waiting"),
        ({"kind": "permission", "death": dt.date(2000, 1, 1)}, dt.date(2012, 1, 1), "ended"),
        (
            {"kind": "earlier_permission", "superseded": dt.date(2000, 1, 1)},
            dt.date(2012, 1, 1),
            "ended",
        ),
    ],
)
def test_the_annex_of_703_2023(more, ends, expected):
    found = state(**more)

    assert found["state"] == expected
    if expected != "archive":
        assert found["ends"] == ends


def test_of_two_old_spans_the_later_end_counts():
    closing, death = dt.date(1980, 1, 1), dt.date(2015, 1, 1)
    known = {"rules"}
    alone = state(OLD, task="20", service_end=closing)
    both = state(OLD, task="20", service_end=closing, death=death)

    assert known <= set(alone)
    assert alone["ends"] == dt.date(2010, 1, 1)
    assert both["ends"] == dt.date(2027, 1, 1)


@given(kind=st.sampled_from(["other", "decision", "voucher", "relationship"]),
       task=st.sampled_from(["10", "15", "20", "24"]), days=st.lists(DAYS, min_size=2, max_size=2),
       regime=st.sampled_from([NEW, OLD]))  # fmt: skip
def test_a_later_start_never_ends_earlier(kind, task, days, regime):
    early, late = sorted(days)
    events = [e for e in EVENTS if e != "birth"]
    facts = frame(
        *(fact(task=task, kind=kind, **dict.fromkeys(events, day)) for day in (early, late))
    )
    ends = judged(facts, regime, tasks(regime, Codes()), AS_OF)["ends"].to_list()

    assert ends[0] is None or ends[1] >= ends[0]


@given(days=st.lists(DAYS, min_size=4, max_size=4), task=st.sampled_from(["10", "15", "20", "24"]),
       kind=st.sampled_from(["decision", "entry", "other"]))  # fmt: skip
def test_what_is_ordered_archived_is_never_listed_for_disposal(days, task, kind):
    birth, closing, death, as_of = days
    events = {
        "closing": closing,
        "last_closing": closing,
        "service_end": closing,
        "death": death,
    }
    found = result(frame(fact(birth=birth, kind=kind, task=task, **events)), as_of, Codes())
    ordered = birth.day in {8, 18, 28} or (task == "10" and kind in {"decision", "entry"})

    assert listed(found, "disposal").height == 0 or not ordered
    if ordered and governing(as_of).act == "703/2023":
        assert found.frame["state"].to_list() == ["archive"]


def test_a_record_of_two_clients_is_kept_for_the_one_who_needs_it_longer():
    ended = fact(closing=dt.date(1990, 1, 1))
    ordered = fact(closing=dt.date(1990, 1, 1), birth=dt.date(1950, 5, 8))
    one = pl.DataFrame([ended, ordered], schema=SCHEMA)
    found = result(one, AS_OF, Codes())

    assert found.frame["state"].to_list() == ["archive"]
    assert listed(found, "disposal").height == 0


def test_every_record_is_counted_once_and_has_one_state():
    facts = frame(fact(), fact(task=None), fact(closing=dt.date(1980, 1, 1)))
    table = counts(result(facts, AS_OF, Codes()))

    assert sum(table.drop(table.columns[0]).sum().row(0)) == 3
    assert set(table.columns[1:]) == set(STATES.values())


def test_before_2024_the_older_act_governs():
    assert governing(dt.date(2023, 12, 31)).act == "254/2015"
    assert result(frame(fact()), dt.date(2020, 1, 1), Codes()).regime.act == "254/2015"


def test_the_command_counts_and_lists_places_only(exports, tmp_path):
    done = kirjaamo("archive", "retention", exports, "--as-of", "2026-01-01", "--list", "all",
                    "-o", tmp_path / "all.csv")  # fmt: skip
    text = (tmp_path / "all.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))

    assert done.exit_code == 0, done.stderr
    assert "4 of 7" in done.stderr
    assert rows
    assert "key" not in rows[0]
    assert {len(row["ends"]) for row in rows} <= {0, 4}


def test_keys_are_listed_only_when_asked_for_and_the_trail_tells(
    tmp_path, exports, monkeypatch
):
    (tmp_path / "kirjaamo.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    done = kirjaamo("archive", "retention", exports, "--as-of", "2026-01-01", "--list", "all",
                    "--reveal", "-o", "all.xlsx")  # fmt: skip
    trail = kirjaamo("migrate", "audit", "show")

    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "all.xlsx").exists()
    assert "retention list revealed" in trail.stdout + trail.stderr


def test_clashes_of_the_acts_stand_side_by_side(exports):
    found = result(frame(fact(task="10", kind="other", death=dt.date(2000, 1, 1),
                              birth=dt.date(1999, 1, 1))), AS_OF, Codes())  # fmt: skip
    told = clashes(found).row(0, named=True)
    shown = " ".join(kirjaamo("archive", "retention", exports).stdout.split())

    assert told == {
        "rule": "Child protection", "state": "the time has ended",
        "other_rule": "Child protection", "other_state": "kept, the end is known", "records": 1,
    }  # fmt: skip
    assert (
        "Where act 703/2023 (left) and act 254/2015 (right) come to different results" in shown
    )
    assert clashes(result(frame(), AS_OF, Codes())).is_empty()


def test_the_rules_are_shown_with_their_sources():
    shown = kirjaamo("archive", "retention", "--rules").stdout

    assert "703/2023" in shown
    assert "254/2015" in shown
    assert "AL/20064" in shown
    assert "since 2014-12-01" in " ".join(shown.split())
    assert all(order.since <= regime.begins or regime.act == "254/2015"
               for regime in regimes() for order in regime.orders)  # fmt: skip


def test_an_unknown_form_of_file_is_refused_in_one_sentence(exports, tmp_path):
    done = kirjaamo("archive", "retention", exports, "-o", tmp_path / "list.txt")

    assert done.exit_code == 2
    assert not (tmp_path / "list.txt").exists()
    assert "neither .csv nor .xlsx" in done.stderr
