"""Where runs of ``make crash`` are killed: kinds of ledgers and targets, and their workers."""

import datetime as dt
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.crash_worker import desk_of
from kirjaamo import samples
from kirjaamo.migration import planning, steps
from kirjaamo.migration.ledger import verifying
from kirjaamo.urls import without_password

AS_OF = dt.date(2026, 1, 1)
BATCH = 25


@dataclass(frozen=True, slots=True)
class Round:
    """What a round left: the documents or files of the target by name, and the ledger."""

    files: Mapping[str, bytes]
    ledger: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """A kind of ledger and of target, and the folder of its workspace.

    Attributes:
        name: What the table calls it.
        folder: Folder of the workspace.
        target: Form of the target, or URL of its database.
        ledger: URL of the ledger.
        server: The database, when there is one.
    """

    name: str
    folder: Path
    target: str
    ledger: str
    server: "Server | None" = None

    @property
    def seed(self) -> Path:
        """Return the folder with the workspace as every round begins."""
        return self.folder.with_name(f"{self.folder.name}-seed")

    def reset(self) -> None:
        """Begin anew: settings and plan only, nothing moved and an empty database."""
        shutil.copytree(self.seed, self._emptied(), symlinks=True, dirs_exist_ok=True)
        if self.server:
            self.server.clear()

    def _emptied(self) -> Path:
        """Return the folder, which may be a disk of its own, with nothing in it."""
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        return self.folder

    def content(self) -> Round:
        """Return the bytes of the target and what the ledger says, once that is found whole."""
        desk = desk_of(self.folder)
        with desk.ledger() as book:
            faults, said = verifying.verify(book), verifying.content(book)
        if faults:
            raise SystemExit(f"{self.name}: {[*map(str, faults)]}")
        if "://" in self.target:
            wanted = steps.options(as_of=AS_OF, target=self.target)
            with desk.target(wanted) as opened:
                return Round(dict(opened.held()), said)
        root = self.folder / "migration/test"
        files = (path for path in root.rglob("*") if path.is_file())
        return Round({p.relative_to(root).as_posix(): p.read_bytes() for p in files}, said)


def prepared(place: Place, exports: Path) -> Place:
    """Return a place whose rounds begin with a plan."""
    samples.workspace(place.seed)
    (place.seed / "exports").symlink_to(exports)
    with (place.seed / "kirjaamo.toml").open("a") as stream:
        stream.write(f'\n[ledger]\nurl = "{place.ledger}"\n')
    wanted = steps.options(as_of=AS_OF, stage="test", batch=BATCH, target=place.target)
    plan = steps.make_plan(desk_of(place.seed), wanted)
    planning.store(place.seed / "plan.json", plan)
    return place


def start(folder: Path, until: str = "go", **env: object) -> "subprocess.Popen[str]":
    """Start a worker and wait until it is *ready* to read, or begins to write (*go*), or ends."""
    command = [sys.executable, "-m", "benchmarks.crash_worker", str(folder)]
    more = {key: str(value) for key, value in env.items()}
    with (folder.parent / f"{folder.name}-said.txt").open("w") as said:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=said, text=True, env={**os.environ, **more}
        )
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    while process.stdout.readline().strip() not in {until, ""}:
        pass
    return process


def ended(process: "subprocess.Popen[str]") -> int:
    """Wait for a worker, close its pipe, and return how it ended."""
    with process:
        return process.wait()


def finish(folder: Path) -> float:
    """Let a worker end, and return how long it wrote."""
    process = start(folder)
    began = time.perf_counter()
    code = ended(process)
    if code:
        said = (folder.parent / f"{folder.name}-said.txt").read_text()
        raise SystemExit(f"a worker that was not killed ended with {code}: {said}")
    return time.perf_counter() - began


class Server:
    """A PostgreSQL database that can be cleared and whose connections can be cut."""

    def __init__(self, url: str) -> None:
        import sqlalchemy as sa

        plain = url.replace("postgresql://", "postgresql+psycopg://")
        self.engine = sa.create_engine(plain, poolclass=sa.NullPool)

    def clear(self) -> None:
        """Drop every table."""
        self.cut()
        self._run("DROP SCHEMA public CASCADE; CREATE SCHEMA public")

    def cut(self) -> None:
        """Cut every connection but this one."""
        self._run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )

    def _run(self, statement: str) -> None:
        with self.engine.begin() as connection:
            connection.exec_driver_sql(statement)


def places(work: Path, stack: ExitStack) -> list[Place]:
    """Return the kinds of places, with PostgreSQL where it can be started."""
    import pytest

    from tests.postgres import server

    found = [sqlite(work, form) for form in ("folder", "jsonl", "zip")]
    try:
        url = stack.enter_context(server())
    except pytest.skip.Exception as reason:
        print(f"without PostgreSQL: {reason}")
        return found
    made = _databases(url)
    return [*made(work, "folder"), *found, *made(work, "")]


def sqlite(work: Path, form: str) -> Place:
    """Return a place with a ledger in SQLite and files as the target."""
    folder = work / f"sqlite-{form}"
    return Place(f"SQLite, {form}", folder, form, f"sqlite:///{folder}/ledger.sqlite")


def _databases(url: str) -> Callable[[Path, str], list[Place]]:
    """Return what gives a place with a ledger in a database of its own."""
    import sqlalchemy as sa
    from sqlalchemy.engine import make_url

    os.environ["PGPASSWORD"] = str(make_url(url).password)
    plain = url.replace("postgresql://", "postgresql+psycopg://")
    engine = sa.create_engine(plain, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)

    def made(work: Path, form: str) -> list[Place]:
        name = f"crash_{form or 'tables'}"
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        own = make_url(url).set(database=name).render_as_string(hide_password=False)
        bare = without_password(own)
        title = f"PostgreSQL, {form or 'load tables'}"
        return [Place(title, work / name, form or bare, bare, Server(own))]

    return made
