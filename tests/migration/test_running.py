"""Whatever happens on the way, a migration ends with the same bytes, and nothing is lost."""

import os
import random
import shutil
import sqlite3
import zipfile
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import files

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import make_url

from kirjaamo.classifications import Codes
from kirjaamo.engines.errors import WorkerEndedError
from kirjaamo.mappings import load
from kirjaamo.migration import planning, running, showing, steps
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
from tests.migration.conftest import NOW, desk_of, options, tree


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
    moved = sum(len(c) for n, c in before.items() if n.endswith(".json"))
    assert found.groups["bytes"].sum() == moved
    assert found.groups["read"].sum() == plan.total()
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


def cut_short(place):
    path = place / "exports" / "a_kirjaukset.csv"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def edited(name, old, new):
    def edit(place):
        path = place / name
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))

    return edit


def with_own_profile(place):
    """Write a profile of the workspace that reads one column of system A otherwise."""
    shipped = (files("kirjaamo.samples") / "profiles" / "a.yaml").read_text()
    (place / "profiles").mkdir()
    (place / "profiles" / "a.yaml").write_text(shipped.replace('H: "2"', 'H: "1"'))


CHANGES = {
    "source a_kirjaukset": cut_short,
    "settings of the organisation": edited("kirjaamo.toml", "KASKIVUORI", "MUU"),
    "profile A": with_own_profile,
    "mapping a_old_type_social_service": edited(
        "mappings/a_old_type_social_service.yaml", 'new: "45"', 'new: "46"'
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_plan_does_not_run_once_what_it_was_made_of_has_changed(what, place, small_exports):
    (place / "exports").unlink()
    shutil.copytree(small_exports, place / "exports")
    plan = steps.make_plan(desk_of(place), options(limit=3))
    CHANGES[what](place)

    with pytest.raises(PlanChangedError, match=what) as changed:
        steps.carry_out(desk_of(place), plan)

    assert int(changed.value.exit_code) == 4
    assert not (place / "migration/test").exists()


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


def test_a_changed_row_of_the_ledger_is_found_by_audit_and_reconciling(desk):
    steps.carry_out(desk, steps.make_plan(desk, options(limit=5)))
    before, head = steps.audit(desk)
    with desk.ledger() as book, book.transaction() as base:
        base.execute(sa.text("UPDATE migration_record SET unit = 'Q' WHERE ordinal = 1"))
    after, same = steps.audit(desk)
    _, found = steps.check(desk)

    assert (before, head) == ([], same)
    assert [str(fault) for fault in after] == [
        "the records of batch 1 of run 1 are not as they were written"
    ]
    assert found.difference > 0


@pytest.mark.parametrize("form", ["folder", "jsonl", "zip", "sqlite:///{place}/load.sqlite"])
def test_a_changed_document_is_found_by_audit_and_reconciling(form, desk, place):
    target = form.format(place=place)
    steps.carry_out(desk, steps.make_plan(desk, options(limit=2, target=target)))
    tampered(place, form)
    faults, _ = steps.audit(desk)
    _, found = steps.check(desk)

    assert "documents in the target that are not as they were written" in str(faults[-1])
    assert steps.audit(desk, targets=False)[0] == []
    assert found.difference > 0


def test_a_delivery_that_was_changed_in_load_tables_is_found(desk, place):
    target = f"sqlite:///{place}/load.sqlite"
    steps.carry_out(desk, steps.make_plan(desk, options(limit=2, target=target)))
    with sqlite3.connect(place / "load.sqlite") as base:
        base.execute("UPDATE kirjaamo_document SET delivered = 1 - delivered WHERE rowid = 2")
    base.close()

    (fault,), _ = steps.audit(desk)
    assert "batches whose receipt in the target is not that of the ledger" in str(fault)


def tampered(place, form):
    """Change one character of one document of a target."""
    root = place / "migration/test"
    if form == "zip":
        path = root / "documents.zip"
        with zipfile.ZipFile(path) as old:
            members = {name: old.read(name) for name in old.namelist()}
        first = min(members)
        members[first] = members[first].replace(b":", b": ", 1)
        with zipfile.ZipFile(path, "w") as new:
            for name, content_ in members.items():
                new.writestr(name, content_)
    elif "://" in form:
        with sqlite3.connect(place / "load.sqlite") as base:
            base.execute(
                "UPDATE kirjaamo_document SET content = content || ' ' WHERE rowid IN "
                "(SELECT MIN(rowid) FROM kirjaamo_document)"
            )
        base.close()
    elif form == "jsonl":
        path = root / "documents.jsonl"
        path.write_bytes(
            path.read_bytes().replace(b'"delivered":false', b'"delivered":true', 1)
        )
    else:
        path = next(iter(root.glob("*/*/*.json")))
        path.write_bytes(path.read_bytes().replace(b'":"', b'": "', 1))


@pytest.mark.parametrize("text", ["A", "colour=red", "system="])
def test_a_selection_that_selects_nothing_is_refused(text, desk):
    with pytest.raises(SelectionError):
        steps.make_plan(desk, options(only=[text]))


def test_a_selection_narrows_and_widens(desk):
    plan = steps.make_plan(desk, options(only=["system=A", "kind=decision", "kind=matter"]))

    assert {(c.system, c.kind) for c in plan.counts} == {("A", "decision"), ("A", "matter")}
    assert plan.left > 0


def test_jobs_change_nothing(desk, monkeypatch):
    monkeypatch.setattr(running, "WORTH_A_PROCESS", 0)
    one = steps.make_plan(desk, options())
    assert steps.make_plan(replace(desk, jobs=2), options()) == one


def test_a_process_that_the_system_ended_is_one_sentence(planned, monkeypatch):
    _, prepared, _ = planned
    monkeypatch.setattr(running, "WORTH_A_PROCESS", 0)
    monkeypatch.setattr(running, "_make", _ended)

    with pytest.raises(WorkerEndedError) as told, running.making(prepared, 2) as results:
        list(results(prepared.batches()))

    assert int(told.value.exit_code) == 3


def _ended(_work):
    os._exit(1)


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
    with (place / "kirjaamo.toml").open("a") as stream:
        stream.write(f'[ledger]\nurl = "{bare}"\n')
    desk = desk_of(place)
    steps.carry_out(desk, steps.make_plan(desk, options(target=postgres_url, limit=8)))
    _, found = steps.check(desk)

    assert list(found.sentences()) == []
    assert steps.undo(desk)["state"] == "rolled_back"
    with desk.ledger() as book:
        assert verify(book) == []


def imported(place, name, rows, monkeypatch):
    """Import a marked test list: its numbers are made up and stand for the official ones."""
    (place / "list.csv").write_text("code;name_fi\n" + "".join(f"{c};{n}\n" for c, n in rows))
    monkeypatch.chdir(place)
    said = ("--source", "TEST LIST, numbers made up", "--retrieved", "2026-01-01")
    done = kirjaamo("codes", "import", "list.csv", "--list", name, *said)
    assert done.exit_code == 0, done.stderr


def known(name):
    """Return the codes and names of a built-in list."""
    return list(Codes().get(name).frame.select("code", "name_fi").iter_rows())


def test_held_decisions_name_the_list_and_move_once_it_is_imported(place, monkeypatch):
    decisions = options(only=["kind=decision"])
    held = steps.make_plan(desk_of(place), decisions)
    told = "\n".join(showing.sentences(held, 0.0))
    names = ("Työikäisten palvelut", "Iäkkäiden palvelut", "Perheoikeudelliset palvelut")
    tasks = [(code, name) for code, name in known("service_task") if name not in names]
    imported(place, "service_task", [*tasks, *zip(("977", "978", "979"), names, strict=True)],
             monkeypatch)  # fmt: skip
    moved = steps.make_plan(desk_of(place), decisions)

    waiting = held.total(reason="no-known-number", awaited="1.2.246.537.6.1221")
    assert waiting > 0
    assert f"{waiting} no-known-number" in told
    assert "kirjaamo codes import FILE --list service_task" in told
    assert held.total(reason="uncertain-code") > 0
    assert moved.total(reason="uncertain-code") == 0
    assert moved.total(reason="no-known-number") < waiting / 10
    assert moved.total(service_task="977", outcome="moved") > 0
    assert moved.total(outcome="moved") > held.total(outcome="moved")


def test_what_the_local_type_must_tell_waits_for_its_own_list(place):
    found = steps.make_plan(desk_of(place), options(only=["kind=decision"]))
    (place / "mappings/a_old_type_social_service.yaml").unlink()
    less = steps.make_plan(desk_of(place), options(only=["kind=decision", "system=A"]))

    services = {"awaited": "1.2.246.537.6.1222"}
    assert found.total(reason="not-approved", **services) > 0
    assert less.total(reason="not-mapped", **services) > 0
    assert less.total(outcome="moved") < found.total(outcome="moved", system="A")


def test_the_order_of_rows_in_a_mapping_changes_no_document(place):
    path = place / "mappings" / "a_old_type_social_service.yaml"
    decisions = options(only=["system=A", "kind=decision"])
    head, *rows = path.read_text().split("\n  - ")
    plans = []
    for order in (rows, rows[::-1]):
        path.write_text("\n  - ".join([head, *(row.strip() for row in order)]) + "\n")
        plans.append(steps.make_plan(desk_of(place), decisions))
    path.unlink()
    plain = steps.make_plan(desk_of(place), decisions)

    assert plans[0].hash == plans[1].hash != plain.hash
