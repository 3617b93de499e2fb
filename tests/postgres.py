"""A throw-away PostgreSQL server for tests: a cluster in a temporary folder, stopped at the end.

``pytest_plugins = ["tests.postgres"]`` (or the module's import name) offers ``postgres_url``:
the URL of an empty database with user and password.
"""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_USER = "kirjaamo"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    with server() as url:
        yield url


@contextmanager
def server() -> Iterator[str]:
    """Start a server, give its URL, and stop it; skips when none can be started."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server is installed (initdb and pg_ctl were not found)")
    prefix = _as_postgres()
    if prefix is None:
        pytest.skip("PostgreSQL does not run as root, and there is no way to the user postgres")
    folder = Path(tempfile.mkdtemp(prefix="kirjaamo-pg-"))
    password, port = secrets.token_hex(8), _free_port()
    try:
        _start(binaries, prefix, folder, password, port)
        yield f"postgresql://{_USER}:{password}@127.0.0.1:{port}/postgres"
    finally:
        stop = [
            *prefix,
            str(binaries / "pg_ctl"),
            "-D",
            str(folder / "data"),
            "-m",
            "immediate",
        ]
        subprocess.run([*stop, "stop"], capture_output=True, check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _start(binaries: Path, prefix: list[str], folder: Path, password: str, port: int) -> None:
    secret = folder / "password"
    secret.write_text(password)
    if prefix:
        shutil.chown(folder, "postgres")
        shutil.chown(secret, "postgres")
    data = folder / "data"
    init = ["initdb", "-D", data, "-U", _USER, "-A", "scram-sha-256", "--pwfile", secret, "-N"]
    options = f"-p {port} -k {folder} -h 127.0.0.1 -c fsync=off"
    start = ["pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "-w", "start"]
    for name, *arguments in (init, start):
        command = [*prefix, str(binaries / name), *map(str, arguments)]
        done = subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=folder, check=False
        )
        if done.returncode:
            pytest.skip(f"{name} failed: {done.stderr.decode(errors='replace')[-300:]}")


def _binaries() -> Path | None:
    """Return the folder of the newest server, or the one on the path."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    every = [*folders, *([Path(on_path).parent] if on_path else [])]
    return next((f for f in every if (f / "initdb").exists() and (f / "pg_ctl").exists()), None)


def _as_postgres() -> list[str] | None:
    """Return how to run a command as a user whom the server accepts."""
    if os.getuid() != 0:
        return []
    ways = {
        "runuser": ["-u", "postgres", "--"],
        "setpriv": ["--reuid=postgres", "--regid=postgres", "--clear-groups"],
    }
    found = ((shutil.which(name), arguments) for name, arguments in ways.items())
    return next(([path, *arguments] for path, arguments in found if path), None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
