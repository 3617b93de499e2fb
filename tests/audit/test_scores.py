"""Scores: counts by group, intervals, and small groups that cannot be worked out."""

import datetime as dt
from itertools import product

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kirjaamo.audit import ground
from kirjaamo.audit.scores.areas import area_scores, whole_score
from kirjaamo.audit.scores.counting import BY, counted
from kirjaamo.audit.scores.hiding import without_small
from kirjaamo.audit.scores.intervals import difference, wilson
from kirjaamo.audit.scores.judging import judged
from kirjaamo.audit.scores.workers import by_worker
from tests.audit.records import AS_OF, entry, system, terms

GROUPS = ("unit", "task")
K, W = 10, 2


def many(count, **more):
    return [entry(n, **more) for n in range(count)]


def scores(*systems, **choice):
    chosen = terms(**choice)
    return counted(judged(systems, chosen), chosen)


def test_shares_and_bounds_are_those_of_the_records():
    rows = [entry(n, text="-" if n < 5 else "Asiakas kertoi arjesta.") for n in range(20)]

    table = scores(system(entry=rows)).of("all").filter(pl.col("measure") == "RQ011")

    row = table.row(0, named=True)
    assert (row["judged"], row["flawed"], row["share"]) == (20, 5, 0.25)
    assert row["low"] < 0.25 < row["high"]


@given(st.integers(1, 10**7), st.data())
def test_an_interval_holds_its_share(records, data):
    flawed = data.draw(st.integers(0, records))
    low, high = wilson(flawed, records)

    assert 0 <= low <= flawed / records + 1e-12
    assert flawed / records - 1e-12 <= high <= 1


@given(*[st.tuples(st.integers(0, 50), st.integers(50, 99))] * 2)
def test_a_difference_turns_round_with_its_sides(before, after):
    change, low, high = difference(before, after)
    back = difference(after, before)

    assert low <= change <= high
    assert back == pytest.approx((-change, -high, -low))


CELLS = st.lists(
    st.tuples(
        st.sampled_from(["U1", "U2", "U3", "U4"]), st.sampled_from(["T1", "T2", "T3"]),
        st.sampled_from(["w1", "w2", "w3", "w4", None]), st.integers(1, 12),
    ),
    max_size=24,
)  # fmt: skip


def cells_of(rows):
    schema = {"unit": pl.String, "task": pl.String, "worker": pl.String, "judged": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def shown(cells):
    """Return what the tables of a report say: the counts of every group and of all."""
    groups = {
        (g, row[0]): row[1]
        for g in GROUPS
        for row in cells.group_by(g).agg(pl.col("judged").sum()).iter_rows()
    }
    return groups | {("all", ""): int(cells["judged"].sum())}


@settings(max_examples=60)
@given(CELLS)
def test_no_group_that_is_shown_is_small(rows):
    kept = without_small(cells_of(rows), GROUPS, K, W)

    for group in GROUPS:
        for part in kept.partition_by(group) if kept.height else []:
            workers = part["worker"].drop_nulls().n_unique()
            assert part["judged"].sum() >= K
            assert workers >= W or not workers


@settings(max_examples=60)
@given(CELLS)
def test_what_is_shown_holds_nothing_of_a_hidden_record(rows):
    """Any sums and differences of the tables are those of a world without the hidden records."""
    cells = cells_of(rows)
    kept = without_small(cells, GROUPS, K, W)
    hidden = set(cells.select(GROUPS).iter_rows()) - set(kept.select(GROUPS).iter_rows())
    gone = ~pl.struct(GROUPS).is_in([dict(zip(GROUPS, one, strict=True)) for one in hidden])
    world = cells.filter(gone) if hidden else cells

    assert shown(kept) == shown(without_small(world, GROUPS, K, W))
    for group in GROUPS:
        parts = [count for (by, _), count in shown(kept).items() if by == group]
        assert sum(parts) == shown(kept)["all", ""]


def test_a_small_group_is_not_the_total_minus_the_others():
    rows = [("U1", "T1", w, 20) for w in "ab"] + [("U2", "T1", w, 20) for w in "cd"]
    small = [("U3", "T1", "e", 3)]

    kept = shown(without_small(cells_of([*rows, *small]), GROUPS, K, W))

    assert kept == shown(cells_of(rows))


def test_hiding_one_group_can_make_another_small():
    rows = [("U1", "T1", w, 20) for w in "ab"] + [("U2", "T2", "c", 8), ("U1", "T2", "a", 3)]

    kept = without_small(cells_of(rows), GROUPS, K, W)

    assert set(kept["task"]) == {"T1"}


def test_too_few_records_show_nothing():
    assert scores(system(entry=many(5))).table.is_empty()
    assert whole_score(area_scores(scores(system(entry=many(5))).table)) is None


def test_workers_that_are_not_told_hide_nothing():
    rows = many(20, author=None)

    assert not scores(system(entry=rows), workers=3).of("all").is_empty()


def test_areas_are_the_mean_of_what_is_shown():
    rows = [entry(n, text="-" if n % 2 else "Asiakas kertoi arjesta.") for n in range(40)]
    found = scores(system(entry=rows))
    areas = area_scores(found.table).filter(pl.col("by") == "all")
    content = areas.filter(pl.col("area") == "content").row(0, named=True)
    codes = [
        code
        for code in found.of("all")["measure"]
        if code in {"RQ011", "RQ012", "RQ013", "RQ014", "RQ015", "RQ016", "RQ017", "RQ018"}
    ]
    shares = found.of("all").filter(pl.col("measure").is_in(codes))["share"]

    assert content["score"] == pytest.approx(100 * (1 - shares.mean()))
    assert content["low"] <= content["score"] <= content["high"]


UNITS = [{"unit_id": "U1", "name": "Pohjoinen"}]
WORKERS = [{"worker_id": f"T{n}", "unit": "U1"} for n in range(5)]


def test_an_entry_has_the_unit_of_its_author_or_of_its_matters_decision():
    decisions = [{"decision_id": "P1", "matter_id": "M1", "unit": "U2"}]
    one = ground.prepared(system(entry=many(2), worker=WORKERS, unit=UNITS), AS_OF, 12)
    two = ground.prepared(system(entry=many(2), decision=decisions), AS_OF, 12)
    none = ground.prepared(system(entry=many(2)), AS_OF, 12)

    assert one["entry"]["unit"].to_list() == ["Pohjoinen"] * 2
    assert two["entry"]["unit"].to_list() == ["U2"] * 2
    assert none["entry"]["unit"].to_list() == [None] * 2


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (dt.datetime(2025, 12, 1), "2025-12"), (dt.datetime(2025, 1, 1), "2025-01"),
        (dt.datetime(2024, 12, 31), "2024"), (dt.datetime(2026, 1, 1), None), (None, None),
    ],
)  # fmt: skip
def test_new_records_are_told_by_month_and_old_ones_by_year(day, period):
    rows = ground.prepared(system(entry=[entry(day=day)]), AS_OF, 12)

    assert rows["entry"]["period"].to_list() == [period]


def test_groups_have_every_grouping():
    rows = many(20, service_task="10", day=dt.datetime(2025, 5, 1))
    found = scores(system(entry=rows, worker=WORKERS, unit=UNITS)).table

    assert set(found["by"]) == set(BY)
    assert set(found.filter(pl.col("by") == "unit")["group"]) == {"Pohjoinen"}
    assert set(found.filter(pl.col("by") == "kind")["group"]) == {"entry"}


def test_no_records_and_no_dates_give_empty_or_whole_tables():
    nothing = scores(system(entry=[entry()][:0]))
    undated = scores(system(entry=many(20, day=None)))

    assert nothing.table.is_empty()
    assert undated.of("period")["group"].unique().to_list() == [""]
    assert "RQ001" not in undated.table["measure"]


def test_workers_are_counted_in_the_order_of_their_numbers():
    table = by_worker(judged([system(entry=many(20))], terms()))

    assert table["worker"].is_sorted()
    assert by_worker(judged([], terms())).is_empty()


def test_the_same_records_in_another_order_give_the_same_scores():
    rows = [
        entry(n, text=text)
        for n, text in zip(range(40), [*["-"] * 7, *["Asiakas kertoi."] * 33], strict=True)
    ]
    one, two = scores(system(entry=rows)), scores(system(entry=rows[::-1]))

    assert one.table.equals(two.table)


def test_two_systems_are_counted_together():
    both = [system(name=name, entry=many(20)) for name in "AB"]
    table = scores(*both).of("all")

    assert set(product(table["judged"].unique(), [0])) >= {(40, 0)}
