"""The ledger is held by one, keeps its order, and shows every change of what was written."""

import datetime as dt
from importlib import import_module

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from kirjaamo.ledger.errors import LedgerBusyError, LedgerVersionError, NoNodeError
from kirjaamo.ledger.identity import identifier
from kirjaamo.ledger.verifying import head, trail
from kirjaamo.migration import running
from kirjaamo.migration.ledger import open_book
from kirjaamo.migration.ledger.tables import METADATA
from kirjaamo.migration.ledger.verifying import verify
from kirjaamo.migration.targets import open_target
from tests.migration.conftest import NOW


def url(folder):
    return f"sqlite:///{folder}/ledger.sqlite"


def full(folder, planned, clock=lambda: NOW):
    """Run a plan with results that were made before."""
    plan, prepared, made = planned
    with open_book(url(folder), clock, "tester") as book:
        run = running.open_run(book, plan, "test")
        with open_target("folder", folder / "target") as target:
            for _ in running.execute(
                book, run["number"], prepared.batches(), target, lambda _: iter(made)
            ):
                pass
        return verify(book), head(book)


def test_a_ledger_that_is_held_is_refused_to_another(tmp_path):
    with (
        open_book(url(tmp_path), lambda: NOW, "one"),
        pytest.raises(LedgerBusyError) as refused,
        open_book(url(tmp_path), lambda: NOW, "two"),
    ):
        pass

    assert int(refused.value.exit_code) == 4


@pytest.mark.postgres
def test_a_postgresql_ledger_is_held_by_one_too(postgres_url):
    with (
        open_book(postgres_url, lambda: NOW, "one") as book,
        pytest.raises(LedgerBusyError),
        open_book(postgres_url, lambda: NOW, "two"),
    ):
        pass

    assert ":***@" in book.name
    with open_book(postgres_url, lambda: NOW, "three") as again:
        assert again.runs() == []
        with again.connection.begin():
            again.connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            again.connection.execute(sa.text("CREATE SCHEMA public"))


def test_the_versions_make_the_tables_that_the_program_writes(tmp_path):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    import_module("kirjaamo.audit.trend.tables")
    import_module("kirjaamo.archive.packages.tables")  # rooms add their tables to the same data
    with open_book(url(tmp_path), lambda: NOW, "one") as book:
        difference = compare_metadata(MigrationContext.configure(book.connection), METADATA)

    assert difference == []


@pytest.mark.parametrize("tables", [1, 4, 8])
def test_a_ledger_whose_making_was_interrupted_is_made_anew(tables, tmp_path, monkeypatch):
    from alembic import op

    made = []

    def interrupted(name, *columns, **more):
        if len(made) == tables:
            raise KeyboardInterrupt
        made.append(name)
        return create(name, *columns, **more)

    create = op.create_table
    with monkeypatch.context() as patched:
        patched.setattr(op, "create_table", interrupted)
        with pytest.raises(KeyboardInterrupt):
            open_book(url(tmp_path), lambda: NOW, "one").__enter__()
    with open_book(url(tmp_path), lambda: NOW, "one") as book:
        assert book.runs() == []
        assert verify(book) == []

    assert len(made) == tables


def test_a_ledger_of_a_newer_program_is_refused(tmp_path):
    with open_book(url(tmp_path), lambda: NOW, "one") as book, book.transaction() as base:
        base.execute(sa.text("UPDATE alembic_version SET version_num = '999'"))

    with pytest.raises(LedgerVersionError), open_book(url(tmp_path), lambda: NOW, "one"):
        pass


def test_a_clock_that_goes_back_is_told_and_changes_no_order(tmp_path):
    moments = iter([NOW, NOW - dt.timedelta(days=1), NOW])
    with open_book(url(tmp_path), lambda: next(moments), "one") as book:
        for _ in range(3):
            book.remember("looked")
        entries = trail(book)

        assert [entry["number"] for entry in entries] == [1, 2, 3]
        assert ["set back" in entry["facts"] for entry in entries] == [False, True, False]
        assert verify(book) == []


TAMPERING = (
    "UPDATE migration_record SET size = size + 1 WHERE ordinal = 3",
    "UPDATE migration_record SET target_hash = 'a' WHERE outcome = 'moved'",
    "DELETE FROM migration_record WHERE ordinal = 5",
    "UPDATE migration_batch SET moved = moved + 1 WHERE number = 2",
    "UPDATE migration_batch SET chain = root WHERE number = 1",
    "UPDATE migration_batch SET receipt = 'x' WHERE number = 1",
    "UPDATE migration_run SET stage = 'production'",
    "UPDATE migration_run SET state = 'accepted'",
    "UPDATE migration_run SET plan = plan || ' '",
    "DELETE FROM identifier WHERE target_id = (SELECT min(target_id) FROM identifier)",
    "INSERT INTO migration_acceptance VALUES (1, 'now', 'me', 'yes', 'x')",
    "UPDATE audit_trail SET who = 'another' WHERE number = 2",
    "UPDATE audit_trail SET at = '2020' WHERE number = 2",
    "DELETE FROM audit_trail WHERE number = 2",
)


@pytest.mark.parametrize("statement", TAMPERING)
def test_every_change_of_the_ledger_is_found(statement, tmp_path, planned):
    before, first = full(tmp_path, planned)
    with open_book(url(tmp_path), lambda: NOW, "thief") as book:
        with book.transaction() as base:
            base.execute(sa.text(statement))
        after = verify(book)

    assert before == []
    assert after != []
    assert all(str(fault) for fault in after)
    assert len(first) == 64


@given(st.text(), st.text(), st.text(), st.text())
def test_identifiers_are_oids_of_the_record_alone(system, kind, one, two):
    made = [identifier("1.2.246.10.2048198", system, kind, key) for key in (one, two)]

    assert all(len(oid) <= 64 and oid.startswith("1.2.246.10.2048198.95.") for oid in made)
    assert (made[0] == made[1]) == (one == two)


@pytest.mark.parametrize("oid", ["", "1.2.246.10", "1.2.246.10.02048198", "1.2.840.1.2"])
def test_without_the_organisations_own_oid_there_are_no_identifiers(oid):
    with pytest.raises(NoNodeError):
        identifier(oid, "A", "decision", "1")
