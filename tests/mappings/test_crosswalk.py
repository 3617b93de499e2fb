"""Crosswalks: what they answer, what they refuse, and the laws that hold of any of them."""

import datetime as dt
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.mappings import Crosswalk
from kirjaamo.mappings.crosswalk import OUTCOMES, SCHEMA
from kirjaamo.mappings.errors import CrosswalkError
from kirjaamo.mappings.form import canonical
from kirjaamo.mappings.loading import merged
from kirjaamo.mappings.recordmaps.crossing import crossed
from tests.mappings.crosswalks import TASKS, answers, crosswalk, frame, row

EARLY, MIDDLE, LATE = dt.date(2010, 1, 1), dt.date(2015, 4, 1), dt.date(2024, 1, 1)


def test_an_approved_row_gives_the_new_code():
    one = crosswalk(row("L", "10"))

    assert answers(one, ["L", "V", None]) == [
        ("10", "approved"), (None, "missing"), (None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"new": "10", "status": "proposed"}, "proposed"),
        ({"new": "10", "status": "rejected"}, "rejected"),
        ({"reason": "no such service"}, "unmappable"),
        ({"reason": "no number", "new_name": "Iäkkäiden palvelut"}, "waiting"),
    ],
)
def test_whatever_is_not_approved_with_a_code_gives_none(facts, status):
    one = crosswalk(row("L", **facts))

    assert answers(one, ["L"]) == [(None, status)]


def test_the_reason_of_a_row_is_told():
    one = crosswalk(row("L", reason="no such service"))

    found = one.apply(pl.DataFrame({"code": ["L", "V"]}), old="code")

    assert found["reason"].to_list() == ["no such service", ""]


def test_a_row_of_the_unit_goes_before_a_row_of_every_unit():
    one = crosswalk(row("L", "10"), row("L", "24", unit="U2"))

    assert answers(one, ["L", "L", "L"], ["U1", "U2", None]) == [
        ("10", "approved"), ("24", "approved"), ("10", "approved"),
    ]  # fmt: skip


def test_a_proposal_for_a_unit_does_not_hide_what_is_approved_for_all():
    one = crosswalk(row("L", "10"), row("L", "24", unit="U2", status="proposed"))

    assert answers(one, ["L"], ["U2"]) == [("10", "approved")]


def test_a_row_holds_from_its_first_day_to_its_last():
    one = crosswalk(
        row("L", "10", valid_to=MIDDLE),
        row("L", "24", valid_from=MIDDLE + dt.timedelta(1), valid_to=LATE),
    )

    days = [EARLY, MIDDLE, MIDDLE + dt.timedelta(1), LATE, LATE + dt.timedelta(1), None]
    assert [new for new, _ in answers(one, ["L"] * 6, days=days)] == [
        "10", "10", "24", "24", None, None,
    ]  # fmt: skip


def test_the_answer_keeps_the_order_and_number_of_the_rows():
    one = crosswalk(row("L", "10"), row("V", "20"))

    found = one.apply(pl.DataFrame({"code": ["V", "L", "V", "?"]}), old="code")

    assert found["new"].to_list() == ["20", "10", "20", None]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([row("L", "10"), row("L", "24")], "two approved rows"),
        ([row("L", "10", valid_to=MIDDLE), row("L", "24", valid_from=MIDDLE)], "two approved"),
        ([row("L", "10", owner="")], "no owner"),
        ([row("L")], "no reason"),
        ([row("L ", "10")], "spaces"),
        ([row("L", "10", status="maybe")], "none of proposed"),
        ([row("L", "10", valid_from=LATE, valid_to=EARLY)], "ends before"),
        ([row("L", "10", new_name="Lastensuojelu")], "code is not known"),
    ],
)
def test_rows_that_contradict_each_other_are_refused(rows, reason):
    with pytest.raises(CrosswalkError, match=reason):
        crosswalk(*rows)


def test_two_proposals_for_one_value_are_alternatives():
    one = crosswalk(row("L", "10", status="proposed"), row("L", "24", status="proposed"))

    assert answers(one, ["L"]) == [(None, "proposed")]


@pytest.mark.parametrize("length", [2, 3])
def test_rows_in_a_circle_are_refused(length):
    names = [str(number) for number in range(length)]
    pairs = zip(names, [*names[1:], names[0]], strict=True)

    with pytest.raises(CrosswalkError, match="circle"):
        crosswalk(*(row(old, new) for old, new in pairs), source=TASKS)


def test_a_chain_that_ends_is_no_circle_and_neither_is_a_code_that_stays():
    one = crosswalk(row("1", "2"), row("2", "3"), row("3", "3"), source=TASKS)

    assert answers(one, ["1"]) == [("2", "approved")]


def test_codes_of_two_lists_are_never_a_circle():
    assert crosswalk(row("1", "2"), row("2", "1")).rows.height == 2


texts = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=6)
days = st.none() | st.dates(EARLY, LATE)


@st.composite
def rows(draw):
    """Draw a row that is right by itself."""
    status = draw(st.sampled_from(["proposed", "approved", "rejected"]))
    new = draw(st.none() | texts)
    begins, ends = draw(days), draw(days)
    if begins and ends and begins > ends:
        begins, ends = ends, begins
    return row(
        draw(st.sampled_from("ABC")),
        new,
        unit=draw(st.sampled_from([None, "U1", "U2"])),
        status=status,
        owner=draw(texts),
        reason=draw(texts),
        evidence=draw(st.just("") | texts),
        new_name="" if new else draw(st.just("") | texts),
        valid_from=begins,
        valid_to=ends,
    )


def _key(one):
    return one["old"], one["unit"]


def _without_doubles(found):
    """Leave one approved row for each value and unit."""
    seen, kept = set(), []
    for one in found:
        if one["status"] != "approved" or _key(one) not in seen:
            kept.append(one)
        if one["status"] == "approved":
            seen.add(_key(one))
    return kept


sets = st.lists(rows(), max_size=8).map(_without_doubles)
questions = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from([None, "U1", "U3"]), days),
    min_size=1,
    max_size=10,
)


def _asked(one, asked):
    return answers(one, *map(list, zip(*asked, strict=True)))


@given(sets, st.randoms(use_true_random=False), questions)
def test_the_order_of_the_rows_does_not_matter(found, random, asked):
    shuffled = random.sample(found, len(found))

    one, other = crosswalk(*found), crosswalk(*shuffled)

    assert canonical(one) == canonical(other)
    assert one.edition == other.edition
    assert _asked(one, asked) == _asked(other, asked)


@given(sets, questions)
def test_every_question_has_one_answer_and_only_approved_rows_give_a_code(found, asked):
    one = crosswalk(*found)

    for (old, unit, day), (new, status) in zip(asked, _asked(one, asked), strict=True):
        fitting = [
            r for r in found
            if r["old"] == old
            and r["unit"] in (None, unit)
            and (r["valid_from"] is None or (day and r["valid_from"] <= day))
            and (r["valid_to"] is None or (day and r["valid_to"] >= day))
        ]  # fmt: skip
        approved = [r for r in fitting if r["status"] == "approved"]
        assert status in OUTCOMES
        assert (status == "missing") == (not fitting)
        assert (status in ("approved", "unmappable", "waiting")) == bool(approved)
        assert (new is not None) == (status == "approved")
        assert new is None or new in {r["new"] for r in approved}


@given(st.lists(rows(), max_size=6))
def test_two_approved_rows_never_hold_for_one_value_unit_and_day(found):
    try:
        one = Crosswalk("sample", "local:Old:x", TASKS, frame(found))
    except CrosswalkError:
        return

    for group in one.rows.filter(pl.col("status") == "approved").partition_by("old", "unit"):
        spans = sorted(
            (r["valid_from"] or dt.date.min, r["valid_to"] or dt.date.max)
            for r in group.iter_rows(named=True)
        )
        assert all(a[1] < b[0] for a, b in pairwise(spans))


@given(sets, sets)
def test_merging_an_override_twice_is_merging_it_once(below, above):
    base, own = crosswalk(*below), crosswalk(*above)

    once = merged(base, own)
    twice = merged(once, own)

    assert canonical(once) == canonical(twice)
    keys = {_key(one) for one in above}
    kept = [one for one in below if _key(one) not in keys]
    assert canonical(once) == canonical(crosswalk(*kept, *above))


def test_a_crosswalk_without_rows_answers_too():
    one = Crosswalk("sample", "local:Old:x", TASKS, pl.DataFrame(schema=SCHEMA))

    assert answers(one, ["L"]) == [(None, "missing")]


@given(sets, questions)
def test_record_maps_ask_crosswalks_as_columns_do(found, asked):
    one = crosswalk(*found, source="local:Old:service_task")
    make = crossed({"sample": one}, "decision.service_task", TASKS, "decision")

    for (old, unit, day), (new, status) in zip(asked, _asked(one, asked), strict=True):
        case = {
            "decision": {"service_task": old, "decided": day},
            "unit": {"unit_id": unit},
            "source": {"system": "Old"},
        }
        assert make(case) == (new if status == "approved" else None)
