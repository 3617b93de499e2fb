"""The command line as tests use it: in this process, or as a program of its own."""

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from kirjaamo.cli import main

AS_OF = ("--as-of", "2026-01-01")
PROGRAM = (sys.executable, "-m", "kirjaamo")


def kirjaamo(*words, **more):
    """Run a command in this process; the result has exit_code, stdout and stderr."""
    return CliRunner().invoke(
        main,
        [str(word) for word in words],
        prog_name="kirjaamo",
        catch_exceptions=False,
        **more,
    )


def refused(*words):
    """Run a command that must end with 2 and one sentence, and return the sentence."""
    result = kirjaamo(*words)

    assert result.exit_code == 2, (result.exit_code, result.stdout, result.stderr)
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    *_, last = result.stderr.splitlines()
    assert last.startswith("Error: ")
    return last.removeprefix("Error: ")


def program(*words, prefix=(), env=None, **more):
    """Run a command as a program of its own."""
    return subprocess.run(
        [*prefix, *PROGRAM, *map(str, words)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "KIRJAAMO_LANG": "en", **(env or {})},
        **more,
    )


@pytest.fixture(scope="session")
def exports(tmp_path_factory):
    """Return a folder with small exports of all three systems."""
    folder = tmp_path_factory.mktemp("exports")
    kirjaamo("samples", "generate", "--clients", 12, "--defects", 0.2, "-o", folder)
    return folder


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """Return a new workspace, which is the current folder."""
    kirjaamo("init", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path
