"""Whatever happens on the way, a migration ends with the same bytes, and nothing is lost."""

import random
import shutil
import sqlite3
from contextlib import contextmanager
from dataclasses import replace

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import make_url

from kirjaamo.mappings import load
from kirjaamo.migration import planning, running, steps
from kirjaamo.migration.errors import (
    DifferenceError,
    NotTestedError,
    PlanChangedError,
    PlanFileError,
    RunStateError,
    SelectionError,
)
from kirjaamo.migration.ledger import open_book
from kirjaamo.migration.ledger.verifying import content, verify
from kirjaamo.migration.targets import open_target
from tests.command_line import kirjaamo
from tests.migration.conftest import NOW, SETTINGS, desk_of, options, tree


class StoppedError(Exception):
    """The process is gone."""


def run(folder, planned, stops=()):
    """Run a plan in a new folder, stopped after some batches, and return target and ledger."""
    for stop in stops:
        with pytest.raises(StoppedError), _opened(folder, planned) as (_, begin):
            begin(stop)
    with _opened(folder, planned) as (book, begin):
        begin(None)
        assert verify(book) == []
        return tree(folder / "t"), content(book)


@contextmanager
def _opened(folder, planned):
    plan, prepared, made = planned

    def begin(stop):
        number = running.open_run(book, plan, "x")["number"]

        def results(work):
            left = {one.number for one in work}
            for place, (one, rows) in enumerate(m for m in made if m[0].number in left):
                if place == stop:
                    raise StoppedError
                yield one, rows
            if stop is not None:
                raise StoppedError

        for _ in running.execute(book, number, prepared.batches(), target, results):
            pass

    with (
        open_book(f"sqlite:///{folder}/l.sqlite", lambda: NOW, "me") as book,
        open_target("folder", folder / "t") as target,
    ):
        yield book, begin


@settings(max_examples=8)
@given(stops=st.lists(st.integers(0, 11), max_size=3))
def test_resuming_after_any_prefix_equals_one_run(stops, planned, tmp_path_factory):
    once = run(tmp_path_factory.mktemp("once"), planned)
    broken = run(tmp_path_factory.mktemp("broken"), planned, stops)

    assert broken == once


def test_read_is_moved_and_held_and_rejected(planned):
    plan, prepared, _ = planned
    read = sum(part.frame.height for part in prepared.parts)
    ends = [plan.total(outcome=end) for end in ("moved", "held", "rejected")]

    assert read == plan.total() == sum(ends)
    assert all(ends[:2])


@settings(max_examples=5)
@given(seed=st.integers(0, 100))
def test_the_order_of_mapping_rows_does_not_matter(seed, planned):
    _, prepared, _ = planned
    walks = load(prepared.workspace, prepared.profiles)
    shuffled = {
        name: type(one)(
            one.name, one.source, one.target,
            one.rows.sample(fraction=1, shuffle=True, seed=seed), one.note,
        )
        for name, one in random.Random(seed).sample(sorted(walks.items()), len(walks))
    }  # fmt: skip

    assert {n: one.edition for n, one in shuffled.items()} == {
        n: one.edition for n, one in walks.items()
    }


def test_a_whole_migration_is_reconciled_accepted_and_closed(desk, place):
    plan = steps.make_plan(desk, options())
    done = steps.carry_out(desk, plan)
    before = tree(place / "migration/test")
    again = steps.carry_out(desk, plan)
    _, found = steps.check(desk)

    assert done["state"] == again["state"] == "done"
    assert tree(place / "migration/test") == before
    assert list(found.sentences()) == []
    assert found.groups["difference"].to_list() == [0] * found.groups.height
    assert found.inverted.equal > 100
    assert steps.accept(desk, "seen and found right")["state"] == "accepted"
    with pytest.raises(RunStateError, match="is accepted"):
        steps.undo(desk)


def test_delivery_is_carried_over_and_counted(desk, place):
    steps.carry_out(desk, steps.make_plan(desk, options(only=["kind=decision"])))
    with desk.ledger() as book:
        moved = [r for r in book.records(1) if r["outcome"] == "moved"]
    receipts = "".join(p.read_text() for p in (place / "migration/test/.receipts").iterdir())

    told = {line.split("\t")[0]: line.split("\t")[3] for line in receipts.splitlines()}
    assert {r["target_id"]: str(r["delivered"]) for r in moved} == told


def test_rolling_back_restores_the_target_to_the_byte(desk, place):
    target = place / "migration/test"
    steps.carry_out(desk, steps.make_plan(desk, options(only=["system=A"])))
    before = tree(target)
    steps.carry_out(desk, steps.make_plan(desk, options(only=["system=C"])))
    assert tree(target) != before

    steps.undo(desk)

    assert tree(target) == before
    steps.undo(desk, 1)
    assert not target.exists()
    with desk.ledger() as book:
        assert verify(book) == []


def test_a_plan_that_was_rolled_back_may_run_again(desk, place):
    plan = steps.make_plan(desk, options(only=["system=C"]))
    steps.carry_out(desk, plan)
    once = tree(place / "migration/test")
    steps.undo(desk)
    steps.carry_out(desk, plan)

    again = tree(place / "migration/test")
    assert sorted(p for p in again if "receipts" not in p) == sorted(
        p for p in once if "receipts" not in p
    )


def test_a_second_run_does_not_move_the_same_records(desk):
    steps.carry_out(desk, steps.make_plan(desk, options(only=["system=C"])))
    second = steps.make_plan(desk, options())

    assert second.total(system="C", outcome="moved") == 0
    assert second.total(system="C", reason="moved-earlier") > 0


def test_production_waits_for_an_accepted_test_batch(desk):
    plan = steps.make_plan(desk, options(stage="production"))
    with pytest.raises(NotTestedError):
        steps.carry_out(desk, plan)
    steps.carry_out(desk, steps.make_plan(desk, options(limit=3)))
    with pytest.raises(NotTestedError):
        steps.carry_out(desk, plan)
    steps.accept(desk, "tested")

    assert steps.carry_out(desk, plan)["state"] == "done"


def test_a_changed_source_setting_or_profile_stops_a_plan(desk, place, small_exports):
    plan = steps.make_plan(desk, options())
    (place / "exports").unlink()
    shutil.copytree(small_exports, place / "exports")
    path = place / "exports" / "a_kirjaukset.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))
    (place / "kirjaamo.toml").write_text(SETTINGS.replace("Testialue", "Toinen alue"))

    with pytest.raises(PlanChangedError, match=r"settings.*source a_kirjaukset") as changed:
        steps.carry_out(desk_of(place), plan)

    assert int(changed.value.exit_code) == 4


def test_an_edited_plan_is_refused(desk, place):
    path = place / "plan.json"
    planning.store(path, steps.make_plan(desk, options(limit=1)))
    path.write_text(path.read_text().replace('"limit": 1', '"limit": 9'))

    with pytest.raises(PlanFileError):
        planning.read(path)


def test_a_changed_file_of_the_target_is_found(desk, place):
    steps.carry_out(desk, steps.make_plan(desk, options(limit=5)))
    one, two, *_ = sorted((place / "migration/test").glob("*/*/*.json"))
    one.write_bytes(one.read_bytes() + b" ")
    two.unlink()
    (two.parent / "1.2.3.json").write_text("{}")
    _, found = steps.check(desk)

    assert sorted(count for count in found.differences.values() if count) == [1, 1, 1]
    with pytest.raises(DifferenceError):
        steps.accept(desk, "no")


def test_a_changed_row_of_the_ledger_is_found_by_reconciling(desk):
    steps.carry_out(desk, steps.make_plan(desk, options(limit=5)))
    with desk.ledger() as book, book.transaction() as base:
        base.execute(sa.text("UPDATE migration_record SET unit = 'Q' WHERE ordinal = 1"))
    _, found = steps.check(desk)

    assert found.difference > 0


@pytest.mark.parametrize("text", ["A", "colour=red", "system="])
def test_a_selection_that_selects_nothing_is_refused(text, desk):
    with pytest.raises(SelectionError):
        steps.make_plan(desk, options(only=[text]))


def test_a_selection_narrows_and_widens(desk):
    plan = steps.make_plan(desk, options(only=["system=A", "kind=decision", "kind=matter"]))

    assert {(c.system, c.kind) for c in plan.counts} == {("A", "decision"), ("A", "matter")}
    assert plan.left > 0


def test_jobs_change_nothing(desk):
    one = steps.make_plan(desk, options())
    assert steps.make_plan(replace(desk, jobs=2), options()) == one


@pytest.mark.parametrize("target", ["jsonl", "zip", "sqlite:///{place}/load.sqlite"])
def test_every_target_reconciles_and_rolls_back(target, desk, place):
    plan = steps.make_plan(desk, options(target=target.format(place=place), limit=8))
    steps.carry_out(desk, plan)
    _, found = steps.check(desk)

    assert list(found.sentences()) == []
    assert steps.undo(desk)["state"] == "rolled_back"


@pytest.mark.postgres
def test_ledger_and_target_may_be_in_postgresql(place, postgres_url, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", str(make_url(postgres_url).password))
    bare = make_url(postgres_url).set(password=None).render_as_string(hide_password=False)
    settings_ = SETTINGS + f'[ledger]\nurl = "{bare}"\n'
    (place / "kirjaamo.toml").write_text(settings_)
    desk = desk_of(place)
    steps.carry_out(desk, steps.make_plan(desk, options(target=postgres_url, limit=8)))
    _, found = steps.check(desk)

    assert list(found.sentences()) == []
    assert steps.undo(desk)["state"] == "rolled_back"
    with desk.ledger() as book:
        assert verify(book) == []


def test_decisions_move_once_the_official_list_is_imported_and_mapped(
    place, small_exports, monkeypatch
):
    """The list here is a marked test list: its numbers are made up."""
    held = steps.make_plan(desk_of(place), options(only=["system=C", "kind=decision"]))
    names = {"77": "Iäkkäiden palvelut", "78": "Työikäisten palvelut"}
    known = {"10": "Lastensuojelu", "15": "Päihdehuolto", "20": "Vammaispalvelut",
             "24": "Lapsiperheiden palvelut"}  # fmt: skip
    rows = "".join(f"{code};{name}\n" for code, name in {**known, **names}.items())
    (place / "test_list.csv").write_text("code;name_fi\n" + rows)
    monkeypatch.chdir(place)
    done = kirjaamo(
        "codes", "import", "test_list.csv", "--list", "service_task", "--source",
        "TEST LIST, numbers made up", "--retrieved", "2026-01-01",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    folder = place / "mappings"
    folder.mkdir()
    approve(
        folder / "c_service_task.yaml", "1.2.246.537.6.1221", "task_code", "78", small_exports
    )
    services = "c_old_type_social_service.yaml"
    approve(folder / services, "1.2.246.537.6.1222", "type_code", "45", small_exports)
    moved = steps.make_plan(desk_of(place), options(only=["system=C", "kind=decision"]))

    assert held.total(reason="no-known-number") > 0
    assert moved.total(reason="no-known-number") == 0
    assert moved.total(outcome="moved") > held.total(outcome="moved")


def test_the_order_of_rows_in_a_mapping_changes_no_document(place, small_exports):
    path = place / "mappings" / "c_old_type_social_service.yaml"
    path.parent.mkdir()
    plain = steps.make_plan(desk_of(place), options(only=["system=C", "kind=decision"]))
    approve(path, "1.2.246.537.6.1222", "type_code", "45", small_exports)
    head, *rows = path.read_text().split("\n  - ")
    plans = []
    for order in (rows, rows[::-1]):
        path.write_text("\n  - ".join([head, *(row.strip() for row in order)]) + "\n")
        plans.append(
            steps.make_plan(desk_of(place), options(only=["system=C", "kind=decision"]))
        )

    assert plans[0].hash == plans[1].hash != plain.hash


def approve(path, target, column, new, exports):
    """Approve a mapping of every local code of a column to one code."""
    field = "service_task" if column == "task_code" else "old_type"
    base = sqlite3.connect(exports / "c_rekisteri.sqlite")
    found = [
        code for (code,) in base.execute(f"SELECT DISTINCT {column} FROM decision") if code
    ]
    base.close()
    rows = "".join(
        f'  - {{old: "{code}", new: "{new}", status: approved, confidence: secondary, '
        "owner: tester, reason: test, evidence: test}\n"
        for code in found
        if code not in {"200", "300", "400", "500"}
    )
    path.write_text(f'source: "local:C:{field}"\ntarget: "{target}"\nrows:\n{rows}')
